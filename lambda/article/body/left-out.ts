/** Says which elements of an article could not go into a feed. */

import { createProblem, type Problem } from '../../problem.ts';
import { type ContentSource, lineAfter } from './context.ts';
import { findEmbedded } from './embed.ts';

/** Elements whose loss a writer should hear of, and what they are for. */
const MEANINGFUL: Readonly<Record<string, string>> = {
  script: 'a script',
  iframe: 'an embedded page',
  object: 'an embedded object',
  embed: 'an embedded object',
  applet: 'an embedded object',
  form: 'a form',
  svg: 'a drawing (SVG)',
  canvas: 'a drawing (canvas)',
  math: 'a formula (MathML)',
};

/** One warning per kind of element; `html` is the article before it is sanitised. */
export function findLeftOut(html: string, source: ContentSource, key: string): Problem[] {
  const found = new Map<string, Problem>();
  for (const { 0: tag, 1: written = '' } of html.matchAll(
    /<(script|iframe|object|embed|applet|form|svg|canvas|math)\b[^>]{0,4096}/gi,
  )) {
    const name = written.toLowerCase();
    if (found.has(name) || isShownAsLink(name, tag)) continue;
    found.set(name, leftOut(name, source, key));
  }
  return [...found.values()];
}

function isShownAsLink(name: string, tag: string): boolean {
  const attributes = [...tag.matchAll(/\s([\w-]*src)\s*=\s*["']?([^"'\s>]+)/gi)];
  const written = attributes.map(([, attribute = '', value = '']) => [
    attribute.toLowerCase(),
    value.replaceAll('&amp;', '&'),
  ]);
  return findEmbedded(name, Object.fromEntries(written)) !== null;
}

function leftOut(name: string, source: ContentSource, key: string): Problem {
  const at = source.text.search(new RegExp(`<${name}\\b`, 'i'));
  return createProblem('markup-left-out', {
    path: key,
    line: at === -1 ? null : lineAfter(source.text.slice(0, at), source),
    message: `Feed readers don't show ${MEANINGFUL[name]}; the <${name}> element was left out.`,
    fix: 'Say it in text or with an image, or link to a page that shows it.',
  });
}
