/** The parts of a podcast's settings, each as people write it. */

import { typeFromName } from '../article/media/media-types.ts';
import {
  type Podcast,
  type PodcastCategory,
  type PodcastLicense,
  type PodcastLocation,
  type PodcastPerson,
  type PodcastText,
  toPodcastPerson,
} from '../model/podcast.ts';
import {
  NAME_CHARACTERS_MAX,
  PODCAST_NAME_CHARACTERS_MAX,
  TEXT_CHARACTERS_MAX,
  TITLE_CHARACTERS_MAX,
} from '../model/site-limits.ts';
import type { YamlNode } from '../text/yaml-tree.ts';
import { readDate } from '../time/dates.ts';
import type { Moment } from '../time/moment.ts';
import { findPodcastCategory, nearestPodcastCategory, PODCAST_CATEGORY_NAMES } from './podcast-categories.ts';
import { oneOf, type Reader, readSettings, report, type SettingPlace, text } from './setting.ts';
import { fileAddress, webAddress } from './site-address.ts';
import { authorsList, type People } from './site-people.ts';

const shortText = text(PODCAST_NAME_CHARACTERS_MAX);

/** A name of Apple's list, as text or, with a subcategory, as `Arts > Books` or `Arts: Books`. */
export const category: Reader<PodcastCategory> = (node, place) => {
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
export function ownerReader(base: string, people: People): Reader<NonNullable<Podcast['owner']>> {
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

export const guid: Reader<string> = (node, place) => {
  const written = text(NAME_CHARACTERS_MAX)(node, place)?.toLowerCase();
  if (written === undefined) return null;
  if (/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(written)) return written;
  const fix = 'Write the podcast:guid that the show has had so far, or delete the line to have one made.';
  return report(place, `“${place.name}” is not a UUID: ${written}`, fix);
};

export const funding: Reader<Podcast['funding'][number]> = (node, place) => {
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
export function personReader(base: string, people: People): Reader<PodcastPerson> {
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

export function trailerReader(base: string): Reader<Podcast['trailers'][number]> {
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

export const license: Reader<PodcastLicense> = (node, place) => {
  const { name, url } = readSettings<{ name: string; url: string }>(node, place, { name: shortText, url: webAddress });
  return required(name === undefined ? null : { name, url: url ?? null }, place, 'name');
};

export const location: Reader<PodcastLocation> = (node, place) => {
  const { name, rel, geo, osm, country } = readSettings<{
    name: string;
    rel: 'subject' | 'creator';
    geo: string;
    osm: string;
    country: string;
  }>(node, place, {
    name: shortText,
    rel: oneOf(['subject', 'creator']),
    geo: matching(/^geo:-?\d+(?:\.\d+)?(?:,-?\d+(?:\.\d+)?){1,2}(?:;[\w-]+=[\w.-]+)*$/, 'geo:38.71,-9.14'),
    osm: matching(/^[NWR]\d+(?:#\d+)?$/, 'R5400890'),
    country: matching(/^[A-Z]{2}$/, 'PT'),
  });
  if (name === undefined) return required(null, place, 'name');
  return { name, relation: rel ?? null, geo: geo ?? null, osm: osm ?? null, country: country ?? null };
};

export const purposefulText: Reader<PodcastText> = (node, place) => {
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

export const updateFrequency: Reader<NonNullable<Podcast['updateFrequency']>> = (node, place) => {
  const { text: label, rrule } = readSettings<{ text: string; rrule: string }>(node, place, {
    text: shortText,
    rrule: matching(/^[A-Z]+=[A-Z\d,;=+-]+$/, 'FREQ=WEEKLY'),
  });
  return required(label === undefined ? null : { label, rule: rrule ?? null }, place, 'text');
};

/** One text, or a map that says more. */
export function textOrMap<Value>(
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
function required<Value>(value: Value | null, place: SettingPlace, name: string): Value | null {
  return value ?? report(place, `“${place.name}” has no “${name}”.`, `Add “${name}”.`);
}
