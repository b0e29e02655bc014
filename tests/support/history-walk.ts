/** Reads a feed as a subscriber would who wants all of it: from the subscription document back to its oldest entry. */

import { subscriptionPath } from '../../lambda/model/addresses.ts';
import type { FeedFormat } from '../../lambda/model/document.ts';

const DOCUMENTS_MAX = 100_000;

/** How the XML formats name their entries and the next older document. */
const PATTERNS: Readonly<Record<'rss' | 'atom', { readonly id: RegExp; readonly older: RegExp }>> = {
  rss: {
    id: /<guid[^>]*>([^<]+)<\/guid>/g,
    older: /<atom:link rel="prev-archive"[^>]* href="([^"]+)"/,
  },
  atom: {
    id: /<entry>[\s\S]*?<id>([^<]+)<\/id>/g,
    older: /<link rel="prev-archive"[^>]* href="([^"]+)"/,
  },
};

export interface Walk {
  /** Newest first, as often as they are met. */
  readonly ids: readonly string[];
  readonly documentCount: number;
}

/**
 * @param read the document at a path; null when there is none
 * @throws when a link leads nowhere, or the history has no end
 */
export async function walkHistory(
  read: (path: string) => Promise<string | null>,
  siteUrl: string,
  feed: string,
  format: FeedFormat,
): Promise<Walk> {
  const ids: string[] = [];
  let documentCount = 0;
  let path: string | null = subscriptionPath(feed, format);
  while (path !== null) {
    const text: string | null = await read(path);
    if (text === null) throw new Error(`${path} is linked to, and not there.`);
    documentCount += 1;
    if (documentCount > DOCUMENTS_MAX) throw new Error('The history has no end.');
    const page = format === 'json' ? readJsonPage(text) : readXmlPage(text, format);
    ids.push(...page.ids);
    if (page.older !== null && !page.older.startsWith(siteUrl)) throw new Error(`${page.older} is somewhere else.`);
    path = page.older === null ? null : decodeURIComponent(page.older.slice(siteUrl.length));
  }
  return { ids, documentCount };
}

interface Page {
  readonly ids: readonly string[];
  readonly older: string | null;
}

function readJsonPage(text: string): Page {
  const page = JSON.parse(text) as { readonly items: readonly { readonly id: string }[]; readonly next_url?: string };
  return { ids: page.items.map(({ id }) => id), older: page.next_url ?? null };
}

function readXmlPage(text: string, format: 'rss' | 'atom'): Page {
  const { id, older } = PATTERNS[format];
  return { ids: [...text.matchAll(id)].map(([, each = '']) => each), older: older.exec(text)?.[1] ?? null };
}
