/** Listings of code as highlighters make them, in tables and boxes, become `<pre><code>` with a line of code on each line. */

import type { ElementNode, TextNode, TreeNode } from './tree.ts';

/**
 * What stands in the place of an element whose contents are settled already. `isListing` says that a highlighter made it:
 * it held numbers of lines.
 */
export function unwrapListing(node: ElementNode, isListing: boolean): readonly TreeNode[] {
  if (node.name === 'pre') return [flattenPre(node, isListing)];
  if (!isListing || node.name !== 'table') return [node];
  const cells = cellsOf(node).filter((cell) => textOf(cell).trim() !== '');
  const listings = cells.map(listingIn);
  if (cells.length === 0) return [];
  // Programs that make a row of each line put nothing else beside it.
  const whole = listings.filter((listing) => listing !== null);
  if (whole.length === listings.length) return whole.map((listing) => flattenPre(listing, true));
  if (cells.length === 1 && !cellsOf(node).some(({ name }) => name === 'th')) {
    return [asPre(linesOf(cells[0]?.children ?? []))];
  }
  return [node];
}

function cellsOf(node: ElementNode): readonly ElementNode[] {
  return node.children.flatMap((child) => {
    if (child.kind === 'text') return [];
    return child.name === 'td' || child.name === 'th' ? [child] : cellsOf(child);
  });
}

/** The one `<pre>` of a cell that holds nothing else. */
function listingIn(cell: ElementNode): ElementNode | null {
  const inner = cell.children.filter((child) => child.kind === 'element' || child.text.trim() !== '');
  const [only] = inner;
  if (inner.length !== 1 || only?.kind !== 'element') return null;
  return only.name === 'pre' ? only : only.name === 'div' || only.name === 'figure' ? listingIn(only) : null;
}

/** In a `<pre>` boxes are lines, and what a highlighter put into another is one of it. */
function flattenPre(pre: ElementNode, isListing: boolean): ElementNode {
  const [first] = pre.children;
  const isPlain = pre.children.length === 1 && first?.kind === 'element' && first.name === 'code';
  if (!pre.children.some(holdsBox) && (!isListing || isPlain)) return pre;
  const language = languageOf(pre);
  return { ...asPre(linesOf(pre.children), language), attributes: pre.attributes };
}

function holdsBox(node: TreeNode): boolean {
  return node.kind === 'element' && (BOXES.has(node.name) || node.children.some(holdsBox));
}

const BOXES = new Set(['div', 'p', 'li', 'pre', 'table', 'tr']);

function languageOf(node: ElementNode): string | undefined {
  for (const child of node.children) {
    if (child.kind === 'text') continue;
    const language = child.attributes.class ?? languageOf(child);
    if (language !== undefined) return language;
  }
  return undefined;
}

function asPre(inner: readonly TreeNode[], language?: string): ElementNode {
  const attributes = language === undefined ? {} : { class: language };
  const code: ElementNode = { kind: 'element', name: 'code', attributes, children: [...inner] };
  return { kind: 'element', name: 'pre', attributes: {}, children: [code] };
}

/** Without boxes and with a line break behind each; what emphasises stays. */
function linesOf(nodes: readonly TreeNode[]): TreeNode[] {
  const lines: TreeNode[] = [];
  collectLines(nodes, lines);
  return lines;
}

function collectLines(nodes: readonly TreeNode[], lines: TreeNode[]): void {
  for (const node of nodes) {
    if (node.kind === 'text') addText(lines, node.text);
    else if (node.name === 'br') addText(lines, '\n');
    else if (KEPT.has(node.name)) lines.push({ ...node, children: linesOf(node.children) });
    else {
      const before = lines.length;
      collectLines(node.children, lines);
      const isEmpty = lines.length === before && node.name !== 'div';
      if (BOXES.has(node.name) && !isEmpty && !endsLine(lines)) addText(lines, '\n');
    }
  }
}

const KEPT = new Set(['a', 'b', 'strong', 'i', 'em', 'mark', 'del', 'ins', 's', 'u', 'sub', 'sup', 'kbd']);

function addText(lines: TreeNode[], text: string): void {
  const last = lines.at(-1);
  // A node of the tree is never changed here.
  if (last?.kind === 'text' && made.has(last)) last.text += text;
  else {
    const node: TextNode = { kind: 'text', text };
    made.add(node);
    lines.push(node);
  }
}

const made = new WeakSet<TextNode>();

function endsLine(lines: readonly TreeNode[]): boolean {
  const last = lines.at(-1);
  return last === undefined || (last.kind === 'text' && last.text.endsWith('\n'));
}

export function textOf(node: TreeNode): string {
  return node.kind === 'text' ? node.text : node.children.map(textOf).join('');
}
