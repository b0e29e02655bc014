/**
 * The text of a post in the shape in which an article file has it: no scripts and styles, no marks that would be taken
 * for something about the article itself, no brackets and braces that would be taken for template code.
 */

import { getElementsByTagName } from 'domutils';
import type { ExportReport } from '../model/export-report.ts';
import {
  type Document,
  type Element,
  findElements,
  isTag,
  parseMarkup,
  renderMarkup,
  replaceWith,
  unwrap,
} from './markup.ts';

/** Elements that say nothing to a reader of feeds, with what is told of them. */
const LEFT_OUT: ReadonlyMap<string, string | null> = new Map([
  ['script', 'scripts: no feed reader runs them'],
  ['form', 'forms, which need a server'],
  ['input', null],
  ['button', null],
  ['select', null],
  ['textarea', null],
  ['style', null],
  ['link', null],
  ['meta', null],
  ['base', null],
  ['title', null],
  ['template', null],
  ['svg', null],
  ['head', null],
]);
/** Frames of a page, of which a text is none. */
const FRAMES = new Set(['html', 'body', 'main']);
/** Classes that mark what a page is about. In a text they would go before what the article says of itself. */
const MICROFORMAT =
  /^(?:h-[a-z-]+|[pue]-[a-z-]+|dt-[a-z-]+|h?entry|hentry|hfeed|entry-(?:title|content|summary)|vcard|published|updated|author|properties)$/;

export interface CleanOptions {
  /** How messages call the post. */
  readonly place: string;
  readonly report: Pick<ExportReport, 'leave'>;
}

/** The tree of a text; what is changed in it after that is written by `renderClean`. */
export function cleanMarkup(html: string, options: CleanOptions): Document {
  const root = parseMarkup(html);
  for (const element of findElements(root, ({ name }) => LEFT_OUT.has(name))) leaveOut(element, options);
  for (const element of findElements(root, ({ name }) => FRAMES.has(name))) {
    if (element.name === 'main') element.name = 'div';
    else unwrap(element);
  }
  // One <article> alone would be taken for all of the text.
  const articles = getElementsByTagName('article', root);
  if (articles.length === 1 && articles[0] !== undefined) articles[0].name = 'section';
  dropMarks(root);
  return root;
}

export function renderClean(root: Document): string {
  return protectSigns(renderMarkup(root.children).trim());
}

function leaveOut(element: Element, { place, report }: CleanOptions): void {
  const what = LEFT_OUT.get(element.name);
  // A script of data is no loss, and one that makes a player is read by its address.
  if (element.name === 'script' && /^https?:\/\/gist\.github\.com\//.test(element.attribs.src ?? '')) return;
  if (what !== null && what !== undefined) report.leave(what, place);
  replaceWith(element, []);
}

function dropMarks(root: Document | Element): void {
  root.children = root.children.filter((node) => node.type !== 'directive' && node.type !== 'cdata');
  for (const node of [...root.children]) {
    if (node.type === 'comment') {
      if (node.data.trim() !== 'more') replaceWith(node, []);
      continue;
    }
    if (!isTag(node)) continue;
    for (const name of Object.keys(node.attribs))
      if (/^on[a-z]|^(?:itemprop|itemscope|itemtype|v-pre)$/.test(name)) delete node.attribs[name];
    const { class: classes } = node.attribs;
    if (classes !== undefined) {
      const kept = classes.split(/\s+/).filter((name) => name !== '' && !MICROFORMAT.test(name));
      if (kept.length === 0) delete node.attribs.class;
      else node.attribs.class = kept.join(' ');
    }
    dropMarks(node);
  }
}

/** Text that would be taken for template code, or for a shortcode, in an HTML file. */
const SIGNS =
  /\{(?=[{%:#.])|\[(?=\/?(?:(?:wp_)?caption|embed|youtube|vimeo|audio|video|gallery|code|sourcecode|contact-form-7|wpforms|gravityform|(?:vc|et_pb|fusion|su)_\w)|_?TOC|\[_?TOC)|^([ \t]*):(?=::)/gim;

/** References in place of signs: the text stays the same for whoever reads HTML. */
export function protectSigns(html: string): string {
  return html.replace(SIGNS, (sign, space: string | undefined) => {
    if (sign === '{') return '&#123;';
    return sign === '[' ? '&#91;' : `${space ?? ''}&#58;`;
  });
}
