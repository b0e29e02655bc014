/**
 * A first look at all files of an export, before anything is written: whether they can be read to their end, who the
 * authors are, which files were uploaded, and what the clock of the site showed. Items refer to what stands anywhere
 * in the export, also in a later file.
 */

import { DatabaseSync } from 'node:sqlite';
import { decodeHTML } from 'entities';
import { describeFile, type ExportFiles } from '../files/export-files.ts';
import { plainText } from '../html/markup.ts';
import { type OldLists, surveyLists } from './wxr-lists.ts';
import { readWxr, type WxrItem } from './wxr-reader.ts';

export interface Upload {
  readonly url: string;
  /** Plain text. */
  readonly alt: string;
  /** HTML. */
  readonly caption: string;
  readonly type: string;
}

export interface WxrSurvey {
  readonly channel: ReadonlyMap<string, string>;
  /** Display names by login. */
  readonly authors: ReadonlyMap<string, string>;
  readonly lists: OldLists;
  /** How many items there are, by their types. */
  readonly counts: ReadonlyMap<string, number>;
  upload(id: string): Upload | null;
  /** Pictures that were uploaded to a post, in their order. */
  picturesOf(postId: string): readonly Upload[];
  /** The text of a block that many posts share, where it is public. */
  sharedBlock(id: string): string | null;
  /** Minutes east of Greenwich that the site's clock was set to around a local time; null where no item tells. */
  offsetNear(localTime: string): number | null;
  close(): void;
}

export async function surveyWxr(
  files: ExportFiles,
  names: readonly string[],
  onBytes: (count: number) => void,
): Promise<WxrSurvey> {
  // SQLite keeps a data base without a name in a file of its own, which goes with it: an index of any size.
  const database = new DatabaseSync('');
  database.exec(`
    CREATE TABLE uploads (id TEXT PRIMARY KEY, parent TEXT, position INTEGER, url TEXT, alt TEXT, caption TEXT, type TEXT);
    CREATE INDEX uploads_by_parent ON uploads (parent);
    CREATE TABLE blocks (id TEXT PRIMARY KEY, text TEXT);
    BEGIN`);
  const addUpload = database.prepare('INSERT OR REPLACE INTO uploads VALUES (?, ?, ?, ?, ?, ?, ?)');
  const addBlock = database.prepare('INSERT OR REPLACE INTO blocks VALUES (?, ?)');
  const channel = new Map<string, string>();
  const authors = new Map<string, string>();
  const offsets = new Map<string, number>();
  const lists = surveyLists();
  const counts = new Map<string, number>();
  const head = {
    category: (texts: ReadonlyMap<string, string>) => {
      const text = (name: string) => (texts.get(`wp:${name}`) ?? '').trim();
      const label = plainText(decodeHTML(text('cat_name')));
      lists.category({ nicename: text('category_nicename'), parent: text('category_parent'), label });
    },
    channel: (name: string, text: string) => void (channel.has(name) || channel.set(name, text.trim())),
    author: (texts: ReadonlyMap<string, string>) => {
      const login = texts.get('wp:author_login') ?? '';
      const part = (name: string) => plainText(decodeHTML(texts.get(`wp:author_${name}`) ?? ''));
      const name = part('display_name') || [part('first_name'), part('last_name')].filter(Boolean).join(' ');
      if (!authors.has(login)) authors.set(login, name === '' ? login : name);
    },
  };
  for (const name of names) {
    const stream = await files.open(name);
    stream.on('data', (chunk: Buffer) => onBytes(chunk.length));
    stream.pause();
    for await (const item of readWxr(stream, describeFile(files, name), head)) {
      const type = item.texts.get('wp:post_type') ?? 'post';
      counts.set(type, (counts.get(type) ?? 0) + 1);
      noteOffset(item, offsets);
      lists.item(item);
      const text = (element: string) => item.texts.get(element) ?? '';
      if (text('wp:post_type') === 'attachment') {
        const alt = item.metas.get('_wp_attachment_image_alt')?.[0] ?? '';
        const position = Number.parseInt(text('wp:menu_order'), 10) || 0;
        const url = text('wp:attachment_url') || text('guid');
        addUpload.run(
          ...[text('wp:post_id'), text('wp:post_parent'), position, url],
          ...[plainText(alt), text('excerpt:encoded'), typeOf(url)],
        );
      } else if (
        text('wp:post_type') === 'wp_block' &&
        text('wp:status') === 'publish' &&
        text('wp:post_password') === ''
      ) {
        addBlock.run(text('wp:post_id'), text('content:encoded'));
      }
    }
  }
  database.exec('COMMIT');
  const findUpload = database.prepare('SELECT url, alt, caption, type FROM uploads WHERE id = ?');
  const findPictures = database.prepare(
    "SELECT url, alt, caption, type FROM uploads WHERE parent = ? AND type = 'image' ORDER BY position, CAST(id AS INTEGER)",
  );
  const findBlock = database.prepare('SELECT text FROM blocks WHERE id = ?');
  return {
    channel,
    authors,
    lists: lists.lists(authors),
    counts,
    upload: (id) => (findUpload.get(id) as unknown as Upload | undefined) ?? null,
    picturesOf: (postId) => findPictures.all(postId) as unknown as Upload[],
    sharedBlock: (id) => (findBlock.get(id) as { text: string } | undefined)?.text ?? null,
    offsetNear: (localTime) => nearestOffset(localTime, offsets),
    close: () => database.close(),
  };
}

const PICTURE = /\.(?:jpe?g|png|gif|webp|avif|svg|bmp|heic|ico)(?:[?#]|$)/i;
const SOUND = /\.(?:mp3|m4a|m4b|ogg|oga|opus|wav|flac)(?:[?#]|$)/i;
const FILM = /\.(?:mp4|m4v|mov|webm|ogv|mkv|avi)(?:[?#]|$)/i;

function typeOf(url: string): string {
  return PICTURE.test(url) ? 'image' : SOUND.test(url) ? 'audio' : FILM.test(url) ? 'video' : 'file';
}

const TIME = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})$/;

/** A time as the data base has it, as if it were UTC; null for none (`0000-00-00 00:00:00`). */
export function readDatabaseTime(text: string): number | null {
  const parts = TIME.exec(text.trim());
  if (parts === null || text.startsWith('0000')) return null;
  const at = Date.parse(`${text.trim().replace(' ', 'T')}Z`);
  return Number.isNaN(at) ? null : at;
}

/** The offset between what the site's clock showed and UTC; null where that is none of this earth. */
export function offsetBetween(local: number | null, utc: number | null): number | null {
  if (local === null || utc === null) return null;
  const minutes = (local - utc) / 60_000;
  return Number.isInteger(minutes / 15) && Math.abs(minutes) <= 14 * 60 ? minutes : null;
}

function noteOffset({ texts }: WxrItem, offsets: Map<string, number>): void {
  const local = texts.get('wp:post_date') ?? '';
  const offset = offsetBetween(readDatabaseTime(local), readDatabaseTime(texts.get('wp:post_date_gmt') ?? ''));
  if (offset !== null) offsets.set(local.slice(0, 7), offset);
}

/** Of the nearest month of which there is one; clocks change at its end more often than within it. */
function nearestOffset(localTime: string, offsets: ReadonlyMap<string, number>): number | null {
  const monthOf = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
  const wanted = monthOf(localTime);
  let nearest: readonly [distance: number, offset: number] | null = null;
  for (const [month, offset] of offsets) {
    // The same month of another year has the same time of the year.
    const away = Math.abs(monthOf(month) - wanted);
    const season = Math.min(away % 12, 12 - (away % 12));
    const distance = season * 1000 + away;
    if (nearest === null || distance < nearest[0]) nearest = [distance, offset];
  }
  return nearest?.[1] ?? null;
}
