/** What the body of an article is, and what its rendering knows of the article around it. */

import type { Fields } from '../../model/fields.ts';
import type { Site } from '../../model/site.ts';

export interface ContentSource {
  readonly kind: 'markdown' | 'html';
  readonly text: string;
  /** Line in the file of the text's first line, from 1. */
  readonly firstLine: number;
  /** The whole text stands on that line: its line breaks were escaped. */
  readonly isOnOneLine?: true;
  /** What a program has made already, or plain text: braces and brackets in it are no template code. */
  readonly isFinal?: boolean;
  /** Markdown with components in it. */
  readonly mdx?: boolean;
  /** Addresses of files that an MDX text imported before it began, by name. */
  readonly imports?: ReadonlyMap<string, string>;
}

/** Line in the file of what comes after `before`, a beginning of the text. */
export function lineAfter(before: string, { firstLine, isOnOneLine }: ContentSource): number {
  return isOnOneLine ? firstLine : firstLine + before.split('\n').length - 1;
}

/** Tells lines of places that seldom go back: a text that holds thousands of problems is counted once, not for each. */
export function createLineCounter(text: string, { firstLine, isOnOneLine }: ContentSource): (place: number) => number {
  let [at, line] = [0, firstLine];
  return (place) => {
    if (isOnOneLine) return firstLine;
    if (place < at) [at, line] = [0, firstLine];
    for (let next = text.indexOf('\n', at); next !== -1 && next < place; next = text.indexOf('\n', at)) {
      line += 1;
      at = next + 1;
    }
    return line;
  };
}

export interface ContentContext {
  /** Key of the article's file in the content store. */
  readonly key: string;
  /** The article's absolute address on the site. */
  readonly articleUrl: string;
  readonly site: Site;
  /** What the article says of itself, for `{{ page.image }}` in its text. */
  readonly fields?: Fields;
}
