/** Which feeds an entry is in, and what a feed is called. Both depend on the entry and the settings alone. */

import { type Entry, playableOf } from '../model/entry.ts';
import type { Podcast } from '../model/podcast.ts';
import type { FeedDefinition, Site } from '../model/site.ts';
import { PODCAST_PAGE_SIZE } from '../model/site-limits.ts';
import type { CatalogRow } from '../state/catalog.ts';
import type { FeedRoot } from '../state/root.ts';
import { slugify } from '../text/slug.ts';

/** The feed that holds everything. */
export const ALL_FEED = 'all';

/** Names of the feeds that an entry belongs to, each once. */
export function feedsOf(entry: Entry, site: Site): readonly string[] {
  const { automatic } = site;
  return [
    ALL_FEED,
    ...(automatic.tags ? entry.tags.map(({ slug }) => `tags/${slug}`) : []),
    ...(automatic.authors ? authorSlugs(entry).map((slug) => `authors/${slug}`) : []),
    ...(automatic.sections && entry.section !== null ? [`sections/${entry.section.slug}`] : []),
    ...(automatic.languages ? languageFeeds(entry, site) : []),
    ...site.feeds.filter((definition) => passes(entry, definition, site)).map(({ name }) => name),
  ].filter((name, index, names) => names.indexOf(name) === index);
}

/** Feeds that are there before anything is in them, so that people can subscribe: `all`, and what the site defines. */
export function permanentFeeds(site: Site): readonly string[] {
  return [ALL_FEED, ...site.feeds.map(({ name }) => name)];
}

export function isPermanent(feed: string, site: Site): boolean {
  return permanentFeeds(site).includes(feed);
}

/** About how many entries a document of a feed holds: a page of a podcast as many episodes as there may be in one. */
export function pageSizeOf(feed: string, site: Site): number {
  const isPodcast = site.feeds.some(({ name, podcast }) => name === feed && podcast !== undefined);
  return isPodcast ? PODCAST_PAGE_SIZE : site.pageSize;
}

/**
 * How an entry names the thing that a feed is about: the tag, author or section as written there. A feed is called as
 * its oldest entry calls it. Null for feeds that are not named after something in their entries.
 */
export function labelIn(feed: string, entry: Entry): string | null {
  const [kind, slug] = splitName(feed);
  switch (kind) {
    case 'tags':
      return entry.tags.find((tag) => tag.slug === slug)?.label ?? null;
    case 'authors':
      return entry.authors.map(nameOf).find((name) => slugify(name) === slug) ?? null;
    case 'sections':
      return entry.section?.slug === slug ? entry.section.label : null;
    default:
      return null;
  }
}

/** What the documents of a feed say about the feed itself. */
export function describeFeed(
  feed: string,
  label: string | null,
  site: Site,
): {
  readonly title: string;
  readonly description: string;
  readonly language: string;
  readonly content: 'full' | 'summary';
  readonly podcast?: Podcast;
} {
  const common = { description: site.description, language: site.language, content: site.content };
  if (feed === ALL_FEED) return { ...common, title: site.title };
  const definition = site.feeds.find(({ name }) => name === feed);
  if (definition !== undefined) {
    const { title, description, content, podcast } = definition;
    const own = { ...common, title, description: description === '' ? site.description : description, content };
    return podcast === undefined ? own : { ...own, language: podcast.language ?? site.language, podcast };
  }
  const [kind, slug] = splitName(feed);
  if (kind === 'languages') {
    const name = new Intl.DisplayNames([slug], { type: 'language', fallback: 'code' }).of(slug) ?? slug;
    return { ...common, title: `${site.title}: ${name}`, language: slug };
  }
  return { ...common, title: `${site.title}: ${label ?? (slug || feed)}` };
}

function authorSlugs(entry: Entry): readonly string[] {
  return entry.authors
    .map(nameOf)
    .filter((name) => name !== '')
    .map(slugify);
}

function nameOf(person: Entry['authors'][number]): string {
  return person.name ?? '';
}

/**
 * A site in one language needs no feed for it. So an entry has a language feed when the site lists its language, or
 * when it is written in another one than the site's.
 */
function languageFeeds(entry: Entry, site: Site): readonly string[] {
  const language = entry.language ?? site.language;
  const listed = site.languages.some((other) => sameLanguage(other, language));
  return listed || !sameLanguage(language, site.language) ? [`languages/${language.toLowerCase()}`] : [];
}

function passes(entry: Entry, definition: FeedDefinition, site: Site): boolean {
  const tags = entry.tags.map(({ slug }) => slug);
  const language = entry.language ?? site.language;
  return (
    hasAny(definition.tags, tags) &&
    hasAny(definition.authors, authorSlugs(entry)) &&
    hasAny(definition.sections, entry.section === null ? [] : [entry.section.slug]) &&
    (definition.languages === null || definition.languages.some((wanted) => sameLanguage(wanted, language))) &&
    !definition.withoutTags.some((slug) => tags.includes(slug)) &&
    (definition.podcast === undefined || playableOf(entry) !== null)
  );
}

function hasAny(wanted: readonly string[] | null, present: readonly string[]): boolean {
  return wanted === null || wanted.some((slug) => present.includes(slug));
}

function sameLanguage(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function splitName(feed: string): readonly [string, string] {
  const slash = feed.indexOf('/');
  return slash === -1 ? [feed, ''] : [feed.slice(0, slash), feed.slice(slash + 1)];
}

/** What the catalog says of a feed. */
export function createRow(root: FeedRoot, site: Site): CatalogRow {
  return {
    name: root.feed,
    title: describeFeed(root.feed, root.label, site).title,
    offered: root.opening !== 'withheld' && (root.entryCount > 0 || isPermanent(root.feed, site)),
    ...(root.opening === 'withheld' && { withheld: true }),
  };
}
