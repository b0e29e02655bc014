/**
 * The entry point: the bytes of one file become the articles that it holds, or the problems that keep them from being
 * published. Nothing outside the file but the site's settings is looked at.
 */

import type { Article, ParsedArticles } from '../model/article.ts';
import { ARTICLE_BYTES_MAX, FRONT_MATTER_CHARACTERS_MAX } from '../model/article-limits.ts';
import { createFields, type Field, type Fields } from '../model/fields.ts';
import { isError } from '../model/problem.ts';
import { createReport, type Report } from '../model/report.ts';
import type { Site } from '../model/site.ts';
import { decodeSource } from '../text/source-text.ts';
import { composeArticle } from './compose.ts';
import { joinFolderFields } from './fields/folder-fields.ts';
import { isPersonData } from './fields/people/person-data.ts';
import { isHeldByPlace, readVisibility, saysPublic } from './fields/visibility/visibility.ts';
import { exportNotRead, findExporter } from './media/export-file.ts';
import { findHoldingLine } from './source/front-matter/holding-lines.ts';
import { readHtmlArticle } from './source/html-article.ts';
import { readJsonArticles } from './source/json-article.ts';
import type { Manuscript } from './source/manuscript.ts';
import { readMarkdownArticle } from './source/markdown-article.ts';
import { readTextArticle } from './source/text-article.ts';

export { isArticleKey } from '../address/article-key.ts';

export interface ArticleFile {
  /** Key in the content store, for which `isArticleKey` holds. */
  readonly key: string;
  readonly body: Uint8Array;
  readonly site: Site;
  /** What its folder says of those that don't say it themselves. @default nothing */
  readonly folderFields?: readonly Field[];
}

/**
 * All articles of a file and all its problems. With an error among the problems there are no articles; a file that is
 * none (a redirect, a JSON file of other data) has neither.
 */
export function parseArticles({ key, body, site, folderFields = [] }: ArticleFile): ParsedArticles {
  const exporter = findExporter(key, body);
  if (exporter !== null) return { articles: [], problems: [exportNotRead(key, exporter)] };
  const report = createReport(key);
  const text = readText(body, report);
  const manuscripts = text === null ? [] : readManuscripts(key, text, createFields(folderFields), report);
  const articles: Article[] = [];
  for (const manuscript of manuscripts) {
    const own = createReport(key);
    const fields = joinFolderFields(manuscript.fields, folderFields);
    const article = composeArticle({ ...manuscript, fields }, site, own);
    // What is unfinished may be wrong: nobody is to mend a draft before it is published.
    const isDraft = article?.visibility === 'draft';
    report.include(isDraft ? own.problems.filter((problem) => !isError(problem)) : own.problems);
    if (article !== null) articles.push(article);
  }
  if (!report.hasErrors()) {
    const isSaid = manuscripts.length > 0 && manuscripts.every(({ fields }) => saysPublic(fields));
    return { articles, problems: report.problems, ...(isSaid && { saysPublic: true }) };
  }
  if (manuscripts.length > 0) return { articles: [], problems: report.problems };
  if (isHeldByPlace(key)) return { articles: [], problems: report.problems.filter((problem) => !isError(problem)) };
  const isHeldBack = isDraftByFolder(folderFields, { key, site }) || findHoldingLine(text ?? readTop(body)) !== null;
  return { articles: [], problems: report.problems, ...(isHeldBack && { isHeldBack }) };
}

/** Whether the folder says so of a file of which nobody knows what it says itself. */
function isDraftByFolder(fields: readonly Field[], { key, site }: Pick<ArticleFile, 'key' | 'site'>): boolean {
  const around = { key, published: null, statuses: site.statuses ?? {} };
  return readVisibility(createFields(fields), around, createReport(key)).visibility === 'draft';
}

/** As much of a file that can't be read as holds its fields; what is not in UTF-8 is garbled. */
function readTop(body: Uint8Array): string {
  return new TextDecoder().decode(body.subarray(0, FRONT_MATTER_CHARACTERS_MAX));
}

function readText(body: Uint8Array, report: Report): string | null {
  if (body.byteLength > ARTICLE_BYTES_MAX) {
    const message = `The file has more than ${ARTICLE_BYTES_MAX / 1024} kB.`;
    report.add('article-too-large', null, message, 'Split the article, or move its data to a file beside it.');
    return null;
  }
  const source = decodeSource(body);
  if (source.kind === 'text') return source.text;
  const message = `The text is not valid ${source.encoding} from here on.`;
  report.add('encoding-unreadable', source.line, message, 'Save the file as UTF-8.');
  return null;
}

function readManuscripts(key: string, text: string, folder: Fields, report: Report): readonly Manuscript[] {
  const extension = key.slice(key.lastIndexOf('.') + 1).toLowerCase();
  if (extension === 'json') return readJsonArticles(key, text, report);
  const manuscript =
    extension === 'html' || extension === 'htm'
      ? readHtmlArticle(key, text, folder, report)
      : extension === 'txt' || extension === 'text'
        ? readTextArticle(key, text, folder, report)
        : readMarkdownArticle(key, text, folder, report);
  if (manuscript === null || isPersonData(key, manuscript.fields, manuscript.body.text.trim() !== '')) return [];
  return [manuscript];
}
