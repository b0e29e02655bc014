/**
 * Reads every public document at the moment it is written, as a subscriber would who polls all the time. It keeps what
 * it saw, and says what no subscriber may see.
 */

import { FEED_FORMATS, subscriptionPath } from '../../lambda/addresses.ts';
import type { Store } from '../../lambda/store/store.ts';

export interface Auditor {
  /** The site store, watched. */
  readonly watch: (site: Store) => Store;
  /** Entry ids from the subscription document on through the whole archive; null when a link leads nowhere. */
  readonly walk: (feed: string) => readonly string[] | null;
}

interface SeenDocument {
  readonly text: string;
  /** Of JSON Feeds: the ids of the entries, and the next older document. */
  readonly ids: readonly string[];
  readonly previous: string | null;
}

const SITE_URL = 'https://example.org/';

/** @param tell what was seen that must not be */
export function createAuditor(tell: (violation: string) => void): Auditor {
  const documents = new Map<string, SeenDocument>();
  const newest = new Map<string, number>();
  const report = (path: string, what: string): void => tell(`${path}: ${what}`);
  /** Of what only rises: titles and texts carry numbers of the writes they come from. */
  const rise = (path: string, what: string, value: number): void => {
    const before = newest.get(`${path} ${what}`) ?? -Infinity;
    if (value < before) report(path, `${what} went back from ${before} to ${value}`);
    else newest.set(`${path} ${what}`, value);
  };
  const walk = (feed: string): readonly string[] | null => {
    const ids: string[] = [];
    let path: string | null = subscriptionPath(feed, 'json');
    for (let count = 0; path !== null; count += 1) {
      const document = documents.get(path);
      if (document === undefined || count > documents.size) return null;
      ids.push(...document.ids);
      path = document.previous;
    }
    return ids;
  };

  const lookAtJson = (path: string, text: string): SeenDocument => {
    const feed = parseJsonFeed(text);
    if (feed === null) {
      report(path, 'is no JSON Feed');
      return { text, ids: [], previous: null };
    }
    const ids = feed.items.map(({ id }) => id);
    if (new Set(ids).size !== ids.length) report(path, 'shows an id twice');
    rise(path, 'the settings', Number(/T(\d+)/.exec(feed.title)?.[1] ?? 0));
    for (const { title } of feed.items) {
      const [, article, revision] = /^k(\d+) r(\d+)$/.exec(title) ?? [];
      if (article === undefined) report(path, `shows ${JSON.stringify(title)}, which nobody wrote`);
      else rise(path, `article ${article}`, Number(revision));
    }
    return { text, ids, previous: feed.next_url === undefined ? null : feed.next_url.slice(SITE_URL.length) };
  };

  const lookAtXml = (path: string, text: string): SeenDocument => {
    const fault = findXmlFault(text);
    if (fault !== null) report(path, `is not well-formed: ${fault}`);
    const updated = /<(?:updated|lastBuildDate)>([^<]+)</.exec(text)?.[1];
    if (updated !== undefined && !path.includes('archive/')) rise(path, 'the date', Date.parse(updated));
    const previous = /rel="prev-archive"[^>]*href="https:\/\/example\.org\/([^"]+)"/.exec(text)?.[1] ?? null;
    return { text, ids: [], previous };
  };

  const look = (path: string, text: string): void => {
    if (!/\.(?:xml|json)$/.test(path)) return;
    const document = path.endsWith('.json') ? lookAtJson(path, text) : lookAtXml(path, text);
    documents.set(path, document);
    if (document.previous !== null && !documents.has(decodeURI(document.previous))) {
      report(path, `links to ${document.previous}, which is not there`);
    }
    if (!path.endsWith('feed.json') || path.includes('archive/')) return;
    const ids = walk(path === 'feed.json' ? 'all' : path.slice(0, -'/feed.json'.length));
    if (ids === null) report(path, 'has a history with a link that leads nowhere');
    else if (new Set(ids).size !== ids.length) report(path, 'has a history that shows an id twice');
  };

  return {
    walk,
    watch: (site) => ({
      ...site,
      async write(path, body, options) {
        const result = await site.write(path, body, options);
        if (result.kind === 'written') look(path, new TextDecoder().decode(body));
        return result;
      },
      async remove(path, options) {
        const result = await site.remove(path, options);
        const isSubscription = FEED_FORMATS.some((format) => path.endsWith(subscriptionPath('all', format)));
        if (documents.delete(path) && isSubscription && !path.includes('archive/')) report(path, 'was removed');
        const linking = [...documents].find(([, { previous }]) => previous === path);
        if (linking !== undefined) report(path, `was removed while ${linking[0]} links to it`);
        return result;
      },
    }),
  };
}

interface JsonFeed {
  readonly title: string;
  readonly next_url?: string;
  readonly items: readonly { readonly id: string; readonly title: string }[];
}

function parseJsonFeed(text: string): JsonFeed | null {
  try {
    return JSON.parse(text) as JsonFeed;
  } catch {
    return null;
  }
}

const XML_PART =
  /<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<(\/?)([^\s/>]+)(?:\s+[^\s=>]+="[^"<]*")*\s*(\/?)>|&(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);|[<&]/g;

/** Tags that match and nothing unescaped: enough to see half a document, or two that were mixed. */
function findXmlFault(text: string): string | null {
  const open: string[] = [];
  let roots = 0;
  for (const [part, slash, name, empty] of text.matchAll(XML_PART)) {
    if (part === '<' || part === '&') return `a stray ${part}`;
    if (name === undefined) continue;
    if (slash === '/') {
      const expected = open.pop();
      if (expected !== name) return `</${name}> closes <${expected ?? 'nothing'}>`;
    } else {
      if (open.length === 0) roots += 1;
      if (empty !== '/') open.push(name);
    }
  }
  if (open.length > 0) return `<${open.join('> <')}> stays open`;
  return roots === 1 ? null : `it has ${roots} roots`;
}
