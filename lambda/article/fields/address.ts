/**
 * Where an article is on its site. What its author says goes first (`permalink`, `url`, `path`, `slug`), then the
 * site's pattern, then the key without its extension. The date of a file name stays in the address: two articles of
 * different days with one name would otherwise claim one address.
 *
 * A path begins with `/`, is percent-encoded and ends with `/` or `.html`. The publisher's own addresses are reserved.
 */

import { defaultPath, encodePath, pathOfKey } from '../../address/default-path.ts';
import { hasPageId, readFileName, stem } from '../../address/file-name.ts';
import { parseQueryAddress, readQueryAddress, splitQuery } from '../../address/former/written-query.ts';
import { fillPattern, fillTemplate, isPattern, isTemplate, type PatternFacts } from '../../address/permalink.ts';
import { isReservedPath } from '../../address/reserved-path.ts';
import { relativeAlias, type SystemAddress, systemAddress } from '../../address/systems/system-address.ts';
import { articlesBase } from '../../model/addresses.ts';
import { ALIASES_MAX, PATH_CHARACTERS_MAX } from '../../model/article-limits.ts';
import { type Field, type Fields, findField, plainName, toBoolean } from '../../model/fields.ts';
import { createReport, type Report } from '../../model/report.ts';
import type { Site } from '../../model/site.ts';
import { slugify } from '../../text/slug.ts';
import type { Moment } from '../../time/moment.ts';
import { LISTED_FIELD } from './folder-fields.ts';
import { readLanguage, readTranslation } from './language.ts';
import { isSoundAddress } from './sound-fields.ts';
import { readCategoryTexts } from './tags.ts';
import { isNoAddress } from './visibility/visibility.ts';

const PATH_NAMES = ['permalink', 'url', 'path', 'route'];
const ALIAS_NAMES = ['aliases', 'alias', 'redirectfrom'];

export interface AddressFacts {
  readonly key: string;
  readonly site: Site;
  readonly title: string;
  readonly published: Moment | null;
  /** As its date was once read; null where that was the same. */
  readonly formerlyPublished: Moment | null;
  readonly categories: readonly string[];
  /** Instead of the key's own path, for one of several articles in a file. */
  readonly defaultPath: string | null;
}

export interface Address {
  readonly path: string;
  /** An absolute address outside the site, where the author gave one as the article's `url`. */
  readonly elsewhere: string | null;
}

/** The article's path; a path that can't be used is reported, and the default stands in for it. */
export function readAddress(fields: Fields, facts: AddressFacts, report: Report): Address {
  const field = findField(fields, PATH_NAMES);
  const path = requestedPath(fields, facts, report);
  checkPath(path, field ?? findField(fields, ['slug']), report);
  return { path, elsewhere: addressElsewhere(textOf(field), facts.site) };
}

function requestedPath(fields: Fields, facts: AddressFacts, report: Report): string {
  const field = findField(fields, PATH_NAMES);
  const stated = textOf(field);
  const isHere = field !== null && stated !== '' && addressElsewhere(stated, facts.site) === null;
  return (isHere ? statedPath(field, stated, fields, facts, report) : null) ?? unstatedPath(fields, facts, report);
}

/** In a podcast's show notes, `url` may be that of the sound. */
function textOf(field: Field | null): string {
  const isAddress = typeof field?.value === 'string' && !isNoAddress(field.value) && !isSoundAddress(field.value);
  return isAddress ? String(field.value).trim() : '';
}

/** Former addresses. What is none on this site is left out with a warning. */
export function readAliases(fields: Fields, path: string, facts: AddressFacts, report: Report): readonly string[] {
  const stated = statedAliases(fields, path, facts.site, report);
  const former = [formerPath(fields, facts), pathOfFormerDate(fields, facts), untranslatedPath(fields, facts)];
  return [...new Set([...stated, ...former.flatMap((each) => (each === null || each === path ? [] : [each]))])];
}

/** Where a translation was as long as its language stood in the name of its address; a slug is shared with the original. */
function untranslatedPath(fields: Fields, facts: AddressFacts): string | null {
  const isOne = facts.defaultPath === null && readTranslation(fields, facts.key, facts.site) !== null;
  const isStated = findField(fields, [...PATH_NAMES, 'slug']) !== null;
  return isOne && !isStated ? pathByName(fields, facts, createReport(facts.key)) : null;
}

/** What a pattern gave when the day of the article was read otherwise. */
function pathOfFormerDate(fields: Fields, facts: AddressFacts): string | null {
  const { formerlyPublished: published } = facts;
  return published === null ? null : requestedPath(fields, { ...facts, published }, createReport(facts.key));
}

function statedAliases(fields: Fields, path: string, site: Site, report: Report): readonly string[] {
  const field = findField(fields, ALIAS_NAMES);
  if (field === null) return [];
  const texts = (Array.isArray(field.value) ? field.value.flat() : [field.value]).filter(
    (item) => typeof item === 'string',
  );
  if (texts.length > ALIASES_MAX) {
    const message = `The article has ${texts.length} former addresses; ${ALIASES_MAX} is the most.`;
    report.add('limit-exceeded', field.line, message, 'Keep the addresses that people may still use.');
    return [];
  }
  const aliases = new Set<string>();
  for (const text of texts) {
    if (isOtherName(field, text.trim(), site)) continue;
    const alias = readAlias(besideArticle(withoutSite(text.trim(), site), path, site));
    if (
      alias === null ||
      alias === '/' ||
      alias.length > PATH_CHARACTERS_MAX ||
      isHiddenPath(alias) ||
      (/^[a-z][a-z0-9+.-]*:/i.test(text.trim()) && addressElsewhere(text.trim(), site) !== null) ||
      (parseQueryAddress(alias) === null && isReservedPath(alias, site))
    ) {
      const message = `The former address “${text.slice(0, 100)}” can't lead to this article.`;
      report.add('field-unreadable', field.line, message, 'Write a path on this site that begins with “/”.');
    } else {
      // Jekyll's file is “old.html” for “/old”, and hosts lead to it from both.
      const isFile = site.addresses === 'jekyll' && !/\/$|\.html?$|\?/i.test(text.trim());
      const both = isFile ? [alias, `${alias}.html`] : [alias];
      for (const each of both) if (each !== path) aliases.add(each);
    }
  }
  return [...aliases];
}

/** Of a query that tells addresses apart (`/?p=64`), the path that stands for it; any other counts for nothing. */
function readAlias(written: string): string | null {
  const { path: writtenPath, query } = splitQuery(written);
  const path = encodePath(writtenPath);
  return (path === null || query === null ? null : readQueryAddress(path, query)) ?? path;
}

/** Hugo's former addresses without a slash in front are beside the article. */
function besideArticle(written: string, path: string, { addresses }: Site): string {
  const isRelative = addresses === 'hugo' && !/^[/?]|^[a-z][a-z\d+.-]*:/i.test(written);
  return isRelative ? relativeAlias(written, path) : written;
}

/** Obsidian's `aliases` are other names of a note; a path has a slash, an ending, or words joined as in an address. */
function isOtherName({ name }: Field, text: string, { addresses }: Site): boolean {
  if (addresses === 'hugo') return false;
  return plainName(name) === 'aliases' && !/\/|\.html?$|^\?|^[\p{Ll}\p{N}]+(?:[-_][\p{Ll}\p{N}]+)+$/u.test(text);
}

/**
 * Where a page of Notion's was as long as its id stood in its address, and a post of Substack's its number: still the
 * address in some readers. Null for all other articles.
 */
function formerPath(fields: Fields, facts: AddressFacts): string | null {
  if (!fields.has(LISTED_FIELD) && !facts.key.split('/').some(hasPageId)) return null;
  const { permalink } = facts.site;
  if (permalink === null) return pathOfKey(facts.key, (name) => name);
  const [name = ''] = stem(facts.key).split('/').slice(-1);
  return filledPath(fillPattern(permalink, { ...patternFacts(fields, facts), fileSlug: slugify(name) }));
}

function statedPath(field: Field, stated: string, fields: Fields, facts: AddressFacts, report: Report): string | null {
  if (isTemplate(stated)) return templatePath(stated, fields, facts) ?? unknown(field, stated, report);
  if (isPattern(stated)) return patternPath(stated, fields, facts) ?? unknown(field, stated, report);
  const path = encodePath(withoutSite(stated, facts.site).replace(/[?#].*$/s, ''));
  return path === null ? unusable(field, stated, report) : withEnding(path);
}

function unusable(field: Field, stated: string, report: Report): null {
  report.add(
    'field-invalid',
    field.line,
    `The address “${stated.slice(0, 100)}” in “${field.name}” can't be used on this site.`,
    'Write a path that begins with “/”, without “..”, or remove the line.',
  );
  return null;
}

/** The default stands in: what the pattern means to another system is known to that system. */
function unknown(field: Field, stated: string, report: Report): null {
  const message = `The address “${stated.slice(0, 100)}” in “${field.name}” names an unknown part.`;
  const fix = 'Write the path itself, or parts such as “:year”, “:month” and “:title”; a date must be in the article.';
  report.add('field-unreadable', field.line, message, fix);
  return null;
}

/**
 * A translation has the address of its original below its language, as in Hugo and Zola: `/de/posts/trip/`. The one in the
 * site's own language stands in the place of the original.
 */
function unstatedPath(fields: Fields, facts: AddressFacts, report: Report): string {
  const named = facts.defaultPath === null ? readTranslation(fields, facts.key, facts.site) : null;
  if (named === null) return pathByName(fields, facts, report);
  const path = pathByName(fields, { ...facts, key: named.original }, report);
  return named.tag === facts.site.language ? path : `/${named.tag.toLowerCase()}${path}`;
}

function pathByName(fields: Fields, facts: AddressFacts, report: Report): string {
  const system = addressOfSystem(fields, facts);
  if (system !== null) return pathOfSystem(system, fields, facts, report);
  const slug = findField(fields, ['slug']);
  const stated = typeof slug?.value === 'string' ? slug.value.trim() : '';
  if (stated.replace(/^\/|\/$/g, '').includes('/') || stated.startsWith('/')) {
    const path = encodePath(stated);
    if (path !== null) return withEnding(path);
    if (slug !== null) unusable(slug, stated, report);
  }
  const pattern = facts.site.permalink === null ? null : patternPath(facts.site.permalink, fields, facts);
  if (pattern !== null && facts.defaultPath === null) return pattern;
  const base = facts.defaultPath ?? defaultPath(facts.key);
  return stated === '' ? base : base.replace(/[^/]*\/$/, `${encodeURIComponent(cleanSlug(stated))}/`);
}

/** The site's own pattern goes before the rule of its system. */
function pathOfSystem(system: SystemAddress, fields: Fields, facts: AddressFacts, report: Report): string {
  const { permalink } = facts.site;
  const path = (permalink === null ? null : patternPath(permalink, fields, facts)) ?? filledPath(system.path);
  if (path !== null) return path;
  const base = defaultPath(facts.key);
  if (system.isUnknown === true) {
    const message = `The address ${base} is not the one that the article had: its letters have no spelling in ASCII here.`;
    report.add('field-unreadable', null, message, 'Write the last part of its address as “slug”.');
  }
  return base;
}

/** Null where the settings name no system, and for one of several articles in a file. */
function addressOfSystem(fields: Fields, facts: AddressFacts): SystemAddress | null {
  const { key, title, published, site } = facts;
  if (site.addresses === undefined || facts.defaultPath !== null) return null;
  const language = readLanguage(fields, key, site, createReport(key));
  return systemAddress(site.addresses, {
    ...{ key, title, published },
    slug: statedSlug(fields),
    categories: readCategoryTexts(fields, site.addresses === 'jekyll'),
    timeZone: site.timeZone,
    language: language === site.language ? null : language,
    isPretty: toBoolean(findField(fields, ['prettyurl'])?.value ?? null) !== false,
  });
}

function statedSlug(fields: Fields): string | null {
  const value = findField(fields, ['slug'])?.value;
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function patternPath(pattern: string, fields: Fields, facts: AddressFacts): string | null {
  return filledPath(fillPattern(pattern, patternFacts(fields, facts)));
}

function templatePath(template: string, fields: Fields, facts: AddressFacts): string | null {
  const fieldText = (name: string) => {
    const value = findField(fields, [plainName(name)])?.value;
    return typeof value === 'string' && !isTemplate(value) ? value.trim() : null;
  };
  return filledPath(fillTemplate(template, patternFacts(fields, facts), fieldText));
}

function filledPath(filled: string | null): string | null {
  const path = filled === null ? null : encodePath(filled);
  return path === null ? null : withEnding(path);
}

function patternFacts(fields: Fields, facts: AddressFacts): PatternFacts {
  const system = addressOfSystem(fields, facts);
  if (system !== null) return system.facts;
  const slug = statedSlug(fields);
  return {
    fileSlug: slugify(readFileName(facts.key).slug),
    slug: slug === null ? null : cleanSlug(slug),
    titleSlug: slugify(facts.title),
    published: facts.published,
    categories: facts.categories,
    folders: facts.key
      .split('/')
      .slice(0, -1)
      .filter((part) => !part.startsWith('_')),
  };
}

/** A slug is kept as written if it can stand in an address as it is. */
function cleanSlug(slug: string): string {
  return /^[\p{L}\p{M}\p{N}._~-]+$/u.test(slug) && !/^\.+$/.test(slug) ? slug.normalize('NFC') : slugify(slug);
}

/** As `URL` writes it; null for anything but a whole address of the web. */
function webAddress(stated: string): string | null {
  return /^https?:\/\//i.test(stated) ? (URL.parse(stated)?.href ?? null) : null;
}

function addressElsewhere(stated: string, site: Site): string | null {
  const href = webAddress(stated);
  if (href === null) return null;
  return href.startsWith(site.url) || href.startsWith(articlesBase(site)) ? null : href;
}

function withoutSite(stated: string, site: Site): string {
  const href = webAddress(stated);
  if (href === null) return stated;
  const base = [articlesBase(site), site.url].find((each) => href.startsWith(each));
  return base === undefined ? stated : `/${href.slice(base.length)}`;
}

/** `…/index.html` is its folder; a path that is no page file is a folder too. */
function withEnding(path: string): string {
  const folder = path.replace(/\/index\.html?$/i, '/');
  return /\/$|\.html?$/i.test(folder) ? folder : `${folder}/`;
}

function checkPath(path: string, field: Field | null, report: Report): void {
  const line = field?.line ?? null;
  if (path.length > PATH_CHARACTERS_MAX) {
    const message = `The article's address has more than ${PATH_CHARACTERS_MAX} characters.`;
    report.add('limit-exceeded', line, message, 'Give it a shorter “slug”, or a shorter file name.');
  }
  if (isHiddenPath(path)) {
    const message = `Folders and web servers hide a part of the address ${path}.`;
    report.add('field-invalid', line, message, 'Write a “slug” that begins with a letter.');
  }
}

/** `/posts/.net/`: no folder could hold its page. Only RFC 8615's folder begins with a dot and is for all. */
function isHiddenPath(path: string): boolean {
  return /\/(?:\.(?!well-known\/)|node_modules(?:\/|$))/.test(path);
}

/** Whether the publisher has a page of its own at the address of a page: its list of tags, its archive, the home page. */
export function isCovered(path: string): boolean {
  return isReservedPath(path, { feeds: [] });
}

/** @param isPage whether the article is a page and no post, which the publisher's own stands in for */
export function reportReserved(fields: Fields, path: string, site: Site, isPage: boolean, report: Report): void {
  if (!isReservedPath(path, site)) return;
  const line = findField(fields, [...PATH_NAMES, 'slug'])?.line ?? null;
  if (isPage) {
    const message = `This page has the address ${path}, where the publisher has a page of its own, so it is left out.`;
    report.add('page-left-out', line, message, 'Leave it so, or give it another “permalink”.');
    return;
  }
  const fix = 'Give the article another “permalink”, or move the file to another folder.';
  report.add('address-reserved', line, `The address ${path} is the publisher's own.`, fix);
}
