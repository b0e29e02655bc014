/**
 * Puts an id, and a date where there is none, into the front matter of an article, and leaves every other byte as it is. Where
 * the lines would stand is guessed by the first fence; what comes of it is judged by the reader of articles: unless that
 * finds the very same article with that id, nothing is written.
 */

import { parseArticles } from '../../lambda/article/parse.ts';
import type { Article } from '../../lambda/model/article.ts';
import { isError } from '../../lambda/model/problem.ts';
import type { Site } from '../../lambda/model/site.ts';
import type { AdoptedRow } from '../../lambda/site/adopted/adopted.ts';
import { formatRfc3339 } from '../../lambda/time/moment.ts';

export interface ArticleSource {
  /** Content key. */
  readonly key: string;
  readonly body: Uint8Array;
}

/** The bytes with the row's lines in front matter; null where that can't be said there. */
export function withFrontMatter(
  { key, body }: ArticleSource,
  { id, atomId, published }: AdoptedRow,
  site: Site,
): Uint8Array | null {
  if (id === null || atomId !== null || !/\.(?:md|markdown|mdown|mkd|mkdn|mdx|html?)$/i.test(key)) return null;
  const before = readOnly({ key, body }, site);
  if (before === null || before.id !== null) return null;
  const text = Buffer.from(body).toString('utf8');
  // Bytes that are not UTF-8 would come back as other bytes.
  if (!Buffer.from(text).equals(body)) return null;
  const date = published !== null && before.published === null ? formatRfc3339(published) : null;
  const next = insertLines(text, id, date);
  const bytes = next === null ? null : Buffer.from(next);
  const after = bytes === null ? null : readOnly({ key, body: bytes }, site);
  return after !== null && isSameBut(before, after, id, date !== null) ? bytes : null;
}

/** The one article of a file; null for another number, or with an error. */
function readOnly({ key, body }: ArticleSource, site: Site): Article | null {
  const { articles, problems } = parseArticles({ key, body, site });
  return articles.length === 1 && !problems.some(isError) ? (articles[0] ?? null) : null;
}

function insertLines(text: string, id: string, date: string | null): string | null {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const values = { id: JSON.stringify(id), date };
  const render = (sign: string) =>
    Object.entries(values)
      .flatMap(([name, value]) => (value === null ? [] : [`${name}${sign}${value}${end}`]))
      .join('');
  const [, lead = '', fence = ''] = /^(\uFEFF?\s*?)(---|\+\+\+)[ \t]*\r?\n/.exec(text) ?? [];
  if (fence === '') {
    // A text without any front matter gets one.
    const [, mark = '', rest = ''] = /^(\uFEFF?)(.*)$/s.exec(text) ?? [];
    return `${mark}---${end}${render(': ')}---${end}${rest}`;
  }
  const closing = new RegExp(`^${fence === '---' ? '(?:---|\\.\\.\\.)' : '\\+\\+\\+'}[ \\t]*\\r?$`, 'm');
  const start = text.indexOf('\n', lead.length) + 1;
  const at = closing.exec(text.slice(start))?.index;
  if (at === undefined) return null;
  // Behind the first table of TOML a line would be of that table; in front of all it is of the article.
  const place = fence === '---' ? start + at : start;
  return text.slice(0, place) + render(fence === '---' ? ': ' : ' = ') + text.slice(place);
}

/** Whether nothing but the id, and a date that was missing, differs. What it says more makes it a part of others no more. */
function isSameBut(before: Article, after: Article, id: string, hasNewDate: boolean): boolean {
  const rest = ({
    wording: _,
    id: _id,
    word: _word,
    published,
    dateHint: _hint,
    isFragment: _part,
    ...others
  }: Article) => JSON.stringify([others, hasNewDate ? null : published]);
  return rest(before) === rest(after) && (after.word ?? after.id) === id;
}
