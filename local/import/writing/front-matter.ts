/**
 * Front matter of a post. Every text is written as JSON, which YAML reads the same way; titles, names and tags are
 * escaped so that what reads them as Markdown or HTML ends with the very text that the export has.
 */

import { inlineText } from '../../../lambda/article/markdown/inline-text.ts';
import {
  NAME_CHARACTERS_MAX,
  SUMMARY_CHARACTERS_MAX,
  TITLE_CHARACTERS_MAX,
} from '../../../lambda/model/article-limits.ts';
import type { ExportReport } from '../model/export-report.ts';
import type { ExportedPost, FieldValue } from '../model/exported.ts';

export interface MatterOptions {
  /** Null where the post gets the default address of its file. */
  readonly path: string | null;
  readonly aliases: readonly string[];
  readonly report: Pick<ExportReport, 'leave'>;
}

/** With the fences around it. */
export function renderFrontMatter(post: ExportedPost, { path, aliases, report }: MatterOptions): string {
  const lines: string[] = [];
  const add = (name: string, value: FieldValue | null) => {
    if (value !== null) lines.push(`${name}: ${JSON.stringify(value)}`);
  };
  const addList = (name: string, values: readonly FieldValue[]) => {
    if (values.length > 0) lines.push(`${name}: [${values.map((value) => JSON.stringify(value)).join(', ')}]`);
  };
  const bound = (what: string, text: string, charactersMax: number): string => {
    if (text.length <= charactersMax) return text;
    report.leave(`${what} of more than ${charactersMax} characters: they were cut`, post.place);
    return [...text].slice(0, charactersMax - 1).join('');
  };
  const label = (text: string) => nameSource(bound('names', text, NAME_CHARACTERS_MAX));

  add('title', inlineSource(bound('titles', post.title, TITLE_CHARACTERS_MAX)));
  add('id', post.id);
  if (post.published !== null) lines.push(`date: ${post.published}`);
  if (post.updated !== null) lines.push(`updated: ${post.updated}`);
  add('url', path);
  addList('aliases', aliases);
  addList(
    'authors',
    post.authors.map(({ name, url }) => ({ name: label(name), ...(url !== null && { url }) })),
  );
  addList('categories', post.categories.map(label));
  addList('tags', post.tags.map(label));
  if (post.summary !== null) add('summary', inlineSource(bound('summaries', post.summary, SUMMARY_CHARACTERS_MAX)));
  if (post.image !== null) {
    const { url, alt, caption } = post.image;
    add('image', { url, ...(alt !== null && { alt }), ...(caption !== null && { caption: inlineSource(caption) }) });
  }
  addList(
    'attachments',
    post.attachments.map(({ url, type, lengthBytes, durationSeconds, title }) => ({
      url,
      ...(type !== null && { type }),
      ...(lengthBytes !== null && { length: lengthBytes }),
      ...(durationSeconds !== null && { duration: durationSeconds }),
      ...(title !== null && { title: inlineSource(title) }),
    })),
  );
  add('lang', post.language);
  for (const [name, value] of Object.entries(post.fields)) add(name, value);
  if (post.kind === 'page') lines.push('type: page');
  if (post.held !== null) lines.push('draft: true');
  return `---\n${lines.join('\n')}\n---\n`;
}

const KNOWN_MAX = 2_000;
/** Sources of names, which posts share. */
const known = new Map<string, string>();

function nameSource(name: string): string {
  const source = known.get(name) ?? inlineSource(name);
  if (known.size < KNOWN_MAX) known.set(name, source);
  return source;
}

/** A text that `inlineText` reads back as the one that is wanted; plain texts stay as they are. */
function inlineSource(text: string): string {
  const candidates = [
    () => text,
    () => text.replace(/&/g, '&amp;').replace(/</g, '&lt;'),
    () => text.replace(/[&<>*_`[\]\\~#"']/g, (sign) => `&#${sign.charCodeAt(0)};`),
  ];
  for (const write of candidates) {
    const written = write();
    if (inlineText(written) === text && !/^["'#[]|^$/.test(written)) return written;
  }
  return candidates[2]?.() ?? text;
}
