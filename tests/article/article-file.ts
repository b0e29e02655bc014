/** Articles written out in a test, parsed for a plain site. */

import { expect } from 'vitest';
import { parseArticles } from '../../lambda/article/parse.ts';
import type { Article, ParsedArticles } from '../../lambda/model/article.ts';
import type { Site } from '../../lambda/model/site.ts';
import { formatRfc3339, type Moment } from '../../lambda/time/moment.ts';

export const TEST_SITE: Site = {
  id: 'https://example.org/',
  title: 'Example',
  description: '',
  url: 'https://example.org/',
  language: 'en',
  languages: [],
  timeZone: 'UTC',
  authors: [],
  people: {},
  icon: null,
  favicon: null,
  image: null,
  copyright: null,
  hubs: [],
  pageSize: 30,
  content: 'full',
  automatic: { tags: true, authors: true, sections: true, languages: true },
  feeds: [],
  permalink: null,
  redirects: {},
  newsSitemap: false,
  pages: { articles: true, accent: null, stylesheet: null, logo: null },
  deletedEntries: false,
};

export function parseText(key: string, text: string, site: Partial<Site> = {}): ParsedArticles {
  return parseArticles({ key, body: new TextEncoder().encode(text), site: { ...TEST_SITE, ...site } });
}

/** The one article of a file that has no error. */
export function parseOne(key: string, text: string, site: Partial<Site> = {}): Article {
  const { articles, problems } = parseText(key, text, site);
  expect(problems.filter((problem) => problem.severity === 'error')).toEqual([]);
  const [article] = articles;
  if (article === undefined || articles.length !== 1) throw new Error(`${key} holds ${articles.length} articles`);
  return article;
}

/** A Markdown article with these lines of YAML. */
export function withFields(...lines: readonly string[]): string {
  return ['---', ...lines, '---', '', 'Text.', ''].join('\n');
}

/** `code@line` of every problem. */
export function codesOf({ problems }: ParsedArticles): readonly string[] {
  return problems.map((problem) => `${problem.code}@${problem.line ?? '-'}`);
}

export function rfc3339(moment: Moment | null): string | null {
  return moment === null ? null : formatRfc3339(moment);
}
