/** `podcast` of a feed in site.yaml: what directories and players want to know of a show. */

import { PODCAST_MEDIA, type Podcast } from '../model/podcast.ts';
import {
  NAME_CHARACTERS_MAX,
  PODCAST_CATEGORIES_MAX,
  PODCAST_VALUES_MAX,
  TEXT_CHARACTERS_MAX,
} from '../model/site-limits.ts';
import {
  category,
  funding,
  guid,
  license,
  location,
  ownerReader,
  personReader,
  purposefulText,
  textOrMap,
  trailerReader,
  updateFrequency,
} from './podcast-parts.ts';
import { listOf, oneOf, type Reader, readTable, type SettingsTable, text, yesOrNo } from './setting.ts';
import { fileAddress, webAddress } from './site-address.ts';
import { language } from './site-language.ts';
import type { People } from './site-people.ts';

/** What a podcast's settings refer to. */
export interface PodcastBasis {
  /** Base address of the site, for files beside site.yaml. */
  readonly base: string;
  readonly people: People;
}

/** The settings of a podcast, with every default; an empty map is a podcast too. */
export function podcastSettings(basis: PodcastBasis): Reader<Podcast> {
  return (node, place) => {
    const mistakeCount = place.problems.length;
    const podcast = readTable(node, place, PODCAST_SETTINGS, basis);
    return place.problems.length > mistakeCount ? null : podcast;
  };
}

/** `clean` is Apple’s former word for what is not explicit. */
const explicit: Reader<boolean> = (node, place) => {
  const word = node.kind === 'text' ? node.text.trim().toLowerCase() : '';
  return word === 'clean' || word === 'explicit' ? word === 'explicit' : yesOrNo(node, place);
};

/** @see docs/podcasts.md */
export const PODCAST_SETTINGS: SettingsTable<Podcast, PodcastBasis> = {
  image: { read: ({ base }) => fileAddress(base), initial: null },
  categories: {
    names: ['categories', 'category'],
    read: () => listOf(category, PODCAST_CATEGORIES_MAX),
    initial: [],
  },
  isExplicit: { names: ['explicit'], read: () => explicit, initial: false },
  author: { read: () => text(NAME_CHARACTERS_MAX), initial: null },
  owner: { read: ({ base, people }) => ownerReader(base, people), initial: null },
  order: { names: ['type'], read: () => oneOf(['episodic', 'serial']), initial: 'episodic' },
  isComplete: { names: ['complete'], read: () => yesOrNo, initial: false },
  isBlocked: { names: ['block'], read: () => yesOrNo, initial: false },
  newFeedUrl: { read: () => webAddress, initial: null },
  guid: { read: () => guid, initial: null },
  isLocked: { names: ['locked'], read: () => yesOrNo, initial: null },
  funding: { read: () => listOf(funding, PODCAST_VALUES_MAX), initial: [] },
  people: { read: ({ base, people }) => listOf(personReader(base, people), PODCAST_VALUES_MAX), initial: [] },
  medium: { read: () => oneOf(PODCAST_MEDIA), initial: null },
  license: { read: () => textOrMap((name) => ({ name, url: null }), license), initial: null },
  trailers: { names: ['trailer'], read: ({ base }) => listOf(trailerReader(base), PODCAST_VALUES_MAX), initial: [] },
  locations: {
    names: ['location'],
    read: () =>
      listOf(
        textOrMap((name) => ({ name, relation: null, geo: null, osm: null, country: null }), location),
        PODCAST_VALUES_MAX,
      ),
    initial: [],
  },
  texts: {
    names: ['txt'],
    read: () =>
      listOf(
        textOrMap((words) => ({ text: words, purpose: null }), purposefulText, TEXT_CHARACTERS_MAX),
        PODCAST_VALUES_MAX,
      ),
    initial: [],
  },
  updateFrequency: { read: () => textOrMap((label) => ({ label, rule: null }), updateFrequency), initial: null },
  language: { read: () => language, initial: null },
};
