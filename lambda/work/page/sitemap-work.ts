/**
 * Sitemaps: one lane, so one writer at a time. It reads the feed `all` as it is now. Whoever changes that feed asks for
 * this work, once for all that changes within the delay.
 *
 * A small publication has one plain sitemap. A large one has an index, a part for the newest entries, and parts that
 * follow the pages of `all` (feed/sitemap-parts.ts): one article makes one part and the index anew, however many there
 * are. Parts are written before the index names them, and removed after it names them no more.
 */

import { type DirectoryItem, isPart } from '../../feed/directory.ts';
import { ALL_FEED } from '../../feed/membership.ts';
import { gatherParts, type PagePart } from '../../feed/sitemap-parts.ts';
import { publicAddress } from '../../model/addresses.ts';
import type { PlacedEntry } from '../../model/entry.ts';
import type { Site } from '../../model/site.ts';
import { renderSitemap, renderSitemapIndex, type SitemapLine } from '../../render/sitemap.ts';
import { readJson, type Stored, swapJson } from '../../state/json-object.ts';
import { SITEMAP_KEY } from '../../state/keys.ts';
import type { FeedRoot } from '../../state/root.ts';
import { createSitemapState, type SitemapPart, type SitemapState } from '../../state/sitemap-state.ts';
import { mapBounded } from '../../store/bounded.ts';
import { StoreError } from '../../store/store.ts';
import { laterOf, type Moment } from '../../time/moment.ts';
import { openDirectory, openFeed, openParts, readDirectory, readPage } from '../feed/feed-store.ts';
import { addCounts, type DocumentCounts, NO_DOCUMENTS, writeDocument } from '../protocol/documents.ts';
import { markDue } from '../protocol/due-work.ts';
import { SITEMAP_LANE } from '../protocol/lanes.ts';
import type { Ports } from '../protocol/ports.ts';
import type { GoodSite } from '../protocol/site-work.ts';
import { workOnNews } from './news-work.ts';
import { entryPages, feedPages, isOwnPage, SITEMAP_PATH, SITEMAP_TYPE } from './sitemap-pages.ts';

/** Above this there are parts. The protocol allows 50,000, which would be written whole for each article. */
const PLAIN_ENTRIES_MAX = 1_000;
const PARTS_FOLDER = 'sitemaps/';
/** The part of the entries that are newer than the last archive page. */
const NEWEST_PART = 'newest';
/** Documents that one run writes at most; the next run continues. */
const PARTS_PER_RUN_MAX = 100;
const READS_AT_ONCE_MAX = 16;

export async function workOnSitemap(ports: Ports, good: GoodSite): Promise<DocumentCounts> {
  const { site, revision } = good;
  const { root } = await openFeed(ports, ALL_FEED, site.pageSize / 2);
  const stored = await readJson<SitemapState>(ports.state, SITEMAP_KEY);
  const before = stored?.value ?? createSitemapState();
  const plan = await planParts(ports, root, before, revision);
  const news = await workOnNews(ports, site, root);
  if (news.dueAt !== null) await markDue(ports, 'feed', SITEMAP_LANE, news.dueAt);
  const base = { ...before, siteRevision: revision, newsDueAt: news.dueAt };
  // The state names every part that may be public before one is.
  const gone = before.parts.map(({ name }) => name).filter((name) => !plan.parts.some((part) => part.name === name));
  const planned = {
    ...base,
    parts: plan.parts.map(blank(before.parts)),
    gone: [...new Set([...before.gone, ...gone])],
  };
  const version = await swapState(ports, planned, { value: before, version: stored?.version ?? null });
  const written = await writeParts(ports, site, plan.parts, planned.parts);
  if (written.left > 0) {
    await swapState(ports, { ...planned, parts: written.parts }, { value: planned, version });
    await ports.queue.sendLaneWork([{ lane: SITEMAP_LANE, key: null }]);
    return addCounts(news.counts, written.counts);
  }
  const top = await writeTop(ports, site, root, { ...plan, parts: written.parts });
  await removeParts(ports, planned.gone);
  const parts = written.parts.map((part, index) => ({ ...part, group: plan.parts[index]?.group ?? null }));
  const done = { ...planned, rootRevision: root.revision, parts, gone: [] };
  await swapState(ports, done, { value: planned, version });
  return [news.counts, written.counts, top].reduce(addCounts);
}

/** The parts there shall be, oldest first; none for a small publication, whose pages are all read instead. */
interface Plan {
  readonly parts: readonly PagePart[];
  /** All entries of a small publication but the newest, oldest first. */
  readonly entries: readonly PlacedEntry[];
}

async function planParts(ports: Ports, root: FeedRoot, before: SitemapState, siteRevision: number): Promise<Plan> {
  if (root.entryCount > PLAIN_ENTRIES_MAX)
    return { parts: await readParts(ports, root, before, siteRevision), entries: [] };
  const pages = await readDirectory(ports, root);
  const entries = await mapBounded(pages, READS_AT_ONCE_MAX, (page) => readPage(ports, root.feed, page));
  return { parts: [], entries: entries.flat() };
}

/** Opens no more of the directory than what changed since the sitemaps were made. */
async function readParts(
  ports: Ports,
  root: FeedRoot,
  before: SitemapState,
  siteRevision: number,
): Promise<readonly PagePart[]> {
  const directory = await openDirectory(ports, root);
  const known = Map.groupBy(before.siteRevision === siteRevision ? before.parts : [], ({ group }) => group);
  const keptOf = (item: DirectoryItem): readonly SitemapPart[] | null => {
    const parts = isPart(item) ? known.get(item.version) : undefined;
    return parts?.every(({ fingerprint }) => fingerprint !== '') ? parts : null;
  };
  const changed = [...directory.items.keys()].filter((index) => {
    const item = directory.items[index];
    return item !== undefined && isPart(item) && keptOf(item) === null;
  });
  const { opened } = await openParts(ports, directory, changed);
  const form = String(siteRevision);
  const newest = directory.items.filter((item) => !isPart(item));
  return [
    ...directory.items.filter(isPart).flatMap((part): readonly PagePart[] => {
      const kept = keptOf(part);
      if (kept !== null)
        return kept.map(({ name, fingerprint }) => ({ name, fingerprint, group: part.version, pages: [] }));
      const pages = opened.find((each) => each.part.version === part.version)?.pages ?? [];
      return gatherParts(pages, part.version, form);
    }),
    ...gatherParts(newest, null, form),
  ];
}

/** A part as far as it is written already. Where it may not be, its group is named only when all is done. */
function blank(before: readonly SitemapPart[]): (part: PagePart) => SitemapPart {
  const known = new Map(before.map((part) => [part.name, part]));
  return ({ name, group, pages }) => ({
    ...(known.get(name) ?? { name, fingerprint: '', updated: null }),
    group: pages.length === 0 ? group : null,
  });
}

/** Writes the parts whose pages changed. */
async function writeParts(
  ports: Ports,
  site: Site,
  planned: readonly PagePart[],
  before: readonly SitemapPart[],
): Promise<{ readonly parts: readonly SitemapPart[]; readonly left: number; readonly counts: DocumentCounts }> {
  const parts = [...before];
  const changed = planned.flatMap((part, index) => (part.fingerprint === before[index]?.fingerprint ? [] : [index]));
  let counts = NO_DOCUMENTS;
  for (const index of changed.slice(0, PARTS_PER_RUN_MAX)) {
    const part = planned[index];
    if (part === undefined) continue;
    const entries = await mapBounded(part.pages, READS_AT_ONCE_MAX, (page) => readPage(ports, ALL_FEED, page));
    const lines = linesOf(entries.flat(), site);
    counts = addCounts(counts, await writeSitemap(ports, partPath(part.name), renderSitemap(lines)));
    parts[index] = { name: part.name, fingerprint: part.fingerprint, group: null, updated: latest(lines) };
  }
  return { parts, left: Math.max(0, changed.length - PARTS_PER_RUN_MAX), counts };
}

/** The sitemap that everybody asks for first: everything, or the index. */
async function writeTop(
  ports: Ports,
  site: Site,
  root: FeedRoot,
  { parts, entries }: { readonly parts: readonly SitemapPart[]; readonly entries: readonly PlacedEntry[] },
): Promise<DocumentCounts> {
  const isPlain = root.entryCount <= PLAIN_ENTRIES_MAX;
  const listed = (isPlain ? entryPages : linesOf)([...entries, ...root.newest], site);
  const newest = [...feedPages(site, root), ...listed];
  if (isPlain) {
    const counts = await writeSitemap(ports, SITEMAP_PATH, renderSitemap(newest));
    await ports.public.remove(partPath(NEWEST_PART));
    return counts;
  }
  const counts = await writeSitemap(ports, partPath(NEWEST_PART), renderSitemap(newest));
  const all = [...parts, { name: NEWEST_PART, updated: latest(newest) }];
  const lines = all.map(({ name, updated }) => ({ url: publicAddress(site.url, partPath(name)), updated }));
  return addCounts(counts, await writeSitemap(ports, SITEMAP_PATH, renderSitemapIndex(lines)));
}

async function removeParts(ports: Ports, names: readonly string[]): Promise<void> {
  await mapBounded(names, READS_AT_ONCE_MAX, (name) => ports.public.remove(partPath(name)));
}

/** A conflict means that the exclusion was broken, by a run that outlived its time: this one stops. */
async function swapState(ports: Ports, next: SitemapState, before: Stored<SitemapState>): Promise<string | null> {
  if (JSON.stringify(next) === JSON.stringify(before.value)) return before.version;
  const version = await swapJson(ports.state, SITEMAP_KEY, { ...next, nonce: ports.nonce() }, before.version);
  if (version === null) throw new StoreError('retry', 'The sitemaps were changed by somebody else meanwhile.');
  return version;
}

function linesOf(entries: readonly PlacedEntry[], site: Site): readonly SitemapLine[] {
  return entries.flatMap(({ entry }) => (isOwnPage(entry, site) ? [{ url: entry.url, updated: entry.updated }] : []));
}

function latest(lines: readonly SitemapLine[]): Moment | null {
  return lines.reduce<Moment | null>(
    (greatest, { updated }) =>
      greatest === null || updated === null ? (updated ?? greatest) : laterOf(greatest, updated),
    null,
  );
}

function writeSitemap(ports: Ports, path: string, body: Uint8Array): Promise<DocumentCounts> {
  return writeDocument(ports, path, body, SITEMAP_TYPE, 'sitemap');
}

function partPath(name: string): string {
  return `${PARTS_FOLDER}${name}.xml`;
}
