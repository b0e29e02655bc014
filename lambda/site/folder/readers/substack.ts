/**
 * Substack's list of posts. Its export is a folder `posts/` of HTML fragments named `<number>.<slug>.html`, and beside it
 * `posts.csv`, which alone says what is published, when, and for whom. A post is public only where the list says so.
 */

import { LIST_FIELD, LISTED_FIELD } from '../../../article/fields/folder-fields.ts';
import { readCsv } from '../../../text/csv.ts';
import type { FolderRule } from '../folder-rules.ts';
import { type FolderSource, leaveOpen, type Said } from '../folder-source.ts';

const COLUMNS = ['post_id', 'is_published', 'audience'] as const;

/** Types of what is written for every reader. Mails to a part of them, and other people's posts, have types of their own. */
const POST_TYPES: ReadonlySet<string> = new Set(['newsletter', 'podcast', 'thread', 'video']);
/** A page about the publication: it has an address, and no feed. */
const PAGE_TYPE = 'page';

/** The list is beside the posts or beside their folder, so each of its posts may lie at two places. */
export function readSubstackList({ key, folder, text }: FolderSource): Said {
  const fix = 'Export the posts again, or mend the row in a spreadsheet program and save it as CSV.';
  const csv = readCsv(text);
  if (csv.kind === 'unreadable') return leaveOpen(key, { line: csv.line, message: csv.message, fix });
  const [head, ...rows] = csv.rows;
  const names = (head?.cells ?? []).map((name) => name.trim().toLowerCase());
  // A table of something else that happens to have the name.
  if (!COLUMNS.every((name) => names.includes(name))) return { rules: [], doubt: null };
  const uneven = rows.find(({ cells }) => cells.length !== names.length);
  if (uneven !== undefined) {
    const message = `the row has ${uneven.cells.length} cells, and the table ${names.length} columns`;
    return leaveOpen(key, { line: uneven.line, message, fix });
  }
  const posts = rows.map(
    ({ cells }) =>
      (name: string) =>
        cells[names.indexOf(name)]?.trim() ?? '',
  );
  const rules = posts.flatMap((cell) => [`${folder}posts/`, folder].map((place) => ruleOf(place, cell)));
  return { rules: [{ under: folder, fields: { [LIST_FIELD]: 'true' } }, ...rules], doubt: null };
}

/** Of two rows of one post the stricter counts, since a rule that holds back goes before all others. */
function ruleOf(place: string, cell: (name: string) => string): FolderRule {
  const id = cell('post_id');
  // Some lists call a post by its number alone, and its file has the slug as well.
  const about = /^\d+$/.test(id) ? { under: place, only: [`${id}.*`] } : { under: place + id };
  return isForAll(cell) ? { ...about, fields: fieldsOf(cell) } : { ...about, hold: 'always' };
}

function isForAll(cell: (name: string) => string): boolean {
  const isPublished = cell('is_published').toLowerCase() === 'true' && cell('audience').toLowerCase() === 'everyone';
  const type = cell('type').toLowerCase();
  return isPublished && (type === PAGE_TYPE || POST_TYPES.has(type));
}

function fieldsOf(cell: (name: string) => string): NonNullable<FolderRule['fields']> {
  const fields = {
    title: cell('title'),
    summary: cell('subtitle'),
    date: cell('post_date'),
    audio: cell('podcast_url'),
    slug: /^\d+\.(.+)$/s.exec(cell('post_id'))?.[1] ?? '',
    hidden: cell('type').toLowerCase() === PAGE_TYPE ? 'true' : '',
    [LISTED_FIELD]: 'true',
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}
