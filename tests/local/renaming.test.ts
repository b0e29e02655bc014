import { expect, it } from 'vitest';
import type { Store } from '../../lambda/store/store.ts';
import { createPublication, type Publication } from '../../local/publication/publication.ts';
import { createMemoryStore } from '../../local/store/memory-store.ts';
import { TEST_NOW } from '../support/publication.ts';

const encoder = new TextEncoder();
const MINUTE_MS = 60_000;
const text = (title: string, fields = ''): string => `---\ntitle: ${title}\n${fields}---\n\nText of ${title}.\n`;

interface Scene {
  readonly public: Store;
  /** Changes files, and builds in a new process. */
  readonly build: (files: Readonly<Record<string, string | null>>) => Promise<void>;
}

function createScene(): Scene {
  const stores = { content: createMemoryStore(), state: createMemoryStore(), public: createMemoryStore() };
  let now = TEST_NOW;
  const open = (): Publication => createPublication({ ...stores, url: 'https://example.org/', now: () => now });
  return {
    public: stores.public,
    async build(files) {
      for (const [key, body] of Object.entries(files)) {
        if (body === null) await stores.content.remove(key);
        else await stores.content.write(key, encoder.encode(body));
      }
      now += MINUTE_MS;
      await open().refresh();
    },
  };
}

/** Ids by address. */
async function idsOf(site: Store): Promise<Readonly<Record<string, string>>> {
  const feed = JSON.parse(new TextDecoder().decode((await site.read('feed.json'))?.body)) as {
    readonly items: readonly { readonly id: string; readonly url: string }[];
  };
  return Object.fromEntries(feed.items.map(({ id, url }) => [url, id]));
}

it('keeps articles what they are whose files are renamed between two builds', async () => {
  const { public: documents, build } = createScene();
  await build({
    'site.yaml': 'title: Test\nid: test\n',
    'gate.md': text('Gate'),
    'wall.md': text('Wall', 'permalink: /wall/\n'),
    'lane.md': text('Lane'),
  });
  const before = await idsOf(documents);
  await build({
    'gate.md': null,
    'gate/index.md': text('Gate'),
    'wall.md': null,
    'dry-wall.md': text('Wall', 'permalink: /wall/\n'),
    'lane.md': null,
    'a-lane.md': text('Lane', 'aliases: [/lane/]\n'),
  });
  const { 'https://example.org/lane/': lane, ...others } = before;
  expect(await idsOf(documents)).toEqual({ ...others, 'https://example.org/a-lane/': lane });
});

it('moves an article to another section’s feed with its folder', async () => {
  const { public: documents, build } = createScene();
  const wall = text('Wall', 'permalink: /wall/\n');
  await build({
    'site.yaml': 'title: Test\nid: test\nfeedMinimum: 1\n',
    'news/wall.md': wall,
    'news/gate.md': text('Gate'),
    'views/lane.md': text('Lane'),
  });
  const before = await idsOf(documents);
  await build({ 'news/wall.md': null, 'views/wall.md': wall });
  expect(await idsOf(documents)).toEqual(before);
  const titlesIn = async (section: string): Promise<readonly string[]> => {
    const body = (await documents.read(`sections/${section}/feed.json`))?.body;
    const { items } = JSON.parse(new TextDecoder().decode(body)) as { readonly items: readonly { title: string }[] };
    return items.map(({ title }) => title).sort();
  };
  expect(await titlesIn('news')).toEqual(['Gate']);
  expect(await titlesIn('views')).toEqual(['Lane', 'Wall']);
});

it('publishes at the end of a build what waited for a file that stayed', async () => {
  const { public: documents, build } = createScene();
  await build({ 'site.yaml': 'title: Test\nid: test\n', 'lane.md': text('Lane') });
  const before = await idsOf(documents);
  await build({ 'a-lane.md': text('Lane', 'aliases: [/lane/]\n') });
  const after = await idsOf(documents);
  expect(Object.keys(after)).toHaveLength(2);
  expect(after).toMatchObject(before);
  expect(new Set(Object.values(after)).size).toBe(2);
});

it('keeps hundreds of articles that move to another folder in one build', async () => {
  const { public: documents, build } = createScene();
  const files = (folder: string, gone: boolean) =>
    Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [
        `${folder}/${index}.md`,
        gone ? null : text(`Number ${index}`, `permalink: /${index}/\ndate: 2026-01-01\n`),
      ]),
    );
  await build({ 'site.yaml': 'title: Test\nid: test\n', ...files('b', false) });
  const before = await idsOf(documents);
  await build({ ...files('b', true), ...files('a', false) });
  expect(await idsOf(documents)).toEqual(before);
});
