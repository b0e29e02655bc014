/**
 * Address patterns such as `/:year/:month/:title/`, with the names that Jekyll, Hugo and Hexo give their parts, and
 * Eleventy's templates such as `/blog/{{ page.fileSlug }}/`.
 */

import { slugify } from '../text/slug.ts';
import type { Moment } from '../time/moment.ts';

export interface PatternFacts {
  /** From the file name, its date left out. */
  readonly fileSlug: string;
  /** As the author states it; null when there is none. */
  readonly slug: string | null;
  readonly titleSlug: string;
  readonly published: Moment | null;
  readonly categories: readonly string[];
  readonly folders: readonly string[];
  /** What `:title` stands for. @default the slug, else the file's name */
  readonly title?: string;
  /** @default the categories */
  readonly slugifiedCategories?: readonly string[];
  /** What a template's filter `slugify` makes of a text. @default ours */
  readonly slugifyText?: (text: string) => string;
}

/** Jekyll's names for patterns. */
const NAMED_PATTERNS: Readonly<Record<string, string>> = {
  pretty: '/:categories/:year/:month/:day/:title/',
  date: '/:categories/:year/:month/:day/:title.html',
  ordinal: '/:categories/:year/:y_day/:title.html',
  none: '/:categories/:title.html',
};

const PART = /:([a-z_]+)/g;

export function isPattern(text: string): boolean {
  return Object.hasOwn(NAMED_PATTERNS, text) || /(?:^|[/\-_.]):[a-z_]+/.test(text);
}

/** Fills a pattern in; null when it names something unknown, or a date that the article doesn't have. */
export function fillPattern(pattern: string, facts: PatternFacts): string | null {
  const parts = { ...nameParts(facts), ...dateParts(facts.published) };
  let missing = false;
  const named = Object.hasOwn(NAMED_PATTERNS, pattern) ? (NAMED_PATTERNS[pattern] ?? pattern) : pattern;
  const path = named.replace(PART, (_, name: string) => {
    const value = Object.hasOwn(parts, name) ? parts[name] : undefined;
    if (value === undefined) missing = true;
    return value ?? '';
  });
  return missing ? null : path.replace(/\/{2,}/g, '/');
}

function nameParts(facts: PatternFacts): Record<string, string> {
  const name = facts.slug ?? facts.fileSlug;
  return {
    title: facts.title ?? name,
    slug: facts.slug ?? facts.titleSlug,
    filename: facts.fileSlug,
    name: facts.fileSlug,
    contentbasename: facts.fileSlug,
    slugorfilename: name,
    slugorcontentbasename: name,
    post_title: facts.title ?? name,
    categories: facts.categories.join('/'),
    slugified_categories: (facts.slugifiedCategories ?? facts.categories).join('/'),
    category: facts.categories[0] ?? '',
    section: facts.folders[0] ?? '',
    sections: facts.folders.join('/'),
    collection: facts.folders[0] ?? '',
    path: facts.folders.join('/'),
    output_ext: '.html',
  };
}

/** The date as its author sees it, in the article's own offset; the names of months and days are English. */
function dateParts(published: Moment | null): Record<string, string> {
  if (published === null) return {};
  const local = new Date(published.at + published.offsetMinutes * MINUTE_MS);
  const two = (value: number) => String(value).padStart(2, '0');
  const monthName = MONTHS[local.getUTCMonth()] ?? '';
  const dayName = DAYS[local.getUTCDay()] ?? '';
  const year = local.getUTCFullYear();
  const dayOfYear = (dayStart(local) - Date.UTC(year, 0, 0)) / DAY_MS;
  const { weekYear, week, weekday } = weekOf(local);
  return {
    year: String(year),
    short_year: two(year % 100),
    month: two(local.getUTCMonth() + 1),
    i_month: String(local.getUTCMonth() + 1),
    monthname: monthName.toLowerCase(),
    long_month: monthName,
    short_month: monthName.slice(0, 3),
    day: two(local.getUTCDate()),
    i_day: String(local.getUTCDate()),
    y_day: String(dayOfYear).padStart(3, '0'),
    yearday: String(dayOfYear),
    weekday: String(local.getUTCDay()),
    weekdayname: dayName.toLowerCase(),
    long_day: dayName,
    short_day: dayName.slice(0, 3),
    week: two(week),
    w_year: String(weekYear),
    w_day: String(weekday),
    hour: two(local.getUTCHours()),
    minute: two(local.getUTCMinutes()),
    second: two(local.getUTCSeconds()),
  };
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

function dayStart(date: Date): number {
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
}

/** By ISO 8601: a week begins on Monday, and is of the year in which its Thursday is. */
function weekOf(date: Date): { readonly weekYear: number; readonly week: number; readonly weekday: number } {
  const weekday = date.getUTCDay() || 7;
  const thursday = dayStart(date) + (4 - weekday) * DAY_MS;
  const weekYear = new Date(thursday).getUTCFullYear();
  return { weekYear, week: 1 + Math.floor((thursday - Date.UTC(weekYear, 0, 1)) / (7 * DAY_MS)), weekday };
}

export function isTemplate(text: string): boolean {
  return /\{[{%]/.test(text);
}

/** Fills a template in, as far as it prints what is known; null for any other. `fieldText` gives a text of the article. */
export function fillTemplate(
  template: string,
  facts: PatternFacts,
  fieldText: (name: string) => string | null,
): string | null {
  let isKnown = true;
  const path = template.replace(/\{\{-?((?:(?!\}\})[^{])*?)-?\}\}/g, (_, expression: string) => {
    const printed = printExpression(expression, facts, fieldText);
    if (printed === null || printed === '') isKnown = false;
    return printed ?? '';
  });
  return isKnown && !/[{}]/.test(path) ? path.replace(/\/{2,}/g, '/') : null;
}

function printExpression(
  expression: string,
  facts: PatternFacts,
  fieldText: (name: string) => string | null,
): string | null {
  const [subject = '', ...filters] = expression.split('|').map((part) => part.trim());
  if (subject === 'page.date') return printDate(filters, facts.published);
  const known: Readonly<Record<string, string>> = {
    'page.fileSlug': facts.fileSlug,
    'page.filePathStem': `/${[...facts.folders, facts.fileSlug].join('/')}`,
    'page.outputFileExtension': 'html',
  };
  const value = Object.hasOwn(known, subject) ? (known[subject] ?? null) : fieldText(subject);
  if (value === null || !filters.every((filter) => /^(?:slug|slugify|url|lower|downcase|trim|safe)$/.test(filter))) {
    return null;
  }
  return filters.some((filter) => filter.startsWith('slug')) ? (facts.slugifyText ?? slugify)(value) : value;
}

/** `page.date | date: "%Y/%m"`, the one filter of dates that Eleventy brings along. */
function printDate(filters: readonly string[], published: Moment | null): string | null {
  const [, format] = /^date:\s*["']([^"']*)["']$/.exec(filters.length === 1 ? (filters[0] ?? '') : '') ?? [];
  if (format === undefined || published === null) return null;
  const { year = '', short_year = '', month = '', day = '' } = dateParts(published);
  const printed = format.replace(/%[Yymd]/g, (part) => ({ '%Y': year, '%y': short_year, '%m': month })[part] ?? day);
  return printed.includes('%') ? null : printed;
}
