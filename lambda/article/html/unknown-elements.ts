/**
 * Elements that HTML does not have and that show nothing: components of a site (`<GitHubLink repo="a/b" />`), and words in angle
 * brackets (`List<String>`). Every browser passes over them, so their author should hear of it.
 */

import { createProblem, type Problem } from '../../model/problem.ts';
import type { ContentSource } from './context.ts';
import { isShownAsLink, lineOf } from './left-out.ts';
import { isKnownElement } from './sanitise.ts';

/** Those of HTML that may show nothing, besides those that a feed shows. */
const KNOWN: ReadonlySet<string> = new Set(
  (
    'area base body data embed font form frame head html iframe image input label legend link map marquee menu meta meter ' +
    'noscript object output param progress slot'
  ).split(' '),
);
const ELEMENT = /<([a-z][\w.-]*)(?:[\s/][^<>]{0,1000})?>/gi;
/** So many of one article are told of. */
const NAMES_MAX = 10;

/** One warning for each name; `html` is the article before it is sanitised. */
export function findUnknownElements(html: string, source: ContentSource, key: string): Problem[] {
  const found = new Map<string, Problem>();
  /** Where the last end of each name is. */
  const ends = new Map<string, number>();
  ELEMENT.lastIndex = 0;
  for (let match = ELEMENT.exec(html); match !== null && found.size < NAMES_MAX; match = ELEMENT.exec(html)) {
    const { 0: tag, 1: name = '', index } = match;
    const lowerName = name.toLowerCase();
    const isForeign = lowerName === 'math' || lowerName === 'svg';
    if (!isForeign && (KNOWN.has(lowerName) || isKnownElement(lowerName) || found.has(name))) continue;
    const behind = index + tag.length;
    const end = ends.get(name) ?? html.lastIndexOf(`</${name}`);
    ends.set(name, end);
    // What is in it is of another language.
    if (isForeign) {
      if (end > behind) ELEMENT.lastIndex = html.indexOf(`</${name}`, behind);
      continue;
    }
    const isEmpty = tag.endsWith('/>') || end < behind || html.startsWith(`</${name}`, behind);
    if (isEmpty && !isShownAsLink(lowerName, tag)) found.set(name, unknownElement(name, source, key));
  }
  return [...found.values()];
}

function unknownElement(name: string, source: ContentSource, key: string): Problem {
  return createProblem('markup-left-out', {
    path: key,
    line: lineOf(`<${name}`, source),
    message: `HTML has no element <${name}>, so it was left out.`,
    fix: 'Write what it shows; or “&lt;” for “<”, if readers are to see the mark itself.',
  });
}
