/**
 * Places inside an article that its own links lead to. Systems give every heading an id made from its text, each by
 * rules of its own; here a heading gets one where a link of the article asks for it, spelled as the link spells it. An
 * entry stands with others on a reader's page, so there are no more of them than are needed. The signs by which headings
 * of a page link to themselves (`¶`) go.
 */

import { decodePercent } from '../../address/percent-encoding.ts';
import { safeId, writtenId } from '../../text/clobbering-names.ts';
import { plainText } from './summary.ts';
import type { ElementNode, Fragment, TreeNode } from './tree/tree.ts';

/** Expects absolute addresses. */
export function giveAnchors(root: Fragment, articleUrl: string): void {
  const found: Found = { wanted: new Set(), ids: new Set(), headings: [] };
  collect(root, `${articleUrl.split('#', 1)[0]}#`, found);
  for (const heading of found.headings) hoistAnchor(heading);
  for (const id of found.ids) found.wanted.delete(id);
  if (found.wanted.size > 0) nameHeadings(found);
}

interface Found {
  /** Ids that links of the article lead to. */
  readonly wanted: Set<string>;
  readonly ids: Set<string>;
  readonly headings: ElementNode[];
}

/** What is longer, or has other characters, is no id that a system makes. */
const ID = /^[\p{L}\p{M}\p{N}_.:~-]{1,200}$/u;

function collect(parent: Fragment, own: string, found: Found): void {
  for (const node of parent.children) {
    if (node.kind === 'text') continue;
    const isHeading = /^h[1-6]$/.test(node.name);
    if (isHeading) dropPermalinks(node, own);
    const { id, href } = node.attributes;
    if (id !== undefined) found.ids.add(id);
    if (href?.startsWith(own)) {
      const fragment = decodePercent(href.slice(own.length)) ?? '';
      if (ID.test(fragment)) found.wanted.add(fragment);
    }
    if (isHeading) found.headings.push(node);
    collect(node, own, found);
  }
}

/** A sign, or nothing that can be seen. */
const PERMALINK = /^(?:[\s\u200B#¶§∞⚓🔗]|\uFE0F)*$/u;

function dropPermalinks(heading: ElementNode, own: string): void {
  const gone = new Set(heading.children.filter((node) => isPermalink(node, own)));
  if (gone.size === 0) return;
  heading.children = heading.children.filter((node) => !gone.has(node));
  // An id on the sign is where the heading is.
  const id = [...gone].map((node) => (node.kind === 'element' ? node.attributes.id : undefined)).find(Boolean);
  if (id !== undefined) heading.attributes = { id, ...heading.attributes };
  const [first, last] = [heading.children[0], heading.children.at(-1)];
  if (first?.kind === 'text') first.text = first.text.trimStart();
  if (last?.kind === 'text') last.text = last.text.trimEnd();
}

function isPermalink(node: TreeNode, own: string): boolean {
  if (node.kind === 'text' || node.name !== 'a' || !node.attributes.href?.startsWith(own)) return false;
  return PERMALINK.test(plainText(node)) && !holdsImage(node);
}

function holdsImage(node: TreeNode): boolean {
  return node.kind === 'element' && (node.name === 'img' || node.children.some(holdsImage));
}

/** `<h2>Ebb <a id="ebb"></a></h2>`, which is what `## Ebb {#ebb}` became: the id is the heading's. */
function hoistAnchor(heading: ElementNode): void {
  const anchor = heading.children.at(-1);
  if (heading.attributes.id !== undefined || anchor === undefined || !isAnchor(anchor)) return;
  heading.children.pop();
  const text = heading.children.at(-1);
  if (text?.kind === 'text') text.text = text.text.trimEnd();
  heading.attributes = { id: anchor.attributes.id ?? '', ...heading.attributes };
}

function isAnchor(node: TreeNode): node is ElementNode {
  return (
    node.kind === 'element' &&
    node.name === 'a' &&
    node.children.length === 0 &&
    node.attributes.id !== undefined &&
    node.attributes.href === undefined
  );
}

function nameHeadings({ wanted, headings }: Found): void {
  const byLetters = new Map([...wanted].map((id) => [lettersOf(id), id]));
  const counts = new Map<string, number>();
  for (const heading of headings) {
    const slug = slugOf(plainText(heading));
    const count = counts.get(slug) ?? 0;
    counts.set(slug, count + 1);
    const numbered = count === 0 ? slug : `${slug}-${count}`;
    const safe = safeId(numbered);
    const id = wanted.has(safe) ? safe : byLetters.get(lettersOf(numbered));
    if (id === undefined || !wanted.has(id) || heading.attributes.id !== undefined) continue;
    wanted.delete(id);
    heading.attributes = { id, ...heading.attributes };
  }
}

/** As GitHub spells it, and most systems like it: `What’s *new* in 2.0?` → `whats-new-in-20`. */
function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}_\s-]/gu, '')
    .replace(/\s/g, '-');
}

/** What all spellings of an id have in common; some begin with the first letter. */
function lettersOf(id: string): string {
  const letters = writtenId(id)
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '');
  return letters.replace(/^\p{N}+(?=\p{L})/u, '');
}
