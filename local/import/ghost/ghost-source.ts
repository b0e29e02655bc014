/**
 * Ghost's export as posts. The id is `posts[].id`, which is the guid of its feed; `uuid` and `comment_id` only look like
 * it. The site's address stands nowhere in the file, so the person names it.
 */

import { slugify } from '../../../lambda/text/slug.ts';
import { formatRfc3339 } from '../../../lambda/time/moment.ts';
import { describeFile, type ExportFiles, readWhole } from '../files/export-files.ts';
import { readJson } from '../files/json-text.ts';
import { parseMarkup, plainText, renderMarkup } from '../html/markup.ts';
import type { ExportedPost, ExportedSite, ExportSource, SourceOptions } from '../model/exported.ts';
import { ImportFailure } from '../model/import-failure.ts';
import { type ListForm, type OldList, redirectsOfLists } from '../model/old-lists.ts';
import { dropGatedBlocks, shapeCards } from './ghost-cards.ts';
import { renderLexical } from './lexical.ts';
import { renderMobiledoc } from './mobiledoc.ts';

type Row = Readonly<Record<string, unknown>>;

/** The tables of an export by name. */
type Tables = (name: string) => readonly Row[];

const FORMS: readonly ListForm[] = [
  ['rss/', 'rss.xml'],
  ['feed/', 'rss.xml'],
  ['', ''],
];
/** Fifteen, as an even number. */
const SHOWN_COUNT = 14;

export async function openGhost(
  files: ExportFiles,
  names: readonly string[],
  options: SourceOptions,
): Promise<ExportSource> {
  const exports: Tables[] = [];
  for (const name of names) exports.push(readTables(await readWhole(files, name), describeFile(files, name)));
  const { url } = options;
  if (url === null) {
    throw new ImportFailure(
      files.label,
      'does not name the address of its site: Ghost’s exports never do.',
      'Name it: --url https://example.org/',
    );
  }
  const sites = exports.map((tables) => ({ tables, index: indexTables(tables) }));
  return {
    program: 'Ghost',
    bases: [url],
    total: sites.reduce((sum, { tables }) => sum + tables('posts').length, 0),
    site: describeSite(exports, url),
    async *posts() {
      for (const { tables, index } of sites) {
        for (const row of tables('posts')) yield toPost(row, index, url, options);
      }
    },
    close: async () => {},
  };
}

function readTables(bytes: Buffer, where: string): Tables {
  const root = readJson(bytes, where);
  const [first] = isRow(root) && Array.isArray(root.db) ? root.db : [root];
  const data: unknown = isRow(first) ? first.data : undefined;
  if (!isRow(data) || !Array.isArray(data.posts)) {
    throw new ImportFailure(
      where,
      'holds no posts as Ghost exports them.',
      'In Ghost: Settings, Import/Export, Export content.',
    );
  }
  return (name) => {
    const table = data[name];
    return Array.isArray(table) ? table.filter(isRow) : [];
  };
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textIn(row: Row | undefined, name: string): string {
  const value = row?.[name];
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}

function isYes(value: unknown): boolean {
  return value === true || value === 1 || value === '1' || value === 'true';
}

interface Index {
  readonly authors: ReadonlyMap<string, readonly Row[]>;
  readonly tags: ReadonlyMap<string, readonly Row[]>;
  readonly users: ReadonlyMap<string, Row>;
  readonly metas: ReadonlyMap<string, Row>;
  /** As the settings of old versions have it. */
  readonly permalinks: string;
}

function indexTables(tables: Tables): Index {
  const users = new Map(tables('users').map((row) => [textIn(row, 'id'), row]));
  const tags = new Map(tables('tags').map((row) => [textIn(row, 'id'), row]));
  return {
    users,
    authors: join(tables('posts_authors'), 'author_id', users),
    tags: join(tables('posts_tags'), 'tag_id', tags),
    metas: new Map(tables('posts_meta').map((row) => [textIn(row, 'post_id'), row])),
    permalinks: setting(tables, 'permalinks') || '/:slug/',
  };
}

/** The rows that belong to each post, in the order that the author gave them. */
function join(
  links: readonly Row[],
  column: string,
  rows: ReadonlyMap<string, Row>,
): ReadonlyMap<string, readonly Row[]> {
  const joined = new Map<string, Row[]>();
  for (const link of links.toSorted((a, b) => Number(a.sort_order ?? 0) - Number(b.sort_order ?? 0))) {
    const row = rows.get(textIn(link, column));
    const post = textIn(link, 'post_id');
    if (row !== undefined) joined.set(post, [...(joined.get(post) ?? []), row]);
  }
  return joined;
}

function setting(tables: Tables, key: string): string {
  return textIn(
    tables('settings').find((row) => row.key === key),
    'value',
  );
}

function describeSite(exports: readonly Tables[], url: string): ExportedSite {
  const [tables] = exports;
  const of = (key: string) => (tables === undefined ? '' : setting(tables, key));
  const redirects = {
    '/rss/': '/rss.xml',
    '/feed/': '/rss.xml',
    ...redirectsOfLists(exports.flatMap(listsOf), FORMS),
  };
  return {
    title: of('title') || null,
    description: of('description') || null,
    url,
    id: null,
    language: of('locale') || of('lang') || of('default_locale') || null,
    copyright: null,
    redirects,
    pageSize: SHOWN_COUNT,
    podcast: null,
  };
}

/** Where the list of a tag or an author was, and where it is. Of public posts alone: a tag may be as private as what has it. */
function listsOf(tables: Tables): readonly OldList[] {
  const { tags, authors, metas } = indexTables(tables);
  const open = tables('posts').filter((row) => !isPage(row) && findHold(row, metas.get(textIn(row, 'id'))) === null);
  const used = (rows: ReadonlyMap<string, readonly Row[]>) =>
    new Set(open.flatMap((row) => rows.get(textIn(row, 'id')) ?? []));
  const lead = (rows: ReadonlySet<Row>, from: string, to: string) =>
    [...rows].flatMap((row) => {
      const slug = textIn(row, 'slug');
      const name = textIn(row, 'name');
      return name === '' || !/^[\w-]+$/.test(slug) ? [] : [{ from: `${from}/${slug}`, to: `${to}/${slugify(name)}` }];
    });
  const named = new Set([...used(tags)].filter((tag) => !isInternal(tag)));
  return [...lead(named, 'tag', 'tags'), ...lead(used(authors), 'author', 'authors')];
}

function isPage(row: Row): boolean {
  return textIn(row, 'type') === 'page' || isYes(row.page);
}

function toPost(row: Row, index: Index, url: string, { report }: SourceOptions): ExportedPost {
  const id = textIn(row, 'id');
  const meta = index.metas.get(id);
  const kind = isPage(row) ? 'page' : 'post';
  const place = `${kind} ${id}`;
  const held = findHold(row, meta);
  const slug = textIn(row, 'slug');
  const published = readTime(row.published_at) ?? readTime(row.created_at);
  const updated = readTime(row.updated_at);
  const withSite = (text: string) => text.replaceAll('__GHOST_URL__', url.replace(/\/$/, ''));
  const cover = withSite(textIn(row, 'feature_image') || textIn(row, 'image'));
  const tags = index.tags.get(id) ?? [];
  if (held === null) tellLoss(row, tags, place, report);
  const canonical = withSite(textIn(row, 'canonical_url'));
  if (held === null && /^https?:/.test(canonical) && !canonical.startsWith(url))
    report.leave(
      'canonical addresses on other sites: the post keeps its own, which its readers know',
      `${canonical} of ${place}`,
    );
  return {
    key: `ghost ${id}`,
    place,
    kind,
    held,
    // Before version 1 posts had numbers, and the feed their uuid.
    id: (/^\d{1,9}$/.test(id) ? textIn(row, 'uuid') : id) || null,
    title: textIn(row, 'title').replace(/\s+/g, ' '),
    published: held === 'draft' ? null : published,
    updated: published !== null && updated !== null && Date.parse(updated) > Date.parse(published) ? updated : null,
    address: slug === '' ? null : new URL(pathOf(index.permalinks, row, slug, published), url).href,
    formerAddresses: [],
    slug: slug || textIn(row, 'title') || id,
    authors: authorsOf(row, index),
    categories: [],
    tags: tags.filter((tag) => !isInternal(tag)).map((tag) => textIn(tag, 'name')),
    image: /^https?:/.test(cover)
      ? {
          url: cover,
          alt: textIn(meta, 'feature_image_alt') || null,
          caption: plainText(withSite(textIn(meta, 'feature_image_caption'))) || null,
        }
      : cover.startsWith('/')
        ? { url: new URL(cover, url).href, alt: textIn(meta, 'feature_image_alt') || null, caption: null }
        : null,
    summary: textIn(row, 'custom_excerpt').replace(/\s+/g, ' ') || null,
    language: null,
    html: () => withSite(showText(row, place, report)),
    attachments: [],
    fields: {},
  };
}

function findHold(row: Row, meta: Row | undefined): string | null {
  const status = textIn(row, 'status') || 'published';
  if (status === 'sent' || isYes(meta?.email_only) || isYes(row.email_only)) return 'sent by mail only';
  if (status !== 'published') return status === 'draft' || status === 'scheduled' ? status : `of status “${status}”`;
  const visibility = textIn(row, 'visibility') || 'public';
  if (visibility === 'public') return null;
  if (visibility === 'members') return 'for members';
  return visibility === 'paid' ? 'for paying members' : 'for some members';
}

/** The permalinks that old versions had: `/:year/:month/:day/:slug/`. */
function pathOf(pattern: string, row: Row, slug: string, published: string | null): string {
  const [year = '', month = '', day = ''] = (published ?? '').slice(0, 10).split('-');
  const parts: Readonly<Record<string, string>> = { slug, year, month, day, id: textIn(row, 'id') };
  const path = pattern.replace(/[:{](slug|year|month|day|id)\}?/g, (_, name: string) =>
    encodeURIComponent(parts[name] ?? ''),
  );
  return path.replace(/^\//, '');
}

/** ISO 8601, what MySQL prints, or milliseconds, as the versions have it. */
function readTime(value: unknown): string | null {
  if (typeof value === 'number') return value > 0 ? formatRfc3339({ at: value, offsetMinutes: 0 }) : null;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const at = Date.parse(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(value) ? `${value.replace(' ', 'T')}Z` : value);
  return Number.isNaN(at) ? null : formatRfc3339({ at, offsetMinutes: 0 });
}

function authorsOf(row: Row, index: Index): ExportedPost['authors'] {
  const named = index.authors.get(textIn(row, 'id')) ?? [];
  const single = index.users.get(textIn(row, 'author_id') || textIn(row, 'author'));
  const people = named.length > 0 ? named : single === undefined ? [] : [single];
  return people.flatMap((user) => {
    const name = textIn(user, 'name');
    return name === '' ? [] : [{ name, url: null }];
  });
}

function isInternal(tag: Row): boolean {
  return textIn(tag, 'visibility') === 'internal' || textIn(tag, 'name').startsWith('#');
}

function tellLoss(row: Row, tags: readonly Row[], place: string, report: SourceOptions['report']): void {
  for (const tag of tags.filter(isInternal))
    report.leave('internal tags, which no reader has seen', textIn(tag, 'name'));
  if (isYes(row.featured)) report.leave('posts that were featured: feeds have no such place', place);
  for (const name of ['codeinjection_head', 'codeinjection_foot']) {
    if (textIn(row, name) !== '') report.leave('code that was put into the page of a post', place);
  }
}

function showText(row: Row, place: string, report: SourceOptions['report']): string {
  const html = textIn(row, 'html');
  const made =
    html !== ''
      ? html
      : (renderLexical(textIn(row, 'lexical'), place, report) ??
        renderMobiledoc(textIn(row, 'mobiledoc'), place, report));
  const open = dropGatedBlocks(made ?? textIn(row, 'markdown'), (count) =>
    report.leave('parts for members in public posts: they are not imported', place, count),
  );
  const root = parseMarkup(open);
  shapeCards(root, { place, report });
  return renderMarkup(root.children);
}
