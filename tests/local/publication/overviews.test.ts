import { expect, it } from 'vitest';
import { createPublisher } from '../../../lambda/publish.ts';
import { createOverviews } from '../../../local/publication/overviews.ts';
import { createTestPublication } from '../../support/publication.ts';

const article = (title: string): string => `---\ntitle: ${title}\ndate: 2026-05-01\n---\nText.\n`;

async function scene() {
  const publication = await createTestPublication({
    files: { 'site.yaml': 'title: Test\nid: test\n', 'a.md': article('A'), 'b.md': article('B') },
  });
  await publication.settle();
  const { state } = publication.ports;
  const start = () => {
    const reads: string[] = [];
    const counted = {
      ...state,
      read: (key: string) => {
        if (key.startsWith('articles/')) reads.push(key);
        return state.read(key);
      },
    };
    const publisher = createPublisher({ ...publication.ports, state: counted });
    return { overviews: createOverviews(publisher, counted, () => []), reads };
  };
  return { publication, state, start };
}

it('reads the records that changed since the last start, and writes their outlines alone', async () => {
  const { publication, state, start } = await scene();
  await start().overviews.read();
  const most = await state.inspect('local/outlines.json');
  await publication.put('b.md', article('Other'));
  await publication.put('c.md', article('C'));
  await publication.settle();
  const second = start();
  expect((await second.overviews.read()).counts.published).toBe(3);
  expect(second.reads.sort()).toEqual(['articles/b.md.json', 'articles/c.md.json']);
  expect(await state.inspect('local/outlines.json')).toEqual(most);
  const third = start();
  expect((await third.overviews.read()).counts.published).toBe(3);
  expect(third.reads).toEqual([]);
});

it('reads again what was kept beside other outlines, as an older version leaves them', async () => {
  const { publication, state, start } = await scene();
  await start().overviews.read();
  await publication.put('b.md', article('Other'));
  await publication.settle();
  await start().overviews.read();
  const most = await state.read('local/outlines.json');
  const object = JSON.parse(new TextDecoder().decode(most?.body)) as object;
  await state.write('local/outlines.json', new TextEncoder().encode(JSON.stringify({ ...object, nonce: '' })));
  const { overviews, reads } = start();
  await overviews.read();
  expect(reads).toEqual(['articles/b.md.json']);
});
