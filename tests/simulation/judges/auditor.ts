/**
 * Reads every public document at the moment it is written, as subscribers would who poll all the time, in each of the
 * formats and in one encoding. It keeps what it saw, and says what no subscriber may see:
 *
 * - a document that does not parse, shows an id twice, or an entry that nobody wrote;
 * - one that goes back: in its settings, its date, or in what it says of an article;
 * - what its folder held back from its first version on (secrets.ts);
 * - a page for people that is cut short, or goes back in what it says of an article;
 * - where feeds need some entries to be public: a link from an article's page to one that isn't;
 * - a link in the chain of archive documents, to an older or a newer one, that leads nowhere, also because what it led
 *   to was removed;
 * - a history, read from the subscription document to its oldest end, that shows an id twice, or in which an entry is
 *   missing for a while: it left and came back as it was.
 */

import { FEED_FORMATS, subscriptionPath } from '../../../lambda/model/addresses.ts';
import type { FeedFormat } from '../../../lambda/model/document.ts';
import type { Store } from '../../../lambda/store/store.ts';
import { SITE_KEY } from '../../../lambda/work/protocol/site-work.ts';
import type { Secrets } from '../people/secrets.ts';
import type { SimulatedStore } from '../simulated-store.ts';
import { seenThrough } from '../variants.ts';
import { type EntryTitle, type ReadDocument, readDocument } from './document-reader.ts';

export interface Auditor {
  /** The site store, watched from now on. What is in it already is taken as seen. */
  readonly watch: (site: SimulatedStore) => Store;
  /**
   * Told of files that were put back as they were, and of settings that were changed: from then on entries may go and
   * come back as they were, one of them or all.
   */
  readonly expectBack: (key: string) => void;
  /** Told of a text that was put under another name: the copy may be older than the article is by now. */
  readonly expectCopy: (text: string) => void;
  /** Every id that an article, as its titles begin, was seen with. */
  readonly idsOf: (article: string) => ReadonlySet<string>;
  /** The documents from the subscription document on through the whole archive; null when a link leads nowhere. */
  readonly walk: (feed: string, format: FeedFormat) => readonly ReadDocument[] | null;
}

const decoder = new TextDecoder();
/** From the page of an article to the feeds of its tags, its authors and its section. */
const FEED_LINKS =
  /(?:class="p-category" rel="tag"|class="p-author h-card"|class="kicker"><a) href="\/((?:tags|authors|sections)\/[^"]+)"/g;

/**
 * @param tell what was seen that must not be
 * @param ending of what these subscribers ask for: the plain document, or a variant
 * @param secrets what no document may tell
 * @param looksAtFeedLinks whether pages of articles may only link to feeds that are there
 */
export function createAuditor(
  tell: (violation: string) => void,
  ending: string,
  secrets: Pick<Secrets, 'toldBy'>,
  looksAtFeedLinks: boolean,
): Auditor {
  const documents = new Map<string, ReadDocument>();
  const newest = new Map<string, number>();
  const histories = new Map<string, SeenHistory>();
  /** When each writing of an article with one date was last changed. What people touch only is no other writing. */
  const changes = new Map<string, number>();
  const restored = new Set<string>();
  const copied = new Set<string>();
  const seenIds = new Map<string, Set<string>>();
  let isRestyled = false;
  const report = (path: string, what: string): void => tell(`${path}: ${what}`);
  /** Of what only rises: titles and texts carry numbers of the writes they come from. */
  const rise = (path: string, what: string, value: number): void => {
    const name = `${path} ${what}`;
    const before = newest.get(name) ?? -Infinity;
    if (value < before) report(path, `${what} went back from ${before} to ${value}`);
    else newest.set(name, value);
  };
  const riseArticle = (path: string, article: string, write: number): void => {
    if (!copied.has(article)) rise(path, `article ${article}`, write);
  };
  const walk = (feed: string, format: FeedFormat): readonly ReadDocument[] | null => {
    const chain: ReadDocument[] = [];
    let path: string | null = subscriptionPath(feed, format);
    while (path !== null) {
      const document = documents.get(path);
      if (document === undefined || chain.length > documents.size) return null;
      chain.push(document);
      path = document.previous;
    }
    return chain;
  };

  const lookAtPage = (path: string, text: string): void => {
    if (!text.endsWith('</html>\n')) report(path, 'is cut short');
    for (const [, article, write] of text.matchAll(/>k([\d.]+) r(\d+)<\/(?:a|h1)>/g))
      riseArticle(path, article ?? '', Number(write));
    for (const [, feed] of looksAtFeedLinks ? text.matchAll(FEED_LINKS) : [])
      if (!documents.has(`${feed}rss.xml`)) report(path, `links to ${feed}, which is not there`);
  };

  const look = (path: string, body: Uint8Array): void => {
    const secret = secrets.toldBy(decoder.decode(body));
    if (secret !== null) report(path, `tells ${secret}, which its folder holds back`);
    if (path.endsWith('.html')) lookAtPage(path, decoder.decode(body));
    const place = placeOf(path);
    if (place === null) return;
    const document = readDocument(path, body);
    documents.set(path, document);
    const { faults, ids, titles, settings, updated, previous } = document;
    for (const fault of faults) report(path, fault);
    for (const [index, { article }] of titles.entries())
      seenIds.set(article, (seenIds.get(article) ?? new Set()).add(ids[index] ?? ''));
    if (new Set(ids).size !== ids.length) report(path, 'shows an id twice');
    if (settings !== null) rise(path, 'the settings', settings);
    if (updated !== null && !place.isArchive) rise(path, 'the date', updated);
    for (const { article, write } of titles) riseArticle(path, article, write);
    for (const { writing, at } of document.changes) {
      const before = changes.get(writing) ?? at;
      if (before !== at)
        report(path, `says that ${writing} changed ${at - before} ms later than before: nobody edited it`);
      changes.set(writing, before);
    }
    if (previous !== null && !documents.has(previous)) report(path, `links to ${previous}, which is not there`);
    const subscription = subscriptionPath(place.feed, place.format);
    if (documents.has(subscription)) lookAtHistory(subscription, !place.isArchive, walk(place.feed, place.format));
  };

  const lookAtHistory = (path: string, isWhole: boolean, chain: readonly ReadDocument[] | null): void => {
    if (chain === null) {
      report(path, 'has a history with a link that leads nowhere');
      return;
    }
    const dead = chain.find(({ next }) => next !== null && !documents.has(next));
    if (dead !== undefined) report(path, `has a history with a link to ${dead.next}, which is not there`);
    const titles = chain.flatMap((document) => document.titles);
    const present = new Map(titles.map((title) => [nameOf(title), title]));
    const ids = chain.flatMap((document) => document.ids);
    // Between two documents of one run, an entry that was moved stands in neither page or, in two versions, in both.
    const isDouble = isWhole ? new Set(ids).size !== ids.length : !isRestyled && present.size !== titles.length;
    if (isDouble) report(path, 'has a history that shows an id twice');
    const seen = histories.get(path) ?? { present: new Set(), missing: new Set() };
    for (const name of seen.present) if (!present.has(name)) seen.missing.add(name);
    for (const [name, { article }] of present) {
      const isRestored = isRestyled || restored.has(article.split('.')[0] ?? '');
      if (seen.missing.delete(name) && !isRestored)
        report(path, `has a history in which ${name} was missing for a while`);
    }
    histories.set(path, { present: new Set(present.keys()), missing: seen.missing });
  };

  return {
    walk,
    idsOf: (article) => seenIds.get(article) ?? new Set(),
    expectBack: (key) => {
      if (key === SITE_KEY) isRestyled = true;
      else restored.add(/p(\d+)\./.exec(key)?.[1] ?? '');
    },
    expectCopy: (text) => {
      for (const [, article = ''] of text.matchAll(/k([\d.]+) r\d+/g)) copied.add(article);
    },
    watch(site) {
      const seen = [...site.objects].flatMap(([path, { body }]) => seenThrough(ending, path, body) ?? []);
      for (const { path, text } of seen) if (placeOf(path) !== null) documents.set(path, readDocument(path, text));
      for (const { path, text } of seen) look(path, text);
      return {
        ...site,
        async write(path, body, options) {
          const result = await site.write(path, body, options);
          const seen = result.kind === 'written' ? seenThrough(ending, path, body) : null;
          if (seen !== null) look(seen.path, seen.text);
          return result;
        },
        async remove(key, options) {
          const result = await site.remove(key, options);
          const path = key.endsWith(ending) ? key.slice(0, key.length - ending.length) : key;
          if (!documents.delete(path)) return result;
          const place = placeOf(path);
          if (place?.isArchive === false) report(path, 'was removed');
          const linking = [...documents].find(([, { previous }]) => previous === path);
          if (linking !== undefined) report(path, `was removed while ${linking[0]} links to it`);
          if (place !== null)
            lookAtHistory(subscriptionPath(place.feed, place.format), false, walk(place.feed, place.format));
          return result;
        },
      };
    },
  };
}

/** What one format of a feed showed when it was last looked at, and what it once showed and does not now. */
interface SeenHistory {
  readonly present: ReadonlySet<string>;
  readonly missing: Set<string>;
}

function nameOf({ article, write }: EntryTitle): string {
  return `k${article} r${write}`;
}

interface DocumentPlace {
  readonly feed: string;
  readonly format: FeedFormat;
  readonly isArchive: boolean;
}

const FORMATS_BY_FILE = new Map(FEED_FORMATS.map((format) => [subscriptionPath('all', format), format]));

/** What a path is a document of; null for what is no feed document, and for formats that are no feeds. */
function placeOf(path: string): DocumentPlace | null {
  const parts = path.split('/');
  const format = FORMATS_BY_FILE.get(parts.pop() ?? '');
  if (format === undefined || !/\.(?:xml|json)$/.test(path)) return null;
  const isArchive = parts.at(-2) === 'archive';
  const feed = (isArchive ? parts.slice(0, -2) : parts).join('/');
  return { feed: feed === '' ? 'all' : feed, format, isArchive };
}
