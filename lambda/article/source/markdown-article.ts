/** Markdown and MDX files, with or without front matter. */

import { hasPageId } from '../../address/file-name.ts';
import type { Doubt } from '../../model/article.ts';
import { createFields, type Fields, findField, joinFields } from '../../model/fields.ts';
import type { Report } from '../../model/report.ts';
import { PRIVATE_DIALECTS } from '../dialects/dialects.ts';
import { createBodyText } from '../dialects/shape/body-text.ts';
import { expandDialects } from '../dialects/shape/dialect.ts';
import { GRAPH_FIELD } from '../fields/folder-fields.ts';
import { isSameTitle, statedTitle } from '../fields/title.ts';
import type { ContentSource } from '../html/context.ts';
import { inlineText } from '../markdown/inline-text.ts';
import { notSaidPublic, pieceOfPost } from './exports/doubts.ts';
import { readLogseqPage } from './exports/logseq-page.ts';
import { type Properties, takeNotionProperties } from './exports/notion-page.ts';
import { type FrontMatter, splitFrontMatter } from './front-matter/front-matter.ts';
import { takeHeadline, takeMarkdownHeading } from './heading.ts';
import { readInlineProperties } from './inline-properties.ts';
import type { Manuscript } from './manuscript.ts';
import { isRedirect } from './redirect.ts';

/** The manuscript; null when its front matter can't be used (the report tells), or it is a redirect and no article. */
export function readMarkdownArticle(key: string, file: string, folder: Fields, report: Report): Manuscript | null {
  const mdx = /\.mdx$/i.test(key);
  const split = splitFrontMatter(file, { mdx }, report);
  const matter = split === null ? null : withProperties(key, split, folder);
  if (matter === null || isRedirect(matter)) return null;
  const stated = statedTitle(matter.fields);
  const title = stated === null ? null : inlineText(stated);
  // A heading that repeats the title would stand twice in every reader.
  const text = withoutRemarks(key, matter, mdx, report);
  const headed = takeMarkdownHeading(text, (found) => title === null || isSameTitle(found, title));
  const { heading, markup, body } = matter.kind === 'none' && headed.heading === null ? takeHeadline(text) : headed;
  return {
    key,
    fields: matter.fields,
    body: {
      kind: 'markdown',
      text: markExcerpt(body, matter.fields),
      firstLine: matter.bodyLine,
      mdx,
      ...(matter.imports === undefined ? {} : { imports: matter.imports }),
    },
    heading,
    ...(markup !== undefined && { headingMarkup: markup }),
    plainFields: false,
    lead: null,
    itemText: null,
    defaultPath: null,
    ...(matter.doubt !== undefined && { doubt: matter.doubt }),
  };
}

interface Head extends FrontMatter {
  readonly doubt?: Doubt;
}

/** Some programs write what front matter says into the first lines of the text. */
function withProperties(key: string, matter: FrontMatter, folder: Fields): Head {
  if (hasPageId(key)) return joinProperties(matter, takeNotionProperties(matter.body, matter.bodyLine));
  const hasMatter = matter.kind === 'found';
  const graph = folder.get(GRAPH_FIELD)?.value ?? null;
  const page = readLogseqPage(key, matter.body, matter.bodyLine, { isOfGraph: graph !== null, hasMatter });
  if (page === null) {
    const fields = readInlineProperties(matter.body, matter.bodyLine);
    const doubt = hasMatter || fields.length > 0 ? null : pieceOfPost(key);
    return { ...joinProperties(matter, { fields, body: matter.body }), ...(doubt !== null && { doubt }) };
  }
  const head = joinProperties(matter, page);
  const isSaid = graph === 'public' || page.isPublic !== null || findField(matter.fields, ['public']) !== null;
  return isSaid ? head : { ...head, doubt: notSaidPublic(key, page.isSure) };
}

function joinProperties(matter: FrontMatter, { fields, body }: Properties): FrontMatter {
  return fields.length === 0 ? matter : { ...matter, fields: joinFields(matter.fields, createFields(fields)), body };
}

/** Jekyll lets each site and article choose the mark at which its excerpt ends. */
function markExcerpt(body: string, fields: Fields): string {
  const separator = findField(fields, ['excerptseparator'])?.value;
  const mark = typeof separator === 'string' ? separator.trim() : '';
  if (mark === '') return body;
  if (mark.startsWith('<!--')) return body.replace(mark, '<!--more-->');
  const lines = body.split('\n');
  const at = lines.findIndex((line) => line.trim() === mark);
  if (at === -1) return body;
  // A ruler that is such a mark stays a ruler.
  return lines.with(lines[at - 1]?.trim() === '' ? at - 1 : at, '<!--more-->').join('\n');
}

/** What is private goes before the heading and the excerpt are looked for. */
function withoutRemarks(key: string, matter: FrontMatter, mdx: boolean, report: Report): string {
  const source: ContentSource = { kind: 'markdown', text: matter.body, firstLine: matter.bodyLine, mdx };
  const body = createBodyText(source, key);
  expandDialects(PRIVATE_DIALECTS, body, null);
  report.include(body.problems);
  return body.text;
}
