/**
 * What a reader makes of a document, and whether that is what the document says. A reader may leave things out (few
 * show when an entry was updated), but what it tells has to be true.
 */

import { DomUtils, parseDocument } from 'htmlparser2';
import type { FeedFormat } from '../../lambda/model/document.ts';

/** An entry as somebody reads it; what a reader does not tell is left out. */
export interface Reading {
  readonly id?: string | undefined;
  readonly title?: string | undefined;
  readonly link?: string | undefined;
  /** Seconds since 1970. */
  readonly published?: number | undefined;
  readonly updated?: number | undefined;
  readonly authors?: readonly string[] | undefined;
  /** HTML. */
  readonly content?: string | undefined;
}

/** A public document. */
export interface TestDocument {
  readonly path: string;
  readonly format: FeedFormat;
  readonly text: string;
  /** The publication's entries in it, newest first. */
  readonly entries: readonly Reading[];
}

const FIELDS = ['id', 'title', 'link', 'published', 'updated', 'authors', 'content'] as const;

type ReadingField = (typeof FIELDS)[number];

export interface Difference {
  readonly field: ReadingField;
  readonly entry: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

export interface Comparison {
  readonly differences: readonly Difference[];
  /** The fields that the reader told of any entry. */
  readonly told: readonly ReadingField[];
}

/** Compares by id; an entry that is missing, or too many, is a difference of ids. */
export function compareReadings(expected: readonly Reading[], actual: readonly Reading[]): Comparison {
  const byId = new Map(actual.map((reading) => [reading.id, reading]));
  const differences = expected.flatMap((entry) => {
    const reading = byId.get(entry.id);
    byId.delete(entry.id);
    return reading === undefined
      ? [{ field: 'id' as const, entry: entry.id ?? '', expected: entry.id, actual: undefined }]
      : compareEntry(entry, reading);
  });
  const others = [...byId.keys()].map((id) => {
    return { field: 'id' as const, entry: id ?? '', expected: undefined, actual: id };
  });
  const told = FIELDS.filter((field) => actual.some((reading) => reading[field] !== undefined));
  return { differences: [...differences, ...others], told };
}

function compareEntry(expected: Reading, actual: Reading): readonly Difference[] {
  return FIELDS.filter((field) => expected[field] !== undefined && actual[field] !== undefined)
    .map((field) => ({
      field,
      entry: expected.id ?? '',
      expected: plain(expected, field),
      actual: plain(actual, field),
    }))
    .filter((pair) => JSON.stringify(pair.expected) !== JSON.stringify(pair.actual));
}

/** Readers clean HTML each in its own way, so contents are compared by their words, and texts without margins. */
function plain(reading: Reading, field: ReadingField): unknown {
  if (field === 'content') return wordsOf(reading.content ?? '');
  return field === 'title' ? reading.title?.trim() : reading[field];
}

function wordsOf(html: string): string {
  return DomUtils.textContent(parseDocument(html)).replace(/\s+/g, '');
}

/** The publication's own reading, by its JSON Feed document; in Atom, entries without a title have their first words. */
export function readingsOfJsonFeed(text: string): readonly Reading[] {
  const { items } = JSON.parse(text) as { items: readonly JsonItem[] };
  return items.map((item) => ({
    id: item.id,
    title: item.title,
    link: item.url,
    published: secondsOf(item.date_published),
    updated: secondsOf(item.date_modified),
    authors: item.authors?.map(({ name }) => name),
    content: item.content_html ?? escapeHtml(item.content_text ?? ''),
  }));
}

interface JsonItem {
  readonly id: string;
  readonly url: string;
  readonly title?: string;
  readonly content_html?: string;
  readonly content_text?: string;
  readonly date_published: string;
  readonly date_modified: string;
  readonly authors?: readonly { readonly name: string }[];
}

export function secondsOf(date: string | undefined): number | undefined {
  return date === undefined ? undefined : Math.floor(Date.parse(date) / 1000);
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
