/** Judges of everything that the publisher makes from a file, whatever the file is. */

import { Parser } from 'htmlparser2';
import { linkArticles } from '../../lambda/feed/entry/article-links.ts';
import type { Article, MediaReference, ParsedArticles } from '../../lambda/model/article.ts';
import {
  ADDRESS_CHARACTERS_MAX,
  PATH_CHARACTERS_MAX,
  TAGS_MAX,
  TITLE_CHARACTERS_MAX,
} from '../../lambda/model/article-limits.ts';
import { isError, PROBLEM_SEVERITY, type Problem } from '../../lambda/model/problem.ts';
import { formatRfc822, formatRfc3339, type Moment } from '../../lambda/time/moment.ts';
import { checkJsonFeed } from '../../local/check/json-feed-rules.ts';
import { checkXml } from '../../tests/support/xml-rules.ts';
import { findActive, findActiveInPage, isHarmlessAddress } from '../hostile/active-content.ts';

/** Characters that would act on a terminal, or break a line of a log. */
const CONTROL = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFDD0-\uFDEF\uFFFE\uFFFF]/;
/** Characters that the writers of documents drop from any text. */
const UNWRITABLE = /[\0-\x08\x0B\x0C\x0E-\x1F\x80-\x9F\uFFFE\uFFFF]/;
const SENTENCE_CHARACTERS_MAX = 1_001;

/** Every problem says what is wrong, where, and what to do, on one line that no terminal stumbles over. */
export function judgeProblems(problems: readonly Problem[], lineCount: number): readonly string[] {
  return problems.flatMap(({ severity, code, line, message, fix }) => {
    const offences: string[] = [];
    if (PROBLEM_SEVERITY[code] !== severity) offences.push(`the problem ${code} is a ${severity}`);
    for (const sentence of [message, fix]) {
      if (sentence.trim() === '') offences.push(`the problem ${code} says nothing`);
      if (sentence.length > SENTENCE_CHARACTERS_MAX) offences.push(`the problem ${code} does not end`);
      if (CONTROL.test(sentence))
        offences.push(`the problem ${code} holds a control character: ${JSON.stringify(sentence)}`);
      if (!sentence.isWellFormed())
        offences.push(`the problem ${code} holds half a character: ${JSON.stringify(sentence)}`);
    }
    if (line !== null && !(Number.isSafeInteger(line) && line >= 1 && line <= lineCount)) {
      offences.push(`the problem ${code} is at line ${line} of ${lineCount}`);
    }
    return offences;
  });
}

export function countLines(input: Uint8Array): number {
  return new TextDecoder().decode(input).split(/\r\n?|\n/).length;
}

export function judgeParsed({ articles, problems }: ParsedArticles, lineCount: number): readonly string[] {
  return [
    ...judgeProblems(problems, lineCount),
    ...(problems.some(isError) && articles.length > 0 ? ['there are articles and errors'] : []),
    ...articles.flatMap(judgeArticle),
  ];
}

function judgeArticle(article: Article): readonly string[] {
  const { path, title, summary, aliases, tags, section, assetKeys } = article;
  const media = [article.image, ...article.attachments, ...episodeFiles(article)].filter((one) => one !== null);
  const people = [...article.authors, ...article.contributors];
  const episode = article.episode;
  return [
    ...judgeContent(linkArticles(article.contentHtml, article.links ?? [], '', () => []).html),
    ...[path, ...aliases].flatMap((one) => judgePath(one)),
    ...[title, summary, article.rights ?? ''].flatMap((text) => judgeText(text, 'a text')),
    ...people.flatMap(({ name, email }) => [
      ...judgeText(name ?? '', 'a name'),
      ...judgeText(email ?? '', 'an address'),
    ]),
    ...(title.length > TITLE_CHARACTERS_MAX ? ['the title does not end'] : []),
    ...(tags.length > TAGS_MAX ? ['there are too many tags'] : []),
    ...[...tags, ...(section === null ? [] : [section])].flatMap(({ slug, label }) => [
      ...(slug === '' || /[/\s?#%\\]/.test(slug) || slug.startsWith('.')
        ? [`a tag has the slug ${JSON.stringify(slug)}`]
        : []),
      ...judgeText(label, 'a tag'),
    ]),
    ...[article.published, article.updated, article.expires].flatMap(judgeMoment),
    ...[article.canonicalUrl, article.externalUrl, ...people.flatMap(({ url, avatar }) => [url, avatar])].flatMap(
      judgeAddress,
    ),
    ...media.flatMap(judgeMedia),
    ...(episode?.people ?? []).flatMap(({ url, image }) => [url, image].flatMap(judgeAddress)),
    ...judgeAddress(episode?.license?.url ?? null),
    ...[episode?.number, episode?.season].flatMap((number) => judgeNumber(number ?? null, 'a number')),
    ...(article.id !== null && /[\s\p{Cc}\p{Cs}]/u.test(article.id) ? [`the id is ${JSON.stringify(article.id)}`] : []),
    ...assetKeys.flatMap(judgeAssetKey),
  ];
}

function episodeFiles({ episode }: Article): readonly (MediaReference | null)[] {
  return episode === undefined ? [] : [episode.image, episode.chapters, ...episode.transcripts.map(({ file }) => file)];
}

/** Safe, balanced, without what no document may hold, and with absolute addresses. */
export function judgeContent(html: string): readonly string[] {
  return [
    ...findActive(html).map((found) => `active content: ${found}`),
    ...findUnbalanced(html),
    ...(FORBIDDEN.test(html) || !html.isWellFormed() ? ['the content holds a forbidden character'] : []),
    ...findRelative(html).map((found) => `a relative address: ${found}`),
  ];
}

const VOID = new Set(['br', 'col', 'hr', 'img', 'source', 'track', 'wbr']);

function findUnbalanced(html: string): readonly string[] {
  const open: string[] = [];
  let isBalanced = true;
  const rest = html.replace(/<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"<>]*")*)>/g, (_, slash: string, name: string) => {
    if (slash === '/') isBalanced &&= open.pop() === name;
    else if (!VOID.has(name)) open.push(name);
    return '';
  });
  if (!isBalanced || open.length > 0) return ['the content is not balanced'];
  return /[<>]|&(?!(?:amp|lt|gt|quot);)/.test(rest) ? ['the content has bare markup'] : [];
}

function findRelative(html: string): readonly string[] {
  const found: string[] = [];
  new Parser({
    onopentag(_, attributes) {
      for (const name of ['href', 'src', 'poster', 'cite']) {
        const value = attributes[name];
        if (value !== undefined && !/^(?:https?:\/\/|mailto:)/.test(value)) found.push(value);
      }
    },
  }).end(html);
  return found;
}

/** One that every store can have. */
export function judgeAssetKey(key: string): readonly string[] {
  const isPath = key.split('/').every((part) => !['', '.', '..'].includes(part));
  return isPath && !key.includes('\0') && Buffer.byteLength(key) <= 1_024
    ? []
    : [`an asset has the key ${JSON.stringify(key)}`];
}

/** A path on the site, percent-encoded, that leads nowhere else. */
export function judgePath(path: string): readonly string[] {
  const isSound =
    /^\/(?!\/)[\x21-\x7e]*$/.test(path) &&
    path.length <= PATH_CHARACTERS_MAX + 1 &&
    !/[\\<>"^`{|}?#]/.test(path) &&
    path.split('/').every((part) => isSoundPart(part));
  return isSound ? [] : [`the path ${JSON.stringify(path)}`];
}

function isSoundPart(part: string): boolean {
  try {
    const text = decodeURIComponent(part);
    return text !== '.' && text !== '..' && !/[/\\\u0000-\u001f\u007f]/.test(text);
  } catch {
    return false;
  }
}

function judgeText(text: string, what: string): readonly string[] {
  return FORBIDDEN.test(text) || !text.isWellFormed()
    ? [`${what} holds a forbidden character: ${JSON.stringify(text)}`]
    : [];
}

export function judgeMoment(moment: Moment | null): readonly string[] {
  if (moment === null) return [];
  const { at, offsetMinutes } = moment;
  if (!Number.isFinite(at) || !Number.isInteger(offsetMinutes) || Math.abs(offsetMinutes) > 1_439) {
    return [`the moment ${JSON.stringify(moment)}`];
  }
  const written = formatRfc3339(moment);
  const isDate = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)$/.test(written);
  const isKept =
    Date.parse(written) === Math.floor(at / 1000) * 1000 && Date.parse(formatRfc822(moment)) === Date.parse(written);
  return isDate && isKept ? [] : [`the date ${written}, ${formatRfc822(moment)}`];
}

function judgeAddress(address: string | null): readonly string[] {
  if (address === null) return [];
  const isSound =
    /^(?:https?:\/\/[^/\s]|mailto:)/.test(address) &&
    isHarmlessAddress(address) &&
    !/[\s<>"\p{Cc}\p{Cs}]/u.test(address) &&
    address.length <= ADDRESS_CHARACTERS_MAX * 12;
  return isSound ? [] : [`the address ${JSON.stringify(address)}`];
}

function judgeMedia(media: MediaReference): readonly string[] {
  const { url, mimeType, lengthBytes, durationSeconds, width, height } = media;
  return [
    ...judgeAddress(url),
    ...(mimeType === null || /^[\w.+-]+\/[\w.+-]+$/.test(mimeType) ? [] : [`the type ${JSON.stringify(mimeType)}`]),
    ...[lengthBytes, durationSeconds, width, height].flatMap((number) => judgeNumber(number, 'a measure')),
  ];
}

function judgeNumber(number: number | null, what: string): readonly string[] {
  return number === null || (Number.isFinite(number) && number >= 0) ? [] : [`${what} is ${number}`];
}

/** Every document of one kind: well-formed, and nothing in it acts. */
export function judgeDocument(format: 'rss' | 'atom' | 'json' | 'html', bytes: Uint8Array): readonly string[] {
  if (format === 'json') return checkJsonFeed(bytes).map((fault) => `JSON Feed: ${fault}`);
  if (format !== 'html') return checkXml(bytes).map((fault) => `${format}: ${fault}`);
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  return [
    ...findActiveInPage(text).map((found) => `the page: ${found}`),
    ...(text.startsWith('<!doctype html>') ? [] : ['the page has no document type']),
    ...(UNWRITABLE.test(text) ? ['the page holds a forbidden character'] : []),
  ];
}
