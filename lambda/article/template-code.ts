import type { Problem } from '../problem.ts';
import { TEASER_MARK } from './characters.ts';
import type { ContentContext, ContentSource } from './content.ts';

export interface ExpandedText {
  readonly text: string;
  readonly pieces: readonly string[];
  readonly problems: readonly Problem[];
}
export function expandTemplateCode(text: string, _source: ContentSource, _context: ContentContext): ExpandedText {
  return { text: text.replace(/<!--\s*(?:more|truncate)\s*-->/i, TEASER_MARK), pieces: [], problems: [] };
}
