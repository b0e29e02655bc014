/** Says which elements of an article could not go into a feed, and how much text went with them. */

import { createProblem, type Problem } from '../../model/problem.ts';
import { amountOf, countWords, proseIn } from '../markdown/amount.ts';
import type { LostMarkup } from '../markdown/bounded-markup.ts';
import type { UnusedNote } from '../markdown/syntax/unused-notes.ts';
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
};

/** What the sanitiser took out with its text, by the name of the element; `hidden` for what is not to be seen. */
export type SilencedText = ReadonlyMap<string, string>;

/** One warning per kind of element; `html` is the article before it is sanitised. */
export function findLeftOut(html: string, silenced: SilencedText, source: ContentSource, key: string): Problem[] {
  const found = new Map<string, Problem>();
  for (const { 0: tag, 1: written = '' } of html.matchAll(
    /<(script|iframe|object|embed|applet|form|svg|canvas)\b[^>]{0,4096}/gi,
  )) {
    const name = written.toLowerCase();
    if (found.has(name) || isShownAsLink(name, tag)) continue;
    found.set(name, leftOut(name, amountOf(silenced.get(name) ?? ''), source, key));
  }
  return [...found.values()];
}

/** Whether an element, of which the whole start tag is given, becomes a link to what it shows. */
export function isShownAsLink(name: string, tag: string): boolean {
  const attributes = [
    ...tag.matchAll(/\s([\w-]*src|(?:video-?)?id|data|width|height)\s*=\s*["']?([^"'\s>]+)/gi),
    ...tag.matchAll(/\s(title|style)\s*=\s*["']([^"'>]*)/gi),
  ];
  const written = attributes.map(([, attribute = '', value = '']) => [
    attribute.toLowerCase(),
    value.replaceAll('&amp;', '&'),
  ]);
  return findEmbedded(name, Object.fromEntries(written)) !== null;
}

function leftOut(name: string, amount: string, source: ContentSource, key: string): Problem {
  return createProblem('markup-left-out', {
    path: key,
    line: lineOf(`<${name}`, source),
    message: `Feed readers don't show ${MEANINGFUL[name]}; the <${name}> element was left out${withAmount(amount)}.`,
    fix: 'Describe it in text, use an image, or link to a page that shows it.',
  });
}

/** In front of a full stop: how much text went, if any did. */
function withAmount(amount: string): string {
  return amount === '' ? '' : `, with ${amount}`;
}

/** So many words of other elements are told of in any article; fewer, where they are such a share of what is shown. */
const SILENCED_WORDS_MAX = 50;
const SILENCED_SHARE_MAX = 0.1;
/** Fewer are a label. */
const SILENCED_WORDS_MIN = 5;

/** What is not to be seen (a newsletter's preview for the mailbox, the choices of a list) is told of where it is much. */
export function findSilenced(silenced: SilencedText, html: string, source: ContentSource, key: string): Problem[] {
  const others = [...silenced].filter(([name]) => MEANINGFUL[name] === undefined);
  if (others.length === 0) return [];
  const shown = countWords(proseIn(html));
  const much = others.filter(([, text]) => {
    const words = countWords(text);
    return words >= SILENCED_WORDS_MIN && words > Math.min(SILENCED_WORDS_MAX, shown * SILENCED_SHARE_MAX);
  });
  return much.map(([name, text]) => silencedText(name, text, source, key));
}

function silencedText(name: string, text: string, source: ContentSource, key: string): Problem {
  const isHidden = name === 'hidden';
  const what = isHidden ? 'Text that is marked as hidden' : `The text of the <${name}> element`;
  return createProblem('markup-left-out', {
    path: key,
    line: isHidden ? null : lineOf(`<${name}`, source),
    message: `${what} was left out: ${amountOf(text)}.`,
    fix: isHidden
      ? 'If readers are to see it, take the mark away.'
      : 'If readers are to see it, write it as plain text.',
  });
}

const LOST: Readonly<Record<LostMarkup['kind'], { mark: string; message: string; fix: string }>> = {
  comment: {
    mark: '<!--',
    message: 'A comment begins with “<!--” here and has no end, so the rest of the text was left out',
    fix: 'Put “-->” where the comment ends.',
  },
  cdata: {
    mark: '<![CDATA[',
    message: 'No browser shows what stands between “<![CDATA[” and “]]>”, so it was left out',
    fix: 'Take the two marks out.',
  },
  script: {
    mark: '<script',
    message: 'The <script> element has no end, so its paragraph was left out',
    fix: 'Put “</script>” behind it.',
  },
  style: {
    mark: '<style',
    message: 'The <style> element has no end, so its paragraph was left out',
    fix: 'Put “</style>” behind it.',
  },
};

/** What went because it has no end, and had words in it. */
export function tellLost(lost: readonly LostMarkup[], source: ContentSource, key: string): Problem[] {
  return lost.flatMap(({ kind, content }) => {
    const amount = amountOf(proseIn(content));
    if (amount === '') return [];
    const { mark, message, fix } = LOST[kind];
    return [
      createProblem('markup-left-out', {
        path: key,
        line: lineOf(mark, source),
        message: `${message}: ${amount}.`,
        fix,
      }),
    ];
  });
}

/** Footnotes each, for somebody wrote them; lines that look like addresses together. */
export function tellUnused(unused: readonly UnusedNote[], source: ContentSource, key: string): Problem[] {
  const footnotes = unused.filter(({ kind, text }) => kind === 'footnote' && countWords(text) > 0);
  const addresses = unused.filter(({ kind }) => kind === 'address');
  const problems = footnotes.slice(0, NOTES_MAX).map(({ mark, text }) =>
    createProblem('markup-left-out', {
      path: key,
      line: lineOf(mark, source),
      message: `Nothing in the text refers to the footnote “${mark.slice(0, -1)}”, or another has its name, so it was left out: ${amountOf(proseIn(text))}.`,
      fix: `Write “${mark.slice(0, -1)}” where it belongs.`,
    }),
  );
  const [first] = addresses;
  if (first === undefined) return problems;
  const amount = amountOf(addresses.map(({ text }) => text).join(' '));
  const shown = first.text.slice(0, SHOWN_CHARACTERS_MAX);
  const message = `Markdown takes “${shown}” for the address of a link, and no link uses it, so it was left out: ${amount}.`;
  const fix = 'If it is text, put a backslash in front of the bracket.';
  return [...problems, createProblem('markup-left-out', { path: key, line: lineOf(first.mark, source), message, fix })];
}

/** So many footnotes of one article are told of. */
const NOTES_MAX = 100;
const SHOWN_CHARACTERS_MAX = 60;

/** Of the first such mark, whatever its letters' case. */
export function lineOf(mark: string, source: ContentSource): number | null {
  const at = source.text.search(new RegExp(`${mark.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?![\\w-])`, 'i'));
  return at === -1 ? null : lineAfter(source.text.slice(0, at), source);
}
