/** A page of a JSON Feed (https://jsonfeed.org/version/1.1). */

import { escapeText } from '../../lambda/text/characters.ts';
import type { ExportedFile, ExportedPerson } from '../import/model/exported.ts';
import type { FeedEntry, FeedPage } from './feed-entry.ts';

type Row = Readonly<Record<string, unknown>>;

/** Null for JSON that is no feed. */
export function readJsonFeed(feed: unknown, address: string | null): FeedPage | null {
  if (
    !isRow(feed) ||
    !/^https?:\/\/jsonfeed\.org\/version\//.test(textIn(feed, 'version')) ||
    !Array.isArray(feed.items)
  )
    return null;
  const home = textIn(feed, 'home_page_url') || null;
  const authors = peopleIn(feed);
  return {
    format: 'JSON Feed',
    id: null,
    title: textIn(feed, 'title') || null,
    description: textIn(feed, 'description') || null,
    home,
    self: textIn(feed, 'feed_url') || address,
    language: textIn(feed, 'language') || null,
    copyright: null,
    generator: '',
    older: textIn(feed, 'next_url') || null,
    entries: feed.items.filter(isRow).map((item) => readItem(item, authors, home ?? address, textIn(feed, 'language'))),
    siteId: null,
    podcast: null,
  };
}

function readItem(
  item: Row,
  feedAuthors: readonly ExportedPerson[],
  base: string | null,
  feedLanguage: string,
): FeedEntry {
  const text = (name: string) => textIn(item, name);
  const html = text('content_html');
  const plain = text('content_text');
  const link = text('url') || null;
  const authors = peopleIn(item);
  const image = text('image') || text('banner_image');
  const external = text('external_url');
  const language = text('language');
  const attachments = Array.isArray(item.attachments) ? item.attachments.filter(isRow) : [];
  return {
    id: text('id') || null,
    title: text('title').replace(/\s+/g, ' '),
    link,
    published: text('date_published') || null,
    updated: text('date_modified') || null,
    authors: authors.length > 0 ? authors : feedAuthors,
    tags: Array.isArray(item.tags)
      ? item.tags.filter((tag) => typeof tag === 'string' && tag.trim() !== '').map((tag) => String(tag).trim())
      : [],
    content: html !== '' ? html : plain === '' ? null : paragraphs(plain),
    summary: text('summary').replace(/\s+/g, ' ') || null,
    base: link ?? base,
    image: image === '' ? null : { url: image, alt: null, caption: null },
    attachments: attachments.flatMap(readAttachment),
    language: language === '' || language === feedLanguage ? null : language,
    fields: external === '' ? {} : { external_url: external },
  };
}

function readAttachment(row: Row): readonly ExportedFile[] {
  const url = textIn(row, 'url');
  if (url === '') return [];
  return [
    {
      url,
      type: textIn(row, 'mime_type') || null,
      lengthBytes: countIn(row, 'size_in_bytes'),
      durationSeconds: countIn(row, 'duration_in_seconds'),
      title: textIn(row, 'title') || null,
    },
  ];
}

function peopleIn(row: Row): readonly ExportedPerson[] {
  const listed = Array.isArray(row.authors) ? row.authors : isRow(row.author) ? [row.author] : [];
  return listed.filter(isRow).flatMap((person) => {
    const name = textIn(person, 'name');
    return name === '' ? [] : [{ name, url: textIn(person, 'url') || null }];
  });
}

/** Blank lines are between paragraphs. */
function paragraphs(text: string): string {
  return text
    .split(/\n[ \t]*\n/)
    .map((part) => `<p>${escapeText(part.trim()).replaceAll('\n', '<br>\n')}</p>`)
    .join('\n');
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Ids may be numbers. */
function textIn(row: Row, name: string): string {
  const value = row[name];
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}

function countIn(row: Row, name: string): number | null {
  const value = row[name];
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? Math.round(value) : null;
}
