/** Titles, summaries and rights as plain text: template code resolved or left out as in bodies, and no marks. */

import type { Fields } from '../model/fields.ts';
import type { Report } from '../model/report.ts';
import type { Site } from '../model/site.ts';
import { createBodyText, insertPieces } from './dialects/shape/body-text.ts';
import { template } from './dialects/template/template-code.ts';
import { inlineText } from './markdown/inline-text.ts';

export interface PhraseContext {
  readonly key: string;
  readonly site: Site;
  readonly fields: Fields;
}

/** `line` is that of the file on which the text stands, from 1; null where nobody knows. */
export function phraseText(written: string, line: number | null, context: PhraseContext, report: Report): string {
  if (!/\{\{|\{%/.test(written)) return inlineText(written);
  const body = createBodyText(
    { kind: 'markdown', text: written, firstLine: line ?? 1, isOnOneLine: true },
    context.key,
  );
  // The article's own address is made of its title, and so is not known yet.
  template.expand(body, { ...context, articleUrl: context.site.url });
  report.include(line === null ? body.problems.map((problem) => ({ ...problem, line })) : body.problems);
  return inlineText(insertPieces(body.text, body.pieces));
}
