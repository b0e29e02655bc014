/**
 * Exports of whole publications, and of the people around them. They hold drafts, what only payers may read, passwords
 * and mail addresses, and programs read them, not people. So none is an article, and none is ever public, whoever
 * refers to it. Told by the file's first bytes; by its name only where those are like any other file's.
 */

import { createProblem, type Problem } from '../../model/problem.ts';

interface Mark {
  readonly program: string;
  /** Of the name. */
  readonly ending: RegExp;
  /** Of the first bytes as Latin-1, in which names of XML and JSON are what they are. */
  readonly beginning: RegExp;
}

const XML = /\.(?:xml|atom|enex)$/i;
const JSON_TEXT = /\.json$/i;
/** Twitter's archive has its data in scripts of one folder. */
const ARCHIVE_SCRIPT = /(?:^|\/)(?:data\/[^/]+|tweets?(?:-part\d+)?)\.js$/i;
const ZIP = /\.zip$/i;
const CSV = /\.csv$/i;
const PLAIN = /\.te?xt$/i;

const MARKS: readonly Mark[] = [
  {
    program: 'WordPress',
    ending: XML,
    beginning: /xmlns:wp\s*=\s*["']http:\/\/wordpress\.org\/export\/|<wp:wxr_version>/,
  },
  { program: 'Blogger', ending: XML, beginning: /schemas\.google\.com\/blogger\/2018|<app:draft>|\.archive<\/id>/ },
  { program: 'Tumblr', ending: XML, beginning: /<tumblr[\s>]/ },
  { program: 'LiveJournal', ending: XML, beginning: /<livejournal[\s>]/ },
  { program: 'Disqus', ending: XML, beginning: /xmlns\s*=\s*["']https?:\/\/disqus\.com/ },
  { program: 'Evernote', ending: XML, beginning: /<en-export[\s>]/ },
  {
    program: 'Ghost',
    ending: JSON_TEXT,
    beginning: /^\s*\{\s*(?:"db"\s*:\s*\[\s*\{\s*"(?:meta|data)"|"meta"\s*:\s*\{\s*"exported_on")/,
  },
  {
    program: 'Mastodon',
    ending: JSON_TEXT,
    beginning: /"type"\s*:\s*"OrderedCollection"/,
  },
  // Entries with their comments, and the mail address of who wrote each: fields in capitals, then parts between dashes.
  {
    program: 'Movable Type',
    ending: PLAIN,
    beginning:
      /^\s*(?:[A-Z][A-Z ]{1,30}:[^\n]*\n|\r?\n){2,40}-----\r?\n(?:EXTENDED )?(?:BODY|EXCERPT|KEYWORDS|COMMENT|PING):\s/,
  },
  { program: 'Twitter', ending: ARCHIVE_SCRIPT, beginning: /^\s*window\.YTD\.\w+\.part\d+\s*=/ },
  // The first names in the archive.
  {
    program: 'Substack',
    ending: ZIP,
    beginning: /PK\x03\x04.{26}(?:[^\0/]{0,100}\/)?(?:posts\.csv|email_list\.|posts\/\d+\.)/s,
  },
  {
    program: 'Medium',
    ending: ZIP,
    beginning:
      /PK\x03\x04.{26}(?:[^\0/]{0,100}\/)?(?:ips\/ips-\d|sessions\/sessions-\d|posts\/draft_|bookmarks\/bookmarks-\d)/s,
  },
  {
    program: 'Twitter',
    ending: ZIP,
    beginning: /PK\x03\x04.{26}(?:[^\0/]{0,100}\/)?data\/(?:tweets?|account|manifest)\.js/s,
  },
  {
    program: 'Substack',
    ending: CSV,
    beginning: /^(?:email,active_subscription|post_id,timestamp,email|[^\n]*\bis_published)\b/,
  },
  // The members: their names, mail addresses and payments.
  { program: 'Ghost', ending: CSV, beginning: /^[^\n]*\bemail,[^\n]*\bsubscribed_to_emails\b/ },
];

/** Tables about the readers of each post, and all rows of a Notion table: also of pages that are not published. */
const TABLES: readonly (readonly [string, RegExp])[] = [
  ['Substack', /(?:^|\/)(?:\d+(?:\.[^/]*)?\.(?:delivers|opens|clicks)|email_list(?:\.[^/]*)?)\.csv$/i],
  ['Notion', / [\da-f]{32}(?:_all)?\.csv$/],
];

const BYTE_ORDER_MARK = /^\xEF\xBB\xBF/;

/** How much of a file's beginning is looked at. */
export const EXPORT_HEAD_BYTES = 16_384;

/** Whether a file has a name that an export could have. */
export function mayBeExport(key: string): boolean {
  return MARKS.some(({ ending }) => ending.test(key));
}

/** The program whose export it is; null for every other file. */
export function findExporter(key: string, head: Uint8Array): string | null {
  const table = TABLES.find(([, name]) => name.test(key));
  if (table !== undefined) return table[0];
  const marks = MARKS.filter(({ ending }) => ending.test(key));
  if (marks.length === 0) return null;
  const length = Math.min(head.byteLength, EXPORT_HEAD_BYTES);
  const text = Buffer.from(head.buffer, head.byteOffset, length).toString('latin1').replace(BYTE_ORDER_MARK, '');
  return marks.find(({ beginning }) => beginning.test(text))?.program ?? null;
}

/** Whether somebody might wait for what such a file holds to be published: then the file is looked at when it comes. */
export function mayBeToldOf(key: string): boolean {
  return XML.test(key) || ARCHIVE_SCRIPT.test(key);
}

/** Those that `feedwright import` reads. */
const IMPORTED: ReadonlySet<string> = new Set(['WordPress', 'Ghost', 'Substack', 'Medium']);

export function exportNotRead(path: string, program: string): Problem {
  return createProblem('export-not-read', {
    path,
    line: null,
    message: `This is an export of ${program}. It is not read, and nothing of it is published.`,
    fix: IMPORTED.has(program)
      ? 'Take it out of the folder, and run “feedwright import <export> --out <folder>”: it leaves out what is private.'
      : 'Have a converter make one file of each post, leave out what is private, and take the export out of the folder.',
  });
}
