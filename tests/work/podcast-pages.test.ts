/** A podcast has one page for directories, which read no archive, however small the pages of the site are. */

import { expect, it } from 'vitest';
import { createTestPublication, type TestPublication } from '../support/publication.ts';

const EPISODE_COUNT = 60;

function siteWith(kind: 'articles' | 'podcast'): string {
  return `title: Tide\nid: tide\npageSize: 10\nautomatic: false\npages: { articles: false }\nfeeds: { listen: { kind: ${kind} } }\n`;
}

function episode(index: number): string {
  const date = new Date(Date.UTC(2026, 0, 1) + index * 3_600_000).toISOString();
  const audio = `{ url: https://cdn.example/${index}.mp3, length: 1000, duration: 60, type: audio/mpeg }`;
  return `---\ntitle: Number ${index}\ndate: ${date}\naudio: ${audio}\n---\nNotes.\n`;
}

async function publish(kind: 'articles' | 'podcast'): Promise<TestPublication> {
  const episodes = Array.from({ length: EPISODE_COUNT }, (_, index) => [`${index}.md`, episode(index)]);
  const publication = await createTestPublication({
    files: { 'site.yaml': siteWith(kind), ...Object.fromEntries(episodes) },
  });
  await publication.settle();
  return publication;
}

const countItems = (document: string | undefined): number => document?.match(/<item>/g)?.length ?? 0;

it('holds all episodes, while other feeds have archive pages', async () => {
  const documents = await (await publish('podcast')).documents();
  expect(countItems(documents.get('listen/rss.xml'))).toBe(EPISODE_COUNT);
  expect(documents.get('listen/rss.xml')).toContain('<fh:complete/>');
  expect(countItems(documents.get('rss.xml'))).toBeLessThan(EPISODE_COUNT);
});

it('is put together when a feed of articles becomes a podcast, and cut when it is none any more', async () => {
  const publication = await publish('articles');
  expect(countItems((await publication.documents()).get('listen/rss.xml'))).toBeLessThan(EPISODE_COUNT);
  for (const kind of ['podcast', 'articles'] as const) {
    await publication.put('site.yaml', siteWith(kind));
    await publication.settle();
    const [document, fresh] = await Promise.all([publication.documents(), (await publish(kind)).documents()]);
    const ofItems = (text = '') => text.slice(text.indexOf('<item>'));
    expect(ofItems(document.get('listen/rss.xml'))).toBe(ofItems(fresh.get('listen/rss.xml')));
  }
});
