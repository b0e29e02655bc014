/** What an article says in short: its first paragraph of prose, and what stands before the author's "more" mark. */

import { collapseSpace, TEASER_MARK } from '../../text/characters.ts';
import type { ElementNode, Fragment, TreeNode } from './tree/tree.ts';

export const LEAD_CHARACTERS_MAX = 300;
const TEASER_CHARACTERS_MAX = 2_000;

/** Elements whose text is no prose of the article itself. */
const NO_PROSE = new Set(['figure', 'aside', 'pre', 'table', 'header', 'footer', 'nav', 'audio', 'video']);
const BREAKS = new Set([
  ...['address', 'article', 'blockquote', 'br', 'dd', 'details', 'div', 'dl', 'dt', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
  ...['hr', 'li', 'ol', 'p', 'section', 'summary', 'td', 'th', 'tr', 'ul', 'figcaption', 'figure', 'pre'],
]);

/** Plain text of the first paragraph of prose, shortened; '' where there is none. */
export function findLead(root: Fragment): string {
  const names = [['p'], ['li', 'blockquote', 'dd', 'div']];
  const told = names.map((some) => firstProse(root, isTelling, ...some)).find((text) => text !== '');
  const any = () => names.map((some) => firstProse(root, () => true, ...some)).find((text) => text !== '');
  return shorten(told ?? any() ?? '', LEAD_CHARACTERS_MAX);
}

/** Plain text of what stands before the teaser mark, or null where there is no mark. */
export function findTeaser(root: Fragment): string | null {
  if (!root.children.some(holdsMark)) return null;
  const parts: string[] = [];
  root.children.some((child) => collectUntilMark(child, parts));
  const text = collapseSpace(parts.join(''));
  return text === '' ? null : shorten(text, TEASER_CHARACTERS_MAX);
}

/** Not what stands above letters and articles before they begin: a greeting, a date, who wrote it, an address. */
function isTelling(text: string): boolean {
  return text.length > ABOVE_CHARACTERS_MAX || !ABOVE.some((pattern) => pattern.test(text));
}

const ABOVE_CHARACTERS_MAX = 80;
const ABOVE = [
  /^(?:hi|hello|hey|dear|greetings|good (?:morning|afternoon|evening|day))\b[^.?]*[,!:]$/i,
  /^(?:by|posted by|written by|photos? by|image:|photo:)\s+[\p{Lu}@][^.!?]*$/iu,
  /^(?:(?:posted|published|updated|last updated)\b[^\d]{0,10})?(?:\p{L}{3,9}\.?,?\s+)?(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\p{L}{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{1,2}\.?\s+\p{L}{3,9},?\s+\d{4})$/iu,
  /^(?:https?:\/\/|www\.)\S+$/i,
];

function holdsMark(node: TreeNode): boolean {
  return node.kind === 'text' ? node.text.includes(TEASER_MARK) : node.children.some(holdsMark);
}

/** The text of the first such element that is prose, or '' if there is none. */
function firstProse(root: Fragment, isWanted: (text: string) => boolean, ...names: readonly string[]): string {
  let previous: ElementNode | null = null;
  for (const node of root.children) {
    if (node.kind === 'text') continue;
    const isCaption = previous !== null && holdsOnly(previous, 'img') && holdsOnly(node, 'em', 'i', 'small', 'cite');
    const text = isCaption || NO_PROSE.has(node.name) || isNotes(node) ? '' : proseOf(node, isWanted, names);
    if (text !== '') return text;
    previous = node;
  }
  return '';
}

function proseOf(element: ElementNode, isWanted: (text: string) => boolean, names: readonly string[]): string {
  if (!names.includes(element.name)) return firstProse(element, isWanted, ...names);
  const text = plainText(element);
  return /\p{L}/u.test(text) && isWanted(text) ? text : '';
}

/** Whether the element holds these elements and no text beside them. */
function holdsOnly(element: ElementNode, ...names: readonly string[]): boolean {
  if (names.includes(element.name)) return true;
  const inner = element.children.filter((node) => node.kind === 'element' || node.text.trim() !== '');
  return inner.length > 0 && inner.every((node) => node.kind === 'element' && holdsOnly(node, ...names));
}

/** The list of footnotes that Markdown puts at the end. */
function isNotes(element: ElementNode): boolean {
  return element.name === 'section' && element.children.some((node) => node.kind === 'element' && node.name === 'ol');
}

/** The text a reader would read aloud: no footnote numbers, one line. */
export function plainText(node: TreeNode): string {
  const parts: string[] = [];
  collectText(node, parts);
  return collapseSpace(parts.join(''));
}

function collectText(node: TreeNode, parts: string[]): void {
  if (node.kind === 'text') {
    parts.push(node.text);
    return;
  }
  if (isFootnoteNumber(node)) return;
  const breaks = BREAKS.has(node.name);
  if (breaks) parts.push(' ');
  for (const child of node.children) collectText(child, parts);
  if (breaks) parts.push(' ');
}

function isFootnoteNumber(element: ElementNode): boolean {
  const link = element.children[0];
  return element.name === 'sup' && link?.kind === 'element' && (link.attributes.href?.includes('#fn') ?? false);
}

/** Collects the prose in front of the mark; false when the mark is not in here. */
function collectUntilMark(node: TreeNode, parts: string[]): boolean {
  if (node.kind === 'text') {
    const [before = '', ...after] = node.text.split(TEASER_MARK);
    parts.push(before);
    return after.length > 0;
  }
  if (isFootnoteNumber(node)) return false;
  const skipped = NO_PROSE.has(node.name) || /^h[1-6]$/.test(node.name) ? [] : parts;
  const breaks = BREAKS.has(node.name);
  if (breaks) skipped.push(' ');
  if (node.children.some((child) => collectUntilMark(child, skipped))) return true;
  if (breaks) skipped.push(' ');
  return false;
}

/**
 * The text itself when it is short enough; else its whole sentences, if they fill a good part of the room; else as
 * many words as fit, and an ellipsis.
 */
export function shorten(text: string, charactersMax: number): string {
  if (text.length <= charactersMax) return text;
  const room = text.slice(0, charactersMax);
  const sentence = /^.*[.!?…。！？]["'”’»)\]]*(?=\s|(?<=[。！？]["'”’»)\]]*))/su.exec(room)?.[0] ?? '';
  if (sentence.length >= charactersMax * SENTENCES_SHARE_MIN) return sentence;
  const words = room.slice(0, charactersMax - 1);
  const end = words.search(/\s\S*$/);
  const kept = end > charactersMax * WORDS_SHARE_MIN ? words.slice(0, end) : words.replace(/[\uD800-\uDBFF]$/, '');
  return `${kept.replace(/(?<![\s,;:–—-])[\s,;:–—-]+$/, '')}…`;
}

const SENTENCES_SHARE_MIN = 0.4;
const WORDS_SHARE_MIN = 0.5;
