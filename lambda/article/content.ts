/**
 * The body of an article, Markdown or HTML, becomes feed-safe HTML: template code resolved or left out, Markdown
 * rendered, active content removed, every address absolute, the markup in a shape that any reader accepts.
 */

import type { ArticleLink, MediaReference } from '../model/article.ts';
import { createProblem, type Problem } from '../model/problem.ts';
import { cleanText, maySpellForbidden } from '../text/characters.ts';
import { DIALECTS } from './dialects/dialects.ts';
import { type BodyText, createBodyText, insertPieces } from './dialects/shape/body-text.ts';
import { expandDialects } from './dialects/shape/dialect.ts';
import { giveAnchors } from './html/anchors.ts';
import { type ContentContext, type ContentSource, lineAfter } from './html/context.ts';
import { findExcess, findTagExcess, IMAGES_MAX, say } from './html/excess.ts';
import { findImages } from './html/images.ts';
import { findLeftOut, findSilenced, tellLost, tellUnused } from './html/left-out.ts';
import { DEPTH_MAX, sanitise } from './html/sanitise.ts';
import { findLead, findTeaser } from './html/summary.ts';
import { cleanTree, serialiseTree, shapeTree } from './html/tree/tree.ts';
import { findUnknownElements } from './html/unknown-elements.ts';
import { type BoundedMarkup, boundHtml, boundMarkdown } from './markdown/bounded-markup.ts';
import { renderMarkdown } from './markdown/markdown.ts';
import { quotationMarks } from './markdown/quotation-marks.ts';
import type { UnusedNote } from './markdown/syntax/unused-notes.ts';

export interface Content {
  /** Safe HTML with absolute addresses; may be empty. */
  readonly html: string;
  /** Plain text of the first paragraph of prose, shortened; may be empty. */
  readonly lead: string;
  /** Plain text of what stands before `<!--more-->`, or null where there is no such mark. */
  readonly teaser: string | null;
  /** Images of the body, in order. */
  readonly images: readonly MediaReference[];
  /** Content keys of the files that the body shows or links to, each once, in order. */
  readonly assetKeys: readonly string[];
  /** Links that may name files of articles, as the HTML numbers them. */
  readonly links: readonly ArticleLink[];
  /** What notes name alone, by the key that it would have beside the note. */
  readonly vaultFiles: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

export function renderContent(source: ContentSource, context: ContentContext): Content {
  const excess = findExcess(source);
  if (excess !== null) return refuse(excess, context);
  const body = createBodyText({ ...source, text: cleanText(source.text) }, context.key);
  if (!source.isFinal) expandDialects(DIALECTS, body, context);
  const { text, lost } = boundBlocks(body);
  const unused: UnusedNote[] = [];
  const { typographer, language } = context.site;
  const environment = {
    docId: footnotePrefix(context.key),
    unused,
    ...(typographer && { quotes: quotationMarks(language) }),
  };
  const rendered = body.kind === 'markdown' ? renderMarkdown(text, environment, body.mdx) : text;
  // Without a tag in the text, all tags are those that rendering wrote.
  const hasTags = body.kind === 'html' || text.includes('<') || body.pieces.length > 0;
  const bounded = hasTags ? boundHtml(insertPieces(rendered, body.pieces)) : { text: rendered, lost: [] };
  const raw = bounded.text;
  const tagExcess = findTagExcess(raw);
  if (tagExcess !== null) return refuse(tagExcess, context);
  const { root, assetKeys, links, vaultFiles, flattened, lostImage, imageOutside, silenced } = sanitise(raw, context);
  const teaser = findTeaser(root);
  if (maySpellForbidden(raw)) cleanTree(root);
  shapeTree(root);
  giveAnchors(root, context.articleUrl);
  const images = findImages(root, context);
  if (images.length > IMAGES_MAX) return refuse(say(IMAGES_MAX, 'images'), context);
  const html = serialiseTree(root);
  const problems = [
    ...body.problems,
    ...tellLost([...lost, ...bounded.lost], source, context.key),
    ...tellUnused(unused, source, context.key),
    ...findLeftOut(raw, silenced, source, context.key),
    ...findSilenced(silenced, html, source, context.key),
    ...(hasTags ? findUnknownElements(raw, source, context.key) : []),
  ];
  if (flattened) problems.push(tooDeep(context.key));
  if (lostImage) problems.push(imageLost(context.key));
  if (imageOutside !== null) problems.push(imageBeyond(imageOutside, source, context.key));
  return {
    html,
    lead: findLead(root),
    teaser,
    images,
    assetKeys,
    links,
    vaultFiles,
    problems,
  };
}

function boundBlocks(body: BodyText): BoundedMarkup {
  return body.kind === 'markdown' ? boundMarkdown(body.text, () => body.code) : { text: body.text, lost: [] };
}

function refuse(excess: string, context: ContentContext): Content {
  const problem = createProblem('limit-exceeded', {
    path: context.key,
    line: null,
    message: `The article's text holds ${excess}.`,
    fix: 'Split it into several articles.',
  });
  return {
    html: '',
    lead: '',
    teaser: null,
    images: [],
    assetKeys: [],
    links: [],
    vaultFiles: new Map(),
    problems: [problem],
  };
}

function tooDeep(key: string): Problem {
  return createProblem('markup-left-out', {
    path: key,
    line: null,
    message: `Elements are nested more than ${DEPTH_MAX} deep; the deepest were left out, their text was kept.`,
    fix: 'Look for tags that are never closed.',
  });
}

function imageLost(key: string): Problem {
  return createProblem('markup-left-out', {
    path: key,
    line: null,
    message: 'Feed readers show no image whose address begins with “data:”; its alternative text stands in its place.',
    fix: 'Save the image as a file beside the article.',
  });
}

/** Its address leads out of the folder in which the articles lie: Astro's `../../assets/a.png`. */
function imageBeyond(address: string, source: ContentSource, key: string): Problem {
  const at = source.text.indexOf(address);
  return createProblem('markup-left-out', {
    path: key,
    line: at === -1 ? null : lineAfter(source.text.slice(0, at), source),
    message: `The image “${address.slice(0, 100)}” lies outside of the folder of the articles, so it was left out.`,
    fix: 'Put it beside the article, or write its whole address.',
  });
}

/** Footnote ids are unique in a document that holds many articles when they begin with the article's key. */
function footnotePrefix(key: string): string {
  return key
    .replace(/\.[^./]*$/, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(-KEY_PART_CHARACTERS_MAX);
}

const KEY_PART_CHARACTERS_MAX = 80;
