/** `podcast` of a feed in site.yaml: what directories and players want to know of a show. */

import {
  PODCAST_MEDIA,
  type Podcast,
  type PodcastCategory,
  type PodcastLicense,
  type PodcastLocation,
  type PodcastPerson,
  type PodcastText,
} from '../model/podcast.ts';
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
import { listOf, oneOf, type Reader, type Readers, readSettings, text, yesOrNo } from './setting.ts';
import { fileAddress, webAddress } from './site-address.ts';
import { language } from './site-language.ts';
import type { People } from './site-people.ts';

/** What a podcast's settings refer to. */
export interface PodcastBasis {
  /** Base address of the site, for files beside site.yaml. */
  readonly base: string;
  readonly people: People;
}

interface Stated {
  readonly image: string;
  readonly category: readonly PodcastCategory[];
  readonly categories: readonly PodcastCategory[];
  readonly explicit: boolean;
  readonly author: string;
  readonly owner: NonNullable<Podcast['owner']>;
  readonly type: Podcast['order'];
  readonly complete: boolean;
  readonly block: boolean;
  readonly newFeedUrl: string;
  readonly guid: string;
  readonly locked: boolean;
  readonly funding: Podcast['funding'];
  readonly people: readonly PodcastPerson[];
  readonly medium: NonNullable<Podcast['medium']>;
  readonly license: PodcastLicense;
  readonly trailer: Podcast['trailers'];
  readonly location: readonly PodcastLocation[];
  readonly txt: readonly PodcastText[];
  readonly updateFrequency: NonNullable<Podcast['updateFrequency']>;
  readonly language: string;
}

/** The settings of a podcast, with every default; an empty map is a podcast too. */
export function podcastSettings(basis: PodcastBasis): Reader<Podcast> {
  const readers = statedReaders(basis);
  return (node, place) => {
    const mistakeCount = place.problems.length;
    const stated = readSettings(node, place, readers);
    if (place.problems.length > mistakeCount) return null;
    return {
      image: stated.image ?? null,
      categories: stated.categories ?? stated.category ?? [],
      isExplicit: stated.explicit ?? false,
      author: stated.author ?? null,
      owner: stated.owner ?? null,
      order: stated.type ?? 'episodic',
      isComplete: stated.complete ?? false,
      isBlocked: stated.block ?? false,
      newFeedUrl: stated.newFeedUrl ?? null,
      guid: stated.guid ?? null,
      isLocked: stated.locked ?? null,
      funding: stated.funding ?? [],
      people: stated.people ?? [],
      medium: stated.medium ?? null,
      license: stated.license ?? null,
      trailers: stated.trailer ?? [],
      locations: stated.location ?? [],
      texts: stated.txt ?? [],
      updateFrequency: stated.updateFrequency ?? null,
      language: stated.language ?? null,
    };
  };
}

/** `clean` is Apple’s former word for what is not explicit. */
const explicit: Reader<boolean> = (node, place) => {
  const word = node.kind === 'text' ? node.text.trim().toLowerCase() : '';
  return word === 'clean' || word === 'explicit' ? word === 'explicit' : yesOrNo(node, place);
};

function statedReaders({ base, people }: PodcastBasis): Readers<Stated> {
  const categories = listOf(category, PODCAST_CATEGORIES_MAX);
  return {
    image: fileAddress(base),
    category: categories,
    categories,
    explicit,
    author: text(NAME_CHARACTERS_MAX),
    owner: ownerReader(base, people),
    type: oneOf(['episodic', 'serial']),
    complete: yesOrNo,
    block: yesOrNo,
    newFeedUrl: webAddress,
    guid,
    locked: yesOrNo,
    funding: listOf(funding, PODCAST_VALUES_MAX),
    people: listOf(personReader(base, people), PODCAST_VALUES_MAX),
    medium: oneOf(PODCAST_MEDIA),
    license: textOrMap((name) => ({ name, url: null }), license),
    trailer: listOf(trailerReader(base), PODCAST_VALUES_MAX),
    location: listOf(
      textOrMap((name) => ({ name, relation: null, geo: null, osm: null, country: null }), location),
      PODCAST_VALUES_MAX,
    ),
    txt: listOf(
      textOrMap((words) => ({ text: words, purpose: null }), purposefulText, TEXT_CHARACTERS_MAX),
      PODCAST_VALUES_MAX,
    ),
    updateFrequency: textOrMap((label) => ({ label, rule: null }), updateFrequency),
    language,
  };
}
