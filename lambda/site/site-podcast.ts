/** `podcast` of a feed in site.yaml: what directories and players want to know of a show. */

import { readDate } from '../article/fields/dates.ts';
import { typeFromName } from '../article/media/media-types.ts';
import type { Moment } from '../moment.ts';
import {
  NAME_CHARACTERS_MAX,
  PODCAST_CATEGORIES_MAX,
  PODCAST_NAME_CHARACTERS_MAX,
  PODCAST_VALUES_MAX,
  TEXT_CHARACTERS_MAX,
  TITLE_CHARACTERS_MAX,
} from './limits.ts';
import {
  PODCAST_MEDIA,
  type Podcast,
  type PodcastCategory,
  type PodcastLicense,
  type PodcastLocation,
  type PodcastPerson,
  type PodcastText,
  toPodcastPerson,
} from './podcast.ts';
import { findPodcastCategory, nearestPodcastCategory, PODCAST_CATEGORY_NAMES } from './podcast-categories.ts';
import {
  listOf,
  oneOf,
  type Place,
  type Reader,
  type Readers,
  readSettings,
  report,
  text,
  yesOrNo,
} from './setting.ts';
import { fileAddress, webAddress } from './site-address.ts';
import { language } from './site-language.ts';
import { authorsList, type People } from './site-people.ts';
import type { YamlNode } from './yaml-tree.ts';

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

const shortText = text(PODCAST_NAME_CHARACTERS_MAX);

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

function statedReaders({ base, people }: PodcastBasis): Readers<Stated> {
  const categories = listOf(category, PODCAST_CATEGORIES_MAX);
  return {
    image: fileAddress(base),
    category: categories,
    categories,
    explicit: yesOrNo,
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

/** A name of Apple's list, as text or, with a subcategory, as `Arts > Books` or `Arts: Books`. */
const category: Reader<PodcastCategory> = (node, place) => {
  const written = categoryText(node);
  if (written === null) {
    return report(place, `“${place.name}” is not a category.`, 'Write “Arts > Books”, or the name of one category.');
  }
  const found = findPodcastCategory(written);
  if (found !== null) return found;
  const nearest = nearestPodcastCategory(written);
  const fix =
    nearest === null
      ? `Choose one of Apple’s categories: ${PODCAST_CATEGORY_NAMES.join(', ')}; or a subcategory of one.`
      : `Did you mean “${nearest}”?`;
  return report(place, `“${written}” is not one of Apple’s podcast categories.`, fix);
};

function categoryText(node: YamlNode): string | null {
  if (node.kind === 'text') return node.text.replace(/\s+/g, ' ').trim();
  const [pair, ...others] = node.kind === 'map' ? node.pairs : [];
  if (pair === undefined || others.length > 0) return null;
  return pair.value.kind === 'text' ? `${pair.name} > ${pair.value.text}` : null;
}

/** Whom directories write to: a mail address is what counts. */
function ownerReader(base: string, people: People): Reader<NonNullable<Podcast['owner']>> {
  const persons = authorsList(base, people);
  return (node, place) => {
    const [person, ...others] = persons(node, place) ?? [];
    if (person === undefined) return null;
    const { name, email } = person;
    if (email !== null && others.length === 0) return { name, email };
    return report(
      place,
      `“${place.name}” is not one person with a mail address.`,
      'Write “Name <mail>”: directories send their confirmation there.',
    );
  };
}

const guid: Reader<string> = (node, place) => {
  const written = text(NAME_CHARACTERS_MAX)(node, place)?.toLowerCase();
  if (written === undefined) return null;
  if (/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(written)) return written;
  const fix = 'Write the podcast:guid that the show has had so far, or delete the line and let it be made.';
  return report(place, `“${place.name}” is not a UUID: ${written}`, fix);
};

const funding: Reader<Podcast['funding'][number]> = (node, place) => {
  if (node.kind !== 'map') {
    const url = webAddress(node, place);
    return url === null ? null : { url, label: 'Support the show' };
  }
  const { url, text: label } = readSettings<{ url: string; text: string }>(node, place, {
    url: webAddress,
    text: shortText,
  });
  return required(url === undefined ? null : { url, label: label ?? 'Support the show' }, place, 'url');
};

/** A name, the short name of somebody whom the site knows, or a map with a part in the show. */
function personReader(base: string, people: People): Reader<PodcastPerson> {
  const persons = authorsList(base, people);
  return (node, place) => {
    if (node.kind !== 'map') {
      const [person] = persons(node, place) ?? [];
      return person === undefined ? null : required(toPodcastPerson(person, null, null), place, 'name');
    }
    const stated = readSettings<{ name: string; role: string; group: string; image: string; url: string }>(
      node,
      place,
      { name: shortText, role: shortText, group: shortText, image: fileAddress(base), url: webAddress },
    );
    if (stated.name === undefined) return required(null, place, 'name');
    const known = Object.hasOwn(people, stated.name) ? people[stated.name] : undefined;
    return {
      name: known?.name ?? stated.name,
      role: stated.role ?? null,
      group: stated.group ?? null,
      image: stated.image ?? known?.avatar ?? null,
      url: stated.url ?? known?.url ?? null,
    };
  };
}

function trailerReader(base: string): Reader<Podcast['trailers'][number]> {
  const address = fileAddress(base);
  return (node, place) => {
    if (node.kind !== 'map')
      return report(place, `“${place.name}” is not a map.`, 'Give it a title, a url and a date.');
    const { title, url, date, type, length, season } = readSettings<{
      title: string;
      url: string;
      date: Moment;
      type: string;
      length: number;
      season: number;
    }>(node, place, {
      title: text(TITLE_CHARACTERS_MAX),
      url: address,
      date: moment,
      type: text(NAME_CHARACTERS_MAX),
      length: wholeNumber,
      season: wholeNumber,
    });
    if (title === undefined || url === undefined || date === undefined) {
      return required(null, place, 'title”, “url” and “date');
    }
    const mimeType = type ?? typeFromName(new URL(url).pathname);
    if (mimeType === null) return required(null, place, 'type');
    return { title, url, published: date, mimeType, lengthBytes: length ?? null, season: season ?? null };
  };
}

/** Without a zone it is of UTC. */
const moment: Reader<Moment> = (node, place) => {
  const written = text(NAME_CHARACTERS_MAX)(node, place);
  if (written === null) return null;
  const reading = readDate(written, 'UTC');
  if (reading.kind === 'moment') return reading.moment;
  return report(place, `“${place.name}” is not a date: ${written}`, 'Write it as 2026-05-01.');
};

const wholeNumber: Reader<number> = (node, place) => {
  const written = node.kind === 'text' ? node.text.trim() : '';
  if (/^[1-9]\d{0,14}$/.test(written)) return Number(written);
  return report(place, `“${place.name}” is not a whole number above 0.`, 'Write digits alone.');
};

const license: Reader<PodcastLicense> = (node, place) => {
  const { name, url } = readSettings<{ name: string; url: string }>(node, place, { name: shortText, url: webAddress });
  return required(name === undefined ? null : { name, url: url ?? null }, place, 'name');
};

const location: Reader<PodcastLocation> = (node, place) => {
  const { name, rel, geo, osm, country } = readSettings<{
    name: string;
    rel: 'subject' | 'creator';
    geo: string;
    osm: string;
    country: string;
  }>(node, place, {
    name: shortText,
    rel: oneOf(['subject', 'creator']),
    geo: matching(/^geo:-?\d+(?:\.\d+)?,-?\d+(?:\.\d+)?$/, 'geo:38.71,-9.14'),
    osm: matching(/^[NWR]\d+$/, 'R5400890'),
    country: matching(/^[A-Z]{2}$/, 'PT'),
  });
  if (name === undefined) return required(null, place, 'name');
  return { name, relation: rel ?? null, geo: geo ?? null, osm: osm ?? null, country: country ?? null };
};

const purposefulText: Reader<PodcastText> = (node, place) => {
  const stated = readSettings<{ text: string; purpose: string }>(node, place, {
    text: text(TEXT_CHARACTERS_MAX),
    purpose: shortText,
  });
  return required(
    stated.text === undefined ? null : { text: stated.text, purpose: stated.purpose ?? null },
    place,
    'text',
  );
};

const updateFrequency: Reader<NonNullable<Podcast['updateFrequency']>> = (node, place) => {
  const { text: label, rrule } = readSettings<{ text: string; rrule: string }>(node, place, {
    text: shortText,
    rrule: matching(/^[A-Z]+=[A-Z\d,;=+-]+$/, 'FREQ=WEEKLY'),
  });
  return required(label === undefined ? null : { label, rule: rrule ?? null }, place, 'text');
};

/** One text, or a map that says more. */
function textOrMap<Value>(
  fromText: (written: string) => Value,
  fromMap: Reader<Value>,
  charactersMax = PODCAST_NAME_CHARACTERS_MAX,
): Reader<Value> {
  return (node, place) => {
    if (node.kind === 'map') return fromMap(node, place);
    const written = text(charactersMax)(node, place);
    return written === null ? null : fromText(written);
  };
}

function matching(pattern: RegExp, example: string): Reader<string> {
  return (node, place) => {
    const written = shortText(node, place);
    if (written === null || pattern.test(written)) return written;
    return report(place, `“${place.name}” can't be read: ${written}`, `Write it as “${example}”.`);
  };
}

/** The value, or a report that a part of it is missing. */
function required<Value>(value: Value | null, place: Place, name: string): Value | null {
  return value ?? report(place, `“${place.name}” has no “${name}”.`, `Add “${name}”.`);
}
