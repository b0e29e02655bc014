/** JSON Feed 1.1 (jsonfeed.org/version/1.1). */

import type { Media } from '../../model/entry.ts';
import { type WritableText, writable } from '../../text/xml.ts';
import { formatRfc3339 } from '../../time/moment.ts';
import type { SiteFeedModel, SiteFeedOptions } from './feed-options.ts';
import { chainTexts, keepPieces, type Texts } from './pieces.ts';
import { groupRenditions } from './renditions.ts';
import type { SiteAuthor, SiteItem } from './site-item.ts';

const jsonItem = keepPieces(renderItem);

/** The feed as a JSON Feed document. `items` is always there, even when it is empty. */
export function renderJsonFeed(feed: SiteFeedModel): Texts {
  const head = stringify(headOf(feed), 2).replace(/\n\}$/, ',\n  "items": [');
  const items = feed.items.map((item, index) => (index === 0 ? withoutComma(jsonItem(item)) : jsonItem(item)));
  return chainTexts(head, items, `${items.length === 0 ? '' : '\n  '}]\n}\n`);
}

function headOf({ options: { title, link, description, authors, hubs, ...options }, items }: SiteFeedModel) {
  // Miniflux adds the feed's authors to those of an item, and needs them where an item has none.
  const isUnsigned = items.length === 0 || items.some(({ author }) => author.length === 0);
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title,
    home_page_url: link,
    feed_url: subscriptionAddress(options) || undefined,
    description: description === title ? undefined : description,
    language: options.language || undefined,
    icon: options.icon,
    favicon: options.favicon,
    authors: isUnsigned ? filled(authors.map(personOf)) : undefined,
    hubs: filled(hubs.map((url) => ({ type: 'WebSub', url }))),
    next_url: nextAddress(options),
  };
}

/** The specification makes `feed_url` the feed's identity, so an archive page names the document one subscribes to. */
function subscriptionAddress({ history, feedLinks }: Pick<SiteFeedOptions, 'history' | 'feedLinks'>): string {
  return history.kind === 'archive' ? history.current.json : feedLinks.json;
}

/** From the subscription document to the newest archive page, and on to ever older ones. */
function nextAddress({ history }: Pick<SiteFeedOptions, 'history'>): string | undefined {
  return 'previous' in history ? history.previous?.json : undefined;
}

/** With a comma before it. The content stands in the middle, quoted apart: it is nearly all of the item. */
function renderItem(item: SiteItem): Texts {
  const head = JSON.stringify(headOfItem(item)).slice(0, -1);
  const rest = JSON.stringify(restOfItem(item)).slice(1);
  if (item.content === undefined) return [`,\n    ${head},${rest}`];
  return [`,\n    ${head},"content_html":"`, escapeJson(item.content), `",${rest}`];
}

function withoutComma([start = '', ...others]: Texts): Texts {
  return [start.slice(1), ...others];
}

/**
 * The texts of an item are writable, its addresses ASCII; what else comes from authors is made so here: looking at every
 * string as it is written takes as long as writing it.
 */
function headOfItem(item: SiteItem) {
  return {
    id: writable(item.guid ?? item.id),
    url: item.link,
    external_url: item.externalUrl,
    title: item.title === '' ? undefined : item.title,
  };
}

function restOfItem(item: SiteItem) {
  const { published, updated } = item.moments;
  return {
    // One of the two has to be there; a feed of summaries has its summaries as text.
    content_text: item.content === undefined ? (item.description ?? (item.title || item.link)) : undefined,
    summary: item.description,
    image: item.picture?.url,
    date_published: formatRfc3339(published),
    date_modified: formatRfc3339(updated),
    authors: filled(item.author.map(personOf)),
    tags: filled(item.category.map(({ name }) => name)),
    language: item.language === undefined ? undefined : writable(item.language),
    attachments: filled(attachmentsOf(item)),
  };
}

function personOf({ name, link, email, avatar }: SiteAuthor) {
  return { name, url: link ?? (email === undefined ? undefined : `mailto:${email}`), avatar };
}

/** Attachments with one title are renditions of one thing, so that is how they are told. */
function attachmentsOf({ attachments, title }: SiteItem) {
  return groupRenditions(attachments).flatMap((group) => {
    const shared = group.length === 1 ? null : (group.find((media) => media.title !== null)?.title ?? title);
    return group.map((media) => attachmentOf(shared === null ? media : { ...media, title: shared || null }));
  });
}

function attachmentOf({ url, mimeType, title, lengthBytes, durationSeconds }: Media) {
  return {
    url,
    mime_type: writable(mimeType),
    title: title ?? undefined,
    size_in_bytes: lengthBytes ?? undefined,
    duration_in_seconds: durationSeconds ?? undefined,
  };
}

/** The list, or nothing where it is empty. */
function filled<Value>(list: readonly Value[]): readonly Value[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** What JSON escapes of a writable text, which holds no other control characters, beside quotes and line feeds. */
const RARE_ESCAPES = [
  ['\\', /\\/g, '\\\\'],
  ['\t', /\t/g, '\\t'],
  ['\r', /\r/g, '\\r'],
] as const;

/**
 * What `JSON.stringify` puts between the quotes, in a third of its time: V8 looks for a single character natively, and copies
 * what stands between two of them only once, when the text is encoded.
 */
function escapeJson(text: WritableText): string {
  let plain: string = text;
  for (const [character, pattern, replacement] of RARE_ESCAPES) {
    if (plain.includes(character)) plain = plain.replace(pattern, replacement);
  }
  let escaped = '';
  let start = 0;
  let quote = placeOf('"', plain, 0);
  let line = placeOf('\n', plain, 0);
  while (quote !== line) {
    const end = Math.min(quote, line);
    escaped += plain.slice(start, end) + (end === quote ? '\\"' : '\\n');
    start = end + 1;
    if (end === quote) quote = placeOf('"', plain, start);
    else line = placeOf('\n', plain, start);
  }
  return escaped + plain.slice(start);
}

/** The length of the text where it is not there: both are only the same when neither is. */
function placeOf(character: string, text: string, start: number): number {
  const place = text.indexOf(character, start);
  return place === -1 ? text.length : place;
}

/** Without the characters that the other formats can't hold: all three say the same. */
function stringify(value: object, indent?: number): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? writable(part) : part), indent);
}
