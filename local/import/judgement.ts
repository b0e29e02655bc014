/**
 * Whether a file will be published, asked of what publishes it. That takes longer than all else of an import, so it is not
 * asked where the answer is known: of a plain text, which is small and has no elements but those of prose, and of plain
 * fields. What is plain is an article without an error, whatever the settings say.
 */

import { parseArticles } from '../../lambda/article/parse.ts';
import { ARTICLE_BYTES_MAX, HTML_DEPTH_MAX } from '../../lambda/model/article-limits.ts';
import { isError } from '../../lambda/model/problem.ts';
import type { Site } from '../../lambda/model/site.ts';

export const TOO_LONG = `texts of more than ${ARTICLE_BYTES_MAX / 1024} kB`;

export interface JudgedFile {
  readonly key: string;
  /** Front matter with its fences, as `renderFrontMatter` writes it; its `url` is free for articles. */
  readonly matter: string;
  readonly text: string;
}

/** The reason why the file would not be published; null for a file that will be. */
export function findFault({ key, matter, text }: JudgedFile, body: Uint8Array, site: Site): string | null {
  if (body.length > ARTICLE_BYTES_MAX) return TOO_LONG;
  const isPlain = key.endsWith('.html') && TITLED.test(matter) && isPlainText(text);
  if (isPlain && PLAIN_MATTER.test(matter)) return null;
  const judged = isPlain ? Buffer.from(`${matter}x\n`) : body;
  const error = parseArticles({ key, body: judged, site }).problems.find(isError);
  return error === undefined ? null : `${error.code}: ${error.message}`;
}

/** A file with a title is an article, whatever its text. */
const TITLED = /^---\ntitle: "[^"\\\n]*[\p{L}\p{N}]/u;
/** Shorter than any bound of lines, tags and addresses. */
const PLAIN_CHARACTERS_MAX = 20_000;
/** Elements that say nothing about the article itself. Braces and brackets may be marks of other programs. */
const NOT_PLAIN =
  /[{[]|<(?!\/?(?:p|br|a|em|strong|b|i|s|u|del|ins|sub|sup|span|ul|ol|li|blockquote|h[2-6]|hr|img|figure|figcaption|code|pre)[\s>]|!--more-->)/;

function isPlainText(text: string): boolean {
  if (text.length > PLAIN_CHARACTERS_MAX || NOT_PLAIN.test(text)) return false;
  // As many elements as may stand inside one another.
  let tags = 0;
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at + 1)) tags += 1;
  return tags <= HTML_DEPTH_MAX;
}

const QUOTED = '[^"\\\\{}\\[\\]<>%\\p{C}\\p{Zl}\\p{Zp}]';
const NAME = "[\\p{L}\\p{M}\\p{N} .'’&\\-]";
const TOKEN = '[!#-\\[\\]-~]';
const TIME =
  '(?:19[7-9]|20\\d)\\d-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)T(?:[01]\\d|2[0-3])(?::[0-5]\\d){2}(?:Z|[+\\-](?:0\\d|1[0-3]):[0-5]\\d)';
const listOf = (item: string, max: number): string => `\\[${item}(?:, ${item}){0,${max - 1}}\\]`;
/** Each value within its bounds, and a day that its month has in every year. */
const PLAIN_MATTER = new RegExp(
  [
    `^---\\ntitle: "${QUOTED}{1,300}"`,
    `(?:\\nid: "https?:${TOKEN}{1,400}")?`,
    `\\ndate: ${TIME}(?:\\nupdated: ${TIME})?`,
    '\\nurl: "(?:/[a-z0-9\\-]{1,100}){1,8}/"',
    `(?:\\naliases: ${listOf(`"${TOKEN}{1,300}"`, 20)})?`,
    `(?:\\nauthors: \\[\\{"name":"${NAME}{1,60}"\\}\\])?`,
    `(?:\\ncategories: ${listOf(`"${NAME}{1,100}"`, 40)})?`,
    `(?:\\ntags: ${listOf(`"${NAME}{1,100}"`, 40)})?`,
    `(?:\\nsummary: "${QUOTED}{1,2000}")?`,
    `(?:\\nimage: \\{"url":"https?:${TOKEN}{1,500}"(?:,"alt":"${QUOTED}{1,500}")?(?:,"caption":"${QUOTED}{1,500}")?\\})?`,
    '(?:\\ntype: page)?(?:\\ndraft: true)?\\n---\\n$',
  ].join(''),
  'u',
);
