/** `updated` moves when the file and the entry changed, and never for one of the two alone. */

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createPublisher } from '../../lambda/publish.ts';
import { readJson } from '../../lambda/state/json-object.ts';
import { recordKey } from '../../lambda/state/keys.ts';
import type { ArticleRecord } from '../../lambda/state/record.ts';
import { createTestPublication, type TestPublication } from '../support/publication.ts';

const CASE = new URL('../../../shared/cases/publications/edits-that-show-nothing/input/', import.meta.url);
const MINUTE_MS = 60_000;
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

const MARKDOWN = `---
title: Ash
date: 2026-05-01
tags: [wood, tall]
authors:
  - name: Ada Writer
    url: https://ada.example/
---

# Ash

It *bends*, ![a leaf](leaf.gif), and [so on](bark.md).
`;
const TOML = '+++\ntitle = "Elm"\ndate = 2026-05-01\ndescription = "Of elms."\n+++\nIt is tall.\n';
const HTML = `<!doctype html>
<html lang="en"><head><title>Yew</title><meta name="description" content="Of yews.">
<meta name="date" content="2026-05-01"></head><body><article><p>It is <b>old</b>.</p></article></body></html>
`;
const TEXT = 'Title: Fir\nDate: 2026-05-01\nTags: wood\n\nIt is green.\n';
const ITEM = { title: 'Oak', date_published: '2026-05-01', tags: ['wood'], content_html: '<p>It is <b>heavy</b>.</p>' };
const OTHER = { title: 'Pine', date_published: '2026-05-01', content_text: 'It is light.' };

type Edit = readonly [what: string, change: (text: string) => string];

/** What any text file comes to. */
const TOUCHES: readonly Edit[] = [
  ['line ends of Windows', (text) => text.replaceAll('\n', '\r\n')],
  ['line ends of old Macs', (text) => text.replaceAll('\n', '\r')],
  ['a byte order mark', (text) => `\ufeff${text}`],
  ['blank lines at the end', (text) => `${text}\n\n\n`],
  ['UTF-16', (text) => text],
];

const OF_MARKDOWN: readonly Edit[] = [
  ['a comment in the front matter', (text) => text.replace('tags:', '# Mind the tags.\ntags:')],
  ['fields in another order', (text) => text.replace(/(title: Ash\n)(date: .*\n)/, '$2$1')],
  [
    'quotation marks',
    (text) => text.replace('title: Ash', 'title: "Ash"').replace('[wood, tall]', '[\'wood\', "tall"]'),
  ],
  ['a list written out', (text) => text.replace('[wood, tall]', '\n  - wood\n  - tall')],
  [
    'fields of a person in another order',
    (text) => text.replace(/( {2}- name: .*)\n {4}(url: .*)/, '  - $2\n    name: Ada Writer'),
  ],
  ['a field that is not shown', (text) => text.replace('tags:', 'layout: post\ntags:')],
  ['a former address', (text) => text.replace('tags:', 'aliases: [/before/]\ntags:')],
  ['an expiry', (text) => text.replace('tags:', 'expires: 2030-01-01\ntags:')],
  ['a comment in the text', (text) => text.replace('# Ash', '# Ash\n\n<!-- Look again. -->')],
  ['other marks for the same', (text) => text.replace('*bends*', '_bends_')],
  ['a heading without its repetition', (text) => text.replace('# Ash\n\n', '')],
  ['the date with its time', (text) => text.replace('2026-05-01', '2026-05-01T00:00:00Z')],
];

const EDITS: readonly Edit[] = [
  ['its text', (text) => text.replace('bends', 'breaks')],
  ['its title', (text) => text.replace('title: Ash', 'title: An ash')],
  ['a tag', (text) => text.replace('tall', 'slim')],
  ['an author', (text) => text.replace('Ada Writer', 'Bo Writer')],
  ['a picture', (text) => text.replace('leaf.gif', 'twig.gif')],
  ['its address', (text) => text.replace('tags:', 'slug: ashes\ntags:')],
  ['its date', (text) => text.replace('2026-05-01', '2026-05-02')],
  ['a summary', (text) => text.replace('tags:', 'summary: Of ashes.\ntags:')],
];

async function publish(files: Readonly<Record<string, string>>): Promise<TestPublication> {
  const publication = await createTestPublication({ files: { 'site.yaml': 'title: Wood\nid: wood\n', ...files } });
  await publication.put('leaf.gif', PIXEL);
  await publication.settle();
  return publication;
}

async function change(publication: TestPublication, files: Readonly<Record<string, string | Uint8Array | null>>) {
  publication.now += MINUTE_MS;
  for (const [key, text] of Object.entries(files)) await publication.put(key, text);
  await publication.settle();
}

/** The files are first seen under settings that are all new. */
async function changeWithSettings(publication: TestPublication, files: Readonly<Record<string, string>>) {
  for (const [key, text] of Object.entries(files)) await publication.content.write(key, new TextEncoder().encode(text));
  const lines = ['title: Woods', 'id: wood', 'url: https://moved.example/', 'language: de', 'authors: [Bo]'];
  await change(publication, { 'site.yaml': `${lines.join('\n')}\npermalink: /:year/:slug/\n` });
}

/** `date_modified` by title. */
async function modified(publication: TestPublication): Promise<Readonly<Record<string, string>>> {
  const { items } = JSON.parse((await publication.documents()).get('feed.json') ?? '{"items":[]}');
  return Object.fromEntries(items.map(({ title, date_modified }: Record<string, string>) => [title, date_modified]));
}

async function lastModified(publication: TestPublication): Promise<string | undefined> {
  return Object.values(await modified(publication))
    .sort()
    .at(-1);
}

const utf16 = (text: string): Uint8Array => Buffer.from(`\ufeff${text}`, 'utf16le');
const PUBLISHED = '2026-05-01T00:00:00Z';

describe('a touch', () => {
  const sources: readonly (readonly [key: string, text: string, touches: readonly Edit[]])[] = [
    ['ash.md', MARKDOWN, [...TOUCHES, ...OF_MARKDOWN]],
    ['elm.md', TOML, [...TOUCHES, ['a comment', (text) => text.replace('date', '# When?\ndate')]]],
    ['yew.html', HTML, [...TOUCHES, ['a comment', (text) => text.replace('<p>', '<!-- Look again. --><p>')]]],
    ['fir.txt', TEXT, [...TOUCHES, ['fields in another order', (text) => text.replace(/(.*\n)(Date.*\n)/, '$2$1')]]],
    [
      'oak.json',
      JSON.stringify(ITEM),
      [
        ['other white space', (text) => JSON.stringify(JSON.parse(text), null, 2)],
        [
          'fields in another order',
          (text) => JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).reverse())),
        ],
        ['a field of its system', (text) => JSON.stringify({ ...JSON.parse(text), _system: { id: 1 } })],
      ],
    ],
    [
      'list.json',
      JSON.stringify([ITEM, OTHER]),
      [
        ['another order', (text) => JSON.stringify(JSON.parse(text).reverse())],
        [
          'fields in another order',
          (text) =>
            JSON.stringify(JSON.parse(text).map((one: object) => Object.fromEntries(Object.entries(one).reverse()))),
        ],
      ],
    ],
  ];

  it.each(sources.flatMap(([key, text, touches]) => touches.map((touch) => [key, text, ...touch] as const)))(
    'of %4$s changes no document, and counts as unchanged: %1$s',
    async (key, text, what, touch) => {
      const publication = await publish({ [key]: text });
      const documents = await publication.documents();
      publication.now += MINUTE_MS;
      const touched = what === 'UTF-16' ? utf16(text) : touch(text);
      await publication.content.write(key, typeof touched === 'string' ? new TextEncoder().encode(touched) : touched);
      const outcomes = await createPublisher(publication.ports).articleWork([{ key }]);
      await publication.settle();
      const { length } = key === 'list.json' ? [ITEM, OTHER] : [ITEM];
      expect(outcomes).toMatchObject([
        { change: 'unchanged', counts: { published: 0, unchanged: length, removed: 0 } },
      ]);
      const after = new Map(await publication.documents());
      if (what === 'a former address') after.delete('before/index.html');
      expect([...after]).toEqual([...documents]);
    },
  );

  it.each([...TOUCHES.slice(0, 4), ...OF_MARKDOWN.slice(0, 5)])(
    'of %s is told from an edit although all settings change with it',
    async (_, touch) => {
      const publication = await publish({ 'ash.md': MARKDOWN });
      await changeWithSettings(publication, { 'ash.md': touch(MARKDOWN) });
      expect(await modified(publication)).toEqual({ Ash: PUBLISHED });
    },
  );

  it('while the article is away is none when it is back', async () => {
    const publication = await publish({ 'ash.md': MARKDOWN });
    const documents = await publication.documents();
    await change(publication, { 'ash.md': null });
    await change(publication, { 'ash.md': MARKDOWN.replaceAll('\n', '\r\n') });
    expect(await modified(publication)).toEqual({ Ash: PUBLISHED });
    await change(publication, { 'ash.md': MARKDOWN.replace('tags:', 'draft: true\ntags:') });
    await change(publication, { 'ash.md': MARKDOWN.replace('tags:', 'layout: post\ntags:') });
    expect(await modified(publication)).toEqual({ Ash: PUBLISHED });
    expect((await publication.documents()).get('ash/index.html')).toBe(documents.get('ash/index.html'));
  });
});

describe('an edit', () => {
  it.each(EDITS)('of %s moves the date', async (_, edit) => {
    const publication = await publish({ 'ash.md': MARKDOWN });
    await change(publication, { 'ash.md': edit(MARKDOWN) });
    expect(await lastModified(publication)).toBe('2026-06-01T12:01:00Z');
  });

  it.each(EDITS)('of %s moves it with a change of the settings as well', async (_, edit) => {
    const publication = await publish({ 'ash.md': MARKDOWN });
    await changeWithSettings(publication, { 'ash.md': edit(MARKDOWN) });
    expect(await lastModified(publication)).toBe('2026-06-01T12:01:00Z');
  });

  it('that is taken back is another one: readers saw what was between', async () => {
    const publication = await publish({ 'ash.md': MARKDOWN });
    await change(publication, { 'ash.md': MARKDOWN.replace('bends', 'breaks') });
    await change(publication, { 'ash.md': MARKDOWN });
    expect(await lastModified(publication)).toBe('2026-06-01T12:02:00Z');
  });

  it.each([
    ['has an error', 'date: 2026-02-31'],
    ['is at an address of another article', 'permalink: /taken/\ndate: 2026-05-01'],
  ])('that %s and is taken back was none: nobody saw it', async (_, field) => {
    const publication = await publish({
      'ash.md': MARKDOWN,
      'b.md': '---\ntitle: B\ndate: 2026-05-01\npermalink: /taken/\n---\nB.\n',
    });
    const documents = await publication.documents();
    await change(publication, { 'ash.md': MARKDOWN.replace('date: 2026-05-01', field) });
    await change(publication, { 'ash.md': MARKDOWN });
    expect([...(await publication.documents())]).toEqual([...documents]);
  });

  it('in a draft shows when it is published again', async () => {
    const publication = await publish({ 'ash.md': MARKDOWN });
    await change(publication, { 'ash.md': MARKDOWN.replace('tags:', 'draft: true\ntags:') });
    await change(publication, { 'ash.md': MARKDOWN.replace('bends', 'breaks') });
    expect(await lastModified(publication)).toBe('2026-06-01T12:02:00Z');
  });

  it('of one item moves the date of no other', async () => {
    const publication = await publish({ 'list.json': JSON.stringify([ITEM, OTHER]) });
    await change(publication, { 'list.json': JSON.stringify([{ ...OTHER, content_text: 'It is soft.' }, ITEM]) });
    expect(await modified(publication)).toEqual({ Oak: PUBLISHED, Pine: '2026-06-01T12:01:00Z' });
  });

  it('of what a file says for all of its items moves the dates of all', async () => {
    const feed = { version: 'https://jsonfeed.org/version/1.1', title: 'Wood', authors: [{ name: 'Ada' }] };
    const publication = await publish({ 'list.json': JSON.stringify({ ...feed, items: [ITEM, OTHER] }) });
    await change(publication, { 'list.json': JSON.stringify({ ...feed, title: 'Woods', items: [ITEM, OTHER] }) });
    expect(await lastModified(publication)).toBe(PUBLISHED);
    await change(publication, {
      'list.json': JSON.stringify({ ...feed, authors: [{ name: 'Bo' }], items: [ITEM, OTHER] }),
    });
    expect(Object.values(await modified(publication))).toEqual(['2026-06-01T12:02:00Z', '2026-06-01T12:02:00Z']);
  });

  it('that deletes a date of change sets one: no entry goes back', async () => {
    const publication = await publish({ 'ash.md': MARKDOWN.replace('tags:', 'updated: 2026-05-20\ntags:') });
    await change(publication, { 'ash.md': MARKDOWN });
    expect(await lastModified(publication)).toBe('2026-06-01T12:01:00Z');
  });
});

describe('the date of an entry is moved', () => {
  it('by no picture that comes, changes or goes', async () => {
    const publication = await publish({ 'ash.md': MARKDOWN.replace('tags:', 'image: twig.gif\ntags:') });
    for (const twig of [PIXEL, Buffer.from(`${PIXEL}2`), null]) {
      await change(publication, { 'twig.gif': twig });
      expect(await modified(publication)).toEqual({ Ash: PUBLISHED });
    }
  });

  it('by no article that it links to, which comes, moves or goes', async () => {
    const publication = await publish({ 'ash.md': MARKDOWN });
    for (const slug of ['bark', 'rind', null]) {
      const bark = slug === null ? null : `---\ntitle: Bark\ndate: 2026-05-01\nslug: ${slug}\n---\nBark.\n`;
      await change(publication, { 'bark.md': bark });
      expect((await modified(publication)).Ash).toBe(PUBLISHED);
    }
  });

  it('by no publisher that reads and renders files otherwise', async () => {
    const publication = await publish({ 'ash.md': MARKDOWN });
    const key = recordKey('ash.md');
    const stored = await readJson<ArticleRecord>(publication.state, key);
    const text = JSON.stringify({ ...stored?.value, siteRevision: 0 })
      .replaceAll('<em>', '<i>')
      .replace(/("wording|"rendering)":"[^"]+"/g, '$1":"other"');
    await publication.state.write(key, new TextEncoder().encode(text));
    publication.now += MINUTE_MS;
    await publication.publisher.reconcileAll();
    await publication.settle();
    expect((await publication.documents()).get('feed.json')).toContain('<em>');
    expect(await modified(publication)).toEqual({ Ash: PUBLISHED });
  });

  it('by no settings', async () => {
    const publication = await publish({ 'ash.md': MARKDOWN });
    for (const line of [
      'language: de',
      'content: summary',
      'permalink: /:year/:slug/',
      'authors: [Bo]',
      'url: https://moved.example/',
    ]) {
      await change(publication, { 'site.yaml': `title: Wood\nid: wood\n${line}\n` });
      expect(await modified(publication)).toEqual({ Ash: PUBLISHED });
    }
  });
});

describe.skipIf(!existsSync(CASE))('the case edits-that-show-nothing', () => {
  const read = (name: string): string => readFileSync(new URL(name, CASE), 'utf8');

  it.each<Edit>([
    ['CRLF', (text) => text.replaceAll('\n', '\r\n')],
    ['a comment', (text) => text.replace('tags', '# note\ntags')],
    ['order', (text) => text.replace(/(title.*\n)(date.*\n)/, '$2$1')],
    ['quotation marks', (text) => text.replace('title: Oak', 'title: "Oak"')],
    ['blank lines', (text) => `${text}\n\n`],
    ['a byte order mark', (text) => `\ufeff${text}`],
    ['a field', (text) => text.replace('tags', 'layout: post\ntags')],
  ])('is as expected: %s', async (_, touch) => {
    const publication = await createTestPublication({
      files: { 'site.yaml': read('site.yaml'), 'oak.md': read('oak.md') },
    });
    await publication.settle();
    const documents = await publication.documents();
    await change(publication, { 'oak.md': touch(read('oak.md')) });
    expect([...(await publication.documents())]).toEqual([...documents]);
    await change(publication, { 'oak.md': read('oak.md').replace('heavy', 'light') });
    expect(await lastModified(publication)).toBe('2026-06-01T12:02:00Z');
  });
});
