/** Markdown and MDX files, with or without front matter. */

import { inlineText } from '../body/inline-text.ts';
import type { Manuscript } from '../compose.ts';
import { findField } from '../fields/fields.ts';
import type { Report } from '../report.ts';
import { splitFrontMatter } from './front-matter.ts';
import { takeHeadline, takeMarkdownHeading } from './heading.ts';
import { isRedirect } from './redirect.ts';

/** The manuscript; null when its front matter can't be used (the report tells), or it is a redirect and no article. */
export function readMarkdownArticle(key: string, text: string, report: Report): Manuscript | null {
  const mdx = /\.mdx$/i.test(key);
  const matter = splitFrontMatter(text, { mdx }, report);
  if (matter === null || isRedirect(matter)) return null;
  const field = findField(matter.fields, ['title']);
  const title = typeof field?.value === 'string' ? inlineText(field.value) : null;
  // A heading that repeats the title would stand twice in every reader.
  const headed = takeMarkdownHeading(matter.body, (found) => title === null || found === title);
  const { heading, body } = matter.kind === 'none' && headed.heading === null ? takeHeadline(matter.body) : headed;
  return {
    key,
    fields: matter.fields,
    body: {
      kind: 'markdown',
      text: body,
      firstLine: matter.bodyLine,
      mdx,
      ...(matter.imports === undefined ? {} : { imports: matter.imports }),
    },
    heading,
    plainFields: false,
    lead: null,
    itemText: null,
    defaultPath: null,
  };
}
