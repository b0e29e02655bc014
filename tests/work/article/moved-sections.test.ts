/** An article whose file moves to another folder leaves the feed of its section for that of the other, and stays itself. */

import { expect, it } from 'vitest';
import { createTestPublication, type TestPublication } from '../../support/publication.ts';

const SITE = 'title: Test\nid: test\n';
const text = (title: string, fields = ''): string =>
  `---\ntitle: ${title}\n${fields}---\n\nThe text of ${title}, which is like no other.\n`;
const WALL = text('The wall', 'permalink: /wall/\n');

/** By title. */
async function idsIn(publication: TestPublication, path: string): Promise<Readonly<Record<string, string>>> {
  const { items } = JSON.parse((await publication.documents()).get(path) ?? '') as {
    readonly items: readonly { readonly id: string; readonly title: string }[];
  };
  return Object.fromEntries(items.map(({ id, title }) => [title, id]));
}

it.each<[string, readonly Readonly<Record<string, string | null>>[]]>([
  ['in one step', [{ 'news/wall.md': null, 'views/wall.md': WALL }]],
  ['in one step, the new file first', [{ 'views/wall.md': WALL, 'news/wall.md': null }]],
  ['the old file first', [{ 'news/wall.md': null }, { 'views/wall.md': WALL }]],
  ['the new file first', [{ 'views/wall.md': WALL }, { 'news/wall.md': null }]],
])('passes from section to section: %s', async (_, steps) => {
  const files = {
    'site.yaml': SITE,
    'news/wall.md': WALL,
    'news/gate.md': text('The gate'),
    'views/lane.md': text('The lane'),
  };
  const publication = await createTestPublication({ files });
  await publication.settle();
  const { 'The wall': id } = await idsIn(publication, 'sections/news/feed.json');
  expect(id).toBeDefined();
  for (const step of steps) {
    publication.now += 60_000;
    for (const [key, body] of Object.entries(step)) await publication.put(key, body);
    await publication.settle();
  }
  expect((await idsIn(publication, 'feed.json'))['The wall']).toBe(id);
  expect(Object.keys(await idsIn(publication, 'sections/news/feed.json'))).toEqual(['The gate']);
  expect((await idsIn(publication, 'sections/views/feed.json'))['The wall']).toBe(id);
  const documents = await publication.documents();
  for (const format of ['rss.xml', 'atom.xml', 'index.html']) {
    expect(documents.get(`sections/news/${format}`)).not.toContain('The wall');
    expect(documents.get(`sections/views/${format}`)).toContain('The wall');
  }
  expect(documents.get('wall/index.html')).toContain('<p class="kicker"><a href="/sections/views/" dir="auto">');
});
