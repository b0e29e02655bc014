/**
 * What subscribers get: three parsers that others wrote read the documents, and agree with each other, and with the
 * entries, on ids, titles, dates, authors and content.
 */

import { parseFeed } from '@rowanmanning/feed-parser';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import Parser from 'rss-parser';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../lambda/feed/entry.ts';
import type { FeedDocument, FeedFormat } from '../../lambda/render/document.ts';
import { renderDocument } from '../../lambda/render/render.ts';
import { createEntry, createPerson, documents } from './fixture.ts';

/** An entry as a subscriber sees it. */
interface Reading {
  readonly id: unknown;
  readonly title: unknown;
  readonly published: unknown;
  readonly authors: unknown;
  readonly content: unknown;
}

type Reader = (text: string) => Promise<readonly Reading[]> | readonly Reading[];

const READERS: Readonly<Record<string, { readonly format: FeedFormat; readonly read: Reader }>> = {
  'feedsmith, RSS': { format: 'rss', read: readRssByFeedsmith },
  'feedsmith, Atom': { format: 'atom', read: readAtomByFeedsmith },
  'feedsmith, JSON': { format: 'json', read: readJsonByFeedsmith },
  'rss-parser, RSS': { format: 'rss', read: readByRssParser },
  'rss-parser, Atom': { format: 'atom', read: readByRssParser },
  '@rowanmanning/feed-parser, RSS': { format: 'rss', read: readByFeedParser },
  '@rowanmanning/feed-parser, Atom': { format: 'atom', read: readByFeedParser },
};

const story = createEntry({
  id: 'tag:tide.example,2026:1',
  title: 'AT&T, 5 < 9 > 2, “quotes”, ]]> and 🌊 עברית',
  published: { at: Date.UTC(2026, 2, 1, 21), offsetMinutes: 180 },
  updated: { at: Date.UTC(2026, 2, 3), offsetMinutes: 0 },
  authors: [createPerson({ name: 'Ana Núñez', email: 'ana@tide.example' })],
  contentHtml: '<p>One <b>bold</b> word, and ]]> and “more” 🌊.</p>',
});
const column = createEntry({
  id: 'https://tide.example/2/',
  url: 'https://tide.example/2/',
  title: 'Two writers',
  authors: [createPerson({ name: 'Ana & Co' }), createPerson({ name: 'Bo Li', email: 'bo@tide.example' })],
});
const entries = [story, column];

describe.each(Object.entries(READERS))('%s', (name, { format, read }) => {
  it('reads what the entries say', async () => {
    const document = { ...requireDocument('complete'), entries };
    const readings = await read(decode(renderDocument(document, format)));
    expect(readings).toEqual(entries.map((entry) => expected(entry, name.startsWith('rss-parser'))));
  });

  it.each(Object.keys(documents))('finds every entry of “%s”, in order', async (documentName) => {
    const document = requireDocument(documentName);
    const readings = await read(decode(renderDocument(document, format)));
    expect(readings.map(({ id }) => id)).toEqual(document.entries.map(({ id }) => id));
  });
});

/** rss-parser keeps the first author only. */
function expected(entry: Entry, firstAuthorOnly: boolean): Reading {
  const names = entry.authors.map((author) => author.name);
  return {
    id: entry.id,
    title: entry.title,
    published: entry.published.at,
    authors: firstAuthorOnly ? names.slice(0, 1) : names,
    content: entry.contentHtml,
  };
}

function readRssByFeedsmith(text: string): readonly Reading[] {
  return (parseRssFeed(text).items ?? []).map((item) => ({
    id: item.guid?.value,
    title: item.title,
    published: Date.parse(String(item.pubDate)),
    authors: (item.authors ?? item.dc?.creators ?? []).map((author) =>
      typeof author === 'string' ? author : author.name,
    ),
    content: item.content?.encoded ?? item.description,
  }));
}

function readAtomByFeedsmith(text: string): readonly Reading[] {
  return (parseAtomFeed(text).entries ?? []).map((entry) => ({
    id: entry.id,
    title: entry.title?.value,
    published: Date.parse(String(entry.published)),
    authors: entry.authors?.map(({ name }) => name),
    content: entry.content?.value,
  }));
}

function readJsonByFeedsmith(text: string): readonly Reading[] {
  return (parseJsonFeed(text).items ?? []).map((item) => ({
    id: item.id,
    title: item.title,
    published: Date.parse(String(item.date_published)),
    authors: item.authors?.map(({ name }) => name),
    content: item.content_html,
  }));
}

async function readByRssParser(text: string): Promise<readonly Reading[]> {
  const { items } = await new Parser<
    object,
    { id?: string; author?: string; 'content:encoded'?: string }
  >().parseString(text);
  return items.map((item) => ({
    id: item.id ?? item.guid,
    title: item.title,
    published: Date.parse(String(item.isoDate)),
    authors: [(item.author ?? item.creator)?.replace(/^\S+@\S+ \((.*)\)$/, '$1')],
    content: item['content:encoded'] ?? item.content,
  }));
}

function readByFeedParser(text: string): readonly Reading[] {
  return parseFeed(text).items.map((item) => ({
    id: item.id,
    title: item.title,
    published: item.published?.getTime(),
    authors: item.authors.map(({ name }) => name),
    content: item.content ?? item.description,
  }));
}

function requireDocument(name: string): FeedDocument {
  const document = documents[name];
  if (document === undefined) throw new Error(`There is no document “${name}”.`);
  return document;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}
