/**
 * Reads site.yaml, the settings of the whole publication. Every setting has a sound default: a folder without the file
 * publishes. All mistakes are reported at once, and with any there are no settings.
 */

import type { Person } from '../model/article.ts';
import { createProblem, isError, type Problem } from '../model/problem.ts';
import type { FeedDefinition, PageSettings, Site } from '../model/site.ts';
import {
  HUBS_MAX,
  LANGUAGES_MAX,
  NAME_CHARACTERS_MAX,
  PAGE_SIZE_DEFAULT,
  PAGE_SIZE_MAX,
  PAGE_SIZE_MIN,
  SITE_BYTES_MAX,
  TEXT_CHARACTERS_MAX,
  TITLE_CHARACTERS_MAX,
} from '../model/site-limits.ts';
import { decodeSource } from '../text/source-text.ts';
import {
  listOf,
  oneOf,
  type Place,
  type Reader,
  type Readers,
  readSettings,
  report,
  SITE_KEY,
  text,
  yesOrNo,
} from './setting.ts';
import { fileAddress, parseSiteUrl, siteUrl, webAddress } from './site-address.ts';
import { feedDefinitions } from './site-feeds.ts';
import { language, timeZone } from './site-language.ts';
import { PAGE_DEFAULTS, pageSettings } from './site-pages.ts';
import { permalinkPattern, redirectMap, reportCovered } from './site-paths.ts';
import { authorsList, type People, peopleMap } from './site-people.ts';
import { statusMeanings } from './site-statuses.ts';
import { readYamlTree, type YamlNode, type YamlPair } from './yaml-tree.ts';

const URL_DEFAULT = 'http://localhost:8080/';
export const TITLE_DEFAULT = 'Untitled publication';
/** What has no line comes after what has one. */
const LINE_OF_NONE = Number.MAX_SAFE_INTEGER;

const CONTENT_CHOICES = ['full', 'summary'] as const;

export interface SiteOptions {
  /** The address that the operator names (`--url`, the environment); it goes before the file's. Null: none. */
  readonly url: string | null;
  /** The address at which the site can be read all the same, used when neither names one. Default: none. */
  readonly fallbackUrl?: string | null;
}

export interface ParsedSite {
  /** Null when the file holds an error. */
  readonly site: Site | null;
  readonly problems: readonly Problem[];
}

/**
 * The settings of the publication. `body` is the file's, or null when there is none.
 * @throws TypeError when an address in `options` is not that of a site; ask `parseSiteUrl` first
 */
export function parseSite(body: Uint8Array | null, options: SiteOptions): ParsedSite {
  const problems: Problem[] = [];
  const root = readFile(body ?? new Uint8Array(0), problems);
  const given = { served: givenUrl(options.url), fallback: givenUrl(options.fallbackUrl ?? null) };
  const site = root === null ? null : readSite(root, given, problems);
  const inOrder = problems.toSorted((a, b) => (a.line ?? LINE_OF_NONE) - (b.line ?? LINE_OF_NONE));
  return { site: problems.some(isError) ? null : site, problems: inOrder };
}

/** Addresses from outside site.yaml. */
interface GivenUrls {
  /** Goes before the file's. */
  readonly served: string | null;
  /** Comes after the file's. */
  readonly fallback: string | null;
}

function givenUrl(written: string | null): string | null {
  if (written === null) return null;
  const url = parseSiteUrl(written);
  if (url === null) throw new TypeError(`Not the address of a site: ${written}`);
  return url;
}

function readFile(body: Uint8Array, problems: Problem[]): YamlNode | null {
  const refuse = (line: number | null, message: string, fix: string): null => {
    problems.push(createProblem('site-unreadable', { path: SITE_KEY, line, message, fix }));
    return null;
  };
  if (body.length > SITE_BYTES_MAX) {
    return refuse(
      null,
      `${SITE_KEY} has ${body.length} bytes; ${SITE_BYTES_MAX} is the most.`,
      'Make the file smaller.',
    );
  }
  const source = decodeSource(body);
  if (source.kind === 'unreadable') {
    return refuse(source.line, `${SITE_KEY} is not text in ${source.encoding}.`, 'Save the file in UTF-8.');
  }
  const reading = readYamlTree(source.text);
  if (reading.kind === 'unreadable') {
    return refuse(
      reading.line,
      `${SITE_KEY} can't be read as YAML: ${reading.reason}.`,
      yamlFix(source.text, reading.line),
    );
  }
  if (reading.root.kind === 'map' || reading.root.kind === 'empty') return reading.root;
  return refuse(
    reading.root.line,
    `${SITE_KEY} is not a map of settings.`,
    'Write one setting per line, as “name: value”.',
  );
}

function yamlFix(source: string, line: number): string {
  if (/^ *\t/.test(source.split('\n')[line - 1] ?? '')) return 'Indent with spaces instead of tabs.';
  return 'Write one setting per line, as “name: value”, indented with spaces; put values that hold “: ” or “#” in quotes.';
}

/** The settings as the file states them. Those that mean the same under two names are told apart only here. */
interface Stated {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly url: string;
  readonly language: string;
  readonly languages: readonly string[];
  readonly timeZone: string;
  readonly dates: 'jekyll';
  readonly author: readonly Person[];
  readonly authors: readonly Person[];
  readonly people: People;
  readonly icon: string;
  readonly favicon: string;
  readonly image: string;
  readonly logo: string;
  readonly copyright: string;
  readonly hub: readonly string[];
  readonly hubs: readonly string[];
  readonly pageSize: number;
  readonly content: Site['content'];
  readonly automatic: Partial<Site['automatic']>;
  readonly feeds: readonly FeedDefinition[];
  readonly permalink: string;
  readonly redirects: Readonly<Record<string, string>>;
  readonly statuses: NonNullable<Site['statuses']>;
  readonly newsSitemap: boolean;
  readonly pages: Partial<PageSettings>;
  readonly deletedEntries: boolean;
}

function readSite(root: YamlNode, given: GivenUrls, problems: Problem[]): Site {
  const place: Place = { name: '', line: 1, problems };
  const basis = readBasis(root, given);
  const stated = readSettings(root, place, statedReaders(basis));
  for (const [one, other] of [
    ['author', 'authors'],
    ['hub', 'hubs'],
    ['image', 'logo'],
  ] as const) {
    reportBoth(root, place, one, other);
  }
  reportCovered(stated.redirects ?? {}, stated.feeds ?? [], () => placeOf(root, place, 'redirects'));
  if (given.served === null && given.fallback === null && findSetting(root, 'url') === null) {
    const message = 'The site has no address, so its feeds name one of this machine.';
    const fix = `Write “url: https://…” in ${SITE_KEY}, or name the address when you publish.`;
    problems.push(createProblem('site-url-missing', { path: SITE_KEY, line: null, message, fix }));
  }
  return {
    id: stated.id ?? stated.url ?? stated.title ?? TITLE_DEFAULT,
    title: basis.title,
    description: stated.description ?? '',
    url: basis.url,
    language: stated.language ?? 'en',
    languages: [...new Set(stated.languages)],
    timeZone: stated.timeZone ?? 'UTC',
    ...(stated.timeZone !== undefined && { isTimeZoneStated: true }),
    ...(stated.dates !== undefined && { dates: stated.dates }),
    authors: stated.authors ?? stated.author ?? [],
    people: basis.people,
    icon: stated.icon ?? null,
    favicon: stated.favicon ?? null,
    image: stated.image ?? stated.logo ?? null,
    copyright: stated.copyright ?? null,
    hubs: [...new Set(stated.hubs ?? stated.hub)],
    pageSize: stated.pageSize ?? PAGE_SIZE_DEFAULT,
    content: basis.content,
    automatic: { tags: true, authors: true, sections: true, languages: true, ...stated.automatic },
    feeds: stated.feeds ?? [],
    permalink: stated.permalink ?? null,
    redirects: stated.redirects ?? {},
    ...(stated.statuses !== undefined && { statuses: stated.statuses }),
    newsSitemap: stated.newsSitemap ?? false,
    pages: { ...PAGE_DEFAULTS, ...stated.pages },
    deletedEntries: stated.deletedEntries ?? false,
  };
}

/** The settings on which the meaning of others depends. */
interface Basis {
  readonly url: string;
  readonly title: string;
  readonly content: Site['content'];
  readonly people: People;
}

/** Reads them ahead; their mistakes are reported when they are read with all others. */
function readBasis(root: YamlNode, { served, fallback }: GivenUrls): Basis {
  const ahead = <Value>(name: string, reader: Reader<Value>): Value | null => {
    const pair = findSetting(root, name);
    return pair === null || pair.value.kind === 'empty'
      ? null
      : reader(pair.value, { name, line: pair.line, problems: [] });
  };
  const statedUrl = ahead('url', siteUrl);
  const url = served ?? statedUrl ?? fallback ?? URL_DEFAULT;
  return {
    url,
    title: ahead('title', text(TITLE_CHARACTERS_MAX)) ?? titleFromAddress(statedUrl ?? served) ?? TITLE_DEFAULT,
    content: ahead('content', oneOf(CONTENT_CHOICES)) ?? 'full',
    people: ahead('people', peopleMap(url)) ?? {},
  };
}

/** The host's name is what people know a site by; that of one's own machine says nothing. */
function titleFromAddress(url: string | null): string | null {
  const host = url === null ? '' : new URL(url).hostname.replace(/^www\./, '');
  return /^$|^localhost$|^[\d.]+$|^\[/.test(host) ? null : host;
}

function statedReaders({ url, title, content, people }: Basis): Readers<Stated> {
  const authors = authorsList(url, people);
  const hubs = listOf(webAddress, HUBS_MAX);
  return {
    id: text(NAME_CHARACTERS_MAX),
    title: text(TITLE_CHARACTERS_MAX),
    description: text(TEXT_CHARACTERS_MAX),
    url: siteUrl,
    language,
    languages: listOf(language, LANGUAGES_MAX),
    timeZone,
    dates: oneOf(['jekyll']),
    author: authors,
    authors,
    people: peopleMap(url),
    icon: fileAddress(url),
    favicon: fileAddress(url),
    image: fileAddress(url),
    logo: fileAddress(url),
    copyright: text(TEXT_CHARACTERS_MAX),
    hub: hubs,
    hubs,
    pageSize,
    content: oneOf(CONTENT_CHOICES),
    automatic,
    feeds: feedDefinitions({ siteTitle: title, content, people, base: url }),
    permalink: permalinkPattern,
    redirects: redirectMap(url),
    statuses: statusMeanings,
    newsSitemap: yesOrNo,
    pages: pageSettings(url),
    deletedEntries: yesOrNo,
  };
}

const automatic: Reader<Partial<Site['automatic']>> = (node, place) => {
  if (node.kind === 'text') {
    const all = yesOrNo(node, place);
    return all === null ? null : { tags: all, authors: all, sections: all, languages: all };
  }
  return readSettings<Site['automatic']>(node, place, {
    tags: yesOrNo,
    authors: yesOrNo,
    sections: yesOrNo,
    languages: yesOrNo,
  });
};

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

/** Two settings that mean the same must not both be there. */
function reportBoth(root: YamlNode, place: Place, one: string, other: string): void {
  const second = findSetting(root, other);
  if (findSetting(root, one) === null || second === null) return;
  report({ ...place, line: second.line }, `“${one}” and “${other}” mean the same.`, 'Keep one of the two.');
}

/** Where a setting stands. */
function placeOf(root: YamlNode, place: Place, name: string): Place {
  return { ...place, name, line: findSetting(root, name)?.line ?? place.line };
}

function findSetting(root: YamlNode, name: string): YamlPair | null {
  return (root.kind === 'map' && root.pairs.find((pair) => pair.name === name)) || null;
}
