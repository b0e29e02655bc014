/**
 * Whether an article is a page (About, Contact, an imprint) and no post: by what it says itself, and by where it lies.
 * No generator has pages in a feed of posts: Jekyll and Hexo know them by their place outside `_posts`, Pelican and
 * Nikola by the folder `pages`, WordPress and Ghost by their type, and themes by their layout.
 */

import { readFileName, stem } from '../../address/file-name.ts';
import type { PageSign } from '../../model/article.ts';
import { type Fields, findFields } from '../../model/fields.ts';
import { GRAPH_FIELD, OUTSIDE_POSTS_FIELD } from './folder-fields.ts';

const TYPE_NAMES = ['posttype', 'contenttype', 'pagetype', 'type', 'layout', 'template'];
/** WordPress, Ghost, Jekyll and Hexo call posts and pages so; the others are layouts of themes for one page each. */
const PAGE_WORDS = new Set(
  (
    'page pages static static-page staticpage single-page default-page about about-me contact contacts archive archives ' +
    'tags tag-cloud categories category-list authors search sitemap links friends friend guestbook 404 not-found ' +
    'home homepage landing landing-page imprint impressum legal privacy'
  ).split(' '),
);
const POST_WORDS = new Set(
  'post posts article articles note notes entry blog blog-post blogpost news link photo episode'.split(' '),
);

/** Names of files that hold a page on nearly every site, and no post that has no date. */
const PAGE_NAMES = new Set(
  (
    'about about-me about-us about-this-site about-this-blog contact contact-us contacts imprint impressum datenschutz ' +
    'privacy privacy-policy cookie-policy cookies legal legal-notice terms terms-of-service terms-of-use disclaimer ' +
    'accessibility colophon now uses links blogroll friends guestbook search archive archives tags categories authors ' +
    'topics 404 offline sitemap subscribe newsletter donate support cv resume portfolio projects talks faq ' +
    'thanks thank-you code-of-conduct summary ' +
    'acerca acerca-de contacto aviso-legal privacidad a-propos mentions-legales sobre contato chi-sono contatti ' +
    'uber-mich ueber-mich uber-uns ueber-uns kontakt over-mij om'
  ).split(' '),
);

/**
 * A folder for pages and nothing else: Pelican's, Nikola's, those of Jekyll's themes. Logseq keeps its notes in one too, and
 * Next and Astro all that has an address (`src/pages/`, or MDX).
 */
const PAGES_FOLDER = /^(?!(?:.*\/)?src\/).*(?<![^/])_?pages?\/(?:[^/]+|[^/]+\/index\.[^/]+)(?<!\.mdx)$/i;
const POSTS_FOLDER = /(?:^|\/)(?:_posts|posts|blog|journal|news|articles|notes|_drafts)\//i;
/** What has no date and lies so is no post: in a folder `pages` anywhere, and pages of a finished site that list its posts. */
const UNDATED_PAGE =
  /(?:^|\/)(?:pages\/[^/]+(?<!\.mdx)|(?:tags?|categor(?:y|ies)|authors?)\/[^/]+\.html?|(?:index|page)-?\d+\.html?|[^/]+\.component\.html)$/i;
/** Of files that pages load. */
const STATIC_FOLDER = /(?:^|\/)(?:static|public|assets|uploads|fonts)\//;
/** Hexo's own rule: of its source folder, only files in `_posts` are posts. */
const HEXO_PAGE = /^source\/[^_/][^/]*\/index\.[^/]+$/i;

export interface PageFacts {
  readonly key: string;
  /** Whether the article has a date anywhere: a field, its name, its address. */
  readonly isDated: boolean;
  /** Whether it has nothing but a title. */
  readonly isBare: boolean;
}

/** What says that the article is a page, or that it is none; null where nothing does. */
export function readPageSign(fields: Fields, { key, isDated, isBare }: PageFacts): PageSign | null {
  const isAmongPosts = /(?:^|\/)_posts\//.test(key);
  const words = findFields(fields, TYPE_NAMES).flatMap(({ value }) => (typeof value === 'string' ? wordOf(value) : []));
  if (!isAmongPosts && words.some((word) => PAGE_WORDS.has(word))) return 'stated';
  if (isAmongPosts || words.some((word) => POST_WORDS.has(word))) return 'post';
  if (HEXO_PAGE.test(key)) return 'likely';
  if (PAGES_FOLDER.test(key) && !isOfGraph(fields)) return 'likely';
  // Where a system has posts in one place, a date elsewhere makes none, save in a folder that is called after posts.
  if (fields.has(OUTSIDE_POSTS_FIELD) && !(isDated && POSTS_FOLDER.test(key))) return 'likely';
  if (isDated) return null;
  if (isBare && isIndex(key)) return 'likely';
  return isPlacedAsPage(key) && !(UNDATED_PAGE.test(key) && isOfGraph(fields)) ? 'likely' : null;
}

/** Whether a file without a date is a likely page by its name and place alone, whatever else is beside it. */
export function isPlacedAsPage(key: string): boolean {
  if (STATIC_FOLDER.test(key) || UNDATED_PAGE.test(key)) return true;
  const { slug } = readFileName(key);
  return PAGE_NAMES.has(slug.toLowerCase().replace(/[_\s]+/g, '-')) && !POSTS_FOLDER.test(key);
}

/** `Page`, `page.html`, `layouts/page.njk`: a layout may be named by its file. */
function wordOf(value: string): string {
  const name = value.trim().toLowerCase().split('/').at(-1) ?? '';
  return name.replace(/\.[a-z.]+$/, '').replace(/[_\s]+/g, '-');
}

/** The settings of a graph, or the page itself, say whether it is public. */
function isOfGraph(fields: Fields): boolean {
  return fields.has(GRAPH_FIELD) || fields.has('public');
}

function isIndex(key: string): boolean {
  return /(?:^|\/)_?(?:index|readme)$/i.test(stem(key));
}
