/**
 * Substack's export: `posts.csv`, which alone says what was published and for whom, and a file of HTML for each post. The
 * guid of its feed is the post's address, and that stands nowhere in the export: the person names the site.
 */

import { hasGate } from '../../../lambda/article/source/exports/substack-post.ts';
import { readCsv } from '../../../lambda/text/csv.ts';
import { decodeSource } from '../../../lambda/text/source-text.ts';
import { readDate } from '../../../lambda/time/dates.ts';
import { formatRfc3339, momentAt } from '../../../lambda/time/moment.ts';
import { describeFile, type ExportFiles, readWhole } from '../files/export-files.ts';
import {
  type Document,
  type Element,
  findElements,
  hasClass,
  parseMarkup,
  plainText,
  renderMarkup,
  replaceWith,
} from '../html/markup.ts';
import type { ExportedPost, ExportSource, SourceOptions } from '../model/exported.ts';
import { ImportFailure } from '../model/import-failure.ts';

type Row = (name: string) => string;

/** Types of what was written for every reader. */
const POST_TYPES: ReadonlySet<string> = new Set(['newsletter', 'podcast', 'thread', 'video']);
const COLUMNS = ['post_id', 'is_published', 'audience', 'type', 'title', 'post_date'];
const POST_BYTES_MAX = 16 * 1024 * 1024;

export async function openSubstack(files: ExportFiles, options: SourceOptions): Promise<ExportSource> {
  const list = files.names.find((name) => /(?:^|\/)posts\.csv$/i.test(name)) ?? '';
  const rows = readRows(await readWhole(files, list), describeFile(files, list));
  const { namedUrl: url } = options;
  if (url === null) {
    const fix =
      'Name it: --url https://name.substack.com/ (the address that the posts have now: readers know them by it).';
    throw new ImportFailure(files.label, 'does not name the address of its site: Substack’s exports never do.', fix);
  }
  const folder = list.slice(0, list.lastIndexOf('/') + 1);
  return {
    program: 'Substack',
    bases: [url],
    total: rows.length,
    site: {
      title: null,
      description: null,
      url,
      id: null,
      language: null,
      copyright: null,
      redirects: { '/feed/': '/rss.xml' },
      podcast: null,
    },
    async *posts() {
      for (const row of rows) {
        const name = fileOf(row('post_id'), folder, files.names);
        const bytes = name === null ? null : await readWhole(files, name, POST_BYTES_MAX);
        yield toPost(row, bytes, url, options);
      }
    },
    close: async () => {},
  };
}

function readRows(bytes: Buffer, where: string): readonly Row[] {
  const fix = 'Export the posts again; a spreadsheet program may have changed the list.';
  const source = decodeSource(bytes);
  if (source.kind === 'unreadable')
    throw new ImportFailure(`${where}:${source.line}:`, `is not valid ${source.encoding} from here on.`, fix);
  const csv = readCsv(source.text);
  if (csv.kind === 'unreadable') throw new ImportFailure(`${where}:${csv.line}:`, `is no table: ${csv.message}.`, fix);
  const [head, ...rows] = csv.rows;
  const names = (head?.cells ?? []).map((name) => name.trim().toLowerCase());
  const missing = COLUMNS.filter((name) => !names.includes(name));
  if (missing.length > 0) throw new ImportFailure(`${where}:1:`, `has no column ${missing.join(', ')}.`, fix);
  return rows.map(({ cells, line }) => {
    if (cells.length !== names.length) {
      throw new ImportFailure(
        `${where}:${line}:`,
        `has ${cells.length} cells, and the table ${names.length} columns.`,
        fix,
      );
    }
    return (name) => cells[names.indexOf(name)]?.trim() ?? '';
  });
}

/** The list calls a post by its number and slug, or by the number alone. */
function fileOf(id: string, folder: string, names: readonly string[]): string | null {
  const number = id.split('.')[0] ?? '';
  const pattern = (name: string) =>
    /^(?:posts\/)?(\d+)(?:\.[^/]*)?\.html$/.exec(name.slice(folder.length))?.[1] === number;
  const exact = [`${folder}posts/${id}.html`, `${folder}${id}.html`].find((name) => names.includes(name));
  return exact ?? names.find((name) => name.startsWith(folder) && pattern(name)) ?? null;
}

function toPost(row: Row, bytes: Buffer | null, url: string, { report }: SourceOptions): ExportedPost {
  const id = row('post_id');
  const [number = id, ...slugParts] = id.split('.');
  const slug = slugParts.join('.') || row('slug');
  const place = `post ${number}`;
  const html = bytes === null ? '' : bytes.toString('utf8');
  const address = slug === '' ? null : new URL(`p/${slug}`, url).href;
  const held = findHold(row, html);
  if (bytes === null && held === null) report.leave('posts without a text in the export', place);
  const sound = row('podcast_url');
  return {
    key: `substack ${number}`,
    place,
    kind: row('type').toLowerCase() === 'page' ? 'page' : 'post',
    held,
    id: address,
    title: row('title').replace(/\s+/g, ' '),
    published: readTime(row('post_date')),
    updated: null,
    address,
    formerAddresses: [],
    slug: slug || row('title') || number,
    authors: [],
    categories: [],
    tags: [],
    image: null,
    // The list has subtitles as pieces of HTML: quotation marks are references.
    summary: plainText(row('subtitle')) || null,
    language: null,
    html: () => {
      const root = parseMarkup(html);
      shape(root, place, report);
      return renderMarkup(root.children);
    },
    attachments: /^https?:\/\//.test(sound)
      ? [{ url: sound, type: 'audio/mpeg', lengthBytes: null, durationSeconds: null, title: null }]
      : [],
    fields: {},
  };
}

/** Only what is for everyone was public: a list of the words that are for payers would miss the next one. */
function findHold(row: Row, html: string): string | null {
  if (row('is_published').toLowerCase() !== 'true') return 'draft';
  const type = row('type').toLowerCase();
  if (type !== 'page' && !POST_TYPES.has(type)) return `of type “${row('type')}”`;
  const audience = row('audience').toLowerCase();
  if (audience !== 'everyone') return audience.includes('paid') ? 'for paying subscribers' : `for “${row('audience')}”`;
  return hasGate(html) ? 'with a wall in the text, and nobody knows what stands behind it' : null;
}

function readTime(text: string): string | null {
  const reading = readDate(text, 'UTC');
  return reading.kind === 'moment' ? formatRfc3339(momentAt(reading.moment.at)) : null;
}

/** Boxes that ask to subscribe, to share and to comment, and what stands in for a player. */
const BOXES = [
  'subscription-widget-wrap',
  'subscription-widget-wrap-editor',
  'subscribe-widget',
  'captioned-button-wrap',
  'poll-embed',
  'community-chat',
];

function shape(root: Document, place: string, report: SourceOptions['report']): void {
  for (const box of findElements(
    root,
    (element) => BOXES.some((name) => hasClass(element, name)) || isAction(element),
  )) {
    report.leave('boxes to subscribe, to share or to comment: they need Substack', place);
    replaceWith(box, []);
  }
  for (const player of findElements(
    root,
    ({ attribs }) => attribs['data-component-name'] !== undefined && attribs['data-attrs'] !== undefined,
  )) {
    const video = youtubeOf(player);
    if (video !== null) replaceWith(player, parseMarkup(`<p><a href="${video}">${video}</a></p>`).children);
  }
}

/** A button whose address is one of Substack's own actions. */
function isAction(element: Element): boolean {
  const isButton = hasClass(element, 'button-wrapper') || (element.name === 'p' && hasClass(element, 'button-wrapper'));
  return (
    isButton &&
    /%%(?:checkout|share|half_magic)|action=share|\/subscribe\?|leaveComment|\/comments["?#]|%%[a-z_]+%%/.test(
      renderMarkup(element),
    )
  );
}

function youtubeOf({ attribs }: Element): string | null {
  if (!/youtube/i.test(attribs['data-component-name'] ?? '')) return null;
  const id = /"videoId"\s*:\s*"([\w-]{6,20})"/.exec(attribs['data-attrs'] ?? '')?.[1];
  return id === undefined ? null : `https://www.youtube.com/watch?v=${id}`;
}
