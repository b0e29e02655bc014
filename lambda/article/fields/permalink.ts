/** Address patterns such as `/:year/:month/:title/`, with the names that Jekyll, Hugo and Hexo give their parts. */

import type { Moment } from '../../moment.ts';

export interface PatternFacts {
  /** From the file name, its date left out. */
  readonly fileSlug: string;
  /** As the author states it; null when there is none. */
  readonly slug: string | null;
  readonly titleSlug: string;
  readonly published: Moment | null;
  readonly categories: readonly string[];
  readonly folders: readonly string[];
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
    title: name,
    slug: facts.slug ?? facts.titleSlug,
    filename: facts.fileSlug,
    name: facts.fileSlug,
    contentbasename: facts.fileSlug,
    slugorfilename: name,
    slugorcontentbasename: name,
    categories: facts.categories.join('/'),
    category: facts.categories[0] ?? '',
    section: facts.folders[0] ?? '',
    sections: facts.folders.join('/'),
    collection: facts.folders[0] ?? '',
    path: facts.folders.join('/'),
  };
}

/** The date as its author sees it, in the article's own offset. */
function dateParts(published: Moment | null): Record<string, string> {
  if (published === null) return {};
  const local = new Date(published.at + published.offsetMinutes * 60_000);
  const two = (value: number) => String(value).padStart(2, '0');
  const year = local.getUTCFullYear();
  const dayOfYear = (Date.UTC(year, local.getUTCMonth(), local.getUTCDate()) - Date.UTC(year, 0, 0)) / 86_400_000;
  return {
    year: String(year),
    short_year: two(year % 100),
    month: two(local.getUTCMonth() + 1),
    i_month: String(local.getUTCMonth() + 1),
    day: two(local.getUTCDate()),
    i_day: String(local.getUTCDate()),
    y_day: String(dayOfYear).padStart(3, '0'),
    yearday: String(dayOfYear),
    hour: two(local.getUTCHours()),
    minute: two(local.getUTCMinutes()),
    second: two(local.getUTCSeconds()),
  };
}
