/**
 * Every setting of site.yaml, one row each: its reader, and what counts without it. CONTRIBUTING.md says how to add one
 * ("Add a setting").
 */

import { ADDRESS_SYSTEMS } from '../address/systems/system-address.ts';
import { ID_CHARACTERS_MAX } from '../model/article-limits.ts';
import { isAtomId } from '../model/entry-id.ts';
import { ID_FORMS, type Site, type SiteIds } from '../model/site.ts';
import {
  FEED_MINIMUM_MAX,
  FEEDS_MAX,
  HUBS_MAX,
  LANGUAGES_MAX,
  NAME_CHARACTERS_MAX,
  PAGE_SIZE_DEFAULT,
  PAGE_SIZE_MAX,
  PAGE_SIZE_MIN,
  TEXT_CHARACTERS_MAX,
  TITLE_CHARACTERS_MAX,
} from '../model/site-limits.ts';
import { HEADING_IDS } from '../text/heading-id.ts';
import {
  defaultsOf,
  listOf,
  mapOf,
  oneOf,
  type Reader,
  readTable,
  report,
  type SettingsTable,
  text,
  yesOrNo,
} from './setting.ts';
import { fileAddress, siteUrl, webAddress } from './site-address.ts';
import { feedDefinitions } from './site-feeds.ts';
import { language, timeZone } from './site-language.ts';
import { PAGE_SETTINGS } from './site-pages.ts';
import { permalinkPattern, redirectMap } from './site-paths.ts';
import { authorsList, type People, peopleMap } from './site-people.ts';
import { statusMeanings } from './site-statuses.ts';

/** The settings on which the meaning of others depends, with what counts where they are not stated. */
export interface SiteBasis {
  readonly id: string;
  readonly url: string;
  /** As the file states it; null where it states none. */
  readonly statedUrl: string | null;
  /** Where the pages of articles stand, if it is stated. */
  readonly articlesUrl: string | null;
  readonly title: string;
  readonly content: Site['content'];
  readonly people: People;
}

export const CONTENT_CHOICES = ['full', 'summary'] as const;

/** Even, because pages are cut by looking at half as many entries on each side. */
const pageSize: Reader<number> = (node, place) => {
  const written = node.kind === 'text' ? node.text.trim() : '';
  const size = /^\d{1,6}$/.test(written) ? Number(written) : Number.NaN;
  const range = `an even number from ${PAGE_SIZE_MIN} to ${PAGE_SIZE_MAX}`;
  if (!(size >= PAGE_SIZE_MIN && size <= PAGE_SIZE_MAX)) {
    return report(place, `“${place.name}” is not ${range}.`, `Write ${range}; ${PAGE_SIZE_DEFAULT} is the default.`);
  }
  if (size % 2 === 0) return size;
  return report(place, `“${place.name}” is odd.`, `Write ${size - 1} or ${size + 1}.`);
};

const feedMinimum: Reader<number> = (node, place) => {
  const count = node.kind === 'text' && /^\d{1,2}$/.test(node.text.trim()) ? Number(node.text) : 0;
  if (count >= 1 && count <= FEED_MINIMUM_MAX) return count;
  const range = `a number from 1 to ${FEED_MINIMUM_MAX}`;
  return report(place, `“${place.name}” is not ${range}.`, `Write ${range}; with 1, every tag has a feed.`);
};

const AUTOMATIC_FEEDS: SettingsTable<Site['automatic'], null> = {
  tags: { read: () => yesOrNo, initial: true },
  authors: { read: () => yesOrNo, initial: true },
  sections: { read: () => yesOrNo, initial: true },
  languages: { read: () => yesOrNo, initial: true },
};

const automatic: Reader<Site['automatic']> = (node, place) => {
  if (node.kind === 'text') {
    const all = yesOrNo(node, place);
    return all === null ? null : { tags: all, authors: all, sections: all, languages: all };
  }
  return readTable(node, place, AUTOMATIC_FEEDS, null);
};

/**
 * Null, without a problem, for the publisher's own ids.
 *
 * @param url the site's address as the file states it; null where it states none
 */
function idForm(url: string | null): Reader<SiteIds> {
  return (node, place) => {
    const form = oneOf(['made', ...ID_FORMS])(node, place);
    if (form === null || form === 'made') return null;
    if (url !== null) return { form, url };
    // An address that is named when publishing, or that of a CDN, is none that subscribers know.
    const message = `“${place.name}: ${form}” makes ids of the site’s address, and the file states none.`;
    return report(place, message, 'Write “url: https://…” beside it: the address at which the old site was.');
  };
}

const listedFeedIds = mapOf((name, node, place) => {
  const id = text(ID_CHARACTERS_MAX)(node, place);
  if (id === null) return null;
  if (isAtomId(id)) return [name, id] as const;
  return report(
    place,
    `“${place.name}” is no id that Atom may hold: ${id}`,
    'Write an address, or “tag:…” or “urn:…”.',
  );
}, FEEDS_MAX);

const feedIds: Reader<NonNullable<Site['feedIds']>> = (node, place) => {
  const listed = listedFeedIds(node, place);
  return listed && Object.fromEntries(listed);
};

/** Each can be switched off once it is known. */
const READER_WARNINGS: SettingsTable<NonNullable<Site['readerWarnings']>, null> = {
  addressIds: { read: () => yesOrNo, initial: true },
  descriptionMarkup: { read: () => yesOrNo, initial: true },
  keptIds: { read: () => yesOrNo, initial: true },
  longPodcasts: { read: () => yesOrNo, initial: true },
  mailAddresses: { read: () => yesOrNo, initial: true },
  oldDates: { read: () => yesOrNo, initial: true },
  severalAuthors: { read: () => yesOrNo, initial: true },
  severalSounds: { read: () => yesOrNo, initial: true },
  tagAmpersands: { read: () => yesOrNo, initial: true },
  titleMarkup: { read: () => yesOrNo, initial: true },
};

/** Each value once. */
function distinct(list: Reader<readonly string[]>): Reader<readonly string[]> {
  return (node, place) => {
    const values = list(node, place);
    return values && [...new Set(values)];
  };
}

/** @see docs/site-yaml.md */
export const SITE_SETTINGS: SettingsTable<Omit<Site, 'isTimeZoneStated' | 'peopleFiles' | 'tagLabels'>, SiteBasis> = {
  id: {
    read: () => text(NAME_CHARACTERS_MAX),
    initial: ({ id }) => id,
    said: '`url` as it stands in the file, else `title`',
  },
  title: {
    read: () => text(TITLE_CHARACTERS_MAX),
    initial: ({ title }) => title,
    said: 'the host of `url`, else “Untitled publication”',
  },
  description: { read: () => text(TEXT_CHARACTERS_MAX), initial: '' },
  url: { read: () => siteUrl, initial: ({ url }) => url, said: '`http://localhost:8080/`, with a warning' },
  articlesUrl: { read: () => siteUrl, initial: undefined, said: '`url`' },
  language: { read: () => language, initial: 'en' },
  languages: { read: () => distinct(listOf(language, LANGUAGES_MAX)), initial: [] },
  timeZone: { read: () => timeZone, initial: 'UTC' },
  dates: { read: () => oneOf(['jekyll']), initial: undefined, said: "as the folder's settings tell" },
  authors: {
    names: ['authors', 'author'],
    read: ({ url, people }) => authorsList(url, people),
    initial: [],
  },
  people: { read: ({ url }) => peopleMap(url), initial: {} },
  icon: { read: ({ url }) => fileAddress(url), initial: null },
  favicon: { read: ({ url }) => fileAddress(url), initial: null },
  image: { names: ['image', 'logo'], read: ({ url }) => fileAddress(url), initial: null },
  copyright: { read: () => text(TEXT_CHARACTERS_MAX), initial: null },
  hubs: { names: ['hubs', 'hub'], read: () => distinct(listOf(webAddress, HUBS_MAX)), initial: [] },
  pageSize: { read: () => pageSize, initial: PAGE_SIZE_DEFAULT },
  content: { read: () => oneOf(CONTENT_CHOICES), initial: 'full' },
  automatic: {
    read: () => automatic,
    initial: () => defaultsOf(AUTOMATIC_FEEDS, null),
    said: 'all on',
  },
  feedMinimum: {
    read: () => feedMinimum,
    initial: undefined,
    said: '`3`; `1` in a publication that was there before this setting',
  },
  feeds: {
    read: ({ title, content, people, url }) => feedDefinitions({ siteTitle: title, content, people, base: url }),
    initial: [],
  },
  feedIds: { read: () => feedIds, initial: undefined },
  permalink: { read: () => permalinkPattern, initial: null, said: "the file's path without its extension" },
  addresses: { read: () => oneOf(ADDRESS_SYSTEMS), initial: undefined, said: "the publisher's own rule" },
  ids: { read: ({ statedUrl, articlesUrl }) => idForm(articlesUrl ?? statedUrl), initial: undefined, said: '`made`' },
  headingIds: { read: () => oneOf(HEADING_IDS), initial: undefined, said: '`github`' },
  typographer: { read: () => yesOrNo, initial: undefined, said: '`false`' },
  redirects: { read: ({ url }) => redirectMap(url), initial: {} },
  statuses: { read: () => statusMeanings, initial: undefined },
  newsSitemap: { read: () => yesOrNo, initial: false },
  pages: {
    read:
      ({ url }) =>
      (node, place) =>
        readTable(node, place, PAGE_SETTINGS, url),
    initial: ({ url }) => defaultsOf(PAGE_SETTINGS, url),
    said: '',
  },
  deletedEntries: { read: () => yesOrNo, initial: false },
  readerWarnings: {
    read: () => (node, place) => readTable(node, place, READER_WARNINGS, null),
    initial: undefined,
    said: 'all on',
  },
};
