/** A feed with its archive as posts. Whatever stands in a feed was public. */

import { readDate } from '../../../lambda/time/dates.ts';
import { formatRfc3339 } from '../../../lambda/time/moment.ts';
import type { FeedEntry, FeedPage } from '../../old-feed/feed-entry.ts';
import { type Fetch, fetchPages, filePages } from '../../old-feed/feed-pages.ts';
import { wordOf } from '../../old-feed/word-id.ts';
import type { ExportFiles } from '../files/export-files.ts';
import { isBlank, isTag, parseMarkup, plainText, renderMarkup } from '../html/markup.ts';
import type { ExportedPost, ExportSource, SourceOptions } from '../model/exported.ts';

export type FeedPlace =
  | { readonly kind: 'files'; readonly files: ExportFiles; readonly names: readonly string[] }
  | { readonly kind: 'address'; readonly address: string; readonly fetch: Fetch };

export async function openFeed(place: FeedPlace, options: SourceOptions): Promise<ExportSource> {
  const { report } = options;
  const onMissing = (address: string) =>
    report.fail('pages of the archive that are not there: what is older is missing', address);
  // All pages are read before anything is written, so a feed that breaks off in the middle leaves nothing half.
  const pages: FeedPage[] = [];
  const walk =
    place.kind === 'files'
      ? filePages(place.files, place.names, onMissing)
      : fetchPages(place.address, place.fetch, onMissing);
  for await (const page of walk) pages.push(page);
  const [first] = pages;
  const entries = distinctEntries(pages.flatMap((page) => page.entries));
  const hasSound = entries.some(({ attachments }) =>
    attachments.some(({ type }) => /^(?:audio|video)\//.test(type ?? '')),
  );
  const url = options.url ?? siteOf(first);
  return {
    program: first?.format ?? 'feed',
    bases: url === null ? [] : [url, ...(siteOf(first) === null ? [] : [siteOf(first) ?? url])],
    total: entries.length,
    site: {
      title: first?.title ?? null,
      description: first?.description ?? null,
      url,
      id: first?.siteId ?? null,
      language: first?.language ?? null,
      copyright: first?.copyright ?? null,
      redirects: redirectsOf(first, url),
      podcast: hasSound ? (first?.podcast ?? null) : null,
    },
    async *posts() {
      // The oldest first, so names that get a number are the same in the next import.
      for (const entry of entries.toReversed()) yield toPost(entry, options);
    },
    close: async () => {},
  };
}

/** A page that grows while the archive is read moves entries to the next. */
function distinctEntries(entries: readonly FeedEntry[]): readonly FeedEntry[] {
  const seen = new Set<string>();
  return entries.filter((entry) => {
    const key = keyOf(entry);
    return !seen.has(key) && seen.add(key);
  });
}

function keyOf({ id, link, title, published }: FeedEntry): string {
  return id ?? link ?? `${title} ${published}`;
}

function siteOf(page: FeedPage | undefined): string | null {
  const address = page?.home ?? page?.self ?? null;
  if (address === null || URL.parse(address) === null) return null;
  const { href } = new URL(page?.home === null ? '/' : '.', address);
  return href;
}

/** The feed's old address leads to the new one of the same format. */
function redirectsOf(page: FeedPage | undefined, url: string | null): Readonly<Record<string, string>> {
  if (page === undefined || page.self === null || url === null || !page.self.startsWith(url)) return {};
  const path = `/${page.self.slice(url.length).replace(/[?#].*$/s, '')}`;
  const target =
    page.podcast !== null
      ? '/podcast/rss.xml'
      : { RSS: '/rss.xml', Atom: '/atom.xml', 'JSON Feed': '/feed.json' }[page.format];
  return path === '/' || path === target ? {} : { [path]: target };
}

function toPost(entry: FeedEntry, { report }: SourceOptions): ExportedPost {
  const published = readTime(entry.published);
  const updated = readTime(entry.updated);
  const place = `entry ${entry.id ?? entry.link ?? `“${entry.title}”`}`;
  if (entry.content === null && entry.summary === null && entry.attachments.length === 0)
    report.leave('entries of which the feed has the title alone', place);
  const frame = frameOf(entry.content ?? '');
  const inner = frame?.html ?? null;
  const address = entry.link !== null && URL.parse(entry.link) !== null ? entry.link : null;
  return {
    key: keyOf(entry),
    place,
    kind: 'post',
    held: null,
    // Without a guid readers know it by its link.
    id: entry.id === null ? entry.link : (wordOf(entry.id)?.word ?? entry.id),
    title: isBeginning(entry) ? '' : entry.title,
    published: published?.text ?? null,
    updated: published !== null && updated !== null && updated.at - published.at >= 1000 ? updated.text : null,
    address,
    formerAddresses: [],
    slug: (address === null ? '' : lastPart(address)) || entry.title || 'entry',
    authors: entry.authors,
    categories: [],
    tags: entry.tags,
    image: entry.image,
    summary: entry.content === null || isMade(entry) ? null : entry.summary,
    language: entry.language ?? frame?.language ?? null,
    html: () => inner ?? entry.content ?? (entry.summary === null ? '' : entry.summary),
    // Feeds repeat the picture of an entry as a file to download.
    attachments: entry.attachments.filter(
      ({ url, type }) => !(url === entry.image?.url && /^image\//.test(type ?? '')),
    ),
    fields: entry.fields,
  };
}

/** Whether a note without a title was given its beginning as one, which Atom asks for. */
function isBeginning({ title, content }: FeedEntry): boolean {
  if (content === null || !/(?:…|\.\.\.)$/.test(title)) return false;
  const said = title.replace(/\s*(?:…|\.\.\.)$/, '');
  return said !== '' && plainText(content).startsWith(said);
}

/** A box around the whole text that says in which direction, and in which language, it is to be read. */
function frameOf(content: string): { readonly language: string; readonly html: string } | null {
  if (!/^\s*<div\b[^>]*\bdir=/i.test(content)) return null;
  const nodes = parseMarkup(content).children.filter((node) => !isBlank(node));
  const [box] = nodes;
  if (nodes.length !== 1 || box === undefined || !isTag(box) || box.name !== 'div' || box.attribs.lang === undefined)
    return null;
  return { language: box.attribs.lang, html: renderMarkup(box.children) };
}

function lastPart(address: string): string {
  const part = new URL(address).pathname.split('/').filter(Boolean).at(-1) ?? '';
  try {
    return decodeURIComponent(part).replace(/\.[a-z]{2,5}$/i, '');
  } catch {
    return part;
  }
}

function readTime(text: string | null): { readonly at: number; readonly text: string } | null {
  const reading = text === null ? null : readDate(text, 'UTC');
  if (reading?.kind !== 'moment') return null;
  return { at: reading.moment.at, text: formatRfc3339(reading.moment) };
}

/** Whether a program cut the summary out of the text: it is the text's beginning, or ends as WordPress' do. */
function isMade({ content, summary }: FeedEntry): boolean {
  if (content === null || summary === null) return false;
  if (/\[(?:…|\.\.\.|&#8230;)\]$/.test(summary)) return true;
  const letters = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase();
  const said = letters(summary.replace(/(?:…|\.\.\.)$/, ''));
  return said !== '' && letters(plainText(content)).includes(said);
}
