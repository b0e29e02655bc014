/** Parsers from npm, each as it is used. */

import { parseFeed } from '@rowanmanning/feed-parser';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import Parser from 'rss-parser';
import type { FeedFormat } from '../../lambda/model/document.ts';
import { type Reading, secondsOf } from './reading.ts';

type Read = (text: string) => readonly Reading[] | Promise<readonly Reading[]>;

export interface NpmReader {
  readonly name: string;
  readonly read: Readonly<Partial<Record<FeedFormat, Read>>>;
}

export const NPM_READERS: readonly NpmReader[] = [
  { name: 'feedsmith', read: { rss: readRssByFeedsmith, atom: readAtomByFeedsmith, json: readJsonByFeedsmith } },
  { name: 'rss-parser', read: { rss: readByRssParser, atom: readByRssParser } },
  { name: '@rowanmanning/feed-parser', read: { rss: readByFeedParser, atom: readByFeedParser } },
];

function readRssByFeedsmith(text: string): readonly Reading[] {
  return (parseRssFeed(text).items ?? []).map((item) => ({
    id: item.guid?.value,
    title: item.title,
    link: item.link,
    published: secondsOf(String(item.pubDate)),
    authors: namesOf(item.authors ?? item.dc?.creators),
    content: item.content?.encoded ?? item.description,
  }));
}

export function readAtomByFeedsmith(text: string): readonly Reading[] {
  return (parseAtomFeed(text).entries ?? []).map((entry) => ({
    id: entry.id,
    title: entry.title?.value,
    link: entry.links?.find(({ rel }) => rel === 'alternate')?.href,
    published: secondsOf(String(entry.published)),
    updated: secondsOf(String(entry.updated)),
    authors: namesOf(entry.authors),
    content: entry.content?.value ?? escapeHtml(entry.summary?.value ?? ''),
  }));
}

function readJsonByFeedsmith(text: string): readonly Reading[] {
  return (parseJsonFeed(text).items ?? []).map((item) => ({
    id: item.id,
    title: item.title,
    link: item.url,
    published: secondsOf(String(item.date_published)),
    updated: secondsOf(String(item.date_modified)),
    authors: namesOf(item.authors),
    content: item.content_html ?? escapeHtml(item.content_text ?? ''),
  }));
}

/** It tells the first author only, so none is told here. */
async function readByRssParser(text: string): Promise<readonly Reading[]> {
  const parser = new Parser<object, { id?: string; author?: string; 'content:encoded'?: string }>();
  const { items } = await parser.parseString(text);
  return items.map((item) => ({
    id: item.id ?? item.guid,
    title: item.title,
    link: item.link,
    published: secondsOf(item.isoDate),
    content: item['content:encoded'] ?? item.content ?? escapeHtml(item.summary ?? ''),
  }));
}

function readByFeedParser(text: string): readonly Reading[] {
  return parseFeed(text).items.map((item) => ({
    id: item.id ?? undefined,
    title: item.title ?? undefined,
    link: item.url ?? undefined,
    published: item.published === null ? undefined : Math.floor(item.published.getTime() / 1000),
    authors: namesOf(item.authors),
    content: item.content ?? item.description ?? '',
  }));
}

function namesOf(people: readonly unknown[] | undefined): readonly string[] | undefined {
  return people?.map((person) => {
    const text = typeof person === 'string' ? person : String(Object(person).name);
    return text.replace(/^\S+@\S+ \((.*)\)$/, '$1');
  });
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
