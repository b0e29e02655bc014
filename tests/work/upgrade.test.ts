/**
 * A publication that a publisher with renderer version 6 left behind, with the state as that one wrote it
 * (tests/golden/upgrade), goes on under this one.
 */

import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { readJson } from '../../lambda/state/json-object.ts';
import { recordKey } from '../../lambda/state/keys.ts';
import type { ArticleRecord } from '../../lambda/state/record.ts';
import { NPM_READERS } from '../../tools/readers/npm-readers.ts';
import { createTestPublication, type TestPublication } from '../support/publication.ts';

interface LeftBehind {
  readonly now: number;
  readonly content: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, unknown>>;
  readonly feeds: Readonly<Record<string, string>>;
}

const LEFT: LeftBehind = JSON.parse(
  readFileSync(new URL('../golden/upgrade/renderer-6.json', import.meta.url), 'utf8'),
);
const DAY_MS = 86_400_000;

let publication: TestPublication;

beforeEach(async () => {
  publication = await createTestPublication({ now: LEFT.now + DAY_MS });
  const write = async (
    store: 'content' | 'state' | 'public',
    texts: Readonly<Record<string, string>>,
  ): Promise<void> => {
    for (const [key, text] of Object.entries(texts))
      await publication[store].write(key, new TextEncoder().encode(text));
  };
  await write('content', LEFT.content);
  await write(
    'state',
    Object.fromEntries(Object.entries(LEFT.state).map(([key, value]) => [key, JSON.stringify(value)])),
  );
  await write('public', LEFT.feeds);
});

/** The new publisher looks at everything. */
async function upgrade(): Promise<void> {
  await publication.publisher.tick();
  await publication.settle();
}

async function edit(key: string, change: (text: string) => string): Promise<void> {
  await publication.put(key, change(textOf(key)));
  await publication.settle();
}

function textOf(key: string): string {
  return LEFT.content[key] ?? '';
}

async function feeds(): Promise<Readonly<Record<string, string | undefined>>> {
  const documents = await publication.documents();
  return Object.fromEntries(Object.keys(LEFT.feeds).map((path) => [path, documents.get(path)]));
}

/** What readers know entries by, and show of them. Of dates the moments: their texts may be others. */
async function read(documents: Readonly<Record<string, string | undefined>>): Promise<object> {
  const readings = await Promise.all(
    NPM_READERS.map(async ({ name, read: { rss, atom, json } }) => ({
      name,
      rss: await rss?.(documents['rss.xml'] ?? ''),
      atom: await atom?.(documents['atom.xml'] ?? ''),
      json: await json?.(documents['feed.json'] ?? ''),
    })),
  );
  return readings;
}

/** All formats as the upgrade left them. */
async function upgradedFeeds(): Promise<Readonly<Record<string, string | undefined>>> {
  await upgrade();
  return feeds();
}

async function modified(): Promise<Readonly<Record<string, string>>> {
  return modifiedIn((await feeds())['feed.json']);
}

function modifiedIn(json: string | undefined): Readonly<Record<string, string>> {
  const { items } = JSON.parse(json ?? '{"items":[]}') as { items: { title: string; date_modified: string }[] };
  return Object.fromEntries(items.map(({ title, date_modified }) => [title, date_modified]));
}

/** Every item has its own, so they are not repeated for all. */
function withoutFeedAuthors(json: string): string {
  return json.replace(/\n {2}"authors": \[\n[^\]]*\],/, '');
}

const BEFORE = modifiedIn(LEFT.feeds['feed.json']);
const NOW = '2026-06-02T14:00:00Z';

describe('after the upgrade', () => {
  it('all is public as before: nothing is lost, and nothing is new to a reader', async () => {
    await upgrade();
    expect(await read(await feeds())).toEqual(await read(LEFT.feeds));
    expect((await feeds())['feed.json']).toBe(withoutFeedAuthors(LEFT.feeds['feed.json'] ?? ''));
    // What edits are told from touches by is noted now, in silence.
    const record = await readJson<ArticleRecord>(publication.state, recordKey('oak.md'));
    expect(record?.value.facts['']).toMatchObject({ wording: expect.any(String), rendering: expect.any(String) });
  });

  it('tags go on to have feeds from their first entry on', async () => {
    await upgrade();
    await publication.put('site.yaml', textOf('site.yaml').replace('tags: false', 'tags: true'));
    await publication.put('later.md', '---\ntitle: Later\ndate: 2026-06-01\ntags: [a new tag]\n---\nText.\n');
    await publication.settle();
    expect((await publication.documents()).get('tags/a-new-tag/rss.xml')).toContain('<title>Later</title>');
  });

  it.each([
    ['oak.md', (text: string) => text.replaceAll('\n', '\r\n')],
    ['oak.md', (text: string) => text.replace('*heavy*', '_heavy_')],
    ['oak.md', (text: string) => text.replace('title: Oak', 'layout: post\ntitle: "Oak"')],
    ['edited.md', (text: string) => `\ufeff${text}\n\n`],
    ['items.json', (text: string) => JSON.stringify(JSON.parse(text), null, 2)],
    ['alone.json', (text: string) => JSON.stringify({ layout: 'post', ...JSON.parse(text) })],
  ])('a touch of %s changes nothing (%#)', async (key, touch) => {
    const before = await upgradedFeeds();
    await edit(key, touch);
    expect(await feeds()).toEqual(before);
  });

  it.each([
    ['oak.md', 'Oak', (text: string) => text.replace('heavy', 'light')],
    ['word.md', 'Word', (text: string) => text.replace('date', 'tags: [sea]\ndate')],
    ['items.json', 'Seven', (text: string) => text.replace('Text.', 'Other text.')],
    ['alone.json', 'Nine', (text: string) => text.replace('Text.', 'Other text.')],
  ])('an edit of %s moves its date, and no other', async (key, title, change) => {
    await upgrade();
    await edit(key, change);
    expect(await modified()).toEqual({ ...BEFORE, [title]: NOW });
  });
});

describe('in the same moment as the upgrade', () => {
  it.each([
    ['oak.md', (text: string) => text.replaceAll('\n', '\r\n')],
    ['word.md', (text: string) => text.replace('title: Word', "# A remark\ntitle: 'Word'")],
    ['alone.json', (text: string) => JSON.stringify(JSON.parse(text), null, 2)],
  ])('a touch of %s changes nothing', async (key, touch) => {
    await publication.put(key, touch(textOf(key)));
    expect(await read(await upgradedFeeds())).toEqual(await read(LEFT.feeds));
    expect(await modified()).toEqual(BEFORE);
  });

  it('an edit moves the date', async () => {
    await publication.put('oak.md', textOf('oak.md').replace('heavy', 'light'));
    await upgrade();
    expect(await modified()).toEqual({ ...BEFORE, Oak: NOW });
  });
});

describe('an id that an older publisher froze', () => {
  it('of an article that it refused is free', async () => {
    await upgrade();
    await edit('refused.md', (text) => text.replace('id: 42', 'id: 44'));
    const { items } = JSON.parse((await feeds())['feed.json'] ?? '');
    expect(items.find(({ title }: { title: string }) => title === 'Refused')?.id).toBe('44');
  });

  it('of a draft stands as it is when it is published', async () => {
    await upgrade();
    await edit('draft.md', (text) => text.replace('draft: true\n', ''));
    expect((await feeds())['rss.xml']).toContain('<guid isPermaLink="false">43</guid>');
  });

  it('leaves no warning on articles that say it', async () => {
    await upgrade();
    for (const key of ['word.md', 'uuid.md', 'items.json', 'alone.json']) {
      const record = await readJson<ArticleRecord>(publication.state, recordKey(key));
      expect(record?.value.problems).toEqual([]);
    }
  });
});
