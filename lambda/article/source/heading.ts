/** The heading with which a body begins: the article's title, where its fields have none. */

import { TITLE_CHARACTERS_MAX } from '../../model/article-limits.ts';
import { inlineText } from '../markdown/inline-text.ts';
import { readAttributeList } from '../markdown/syntax/attribute-list.ts';

export interface Headed {
  /** Plain text, or null when the body begins with something else. */
  readonly heading: string | null;
  /** The heading as it was written, with its marks and template code. @default there is none */
  readonly markup?: string;
  /** The body without that heading; its lines keep their numbers. */
  readonly body: string;
}

/** A longer line is no heading that anybody would print. */
const HEADING_CHARACTERS_MAX = 2 * TITLE_CHARACTERS_MAX;

/** Blanks at the end, and the `##` before them that may close a heading. */
const CLOSING = /(?<![ \t])[ \t]+$/;
const CLOSING_MARKS = /(?<![ \t])[ \t]+#+$/;

/** Takes `# …`, `## …` or an underlined heading from the top of a Markdown text, as far as `wanted` agrees with it. */
export function takeMarkdownHeading(body: string, wanted: (heading: string) => boolean): Headed {
  const lines = body.split('\n');
  const start = lines.findIndex((line) => line.trim() !== '' && !/^\s*<!--.*-->\s*$/.test(line));
  const first = start === -1 ? '' : (lines[start] ?? '');
  if (first.length > HEADING_CHARACTERS_MAX) return { heading: null, body };
  const hashed = /^ {0,3}#{1,2}[ \t]+((?![ \t]).+)$/.exec(first)?.[1]?.replace(CLOSING, '').replace(CLOSING_MARKS, '');
  const underlined = hashed === undefined && isUnderlined(first, lines[start + 1] ?? '') ? first.trim() : undefined;
  const markup = withoutAttributes(hashed ?? underlined ?? '');
  const heading = inlineText(markup);
  if (heading === '' || heading.length > TITLE_CHARACTERS_MAX || !wanted(heading)) return { heading: null, body };
  lines[start] = '';
  if (underlined !== undefined) lines[start + 1] = '';
  return { heading, markup, body: lines.join('\n') };
}

/** `# The ebb { #ebb .wide }`. */
function withoutAttributes(heading: string): string {
  const start = heading.lastIndexOf('{');
  const isList = start !== -1 && readAttributeList(heading, start)?.end === heading.length;
  return isList ? heading.slice(0, start).trimEnd() : heading.replace(/\s*\{#[^}]*\}$/, '');
}

function isUnderlined(line: string, next: string): boolean {
  return /^ {0,3}(?:=+|-{2,})[ \t]*$/.test(next) && /^ {0,3}[^\s>*+\-#`~<{|[!\d]/.test(line);
}

/**
 * Takes the first line from a Markdown text that says nothing else of itself, where it looks like a headline: one short
 * line that is no sentence and no markup, a blank line below, and text after that.
 */
export function takeHeadline(body: string): Headed {
  const lines = body.split('\n');
  const first = lines[0] ?? '';
  const isHeadline =
    /^[\p{L}\p{N}"'“‘«„(][^[\]<>{}|`]{0,119}(?<![.!?:;,…\s])$/u.test(first) && !/^\d+[.)]\s/.test(first);
  const hasText = (lines[1] ?? '').trim() === '' && lines.slice(1).some((line) => line.trim() !== '');
  if (!isHeadline || !hasText) return { heading: null, body };
  lines[0] = '';
  return { heading: inlineText(first), body: lines.join('\n') };
}
