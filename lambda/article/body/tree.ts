/**
 * Sanitised HTML as a tree, brought into a shape that HTML's own parser reads back unchanged: no paragraph holds a
 * block, no link a link, tables hold rows and rows hold cells. The strictest reader then has nothing to complain of.
 * Expects what `sanitise` gives: bounded depth, known elements only.
 */

import { type AnyNode, type ChildNode, type Element, isTag, isText, type ParentNode } from 'domhandler';
import { parseDocument } from 'htmlparser2';
import { dropForbidden, escapeAttribute, escapeText } from './characters.ts';

const BLOCKS = new Set([
  ...[
    'address',
    'article',
    'aside',
    'blockquote',
    'details',
    'div',
    'dl',
    'dt',
    'dd',
    'figcaption',
    'figure',
    'footer',
  ],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'li', 'nav', 'ol', 'p', 'pre', 'section', 'summary', 'table'],
  'ul',
]);
const HEADINGS = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6']);
const VOID = new Set(['br', 'col', 'hr', 'img', 'source', 'track', 'wbr']);

/** What an element may be a child of; anywhere else its contents take its place. */
const PARENTS: Readonly<Record<string, ReadonlySet<string>>> = {
  caption: new Set(['table']),
  colgroup: new Set(['table']),
  col: new Set(['colgroup']),
  thead: new Set(['table']),
  tbody: new Set(['table']),
  tfoot: new Set(['table']),
  tr: new Set(['table', 'thead', 'tbody', 'tfoot']),
  td: new Set(['tr']),
  th: new Set(['tr']),
  rt: new Set(['ruby']),
  rp: new Set(['ruby']),
  source: new Set(['audio', 'video', 'picture']),
  track: new Set(['audio', 'video']),
  summary: new Set(['details']),
  figcaption: new Set(['figure']),
};
/** What these may hold; the rest is moved out in front of them, as HTML's own parser does it with tables. */
const CHILDREN: Readonly<Record<string, ReadonlySet<string>>> = {
  table: new Set(['caption', 'colgroup', 'thead', 'tbody', 'tfoot', 'tr']),
  thead: new Set(['tr']),
  tbody: new Set(['tr']),
  tfoot: new Set(['tr']),
  tr: new Set(['td', 'th']),
  colgroup: new Set(['col']),
};
/** Outside their list they become plain blocks. */
const LIST_PARENTS: Readonly<Record<string, ReadonlySet<string>>> = {
  li: new Set(['ul', 'ol']),
  dt: new Set(['dl']),
  dd: new Set(['dl']),
};

/** The tree of a piece of sanitised HTML as it is, the mark for the teaser's end in it. */
export function parseTree(html: string): ParentNode {
  return parseDocument(html);
}

/** Brings the tree into shape, and drops the mark with all other characters that no document may hold. */
export function shapeTree(root: ParentNode): void {
  root.children = shapeAll(root.children, { parent: '', inLink: false, inHeading: false });
}

interface Surroundings {
  readonly parent: string;
  readonly inLink: boolean;
  readonly inHeading: boolean;
}

function shapeAll(nodes: readonly ChildNode[], around: Surroundings): ChildNode[] {
  return nodes.flatMap((node) => {
    if (isTag(node)) return shapeElement(node, around);
    if (!isText(node)) return [];
    // Character references can spell what the source could not hold.
    node.data = dropForbidden(node.data);
    return node.data === '' ? [] : [node];
  });
}

/** The element, several nodes in its place, or none. */
function shapeElement(element: Element, around: Surroundings): ChildNode[] {
  const { name } = element;
  if (!fits(element, around)) return shapeAll(element.children, around);
  if (LIST_PARENTS[name]?.has(around.parent) === false) element.name = 'div';
  const children = shapeAll(element.children, {
    parent: element.name,
    inLink: around.inLink || name === 'a',
    inHeading: around.inHeading || HEADINGS.has(name),
  });
  if (CHILDREN[name]) return moveOut(element, children, CHILDREN[name]);
  element.children = name === 'pre' ? withoutFirstLineBreak(children) : children;
  if (name === 'p') return shapeParagraph(element);
  return isIdle(element) ? children : [element];
}

/** HTML's own parser drops a line break right behind `<pre>`; this one doesn't. */
function withoutFirstLineBreak(children: ChildNode[]): ChildNode[] {
  const [first] = children;
  if (first !== undefined && isText(first)) first.data = first.data.replace(/^\n/, '');
  return children;
}

function fits(element: Element, around: Surroundings): boolean {
  const { name, attribs } = element;
  if (name === 'a') return !around.inLink && attribs.href !== undefined;
  if (name === 'img') return attribs.src !== undefined || attribs.srcset !== undefined;
  if (name === 'source') return attribs.src !== undefined || attribs.srcset !== undefined;
  if (name === 'track') return attribs.src !== undefined;
  if (HEADINGS.has(name) && around.inHeading) return false;
  return PARENTS[name]?.has(around.parent) !== false;
}

/** An element that says nothing: a link or a box with nothing in it. */
function isIdle(element: Element): boolean {
  const { name } = element;
  if (name === 'audio' || name === 'video') return element.attribs.src === undefined && !element.children.some(isTag);
  return IDLE_WHEN_EMPTY.has(name) && element.attribs.id === undefined && !hasContent(element);
}

const IDLE_WHEN_EMPTY = new Set([
  'a',
  'span',
  'div',
  'figure',
  'figcaption',
  'picture',
  'b',
  'strong',
  'i',
  'em',
  'code',
]);

/** Keeps the children that may stand here and puts the others in front. */
function moveOut(element: Element, children: readonly ChildNode[], allowed: ReadonlySet<string>): ChildNode[] {
  const stays = (node: ChildNode) => (isTag(node) ? allowed.has(node.name) : isBlank(node));
  element.children = children.filter(stays);
  return [...children.filter((node) => !stays(node)), ...(element.children.some(isTag) ? [element] : [])];
}

/** Empty paragraphs go; one that holds blocks becomes a `div`, or gives way to them when it holds nothing else. */
function shapeParagraph(paragraph: Element): ChildNode[] {
  if (!hasContent(paragraph)) return paragraph.attribs.id === undefined ? [] : [paragraph];
  if (!paragraph.children.some(holdsBlock)) return [paragraph];
  if (paragraph.children.every((node) => isBlank(node) || (isTag(node) && BLOCKS.has(node.name)))) {
    return paragraph.children;
  }
  paragraph.name = 'div';
  return [paragraph];
}

function holdsBlock(node: AnyNode): boolean {
  return isTag(node) && (BLOCKS.has(node.name) || node.children.some(holdsBlock));
}

function hasContent(node: AnyNode): boolean {
  if (isText(node)) return !isBlank(node);
  return isTag(node) && (SHOWS.has(node.name) || node.children.some(hasContent));
}

const SHOWS = new Set(['img', 'audio', 'video', 'hr', 'td', 'th']);

function isBlank(node: AnyNode): boolean {
  return isText(node) && BLANK.test(node.data);
}

const BLANK = /^[\s\u00A0]*$/;

/** The tree as HTML text. */
export function serialiseTree(root: ParentNode): string {
  return root.children.map(serialise).join('').trim();
}

function serialise(node: ChildNode): string {
  if (isText(node)) return escapeText(node.data);
  if (!isTag(node)) return '';
  const start = `<${node.name}${Object.entries(node.attribs).map(serialiseAttribute).join('')}>`;
  if (VOID.has(node.name)) return start;
  const inner = node.children.map(serialise).join('');
  // HTML's parser swallows the first line break in a <pre>.
  const lineBreak = node.name === 'pre' && inner.startsWith('\n') ? '\n' : '';
  return `${start}${lineBreak}${inner}</${node.name}>`;
}

function serialiseAttribute([name, value]: [string, string]): string {
  return ` ${name}="${escapeAttribute(dropForbidden(value))}"`;
}
