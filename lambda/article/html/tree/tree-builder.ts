/**
 * Puts a tree together from what opens, is said, and closes, in the order in which HTML is read. What stood between two
 * elements may be gone, so an element is closed here too when the one that opens can't stand in it.
 */

import { type Attributes, type ElementNode, type Fragment, type TreeNode, VOID } from './tree.ts';

export interface TreeBuilder {
  readonly root: Fragment;
  open(name: string, attributes: Attributes): ElementNode;
  text(text: string): void;
  close(name: string): void;
}

export function createTreeBuilder(): TreeBuilder {
  const root: Fragment = { children: [] };
  const opened: ElementNode[] = [];
  let children: TreeNode[] = root.children;
  const closeDownTo = (count: number) => {
    opened.length = count;
    children = opened.at(-1)?.children ?? root.children;
  };
  const open = (name: string, attributes: Attributes) => {
    const ended = ENDED_BY.get(name);
    if (ended !== undefined) {
      let count = opened.length;
      while (count > 0 && ended.has(opened[count - 1]?.name ?? '')) count -= 1;
      if (count < opened.length) closeDownTo(count);
    }
    const element: ElementNode = { kind: 'element', name, attributes, children: [] };
    children.push(element);
    if (VOID.has(name)) return element;
    opened.push(element);
    children = element.children;
    return element;
  };
  return {
    root,
    open,
    text: (text) => {
      const last = children.at(-1);
      if (last?.kind === 'text') last.text += text;
      else children.push({ kind: 'text', text });
    },
    close: (name) => {
      if (VOID.has(name)) return;
      const place = opened.findLastIndex((element) => element.name === name);
      if (place !== -1) closeDownTo(place);
      // HTML reads the end of a paragraph that has ended already as one more, with nothing in it.
      else if (name === 'p') children.push({ kind: 'element', name, attributes: {}, children: [] });
    },
  };
}

const PARAGRAPH: ReadonlySet<string> = new Set(['p']);
const HEADING: ReadonlySet<string> = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p']);
const SECTION: ReadonlySet<string> = new Set(['thead', 'tbody']);
const TERM: ReadonlySet<string> = new Set(['dt', 'dd']);
const READING: ReadonlySet<string> = new Set(['rt', 'rp']);

/** What an element that opens brings to an end, when it is the innermost. */
const ENDED_BY: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...[
    ...['address', 'article', 'aside', 'blockquote', 'details', 'div', 'dl', 'figcaption', 'figure', 'footer'],
    ...['header', 'hr', 'nav', 'ol', 'p', 'pre', 'section', 'table', 'ul'],
  ].map((name) => [name, PARAGRAPH] as const),
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((name) => [name, HEADING] as const),
  ['a', new Set(['a'])],
  ['li', new Set(['li'])],
  ['dt', TERM],
  ['dd', TERM],
  ['tr', new Set(['tr', 'th', 'td'])],
  ['th', new Set(['th'])],
  ['td', new Set(['thead', 'th', 'td'])],
  ['tbody', SECTION],
  ['tfoot', SECTION],
  ['rt', READING],
  ['rp', READING],
]);
