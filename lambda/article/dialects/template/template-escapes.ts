/** Template code that a text only shows: the marks by which the site it was written for knew that go. */

import type { BodyText } from '../shape/body-text.ts';

/** Go templates: `{{raw "<"}}` and `{{raw `…`}}` stand for the text in the quotes, often for whole code blocks. */
export function unwrapRawStrings(body: BodyText): void {
  const edits = [...body.text.matchAll(RAW_STRING)].map(({ 0: { length }, 1: plain, 2: quoted, index }) => ({
    start: index,
    end: index + length,
    text: plain ?? quoted?.replace(/\\(["\\])/g, '$1') ?? '',
  }));
  body.edit(edits, true);
}

const RAW_STRING = /\{\{-? ?raw (?:`([^`]*)`|"((?:\\.|[^"\\\n])*)") ?-?\}\}/g;

/** Hugo's shortcode in the marks of a comment, with which the given text begins; null for any other text. */
export function findEscaped(text: string): string | null {
  return HUGO_ESCAPED.exec(text.slice(0, ESCAPED_CHARACTERS_MAX))?.[0] ?? null;
}

const HUGO_ESCAPED = /^\{\{([<%])\/\*([\s\S]*?)\*\/([>%])\}\}/;
const ESCAPED_CHARACTERS_MAX = 2_000;

/** Code as the site it was written for would show it: the marks that protect template code there are gone. */
export function showCode(code: string): string {
  const shown = unwrap(code, /\{%[-~]?\s*(?:(raw)|(endraw))\s*[-~]?%\}/g, (_, inner) => inner);
  return unwrap(shown, /\{\{([<%])\/\*|\*\/([>%])\}\}/g, (open, inner, close) => `{{${open}${inner}${close}}}`);
}

/** Finds marks that open (the first group) and close (the second) in one pass, and shows what is between them. */
function unwrap(code: string, marks: RegExp, show: (open: string, inner: string, close: string) => string): string {
  const parts: string[] = [];
  let end = 0;
  let opened: RegExpExecArray | null = null;
  for (const mark of code.matchAll(marks)) {
    const [whole, open, close = ''] = mark;
    if (open !== undefined) opened ??= mark;
    else if (opened !== null) {
      const inner = code.slice(opened.index + opened[0].length, mark.index);
      parts.push(code.slice(end, opened.index), show(opened[1] ?? '', inner, close));
      end = mark.index + whole.length;
      opened = null;
    }
  }
  return parts.join('') + code.slice(end);
}
