/** Expressions of MDX: `{' '}` is a blank, `{/* … *\/}` nothing, `{frontmatter.title}` what the article says of itself. */

import { type Fields, findField } from '../../../model/fields.ts';
import { collapseSpace, escapeText, lineBefore, TEASER_MARK } from '../../../text/characters.ts';
import { amountOf, proseIn } from '../../markdown/amount.ts';
import { readAttributeList } from '../../markdown/syntax/attribute-list.ts';
import { endOfBraces, plainValue } from '../../markdown/syntax/jsx.ts';
import { put } from '../shape/body-text.ts';
import { leaveOut, type Work } from './mdx-work.ts';

/** In a formula braces are just braces. */
export function unwrapExpression(work: Work, at: number): number | null {
  const { text } = work;
  if (isTex(text, at)) return null;
  // `## The ebb {#ebb}` is Markdown: no expression begins so.
  const list = readAttributeList(text, at);
  if (list?.isNamed || list?.isKramdown) return list.end;
  const end = endOfComment(work, at) ?? endOfBraces(text, at);
  if (end === null) return null;
  const written = text.slice(at, end);
  if (/^\{\s*\/\*\s*truncate\s*\*\/\s*\}$/.test(written)) return put(work, at, end, TEASER_MARK);
  const value = plainValue(written, work.imports) ?? ownValue(written, work.fields);
  if (value === null && /[^\s{}]/.test(written.replace(COMMENTS, ''))) leaveOutExpression(work, written, at);
  return put(work, at, end, value === null ? '' : escapeText(value));
}

/** A comment is private, however long it is. */
function endOfComment({ text, lastCommentEnd }: Work, at: number): number | null {
  if (at > lastCommentEnd) return null;
  const close = /^\{\s{0,50}\/\*/.test(text.slice(at, at + 60)) ? text.indexOf('*/', at) : -1;
  const [blanks] = close === -1 ? [] : (/^\*\/\s{0,50}\}/.exec(text.slice(close, close + 60)) ?? []);
  return blanks === undefined ? null : close + blanks.length;
}

const COMMENTS = /\/\*[\s\S]*?\*\//g;

/** `{frontMatter.title}` (Docusaurus), `{frontmatter.title}` (Astro), `{props.frontmatter.title}`, `{meta.title}`. */
function ownValue(written: string, fields: Fields): string | null {
  const name = /^\{\s*(?:props\.)?(?:front[mM]atter|meta|metadata)\.([A-Za-z]\w*)\s*\}$/.exec(written)?.[1];
  const value = name === undefined ? undefined : findField(fields, [name])?.value;
  return typeof value === 'string' ? value : null;
}

function leaveOutExpression({ unknown }: Work, written: string, place: number): void {
  const shown = collapseSpace(written.slice(0, SHOWN_CHARACTERS_MAX * 2)).slice(0, SHOWN_CHARACTERS_MAX);
  if (unknown.has(shown) || unknown.size < UNKNOWN_MAX) leaveOut(unknown, shown, place, proseOfExpression(written));
}

/** So many are told of. */
const UNKNOWN_MAX = 100;
const SHOWN_CHARACTERS_MAX = 60;

/** What readers would read of it: text between tags, and in quotes what has several words. */
function proseOfExpression(written: string): string {
  const program = written.replace(COMMENTS, '');
  const texts = [...program.matchAll(/>([^<>{}]+)(?=[<{])/g)].map(([, text]) => text);
  const quoted = [...program.matchAll(/(["'])((?:(?!\1)[^\\\n])*)\1/g)].map(([, , text = '']) => text);
  return proseIn([...texts, ...quoted.filter((text) => /\s/.test(text))].join(' '));
}

/** Whether the brace here belongs to a formula or is escaped: `\\{`, `x_{i}`, `\\frac{a}{b}`. */
function isTex(text: string, at: number): boolean {
  const before = lineBefore(text, at) ?? '';
  return /(?:[\\_^$]|\\[A-Za-z]+)$/.test(before) || /\\[A-Za-z]+\{[^$]*\}$/.test(before);
}

export function tellExpressions({ body, unknown }: Work): void {
  for (const [shown, { place, prose }] of unknown) {
    const amount = amountOf(prose);
    body.report(
      'template-left-out',
      body.lineAt(place),
      `The value of ${shown} is not known in a feed, so it was left out${amount && `, with ${amount}`}.`,
      'Write what it shows as text.',
    );
  }
}
