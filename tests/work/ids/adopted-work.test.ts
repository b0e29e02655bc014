import { expect, it } from 'vitest';
import { createPublisher } from '../../../lambda/publish.ts';
import { adoptedKeyFor } from '../../../lambda/site/adopted/adopted-key.ts';
import { recordKey, SITE_STATE_KEY } from '../../../lambda/state/keys.ts';
import type { Store } from '../../../lambda/store/store.ts';
import { createTestPublication, type TestPublication } from '../../support/publication.ts';

const KEY = adoptedKeyFor('a.md');

it('a slow run leaves the record of a file with adopted ids as the settings are by then', async () => {
  const publication = await createTestPublication({
    files: { 'site.yaml': 'title: Notes\n', [KEY]: 'a.md:\n  id: "tag:old.example,2020:a"\n' },
  });
  await publication.settle();
  let isFirst = true;
  const read: Store['read'] = async (key, options) => {
    if (key === recordKey(KEY) && isFirst) {
      isFirst = false;
      await publication.put('site.yaml', 'title: Other notes\n');
      await publication.settle();
    }
    return publication.state.read(key, options);
  };
  const slow = { ...publication.ports, state: { ...publication.ports.state, read } };
  await publication.put(KEY, 'a.md:\n  id: "tag:old.example,2021:a"\n');
  expect(await createPublisher(slow).articleWork([{ key: KEY }])).toMatchObject([{ errorCount: 0 }]);
  const [record, site] = [await stateAt(publication, recordKey(KEY)), await stateAt(publication, SITE_STATE_KEY)];
  expect(record.siteRevision).toBe(site.revision);
});

async function stateAt({ state }: TestPublication, key: string): Promise<Readonly<Record<string, unknown>>> {
  return JSON.parse(new TextDecoder().decode((await state.read(key))?.body));
}
