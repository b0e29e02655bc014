/**
 * What programs that make pages put around what an author wrote, known by the classes of elements: numbers beside lines of
 * code, the tables in which these stand, signs by which a heading links to itself, buttons and clocks of players. The
 * sanitiser drops classes, so it notes these elements as it reads them; afterwards they go, and code is code.
 *
 * Chroma (Hugo), Rouge (Jekyll), Pygments, Hexo, Expressive Code (Astro), Prism, highlight.js, Crayon and SyntaxHighlighter
 * (WordPress), VitePress, Ghost's cards.
 */

import { textOf, unwrapListing } from './code-listings.ts';
import type { Attributes, ElementNode, Fragment, TreeNode } from './tree.ts';

type Part = 'number' | 'listing' | 'control' | 'permalink';

export type PageParts = Map<ElementNode, Part>;

const NUMBER =
  /(?:^|\s)(?:lnt|ln|lnlinks|linenos?|linenodiv|line-?numbers?|line-numbers-(?:rows|wrapper)|gutter|rouge-gutter|crayon-nums?|blob-num|hljs-ln-(?:numbers|n)|code-line-number|react-syntax-highlighter-line-number)(?:\s|$)/i;
const LISTING =
  /(?:^|\s)(?:lntable|rouge-table|(?:highlight|codehilite)table|crayon-(?:pre|table)|hljs-ln|syntaxhighlighter)(?:\s|$)/i;
const CONTROL =
  /(?:^|\s)(?:kg-audio-player|kg-video-overlay|kg-video-player(?:-container)?|sharedaddy|sd-sharing|(?:social-)?share-(?:buttons|links|icons)|addtoany_\w+|copy-?(?:code|button|btn|icon)(?:-\w+)*|(?:btn-)?clipboard(?:-\w+)*|code-copy(?:-\w+)*|crayon-toolbar|code-toolbar__\w+|highlight-tools)(?:\s|$)/i;
const PERMALINK =
  /(?:^|\s)(?:(?:heading-?|header-?|hash-?|deep-?|section-?)?(?:anchor|perma-?link)(?:-?link)?|(?:heading|header|hash|deep)-?link|headerlink|anchorjs-link)(?:\s|$)/i;

/** Of an element that is about to be read; null for most. */
export function partOf(tag: string, { class: classes = '', href = '' }: Attributes): Part | null {
  if (classes === '' || classes.length > CLASSES_CHARACTERS_MAX) return null;
  if (tag === 'a' && PERMALINK.test(classes) && href.includes('#')) return 'permalink';
  if (NUMBER.test(classes)) return 'number';
  if (LISTING.test(classes)) return 'listing';
  return CONTROL.test(classes) ? 'control' : null;
}

const CLASSES_CHARACTERS_MAX = 500;

/** Takes them out. */
export function dropPageParts(root: Fragment, parts: PageParts): void {
  settle(root, { parts, inHeading: false });
}

interface Around {
  readonly parts: PageParts;
  readonly inHeading: boolean;
}

/** Whether numbers were taken out, or an element was marked as a listing. */
function settle(parent: Fragment, around: Around): boolean {
  const { parts, inHeading } = around;
  let isListing = false;
  const kept: TreeNode[] = [];
  for (const node of parent.children) {
    if (node.kind === 'text') {
      kept.push(node);
      continue;
    }
    const part = parts.get(node);
    if (part !== undefined && isGone(node, part, inHeading)) {
      isListing ||= part === 'number';
      if (part === 'permalink') keepId(parent, node);
      const last = kept.at(-1);
      if (part === 'permalink' && last?.kind === 'text') last.text = last.text.trimEnd();
      continue;
    }
    const isInner = settle(node, { parts, inHeading: inHeading || /^h[1-6]$/.test(node.name) });
    const isHere = isInner || part === 'listing';
    isListing ||= isHere;
    for (const one of unwrapListing(node, isHere)) kept.push(one);
  }
  parent.children = kept;
  return isListing;
}

/** A control says little, and shows nothing. */
const CONTROL_CHARACTERS_MAX = 200;

function isGone(node: ElementNode, part: Part, inHeading: boolean): boolean {
  if (part === 'permalink') return inHeading && !holds(node, 'img');
  if (part === 'number') return /^[\s\d.:|·]*$/.test(textOf(node)) && !holds(node, 'img');
  const isShort = textOf(node).trim().length <= CONTROL_CHARACTERS_MAX;
  return part === 'control' && isShort && !holds(node, 'img', 'audio', 'video', 'pre', 'p');
}

function holds(node: ElementNode, ...names: readonly string[]): boolean {
  return node.children.some(
    (child) => child.kind === 'element' && (names.includes(child.name) || holds(child, ...names)),
  );
}

/** An id on the sign is where the heading is. */
function keepId(parent: Fragment, { attributes: { id } }: ElementNode): void {
  if (id === undefined || !('name' in parent)) return;
  const heading = parent as ElementNode;
  heading.attributes = { id, ...heading.attributes };
}
