/** `feeds` in site.yaml: streams of entries that the site defines, as a list of maps or a map by name. */

import type { Podcast } from '../model/podcast.ts';
import type { FeedDefinition, Site } from '../model/site.ts';
import {
  FEED_NAME_CHARACTERS_MAX,
  FEEDS_MAX,
  FILTER_VALUES_MAX,
  NAME_CHARACTERS_MAX,
  TEXT_CHARACTERS_MAX,
  TITLE_CHARACTERS_MAX,
} from '../model/site-limits.ts';
import { slugify } from '../text/slug.ts';
import type { YamlNode } from '../text/yaml-tree.ts';
import {
  listOf,
  mapOf,
  oneOf,
  type Reader,
  readTable,
  report,
  type SettingPlace,
  type SettingsTable,
  text,
} from './setting.ts';
import { language } from './site-language.ts';
import type { People } from './site-people.ts';
import { podcastSettings } from './site-podcast.ts';

/** First parts of names that are the publisher's own. */
const RESERVED_FIRST_PARTS: ReadonlySet<string> = new Set([
  ...['all', 'tags', 'authors', 'sections', 'languages', 'archive', 'index', 'sitemaps', 'feeds', 'site'],
]);

/** Within a feed's folder these are its archive, and what the publisher keeps of it. */
const RESERVED_LATER_PARTS: ReadonlySet<string> = new Set(['archive', 'directory', 'pages']);

const CONTENT_CHOICES = ['full', 'summary'] as const;
const KINDS = ['articles', 'podcast'] as const;

/** What a feed's definition inherits from the site. */
export interface FeedDefaults {
  readonly siteTitle: string;
  readonly content: Site['content'];
  readonly people: People;
  /** Base address of the site. */
  readonly base: string;
}

export function feedDefinitions(defaults: FeedDefaults): Reader<readonly FeedDefinition[]> {
  return (node, place) => {
    const definitions =
      node.kind === 'map'
        ? mapOf((name, inner, here) => readDefinition(name, inner, here, defaults), FEEDS_MAX)(node, place)
        : listOf((inner, here) => readListed(inner, here, defaults), FEEDS_MAX)(node, place);
    if (definitions === null) return null;
    const names = definitions.map(({ name }) => name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice === undefined) return definitions;
    return report(place, `Two feeds are called “${twice}”.`, 'Give each feed a name of its own.');
  };
}

/** One of a list carries its name itself. */
function readListed(node: YamlNode, place: SettingPlace, defaults: FeedDefaults): FeedDefinition | null {
  const pair = node.kind === 'map' ? node.pairs.find(({ name }) => name === 'name') : undefined;
  if (node.kind !== 'map' || pair?.value.kind !== 'text') {
    return report(place, `A feed of “${place.name}” has no name.`, 'Begin each with “- name: …”.');
  }
  const others = { ...node, pairs: node.pairs.filter((other) => other !== pair) };
  return readDefinition(pair.value.text, others, { ...place, name: `${place.name}.${pair.value.text}` }, defaults);
}

/** What a feed's own settings say. */
interface FeedSettings extends Omit<FeedDefinition, 'name'> {
  readonly kind?: (typeof KINDS)[number];
}

/** Also the feed's own name. */
type FeedBasis = FeedDefaults & Pick<FeedDefinition, 'name'>;

/** @see docs/site-yaml.md */
export const FEED_SETTINGS: SettingsTable<FeedSettings, FeedBasis> = {
  title: {
    read: () => text(TITLE_CHARACTERS_MAX),
    initial: ({ siteTitle, name }) => `${siteTitle}: ${name}`,
    said: "the site's title and the name",
  },
  description: { read: () => text(TEXT_CHARACTERS_MAX), initial: '', said: "the site's" },
  content: { read: () => oneOf(CONTENT_CHOICES), initial: ({ content }) => content, said: "the site's" },
  tags: { read: () => slugs, initial: null, said: 'no filter' },
  authors: {
    read: ({ people }) => listOf(authorSlugReader(people), FILTER_VALUES_MAX),
    initial: null,
    said: 'no filter',
  },
  sections: { read: () => slugs, initial: null, said: 'no filter' },
  languages: { read: () => listOf(language, FILTER_VALUES_MAX), initial: null, said: 'no filter' },
  withoutTags: { read: () => slugs, initial: [] },
  kind: { read: () => oneOf(KINDS), initial: undefined, said: '`articles`' },
  podcast: { read: podcastSettings, initial: undefined },
};

function readDefinition(
  name: string,
  node: YamlNode,
  place: SettingPlace,
  defaults: FeedDefaults,
): FeedDefinition | null {
  const mistakeCount = place.problems.length;
  checkName(name, place);
  const { kind, podcast: stated, ...settings } = readTable(node, place, FEED_SETTINGS, { ...defaults, name });
  if (kind === 'articles' && stated !== undefined) {
    report(place, `“${place.name}” is of articles, but has settings of a podcast.`, 'Write “kind: podcast”.');
  }
  if (place.problems.length > mistakeCount) return null;
  const podcast = stated ?? (kind === 'podcast' ? plainPodcast(place, defaults) : null);
  return { name, ...settings, ...(podcast !== null && { podcast }) };
}

/** A podcast of which nothing is said. */
function plainPodcast(place: SettingPlace, defaults: FeedDefaults): Podcast | null {
  return podcastSettings(defaults)({ kind: 'empty', line: place.line }, place);
}

function checkName(name: string, place: SettingPlace): void {
  const parts = name.split('/');
  if (name.length > FEED_NAME_CHARACTERS_MAX || !parts.every((part) => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(part))) {
    const example = name === '' ? 'news' : parts.map(plainSlug).join('/').slice(0, FEED_NAME_CHARACTERS_MAX);
    report(
      place,
      `“${name}” can't be the name of a feed, because it becomes a part of addresses.`,
      `Use lower-case letters a to z, digits and single hyphens, such as “${example}”; the title may be anything.`,
    );
  } else if (
    RESERVED_FIRST_PARTS.has(parts[0] ?? '') ||
    parts.slice(1).some((part) => RESERVED_LATER_PARTS.has(part))
  ) {
    report(
      place,
      `“${name}” is a name that the publisher uses itself.`,
      `Choose another name, such as “${parts.join('-')}-feed”.`,
    );
  }
}

/** The nearest name without other letters than a feed's name may have. */
function plainSlug(part: string): string {
  const plain = part
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return plain === '' ? 'news' : plain;
}

const slugReader: Reader<string> = (node, place) => {
  const written = text(NAME_CHARACTERS_MAX)(node, place);
  return written === null ? null : slugify(written);
};

const slugs = listOf(slugReader, FILTER_VALUES_MAX);

/** An author's feed goes by the full name; a short name of the site's people stands for that. */
function authorSlugReader(people: People): Reader<string> {
  return (node, place) => {
    const written = text(NAME_CHARACTERS_MAX)(node, place);
    if (written === null) return null;
    const known = Object.hasOwn(people, written) ? people[written] : undefined;
    return slugify(known?.name ?? written);
  };
}
