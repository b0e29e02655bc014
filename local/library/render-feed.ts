/** Feeds of other programs as valid RSS, Atom and JSON Feed, by the writers of the publisher's own documents. */

import type { FeedDocument, FeedFormat, FeedHead } from '../../lambda/model/document.ts';
import type { Podcast } from '../../lambda/model/podcast.ts';
import { feedOptionsOf } from '../../lambda/render/feed/feed-options.ts';
import { SiteFeed } from '../../lambda/render/feed/site-feed.ts';
import { authorsOf, itemsOf } from '../../lambda/render/feed/site-item.ts';
import { parseSite } from '../../lambda/site/parse-site.ts';
import { escapeAttribute } from '../../lambda/text/xml.ts';
import { momentAt } from '../../lambda/time/moment.ts';
import { absolute, categoryName, entryOf, instant, peopleOf } from './feed-entries.ts';
import type { FeedAuthor, FeedExtension, FeedItem, FeedModel, FeedOptions } from './feed-model.ts';

/** The three documents of a feed, as texts. */
export interface RenderedFeed {
  readonly rss: string;
  readonly atom: string;
  readonly json: string;
}

/**
 * The documents of a model of the package `feed`. The clock is not read: a feed without items and `updated` says no date, and
 * the same model gives the same texts. Extensions are written in JSON Feed, whose names begin with an underscore.
 *
 * @throws TypeError, with its place in the model, where an address is not absolute or a date is none
 */
export function renderFeed(model: FeedModel): RenderedFeed {
  return {
    rss: withStylesheet(siteFeedOf(model, 'rss').rss2(), model.options),
    atom: withStylesheet(siteFeedOf(model, 'atom').atom1(), model.options),
    json: withExtensions(siteFeedOf(model, 'json').json1(), model),
  };
}

/** In place of the class of that name in the package `feed`: the same calls, and documents that are valid. */
export class Feed implements FeedModel {
  readonly options: FeedOptions;
  readonly items: FeedItem[] = [];
  readonly categories: string[] = [];
  readonly contributors: FeedAuthor[] = [];
  readonly extensions: FeedExtension[] = [];

  constructor(options: FeedOptions) {
    this.options = options;
  }

  addItem(item: FeedItem): void {
    this.items.push(item);
  }

  addCategory(category: string): void {
    this.categories.push(category);
  }

  addContributor(contributor: FeedAuthor): void {
    this.contributors.push(contributor);
  }

  addExtension(extension: FeedExtension): void {
    this.extensions.push(extension);
  }

  /** @throws TypeError as `renderFeed` does; so do the others */
  rss2(): string {
    return renderFeed(this).rss;
  }

  atom1(): string {
    return renderFeed(this).atom;
  }

  json1(): string {
    return renderFeed(this).json;
  }
}

function siteFeedOf(model: FeedModel, format: FeedFormat): SiteFeed {
  const { options, categories = [], contributors = [] } = model;
  const link = homeOf(options);
  const id = options.id ?? link;
  const entries = model.items.map((item, index) => entryOf(item, index, id, format === 'rss' ? 'guid' : 'id'));
  const document = documentOf(options, id, link, entries);
  const items = itemsOf(entries, document.feed, document.site);
  for (const [index, item] of items.entries()) addSchemes(item, model.items[index]);
  const site = new SiteFeed(
    {
      ...feedOptionsOf(document),
      id: URL.parse(id)?.href ?? absolute(id, 'options.id'),
      link,
      feedLinks: feedLinksOf(options),
      generator: options.generator ?? 'Feedwright',
      hubs: options.hub === undefined ? [] : [absolute(options.hub, 'options.hub')],
      history: { kind: 'unstated' },
      topics: categories,
      contributors: authorsOf(peopleOf(contributors, 'contributors')),
    },
    items,
  );
  if (options.ttl === undefined) delete site.options.ttl;
  else site.options.ttl = options.ttl;
  return site;
}

function homeOf({ link = '' }: FeedOptions): string {
  const address = absolute(link, 'options.link');
  if (/^https?:/.test(address)) return address;
  throw new TypeError(`options.link is ${JSON.stringify(link)}: give an address of http or https.`);
}

function documentOf(options: FeedOptions, id: string, link: string, entries: FeedDocument['entries']): FeedDocument {
  const { site: defaults } = parseSite(null, { url: new URL('/', link).href });
  if (defaults === null) throw new Error('Settings without a file are never wrong.');
  const language = options.language ?? '';
  const picture = (address: string | undefined, place: string) =>
    address === undefined ? null : absolute(address, place);
  const site = {
    ...defaults,
    id,
    title: options.title,
    language,
    authors: peopleOf(options.author, 'options.author'),
    icon: picture(options.image, 'options.image'),
    image: picture(options.image, 'options.image'),
    favicon: picture(options.favicon, 'options.favicon'),
    copyright: options.copyright ?? null,
  };
  const latest = entries.map(({ updated }) => updated.at).reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const stated = options.updated === undefined ? latest : instant(options.updated, 'options.updated');
  const feed: FeedHead = {
    name: 'all',
    title: options.title,
    description: options.description ?? '',
    language,
    updated: Number.isFinite(stated) ? momentAt(stated) : null,
    content: 'full',
    removals: [],
    ...(options.podcast === true && { podcast: podcastOf(options, site.image) }),
  };
  return { site, feed, page: { kind: 'complete' }, entries };
}

/** A show by the little that the model says of one. */
function podcastOf({ author, category, feed, feedLinks }: FeedOptions, image: string | null): Podcast {
  if ((feedLinks?.rss ?? feed) === undefined)
    throw new TypeError('options.feedLinks.rss is missing: a podcast has its identity from its address.');
  return {
    image,
    categories: category === undefined ? [] : [{ name: category, subcategory: null }],
    isExplicit: false,
    author: author?.name ?? null,
    owner: author?.email === undefined ? null : { name: author.name ?? null, email: author.email },
    order: 'episodic',
    isComplete: false,
    isBlocked: false,
    newFeedUrl: null,
    guid: null,
    isLocked: null,
    funding: [],
    people: [],
    medium: null,
    license: null,
    trailers: [],
    locations: [],
    texts: [],
    updateFrequency: null,
    language: null,
  };
}

function feedLinksOf({ feed, feedLinks = {} }: FeedOptions): RenderedFeed {
  const address = (format: keyof RenderedFeed) => {
    const given = feedLinks[format] ?? (format === 'json' ? undefined : feed);
    return given === undefined ? '' : absolute(given, `options.feedLinks.${format}`);
  };
  return { rss: address('rss'), atom: address('atom'), json: address('json') };
}

/** Whose category it is, where the model says so. */
function addSchemes(
  item: SiteFeed['items'][number],
  { category = [] }: FeedItem = { title: '', link: '', date: new Date(0) },
) {
  const named = category.filter((one) => categoryName(one) !== '');
  item.category = item.category.map((one, index) => ({
    ...one,
    scheme: named[index]?.scheme ?? named[index]?.domain ?? one.scheme,
  }));
}

/** JSON Feed 1.1, Extensions: their names begin with an underscore, so that they clash with nothing. */
function withExtensions(text: string, { extensions = [], items }: FeedModel): string {
  if (extensions.length === 0 && items.every((item) => item.extensions === undefined)) return text;
  const { items: written, ...head } = JSON.parse(text) as { readonly items: readonly object[] };
  const extended = written.map((item, index) => ({ ...item, ...membersOf(items[index]?.extensions ?? []) }));
  return `${JSON.stringify({ ...head, ...membersOf(extensions), items: extended }, null, 2)}\n`;
}

function membersOf(extensions: readonly FeedExtension[]): object {
  return Object.fromEntries(
    extensions.filter(({ name }) => /^_[^.]+$/.test(name)).map(({ name, objects }) => [name, objects]),
  );
}

/** Behind the declaration, which is the first line. */
function withStylesheet(text: string, { stylesheet }: FeedOptions): string {
  if (stylesheet === undefined) return text;
  return text.replace('\n', () => `\n<?xml-stylesheet href="${escapeAttribute(stylesheet)}" type="text/xsl"?>\n`);
}
