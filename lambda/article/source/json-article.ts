/**
 * JSON files: one item of a JSON Feed, an array of items, or a whole feed (https://www.jsonfeed.org/version/1.1/).
 * A JSON file without items is some other data, and no article.
 */

import { defaultPath } from '../../address/default-path.ts';
import { decodePercent } from '../../address/percent-encoding.ts';
import { JSON_ITEMS_MAX } from '../../model/article-limits.ts';
import { createFields, type Field, type Fields, plainName, toFieldValue } from '../../model/fields.ts';
import type { Report } from '../../model/report.ts';
import { isObject, type JsonObject } from '../../text/json.ts';
import { slugify } from '../../text/slug.ts';
import { jsonNotRead, looksLikePost } from '../media/unread-format.ts';
import { isWithinLimits, linesOfKeys, parseJson } from './front-matter/json-fields.ts';
import type { Manuscript } from './manuscript.ts';

/** The manuscripts of a file, one for each of its items. */
export function readJsonArticles(key: string, text: string, report: Report): readonly Manuscript[] {
  const json = parseJson(text);
  if (json.kind === 'unreadable') {
    if (!/"(?:content_html|content_text)"|jsonfeed\.org/.test(text)) return [];
    report.add(
      'json-unreadable',
      json.line,
      `The file is not valid JSON: ${json.message}.`,
      'Check quotation marks, commas and braces there and just before.',
    );
    return [];
  }
  const { items, feed } = findItems(json.value);
  if (items.length === 0 && looksLikePost(json.value, key)) report.include([jsonNotRead(key)]);
  if (items.length > JSON_ITEMS_MAX) {
    const message = `The file holds ${items.length} articles; ${JSON_ITEMS_MAX} is the most.`;
    report.add('limit-exceeded', null, message, 'Split it into several files.');
    return [];
  }
  const alone = !Array.isArray(json.value) && feed === null;
  const lines = alone ? linesOfKeys(text) : new Map<string, number>();
  return items.flatMap((item, index) => {
    if (isObject(item) && isItem(item) && isWithinLimits(item)) {
      return [toManuscript(key, item, { lines, feed, alone, index })];
    }
    report.add(
      'field-invalid',
      null,
      `Item ${index + 1} is no article.`,
      'Give it “content_html” or “content_text”, or take it out.',
    );
    return [];
  });
}

interface ItemContext {
  /** By key. Empty for several items, of which a key doesn't say which is meant. */
  readonly lines: ReadonlyMap<string, number>;
  readonly feed: JsonObject | null;
  /** The file is this one item. */
  readonly alone: boolean;
  readonly index: number;
}

function findItems(value: unknown): { readonly items: readonly unknown[]; readonly feed: JsonObject | null } {
  if (Array.isArray(value))
    return { items: value.some((one) => isObject(one) && isItem(one)) ? value : [], feed: null };
  if (!isObject(value)) return { items: [], feed: null };
  if (Array.isArray(value.items) && String(value.version ?? '').includes('jsonfeed.org')) {
    return { items: value.items, feed: value };
  }
  return { items: isItem(value) ? [value] : [], feed: null };
}

/** An id or a title alone is found in all kinds of data; content, or a date of publication, is not. */
function isItem(value: JsonObject): boolean {
  if (typeof value.content_html === 'string' || typeof value.content_text === 'string') return true;
  const isNamed = typeof value.title === 'string' || typeof value.summary === 'string';
  return isNamed && (typeof value.date_published === 'string' || typeof value.external_url === 'string');
}

function toManuscript(key: string, item: JsonObject, around: ItemContext): Manuscript {
  const html = typeof item.content_html === 'string' && item.content_html.trim() !== '' ? item.content_html : null;
  const plain = typeof item.content_text === 'string' ? item.content_text : '';
  const inherited = inheritedFields(item, around);
  const fields = toFields(item, inherited, around);
  return {
    key,
    fields,
    body: {
      kind: 'html',
      text: html ?? paragraphs(plain),
      firstLine: around.lines.get(html === null ? 'content_text' : 'content_html') ?? 1,
      isOnOneLine: true,
      isFinal: true,
    },
    heading: null,
    plainFields: true,
    lead: null,
    itemText: JSON.stringify(item),
    sharedText: inherited.length === 0 ? '' : JSON.stringify(inherited),
    defaultPath: around.alone ? null : `${defaultPath(key)}${encodeURIComponent(itemSlug(item, around.index))}/`,
  };
}

/** The names of JSON Feed are field names too, but for `image`, where `banner_image` only stands in. */
function toFields(item: JsonObject, inherited: Inherited, around: ItemContext): Fields {
  const names = Object.keys(item).filter((name) => !name.startsWith('_') && !name.startsWith('content_'));
  const own = names.map(
    (name): Field => ({ name, value: toFieldValue(item[name]), line: around.lines.get(name) ?? null }),
  );
  const ofFeed = inherited.map(([name, value]): Field => ({ name, value: toFieldValue(value), line: null }));
  const fields = new Map(createFields([...ofFeed, ...own]));
  // An empty or missing id of an item is made, as for every other article.
  if (item.id === '' || item.id === null) fields.delete(plainName('id'));
  return fields;
}

/** What a feed says of its items, by name. */
type Inherited = readonly (readonly [name: string, value: unknown])[];

function inheritedFields(item: JsonObject, { feed }: ItemContext): Inherited {
  return ['authors', 'author', 'language'].flatMap((name) =>
    feed?.[name] === undefined || hasOwnSay(item, name) ? [] : [[name, feed[name]] as const],
  );
}

function hasOwnSay(item: JsonObject, name: string): boolean {
  return name === 'language' ? item.language !== undefined : item.authors !== undefined || item.author !== undefined;
}

/** The last part of the item's address, else its title, else its id. */
function itemSlug(item: JsonObject, index: number): string {
  const url = typeof item.url === 'string' ? (URL.parse(item.url)?.pathname ?? '') : '';
  const last = url.split('/').filter(Boolean).at(-1);
  if (last !== undefined) return slugify((decodePercent(last) ?? last).replace(/\.html?$/i, ''));
  const words = [item.title, item.id].find(
    (one) => (typeof one === 'string' && one.trim() !== '') || typeof one === 'number',
  );
  return words === undefined ? String(index + 1) : slugify(String(words));
}

function paragraphs(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return escaped
    .split(/\n\s*\n/)
    .filter((part) => part.trim() !== '')
    .map((part) => `<p>${part.trim().replaceAll('\n', '<br>')}</p>`)
    .join('\n');
}
