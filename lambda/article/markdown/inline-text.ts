/** Titles and summaries as plain text, whatever markup their author put in them. */

import type { Token } from 'markdown-it';
import { collapseSpace, dropForbidden } from '../../text/characters.ts';
import { parseInline } from './markdown.ts';

const TEXT_CHARACTERS_MAX = 20_000;

/** Elements that people put into titles and summaries. Any other tag there is meant to be seen, as in `Generic<T>`. */
const MARKUP = new Set([
  ...[
    'a',
    'abbr',
    'b',
    'big',
    'br',
    'cite',
    'code',
    'del',
    'dfn',
    'div',
    'em',
    'font',
    'i',
    'img',
    'ins',
    'kbd',
    'mark',
  ],
  ...['nobr', 'p', 'q', 's', 'samp', 'small', 'span', 'strike', 'strong', 'sub', 'sup', 'tt', 'u', 'var', 'wbr'],
]);
const VOID = new Set(['br', 'img', 'wbr']);

/**
 * Markdown or HTML → plain text on one line. Character references become their characters. A `<`, `&` or tag that is no
 * markup (`AT&T`, `a < b`, `Generic<T>`, `the <details> element`) stays as it is.
 */
export function inlineText(markdownOrHtml: string): string {
  const text = dropForbidden(markdownOrHtml.slice(0, TEXT_CHARACTERS_MAX));
  if (!/[*_`[\\<&~]/.test(text)) return collapseSpace(text);
  const tokens = parseInline(keepLiterals(text.replace(/\s+/g, ' ')));
  const paired = findPairs(tokens);
  const plain = tokens.map((token, index) => textOf(token, paired.has(index))).join('');
  return collapseSpace(dropForbidden(showLiterals(plain)));
}

/** Noncharacters stand for marks that are none here; no text holds them. */
const LITERAL: Readonly<Record<string, string>> = { _: '\uFDD3', '*': '\uFDD4', '\\': '\uFDD5' };

/**
 * Marks that are meant to be seen: `__init__` is a name in a program, `2*3*4` a product, and where a backslash stands
 * before a letter (`\d+\.`) or after a drive (`C:\`) none escapes anything.
 */
function keepLiterals(text: string): string {
  const isPath = /\\[A-Za-z\d]|\b[A-Za-z]:\\/.test(text);
  return text.replace(/(?<!\w)__[a-z]\w*?__(?!\w)|(?<=\w)\*(?=\w)|\\/g, (written) => {
    return written === '\\' && !isPath ? written : written.replace(/^__|__$|[*\\]/g, (marks) => literal(marks));
  });
}

function literal(marks: string): string {
  return marks.replace(/[_*\\]/g, (mark) => LITERAL[mark] ?? mark);
}

function showLiterals(text: string): string {
  return text.replace(/[\uFDD3-\uFDD5]/g, (place) => '_*\\'[place.charCodeAt(0) - 0xfdd3] ?? '');
}

function textOf(token: Token, isPaired: boolean): string {
  switch (token.type) {
    case 'html_inline':
      return isPaired ? (/^<\/?(?:br|p|div|img)\b/i.test(token.content) ? ' ' : '') : token.content;
    case 'softbreak':
    case 'hardbreak':
      return ' ';
    case 'image':
      return token.content;
    default:
      return token.content;
  }
}

/** The places of the tags that are markup: those with a partner, and those that need none. */
function findPairs(tokens: readonly Token[]): ReadonlySet<number> {
  const paired = new Set<number>();
  const open = new Map<string, number[]>();
  tokens.forEach((token, index) => {
    const tag = token.type === 'html_inline' ? /^<(\/?)([a-z][a-z0-9]*)/i.exec(token.content) : null;
    const name = tag?.[2]?.toLowerCase() ?? '';
    if (token.type === 'html_inline' && token.content.startsWith('<!--')) paired.add(index);
    if (!MARKUP.has(name)) return;
    if (VOID.has(name)) paired.add(index);
    else if (tag?.[1] === '') open.set(name, [...(open.get(name) ?? []), index]);
    else {
      const opener = open.get(name)?.pop();
      if (opener !== undefined && !isMentioned(tokens, opener, index)) paired.add(opener).add(index);
    }
  });
  return paired;
}

/** `Use <b> and </b> with care`: tags that touch nothing between them are spoken of. */
function isMentioned(tokens: readonly Token[], opener: number, closer: number): boolean {
  const isBare = /^<(?!p|div)[a-z]+>$/i.test(tokens[opener]?.content ?? '');
  return isBare && /^\s/.test(tokens[opener + 1]?.content ?? '') && /\s$/.test(tokens[closer - 1]?.content ?? '');
}
