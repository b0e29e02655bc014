/**
 * Texts of WordPress' classic editor, in which a blank line begins a paragraph and the end of a line is one. Whatever is
 * a block already stays; preformatted text keeps its lines.
 */

import { Text } from 'domhandler';
import {
  type ChildNode,
  createElement,
  type Document,
  type Element,
  isBlank,
  isTag,
  isText,
  parseMarkup,
  renderMarkup,
  setChildren,
} from '../html/markup.ts';

const BLOCKS: ReadonlySet<string> = new Set([
  ...[
    'address',
    'article',
    'aside',
    'audio',
    'blockquote',
    'center',
    'dd',
    'details',
    'dialog',
    'dir',
    'div',
    'dl',
    'dt',
  ],
  ...[
    'fieldset',
    'figcaption',
    'figure',
    'footer',
    'form',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'header',
    'hgroup',
    'hr',
  ],
  ...['iframe', 'legend', 'li', 'main', 'menu', 'nav', 'noscript', 'object', 'ol', 'p', 'pre', 'script', 'section'],
  ...['style', 'summary', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr', 'ul', 'video'],
]);
/** Their lines are their own. */
const VERBATIM: ReadonlySet<string> = new Set([
  'pre',
  'script',
  'style',
  'textarea',
  'svg',
  'object',
  'iframe',
  'table',
]);
/** Elements whose text becomes paragraphs even where it is only one. */
const ALWAYS: ReadonlySet<string> = new Set(['blockquote']);
/** Elements whose text becomes paragraphs where blank lines divide it. */
const DIVIDED: ReadonlySet<string> = new Set([
  ...['address', 'article', 'aside', 'center', 'dd', 'details', 'div', 'fieldset', 'figcaption', 'footer', 'header'],
  ...['li', 'main', 'nav', 'section', 'td', 'th'],
]);

export function addParagraphs(html: string): string {
  const root = parseMarkup(html.replace(/\r\n?/g, '\n'));
  divide(root, true);
  return renderMarkup(root.children);
}

/** Makes paragraphs of what stands between the blocks. */
function divide(parent: Document | Element, isForced: boolean): void {
  for (const child of parent.children) if (isTag(child)) divideInside(child);
  const runs = runsOf(parent.children);
  const isDivided = isForced || runs.some((run) => run.kind === 'inline' && run.nodes.some(hasBlankLine));
  setChildren(
    parent,
    runs.flatMap((run) => {
      if (run.kind === 'block') return run.nodes;
      if (isDivided) return paragraphsOf(run.nodes);
      return spaced(run.nodes).flatMap((node) => breakLines(node));
    }),
  );
}

function divideInside(element: Element): void {
  if (element.name === 'table') divideCells(element);
  else if (!BLOCKS.has(element.name) || VERBATIM.has(element.name)) return;
  else if (ALWAYS.has(element.name)) divide(element, true);
  else if (DIVIDED.has(element.name)) divide(element, false);
  else if (/^(?:p|h[1-6])$/.test(element.name)) setChildren(element, element.children.flatMap(breakLines));
  else for (const child of element.children) if (isTag(child)) divideInside(child);
}

function divideCells(element: Element): void {
  for (const child of element.children) {
    if (!isTag(child)) continue;
    if (child.name === 'td' || child.name === 'th') divide(child, false);
    else divideCells(child);
  }
}

interface Run {
  readonly kind: 'block' | 'inline';
  readonly nodes: ChildNode[];
}

/** Blocks one by one, and what stands between two of them together. */
function runsOf(nodes: readonly ChildNode[]): readonly Run[] {
  const runs: Run[] = [];
  for (const node of nodes) {
    const isBlock = (isTag(node) && BLOCKS.has(node.name)) || isMore(node);
    const last = runs.at(-1);
    if (!isBlock && last?.kind === 'inline') last.nodes.push(node);
    else runs.push({ kind: isBlock ? 'block' : 'inline', nodes: [node] });
  }
  return runs;
}

/** `<!--more-->` stands between paragraphs. */
function isMore(node: ChildNode): boolean {
  return node.type === 'comment' && /^\s*more\b/.test((node as unknown as { data: string }).data);
}

function hasBlankLine(node: ChildNode): boolean {
  return isText(node) && /\S\s*\n[ \t]*\n/.test(`x${node.data}x`);
}

/** Blank lines in text that stands right here end a paragraph; within an element they are two ends of a line. */
function paragraphsOf(nodes: readonly ChildNode[]): readonly ChildNode[] {
  const paragraphs: ChildNode[][] = [[]];
  for (const node of nodes) {
    if (!isText(node)) {
      paragraphs.at(-1)?.push(...breakLines(node));
      continue;
    }
    for (const [index, part] of node.data.split(/\n[ \t]*(?:\n[ \t]*)+/).entries()) {
      if (index > 0) paragraphs.push([]);
      if (part !== '') paragraphs.at(-1)?.push(new Text(part));
    }
  }
  return paragraphs
    .map((children) => trim(children))
    .filter((children) => !children.every(isBlank))
    .flatMap((children) => [
      createElement(
        'p',
        {},
        children.flatMap((child) => breakLines(child)),
      ),
      new Text('\n'),
    ]);
}

/** The ends of lines beside a block, and at the edges of an element, are only how the source is laid out. */
function spaced(nodes: readonly ChildNode[]): readonly ChildNode[] {
  if (nodes.every((node) => isText(node) && isBlank(node) && node.data.includes('\n'))) return [];
  const trimmed = trim([...nodes]);
  trimmed.forEach((node, index) => {
    node.prev = trimmed[index - 1] ?? null;
  });
  return trimmed;
}

function trim(children: ChildNode[]): ChildNode[] {
  const first = children[0];
  const last = children.at(-1);
  if (first !== undefined && isText(first)) first.data = first.data.replace(/^[ \t\n]+/, '');
  if (last !== undefined && isText(last)) last.data = last.data.replace(/[ \t\n]+$/, '');
  return children.filter((child) => !isText(child) || child.data !== '');
}

/** The ends of lines become `<br>`, also within inline elements; one that follows a `<br>` is that already. */
function breakLines(node: ChildNode): readonly ChildNode[] {
  if (isTag(node)) {
    if (!VERBATIM.has(node.name) && !BLOCKS.has(node.name) && node.name !== 'code') {
      setChildren(node, node.children.flatMap(breakLines));
    }
    return [node];
  }
  if (!isText(node) || !node.data.includes('\n')) return [node];
  const followsBreak = node.prev !== null && isTag(node.prev) && node.prev.name === 'br';
  return node.data.split('\n').flatMap((line, index): readonly ChildNode[] => {
    const isSaid = index === 1 && followsBreak && node.data.startsWith('\n');
    const text = index === 0 ? line.replace(/[ \t]+$/, '') : line;
    const lead = index === 0 ? [] : isSaid ? [new Text('\n')] : [createElement('br', {}), new Text('\n')];
    return [...lead, ...(text === '' ? [] : [new Text(text)])];
  });
}
