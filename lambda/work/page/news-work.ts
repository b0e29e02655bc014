/**
 * The news sitemap: the articles of the last two days, for Google News. Time alone changes it, so it says when it has to
 * be made again. It looks at whole hours, so that it changes no more often than that.
 */

import { isPart } from '../../feed/directory.ts';
import type { Entry } from '../../model/entry.ts';
import type { Site } from '../../model/site.ts';
import { type NewsLine, renderNewsSitemap } from '../../render/sitemap.ts';
import type { FeedRoot } from '../../state/root.ts';
import { openDirectory, openParts, readPage } from '../feed/feed-store.ts';
import { type DocumentCounts, NO_DOCUMENTS, writeDocument } from '../protocol/documents.ts';
import type { Ports } from '../protocol/ports.ts';
import { isOwnPage, NEWS_SITEMAP_PATH, SITEMAP_TYPE } from './sitemap-pages.ts';

const HOUR_MS = 60 * 60 * 1000;
/** One hour less than Google's two days, since an article may stay until the hour is over. */
const NEWS_MS = 47 * HOUR_MS;
/** Google's limit. */
const NEWS_COUNT_MAX = 1_000;

/** @returns when the oldest of its articles has to leave; null when there is none */
export async function workOnNews(
  ports: Ports,
  site: Site,
  root: FeedRoot,
): Promise<{ readonly counts: DocumentCounts; readonly dueAt: number | null }> {
  if (!site.newsSitemap) {
    await ports.public.remove(NEWS_SITEMAP_PATH);
    return { counts: NO_DOCUMENTS, dueAt: null };
  }
  const since = Math.floor(ports.now() / HOUR_MS) * HOUR_MS - NEWS_MS;
  const entries = await readSince(ports, root, since);
  const listed = entries
    .filter((entry) => isOwnPage(entry, site) && entry.title.trim() !== '')
    .slice(0, NEWS_COUNT_MAX);
  const body = renderNewsSitemap(site.title, listed.map(lineOf(site)));
  const counts = await writeDocument(ports, NEWS_SITEMAP_PATH, body, SITEMAP_TYPE, 'subscription');
  const oldest = listed.at(-1);
  // The first whole hour at which it is too old.
  const dueAt = oldest === undefined ? null : Math.ceil((oldest.published.at + NEWS_MS) / HOUR_MS) * HOUR_MS;
  return { counts, dueAt };
}

/** The entries published after an instant, newest first; as many as there may be in the sitemap, or some more. */
async function readSince(ports: Ports, root: FeedRoot, since: number): Promise<readonly Entry[]> {
  const found: Entry[] = [];
  const take = (entries: readonly { readonly entry: Entry }[]): boolean => {
    const young = entries.map(({ entry }) => entry).filter(({ published }) => published.at > since);
    found.push(...young.toReversed());
    return young.length === entries.length && found.length < NEWS_COUNT_MAX;
  };
  if (!take(root.newest) || root.archive === null || root.archive.lastCut.at <= since) return found;
  const directory = await openDirectory(ports, root);
  for (const [index, item] of [...directory.items.entries()].toReversed()) {
    const pages = isPart(item) ? ((await openParts(ports, directory, [index])).opened[0]?.pages ?? []) : [item];
    for (const page of pages.toReversed()) {
      if (!take(await readPage(ports, root.feed, page))) return found;
    }
  }
  return found;
}

function lineOf(site: Site): (entry: Entry) => NewsLine {
  return ({ url, title, published, language }) => ({ url, title, published, language: language ?? site.language });
}
