/**
 * The shape of a dialect: what one program, or some of its kin, lets authors write into a text. A folder holds one
 * dialect and exports one object of this shape; `dialects.ts` lists them in the order in which they are expanded.
 * `wordpress/page-builders.ts` is the smallest.
 */

import type { ContentContext } from '../../html/context.ts';
import type { BodyText } from './body-text.ts';

export interface Dialect<Context = ContentContext> {
  readonly name: string;
  /** Whether the text may hold some of it. Every article is asked, so this is quick. */
  applies(text: string, body: Pick<BodyText, 'kind' | 'mdx'>): boolean;
  /** Puts what readers are to see in the place of what the dialect writes, and reports what is lost by it. */
  expand(body: BodyText, context: Context): void;
}

/** Expands those dialects that may be in the text, in this order. */
export function expandDialects<Context>(dialects: readonly Dialect<Context>[], body: BodyText, context: Context): void {
  for (const dialect of dialects) if (dialect.applies(body.text, body)) dialect.expand(body, context);
}
