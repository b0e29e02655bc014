/**
 * Which part of an HTML page is the article: the one `<article>`, else `<main>`, else `<body>`, else everything. A
 * fragment has no page around its text, so there an element is the article only if no text stands beside it.
 */

import { type ChildNode, type Document, type Element, isTag, isText } from 'domhandler';
import { findOne, getElementsByTagName } from 'domutils';
import { countWords } from '../markdown/amount.ts';

export interface PageContent {
  readonly root: Document | Element;
  /** Paragraphs of the page that stand beside the article, where they are a good part of its text; else ''. */
  readonly beside: string;
}

export function findContent(page: Document): PageContent {
  const isPage = page.children.some((node) => node.type === 'directive') || hasElement(page, ['html', 'head', 'body']);
  for (const root of candidates(page)) {
    const beside = proseOf(page, { without: root, isPage });
    const words = countWords(beside);
    if (words === 0 || (isPage && words < BESIDE_WORDS_MIN)) return { root, beside: '' };
    // Text in front of the body: somebody only speaks of a body.
    if (!isPage || root.name === 'body') continue;
    const inside = countWords(proseOf(root, { without: null, isPage }));
    return { root, beside: words > (words + inside) * BESIDE_SHARE_MAX ? beside : '' };
  }
  return { root: page, beside: '' };
}

/** Fewer words beside the article of a page are a label or a greeting. */
const BESIDE_WORDS_MIN = 5;
/** More than so many of the words of both are told of. */
const BESIDE_SHARE_MAX = 0.15;

function candidates(page: Document): readonly Element[] {
  const articles = getElementsByTagName('article', page);
  const others = ['main', 'body'].map((name) => findOne((one) => one.name === name, page.children));
  return [articles.length === 1 ? articles[0] : null, ...others].filter((one) => one !== null && one !== undefined);
}

function hasElement(page: Document, names: readonly string[]): boolean {
  return findOne((one) => names.includes(one.name), page.children) !== null;
}

/** What surrounds an article on its page. */
const CHROME = new Set(
  'aside button dialog footer form head header iframe menu nav noscript script select style template textarea title'.split(
    ' ',
  ),
);
const CHROME_ROLE = /^(?:banner|complementary|contentinfo|dialog|form|menu|navigation|search)$/;
/** Elements that hold sentences. What stands in others, and in links, may be the page's own. */
const PROSE = new Set(['blockquote', 'p', 'pre']);

interface Search {
  readonly without: Element | null;
  /** In a fragment all text counts. */
  readonly isPage: boolean;
}

function proseOf(parent: Document | Element, search: Search): string {
  const parts: string[] = [];
  collect(parent.children, search, !search.isPage, parts);
  return parts.join(' ').replace(/\s+/g, ' ').trim();
}

function collect(nodes: readonly ChildNode[], search: Search, inProse: boolean, parts: string[]): void {
  for (const node of nodes) {
    if (isText(node) && inProse) parts.push(node.data);
    if (!isTag(node) || node === search.without || CHROME.has(node.name)) continue;
    if ((search.isPage && node.name === 'a') || CHROME_ROLE.test(node.attribs.role ?? '')) continue;
    collect(node.children, search, inProse || PROSE.has(node.name), parts);
  }
}
