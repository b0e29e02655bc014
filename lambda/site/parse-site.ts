/**
 * Reads site.yaml, the settings of the whole publication. Every setting has a sound default: a folder without the file
 * publishes. All mistakes are reported at once, and with any there are no settings.
 */

import { createProblem, isError, type Problem } from '../model/problem.ts';
import type { Site } from '../model/site.ts';
import { TITLE_CHARACTERS_MAX } from '../model/site-limits.ts';
import type { YamlNode, YamlPair } from '../text/yaml-tree.ts';
import { oneOf, type Reader, readTable, report, type SettingPlace, SITE_KEY, text } from './setting.ts';
import { readSettingsTree } from './settings-tree.ts';
import { parseSiteUrl, siteUrl } from './site-address.ts';
import { reportCovered } from './site-paths.ts';
import { peopleMap } from './site-people.ts';
import { CONTENT_CHOICES, SITE_SETTINGS, type SiteBasis } from './site-settings.ts';

const URL_DEFAULT = 'http://localhost:8080/';
export const TITLE_DEFAULT = 'Untitled publication';
/** What has no line comes after what has one. */
const LINE_OF_NONE = Number.MAX_SAFE_INTEGER;

export interface SiteOptions {
  /** The address that the operator names (`--url`, the environment); it goes before the file's. Null: none. */
  readonly url: string | null;
  /** The address at which the site can be read all the same, used when neither names one. Default: none. */
  readonly fallbackUrl?: string | null;
  /** The path at which documents are served, with its slashes. @default any that the file names */
  readonly basePath?: string;
  /** Lines of settings for what the file doesn't say. @default none */
  readonly siteDefaults?: string;
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
  const own = readSettingsTree(body ?? new Uint8Array(0), problems);
  const root = own === null ? null : withDefaults(own, options.siteDefaults ?? '');
  const given = { served: givenUrl(options.url), fallback: givenUrl(options.fallbackUrl ?? null) };
  const site = root === null ? null : readSite(root, given, problems);
  if (root !== null && given.served === null) reportOtherPath(root, problems, options.basePath ?? null);
  const inOrder = problems.toSorted((a, b) => (a.line ?? LINE_OF_NONE) - (b.line ?? LINE_OF_NONE));
  return { site: problems.some(isError) ? null : site, problems: inOrder };
}

/** The settings of the file, and of these lines those that it doesn't state under any of their names. */
function withDefaults(own: YamlNode, lines: string): YamlNode {
  const more = lines === '' ? null : readSettingsTree(Buffer.from(lines), []);
  if (more?.kind !== 'map') return own;
  const namesOf = new Map(Object.entries(SITE_SETTINGS).map(([name, { names = [name] }]) => [name, names]));
  const isStated = (name: string) => (namesOf.get(name) ?? [name]).some((each) => findSetting(own, each) !== null);
  const pairs = own.kind === 'map' ? own.pairs : [];
  return { ...more, pairs: [...pairs, ...more.pairs.filter(({ name }) => !isStated(name))] };
}

/** Where documents lie at one path and name themselves at another, every link in them leads to nothing. */
function reportOtherPath(root: YamlNode, problems: Problem[], basePath: string | null): void {
  const stated = findSetting(root, 'url');
  const url = stated?.value.kind === 'text' ? parseSiteUrl(stated.value.text.trim()) : null;
  if (stated === null || url === null || basePath === null || new URL(url).pathname === basePath) return;
  const message = `“url” has the path ${new URL(url).pathname}, and this deployment serves documents at ${basePath}.`;
  const fix = `Write “url: ${new URL(basePath, url).href}”, or deploy at that path of a distribution (docs/hosting.md).`;
  report({ name: 'url', line: stated.line, problems }, message, fix);
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

function readSite(root: YamlNode, given: GivenUrls, problems: Problem[]): Site {
  const place: SettingPlace = { name: '', line: 1, problems };
  const basis = readBasis(root, given);
  const site = readTable(root, place, SITE_SETTINGS, basis);
  for (const { names = [] } of Object.values(SITE_SETTINGS)) reportTwice(root, place, names);
  reportCovered(site.redirects, site.feeds, () => placeOf(root, place, 'redirects'));
  if (given.served === null && given.fallback === null && findSetting(root, 'url') === null) {
    const message = 'The site has no address, so its feeds use an address of this machine.';
    const fix = `Write “url: https://…” in ${SITE_KEY}, or name the address when you publish.`;
    problems.push(createProblem('site-url-missing', { path: SITE_KEY, line: null, message, fix }));
  }
  const isTimeZoneStated = (findSetting(root, 'timeZone')?.value.kind ?? 'empty') !== 'empty';
  const redirects = { ...iconRedirect(site.favicon ?? site.icon, basis.url), ...site.redirects };
  // Its addresses have the day in them, so the two can't be told apart.
  const dates = site.dates ?? (site.addresses === 'jekyll' ? site.addresses : undefined);
  // A publication with its pages elsewhere has none here.
  const pages = site.articlesUrl === undefined ? site.pages : { ...site.pages, articles: false };
  return {
    ...site,
    pages,
    redirects,
    url: basis.url,
    ...(dates !== undefined && { dates }),
    ...(isTimeZoneStated && { isTimeZoneStated }),
  };
}

/** Readers that know no page of a site ask for this address (yarr, and browsers that open a feed). */
const ICON_ADDRESS = '/favicon.ico';

/** Only where the site lies at the top of its host: nobody asks elsewhere. A file of that name goes first. */
function iconRedirect(icon: string | null, url: string): Site['redirects'] {
  if (icon === null || new URL(url).pathname !== '/' || icon === new URL(ICON_ADDRESS, url).href) return {};
  return { [ICON_ADDRESS]: icon.startsWith(url) ? icon.slice(url.length - 1) : icon };
}

/** Reads them ahead; their mistakes are reported when they are read with all others. */
function readBasis(root: YamlNode, { served, fallback }: GivenUrls): SiteBasis {
  const ahead = <Value>(name: string, reader: Reader<Value>): Value | null => {
    const pair = findSetting(root, name);
    return pair === null || pair.value.kind === 'empty'
      ? null
      : reader(pair.value, { name, line: pair.line, problems: [] });
  };
  const statedUrl = ahead('url', siteUrl);
  const statedTitle = ahead('title', text(TITLE_CHARACTERS_MAX));
  const articlesUrl = ahead('articlesUrl', siteUrl);
  const url = served ?? statedUrl ?? fallback ?? URL_DEFAULT;
  return {
    id: statedUrl ?? statedTitle ?? TITLE_DEFAULT,
    url,
    statedUrl,
    articlesUrl,
    title: statedTitle ?? titleFromAddress(statedUrl ?? served) ?? TITLE_DEFAULT,
    content: ahead('content', oneOf(CONTENT_CHOICES)) ?? 'full',
    people: ahead('people', peopleMap(url)) ?? {},
  };
}

/** The host's name is what people know a site by; that of one's own machine says nothing. */
function titleFromAddress(url: string | null): string | null {
  const host = url === null ? '' : new URL(url).hostname.replace(/^www\./, '');
  return /^$|^localhost$|^[\d.]+$|^\[/.test(host) ? null : host;
}

/** Two settings that mean the same must not both be there. */
function reportTwice(root: YamlNode, place: SettingPlace, names: readonly string[]): void {
  const [first, second] = root.kind === 'map' ? root.pairs.filter(({ name }) => names.includes(name)) : [];
  if (first === undefined || second === undefined || first.name === second.name) return;
  const message = `“${first.name}” and “${second.name}” mean the same.`;
  report({ ...place, line: second.line }, message, 'Keep one of the two.');
}

/** Where a setting stands. */
function placeOf(root: YamlNode, place: SettingPlace, name: string): SettingPlace {
  return { ...place, name, line: findSetting(root, name)?.line ?? place.line };
}

function findSetting(root: YamlNode, name: string): YamlPair | null {
  return (root.kind === 'map' && root.pairs.find((pair) => pair.name === name)) || null;
}
