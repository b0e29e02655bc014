/** Plain-text files. One that has front matter is Markdown in its body, as Jekyll and Nikola read it. */

import { createFields, type Field, type Fields } from '../../model/fields.ts';
import { createReport, type Report } from '../../model/report.ts';
import { splitFrontMatter } from './front-matter/front-matter.ts';
import type { Manuscript } from './manuscript.ts';
import { readMarkdownArticle } from './markdown-article.ts';
import { parsePlainText } from './plain-text.ts';

export function readTextArticle(key: string, text: string, folder: Fields, report: Report): Manuscript | null {
  const matter = splitFrontMatter(text, { mdx: false }, createReport(key));
  if (matter?.kind !== 'none') return readMarkdownArticle(key, text, folder, report);

  const plain = parsePlainText(text, 1);
  const fields: Field[] = [];
  if (plain.date !== null) fields.push({ name: 'date', value: plain.date.text, line: plain.date.line });
  if (plain.byline !== null) fields.push({ name: 'byline', value: plain.byline, line: null });
  if (plain.originalUrl !== null) fields.push({ name: 'original url', value: plain.originalUrl, line: null });
  return {
    key,
    fields: createFields(fields),
    body: { kind: 'html', text: plain.html, firstLine: plain.firstLine, isFinal: true },
    heading: plain.title === '' ? null : plain.title,
    plainFields: true,
    lead: plain.lead === '' ? null : plain.lead,
    itemText: null,
    defaultPath: null,
  };
}
