/**
 * HTML files: whole pages and fragments, with or without front matter before them. What the page says about itself is
 * looked for in this order; the first that speaks counts:
 *
 * 1. front matter,
 * 2. `<meta>` elements named like a field (`date`, `author`, `keywords`, `slug` …) and the canonical link,
 * 3. JSON-LD (Article, NewsArticle, BlogPosting …),
 * 4. Open Graph, Dublin Core and Twitter cards,
 * 5. microformats (h-entry, hAtom),
 * 6. `<title>`, the first `<h1>` and the `lang` attribute.
 *
 * The content is that of the one h-entry, else the one `<article>`, else `<main>`, else `<body>`, else the whole text.
 */

import { type ChildNode, type Document, type Element, isTag, isText } from 'domhandler';
import { findOne, textContent } from 'domutils';
import { parseDocument } from 'htmlparser2';
import type { Doubt } from '../../model/article.ts';
import { HTML_DEPTH_MAX, TITLE_CHARACTERS_MAX } from '../../model/article-limits.ts';
import { createFields, type Fields, findField, joinFields, NO_FIELDS } from '../../model/fields.ts';
import type { Report } from '../../model/report.ts';
import { dropForbidden } from '../../text/characters.ts';
import { LISTED_FIELD } from '../fields/folder-fields.ts';
import { AUTHOR_NAMES } from '../fields/people/people.ts';
import { findTitle, isSameTitle, statedTitle } from '../fields/title.ts';
import { tellLost } from '../html/left-out.ts';
import { amountOf } from '../markdown/amount.ts';
import { boundHtml } from '../markdown/bounded-markup.ts';
import { noArticle, notListed, partlyGated, pieceOfPost } from './exports/doubts.ts';
import { type Entries, type HEntry, readEntries } from './exports/h-entry.ts';
import { isAboutPerson } from './exports/medium-page.ts';
import { readNotionTable } from './exports/notion-table.ts';
import { hasGate, isUnlisted } from './exports/substack-post.ts';
import { splitFrontMatter } from './front-matter/front-matter.ts';
import { depthOf, isTooDeep } from './html-depth.ts';
import { field, type LineAt, readHead } from './html-head.ts';
import type { Manuscript } from './manuscript.ts';
import { findContent } from './page-content.ts';
import { isRedirect } from './redirect.ts';

export function readHtmlArticle(key: string, text: string, folder: Fields, report: Report): Manuscript | null {
  const matter = splitFrontMatter(text, { mdx: false }, report);
  if (matter === null || isRedirect(matter)) return null;
  const { text: html, lost } = boundHtml(matter.body);
  const page = isTooDeep(html) ? null : parseDocument(html, { withStartIndices: true, withEndIndices: true });
  if (page === null || depthOf(page) > HTML_DEPTH_MAX) {
    const message = `The page has elements nested more than ${HTML_DEPTH_MAX} deep.`;
    report.add('limit-exceeded', null, message, 'Close the elements that are left open.');
    return null;
  }
  const lineAt = (node: ChildNode) => matter.bodyLine + countLines(html, node.startIndex ?? 0);
  if (isAboutPerson(page)) return reportPerson(report);
  const entries = readEntries(page, lineAt);
  const entry = entries.kind === 'one' ? entries.entry : null;
  const table = readNotionTable(page, lineAt);
  const properties = createFields(table?.fields ?? []);
  const stated = [matter.fields, readHead(page, lineAt), properties, entryFields(entry, matter.fields)].reduce(
    joinFields,
  );
  const marked = entry?.content ?? null;
  const { root, beside } = marked === null ? findContent(page) : { root: marked, beside: '' };
  report.include(tellLost(lost, { kind: 'html', text: matter.body, firstLine: matter.bodyLine }, key));
  if (beside !== '') reportBeside(beside, root, lineAt, report);
  const heading = withoutOther(findHeading(root), folder);
  const doubt = matter.kind === 'none' ? findDoubt(key, html, entries, folder) : null;
  const fields = withDate(withTitle(stated, page, heading, lineAt), key, root, lineAt);
  const repeated = [...(entry?.repeated ?? []), ...(table === null ? [] : [table.element])];
  const { from, to } = innerRange(root, html);
  return {
    key,
    fields,
    body: {
      kind: 'html',
      text: blankHeading(blankElements(html, repeated), heading, fields).slice(from, to),
      firstLine: matter.bodyLine + countLines(html, from),
      // A whole page needs no template around it, so it is none.
      isFinal: matter.kind === 'none' && findOne(({ name }) => name === 'html', page.children) !== null,
    },
    heading: heading === null ? null : textOf(heading),
    plainFields: matter.kind === 'none',
    lead: null,
    itemText: null,
    defaultPath: null,
    ...(doubt !== null && { doubt }),
  };
}

/** A heading that is not the title which the folder gives belongs to the text. */
function withoutOther(heading: Element | null, folder: Fields): Element | null {
  const title = folder.has(LISTED_FIELD) ? statedTitle(folder) : null;
  return heading !== null && title !== null && !isSameTitle(title, textOf(heading)) ? null : heading;
}

/** A page with front matter above it is an article of the author's own. */
function findDoubt(key: string, html: string, entries: Entries, folder: Fields): Doubt | null {
  if (isUnlisted(key, folder) && !/<(?:html|body)[\s>]/i.test(html)) return notListed(key);
  if (hasGate(html)) return partlyGated(key);
  return entries.kind === 'list' ? noArticle(key, LIST) : pieceOfPost(key);
}

const LIST = 'By its marks (h-entry) the page is a list of entries and no article';

function reportPerson(report: Report): null {
  const message = 'This is account data of Medium, not an article.';
  report.add('page-is-no-article', null, message, 'Take it out of the folder: only what is in “posts” is for readers.');
  return null;
}

function reportBeside(beside: string, root: Document | Element, lineAt: LineAt, report: Report): void {
  const name = isTag(root) ? root.name : 'body';
  report.add(
    'markup-left-out',
    isTag(root) ? lineAt(root) : null,
    `The article is what stands in <${name}>, so text beside it was left out: ${amountOf(beside)}.`,
    `If it belongs to the article, put it into <${name}>.`,
  );
}

/** What front matter says of the author goes before what the page says, under whatever name. */
function entryFields(entry: HEntry | null, matter: Fields): Fields {
  if (entry === null || findField(matter, AUTHOR_NAMES) === null) return entry?.fields ?? NO_FIELDS;
  return createFields([...entry.fields.values()].filter(({ name }) => name !== 'authors'));
}

/** `<title>` often ends with the site's name; where it begins with the heading, the heading alone is the title. */
function withTitle(fields: Fields, page: Document, heading: Element | null, lineAt: LineAt): Fields {
  if (fields.has('title')) return fields;
  const element = findOne((one) => one.name === 'title', page.children);
  const title = element === null ? '' : textOf(element);
  const headed = heading === null ? '' : textOf(heading);
  if (element === null || title === '' || (headed !== '' && title.startsWith(headed))) return fields;
  return joinFields(fields, createFields([field('title', title, lineAt(element))]));
}

/** How far into the text a date is one of the article, and not one that it speaks of. */
const DATE_CHARACTERS_MAX = 300;
const DATES = ['date', 'published', 'datepublished', 'pubdate', 'created', 'publishdate'];
const DAY = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;

/** The `<time>` above the text dates the article when nothing else does, the names of its file and folders included. */
function withDate(fields: Fields, key: string, root: Document | Element, lineAt: LineAt): Fields {
  if (findField(fields, DATES) !== null || /\d{4}[-/]\d{1,2}[-/]\d{1,2}/.test(key)) return fields;
  const time = findTime(root, { left: DATE_CHARACTERS_MAX });
  if (time === null) return fields;
  return joinFields(fields, createFields([field('date', time.attribs.datetime ?? '', lineAt(time))]));
}

function findTime(parent: Document | Element, room: { left: number }): Element | null {
  for (const node of parent.children) {
    if (isText(node)) room.left -= node.data.trim().length;
    if (room.left < 0) return null;
    if (!isTag(node) || ['head', 'script', 'style'].includes(node.name)) continue;
    const found = node.name === 'time' && isDay(node.attribs.datetime?.trim()) ? node : findTime(node, room);
    if (found !== null) return found;
  }
  return null;
}

/** A day of the calendar: one that is none would keep the article from being published. */
function isDay(written = ''): boolean {
  const day = DAY.exec(written)?.[1];
  if (day === undefined || Number.isNaN(Date.parse(written))) return false;
  return new Date(day).toISOString().startsWith(day);
}

/** The `<h1>` that comes before all other text of the content. */
function findHeading(root: Document | Element): Element | null {
  for (const node of root.children) {
    if (isText(node) && node.data.trim() !== '') return null;
    if (!isTag(node) || ['head', 'title', 'meta', 'link', 'style', 'script'].includes(node.name)) continue;
    if (node.name === 'h1') return isTitle(textOf(node)) ? node : null;
    return ['header', 'div', 'hgroup', 'section', 'html', 'article', 'main'].includes(node.name)
      ? findHeading(node)
      : null;
  }
  return null;
}

/** What is longer is text that somebody wanted large. */
function isTitle(text: string): boolean {
  return text !== '' && text.length <= TITLE_CHARACTERS_MAX;
}

/** The heading becomes the title and is not repeated; one that says something else stays. */
function blankHeading(source: string, heading: Element | null, fields: Fields): string {
  if (heading === null || heading.startIndex === null || heading.endIndex === null) return source;
  const title = statedTitle(fields);
  if (findTitle(fields) !== null && (title === null || !isSameTitle(title, textOf(heading)))) return source;
  return blankElements(source, [heading]);
}

/** Puts comments in the place of elements, or blanks where these are short, so that places and lines keep their numbers. */
function blankElements(source: string, elements: readonly Element[]): string {
  return elements.reduce((text, { startIndex, endIndex }) => {
    if (startIndex === null || endIndex === null) return text;
    const blank = text.slice(startIndex, endIndex + 1).replace(/[^\n]/g, ' ');
    const hole = /^ {4}[\s\S]* {3}$/.test(blank) ? `<!--${blank.slice(4, -3)}-->` : blank;
    return text.slice(0, startIndex) + hole + text.slice(endIndex + 1);
  }, source);
}

/** Where the inside of an element is in the source. */
function innerRange(root: Document | Element, source: string): { readonly from: number; readonly to: number } {
  const first = root.children[0];
  const last = root.children.at(-1);
  if (root.type === 'root') return { from: 0, to: source.length };
  if (first === undefined || last === undefined) return { from: 0, to: 0 };
  return { from: first.startIndex ?? 0, to: (last.endIndex ?? source.length - 1) + 1 };
}

/** Without the signs that link a heading to itself. */
function textOf(element: Element): string {
  const shown = element.children.filter((node) => !isTag(node) || !isPermalink(node));
  return dropForbidden(textContent(shown)).replace(/\s+/g, ' ').trim();
}

function isPermalink({ name, attribs }: Element): boolean {
  const isMarked =
    attribs['aria-hidden'] === 'true' ||
    /(?:^|[\s-])(?:anchor|(?:header|heading|perma)-?link)(?:\s|$)/i.test(attribs.class ?? '');
  return name === 'a' && isMarked && /^\s*#/.test(attribs.href ?? '');
}

function countLines(source: string, end: number): number {
  return source.slice(0, end).split('\n').length - 1;
}
