/**
 * Sanitised HTML as a tree, brought into a shape that HTML's own parser reads back unchanged: no paragraph holds a
 * block, no link a link, tables hold rows and rows hold cells. The strictest reader then has nothing to complain of.
 * Expects what `sanitise` gives: bounded depth, known elements only.
 */

import { cleanText, escapeAttribute, escapeText } from '../../../text/characters.ts';

/** Those that say something by being there; `alt=""` says that there is nothing to say. All others go when empty. */
export const MEANT_EMPTY: ReadonlySet<string> = new Set(['alt', 'controls', 'loop', 'muted', 'open', 'reversed']);

export type Attributes = Readonly<Record<string, string>>;

export interface TextNode {
  readonly kind: 'text';
  text: string;
}

export interface ElementNode {
  readonly kind: 'element';
  name: string;
  attributes: Attributes;
  children: TreeNode[];
}

export type TreeNode = TextNode | ElementNode;

/** A piece of HTML, which may begin with text and hold several elements side by side. */
export interface Fragment {
  children: TreeNode[];
}

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
/** Elements that hold nothing and have no end. */
export const VOID: ReadonlySet<string> = new Set(['br', 'col', 'hr', 'img', 'source', 'track', 'wbr']);

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

/** Drops the teaser's mark, and all other characters that no document may hold; what references spell, too. */
export function cleanTree({ children }: Fragment): void {
  for (const node of children) {
    if (node.kind === 'text') node.text = cleanText(node.text);
    else {
      node.attributes = cleanAttributes(node.attributes);
      cleanTree(node);
    }
  }
}

/** An id or an address of which nothing is left goes. */
function cleanAttributes(attributes: Attributes): Attributes {
  const cleaned = Object.entries(attributes).map(([name, value]) => [name, cleanText(value)] as const);
  return Object.fromEntries(cleaned.filter(([name, value]) => value !== '' || MEANT_EMPTY.has(name)));
}

/** Brings the tree into shape. */
export function shapeTree(root: Fragment): void {
  root.children = shapeAll(root.children, { parent: '', inLink: false, inHeading: false }, []);
}

interface ShapeContext {
  readonly parent: string;
  readonly inLink: boolean;
  readonly inHeading: boolean;
}

/** Adds what the nodes become to `shaped`, which is given back. */
function shapeAll(nodes: readonly TreeNode[], around: ShapeContext, shaped: TreeNode[]): TreeNode[] {
  for (const node of nodes) {
    if (node.kind === 'element') shapeElement(node, around, shaped);
    else if (node.text !== '') shaped.push(node);
  }
  return shaped;
}

/** The element, several nodes in its place, or none. */
function shapeElement(element: ElementNode, around: ShapeContext, shaped: TreeNode[]): void {
  const { name } = element;
  if (!fits(element, around)) {
    if (name === 'img' && element.attributes.alt) shaped.push({ kind: 'text', text: element.attributes.alt });
    shapeAll(element.children, around, shaped);
    return;
  }
  if (LIST_PARENTS[name]?.has(around.parent) === false) element.name = 'div';
  const within = {
    parent: element.name,
    inLink: around.inLink || name === 'a',
    inHeading: around.inHeading || HEADINGS.has(name),
  };
  element.children = shapeAll(element.children, within, []);
  if (CHILDREN[name]) moveOut(element, CHILDREN[name], shaped);
  else if (name === 'p') shapeParagraph(element, shaped);
  else if (name === 'picture' && !element.children.some((node) => isElement(node) && node.name === 'img')) {
    pushAll(
      element.children.filter((node) => !isElement(node)),
      shaped,
    );
  } else if (isIdle(element)) pushAll(element.children, shaped);
  else {
    if (name === 'pre') dropFirstLineBreak(element);
    shaped.push(element);
  }
}

/** A call with all of them as arguments would have a limit. */
function pushAll(nodes: readonly TreeNode[], shaped: TreeNode[]): void {
  for (const node of nodes) shaped.push(node);
}

/** HTML's own parser drops a line break right behind `<pre>`; this one doesn't. */
function dropFirstLineBreak({ children: [first] }: ElementNode): void {
  if (first?.kind === 'text') first.text = first.text.replace(/^\n/, '');
}

function fits(element: ElementNode, around: ShapeContext): boolean {
  const { name, attributes } = element;
  if (name === 'a') return !around.inLink && (attributes.href !== undefined || attributes.id !== undefined);
  if (name === 'img') return attributes.src !== undefined || attributes.srcset !== undefined;
  if (name === 'source') return attributes.src !== undefined || attributes.srcset !== undefined;
  if (name === 'track') return attributes.src !== undefined;
  if (HEADINGS.has(name) && around.inHeading) return false;
  // HTML lets terms and what is said of them be kept together in boxes; readers expect them in the list itself.
  if (name === 'div' && around.parent === 'dl') return false;
  return PARENTS[name]?.has(around.parent) !== false;
}

/** An element that says nothing: a link or a box with nothing in it. */
function isIdle(element: ElementNode): boolean {
  const { name } = element;
  if (name === 'audio' || name === 'video')
    return element.attributes.src === undefined && !element.children.some(isElement);
  return IDLE_WHEN_EMPTY.has(name) && element.attributes.id === undefined && !hasContent(element);
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
function moveOut(element: ElementNode, allowed: ReadonlySet<string>, shaped: TreeNode[]): void {
  const { children } = element;
  element.children = [];
  for (const node of children) {
    const stays = node.kind === 'element' ? allowed.has(node.name) : isBlank(node);
    (stays ? element.children : shaped).push(node);
  }
  if (element.children.some(isElement)) shaped.push(element);
}

/** Empty paragraphs go; one that holds blocks becomes a `div`, or gives way to them when it holds nothing else. */
function shapeParagraph(paragraph: ElementNode, shaped: TreeNode[]): void {
  const { children } = paragraph;
  if (!hasContent(paragraph)) {
    if (paragraph.attributes.id !== undefined) shaped.push(paragraph);
    // It may still be a place that links lead to.
    else pushAll(children.filter(isPlace), shaped);
    return;
  }
  if (!children.some(holdsBlock)) shaped.push(paragraph);
  else if (children.every((node) => isBlank(node) || (isElement(node) && BLOCKS.has(node.name)))) {
    pushAll(children, shaped);
  } else {
    paragraph.name = 'div';
    shaped.push(paragraph);
  }
}

function holdsBlock(node: TreeNode): boolean {
  return node.kind === 'element' && (BLOCKS.has(node.name) || node.children.some(holdsBlock));
}

function hasContent(node: TreeNode): boolean {
  if (node.kind === 'text') return !isBlank(node);
  return SHOWS.has(node.name) || node.children.some(hasContent);
}

const SHOWS = new Set(['img', 'audio', 'video', 'hr', 'td', 'th']);

function isPlace(node: TreeNode): boolean {
  return isElement(node) && node.attributes.id !== undefined;
}

function isElement(node: TreeNode): node is ElementNode {
  return node.kind === 'element';
}

function isBlank(node: TreeNode): boolean {
  return node.kind === 'text' && BLANK.test(node.text);
}

const BLANK = /^[\s\u00A0]*$/;

/** The tree as HTML text. */
export function serialiseTree(root: Fragment): string {
  return root.children.map(serialise).join('').trim();
}

function serialise(node: TreeNode): string {
  if (node.kind === 'text') return escapeText(node.text);
  let html = `<${node.name}`;
  for (const name of Object.keys(node.attributes)) {
    html += ` ${name}="${escapeAttribute(node.attributes[name] ?? '')}"`;
  }
  html += '>';
  if (VOID.has(node.name)) return html;
  let inner = '';
  for (const child of node.children) inner += serialise(child);
  // HTML's parser swallows the first line break in a <pre>.
  if (node.name === 'pre' && inner.startsWith('\n')) html += '\n';
  return `${html}${inner}</${node.name}>`;
}
