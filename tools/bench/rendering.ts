/** Rendering one document of 20, 50 and 1,000 entries in each format, from cached pieces and from nothing. */

import { parseArticles } from '../../lambda/article/parse.ts';
import { completeArticles } from '../../lambda/feed/entry/completion.ts';
import type { FeedDocument, FeedFormat } from '../../lambda/model/document.ts';
import type { Entry } from '../../lambda/model/entry.ts';
import type { Site } from '../../lambda/model/site.ts';
import { renderDocument } from '../../lambda/render/render.ts';
import { type Contender, compareCalls, formatNumber, formatRatio, formatSpread } from './measure.ts';
import { createPost } from './posts.ts';
import type { Section, Table } from './report.ts';

const SIZES = [20, 50, 1_000];
const FORMATS: readonly FeedFormat[] = ['rss', 'atom', 'json'];

interface PeerInput {
  readonly site: { readonly title: string; readonly url: string; readonly description: string };
  readonly items: readonly unknown[];
}

export type PeerRenderers = Readonly<Record<string, Readonly<Record<string, (input: PeerInput) => unknown>>>>;

export async function benchRendering(site: Site, peers: PeerRenderers | null): Promise<Section> {
  const tables: Table[] = [];
  for (const size of SIZES) {
    for (const format of FORMATS) tables.push(await compareFormat(site, peers?.[format] ?? {}, format, size));
  }
  return {
    title: 'Rendering one document',
    about:
      'Entries of about 5 kB, milliseconds of processor time a document, all in one process in turn. *Cached*: the ' +
      'pieces of the entries are there already, as when one of them is new. *From nothing*: entries that were never ' +
      'rendered. The others keep nothing; `rss` and `@astrojs/rss` know RSS only.',
    tables,
  };
}

async function compareFormat(
  site: Site,
  peers: PeerRenderers[string],
  format: FeedFormat,
  size: number,
): Promise<Table> {
  const entries = createEntries(site, size);
  const document = createDocument(site, entries);
  const input = createInput(entries);
  const ours: Contender[] = [
    { name: 'Feedwright, cached', run: () => renderDocument(document, format) },
    {
      name: 'Feedwright, from nothing',
      prepare: () => createDocument(site, structuredClone(entries)),
      run: (fresh) => renderDocument(fresh as FeedDocument, format),
    },
  ];
  const theirs = Object.entries(peers).map(
    ([name, render]): Contender => ({
      name,
      // A server sends bytes.
      run: async () => Buffer.from(String(await render(input))),
    }),
  );
  const found = await compareCalls([...ours, ...theirs], size > 100 ? { turns: 5, turnMs: 1 } : {});
  const cached = found.get('Feedwright, cached')?.median ?? Number.NaN;
  const fresh = found.get('Feedwright, from nothing')?.median ?? Number.NaN;
  const kilobytes = formatNumber(renderDocument(document, format).byteLength / 1_000);
  return {
    heading: `${format}, ${formatNumber(size)} entries (${kilobytes} kB)`,
    columns: ['', 'ms', 'against ours cached', 'against ours from nothing'],
    rows: [...found].map(([name, spread]) => [
      name,
      formatSpread(spread),
      formatRatio(spread.median, cached),
      formatRatio(spread.median, fresh),
    ]),
  };
}

/** A whole feed on one page; the newest entry comes first. */
export function createDocument(site: Site, entries: readonly Entry[]): FeedDocument {
  const feed = {
    name: 'all',
    title: site.title,
    description: site.description,
    language: site.language,
    updated: entries[0]?.updated ?? null,
    content: 'full',
    removals: [],
  } as const;
  return { site, feed, page: { kind: 'complete' }, entries };
}

/** Newest first, made as the publisher makes them. */
export function createEntries(site: Site, count: number): readonly Entry[] {
  return Array.from({ length: count }, (_, index) => createPost(index)).flatMap(({ path, text }) => {
    const body = new TextEncoder().encode(text);
    const { articles } = parseArticles({ key: path, body, site });
    const now = Date.UTC(2026, 0, 1);
    const input = { key: path, body, articles, site, facts: {}, shown: [], assets: new Map(), now };
    return completeArticles(input).shown.map(({ entry }) => entry);
  });
}

export function createInput(entries: readonly Entry[]): PeerInput {
  return {
    site: { title: 'Bench', url: 'https://example.org/', description: 'Bench' },
    items: entries.map(({ id, url, title, published, authors, tags, summary, contentHtml }) => ({
      id,
      url,
      title,
      date: new Date(published.at),
      author: authors[0]?.name ?? 'Bench',
      tags: tags.map(({ label }) => label),
      summary,
      html: contentHtml,
    })),
  };
}
