/** What the key of an article tells: its date, its slug, words for a title. */

import type { CalendarDay } from '../time/dates.ts';

export interface FileName {
  /** Without folder, date and extension; a bundle (`slug/index.md`) has its folder's name. */
  readonly slug: string;
  /**
   * From `2021-04-07-slug.md`, `2021/04/07/slug.md` or `2021/04/07-slug.md`; it may be in no calendar. From `20210407_slug.md`
   * too, whose slug keeps the number: so it has always been in addresses.
   */
  readonly day: CalendarDay | null;
}

const YEAR = '((?:19|20|21)\\d{2})';
const DATED_NAME = new RegExp(`^${YEAR}-(\\d{1,2})-(\\d{1,2})(?:[-_. ]+(.*))?$`, 's');
/** Only what is a day in some year: other numbers are as long. */
const COMPACT_NAME = new RegExp(`^${YEAR}(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])(?:[-_. ]|$)`);
const DATED_FOLDERS = new RegExp(`(?:^|/)${YEAR}/(\\d{1,2})/(\\d{1,2})(?:/|[-_. ])(.*)$`, 's');

export function readFileName(key: string): FileName {
  const parts = stem(key).split('/');
  if (parts.length > 1 && parts.at(-1)?.toLowerCase() === 'index') parts.pop();
  const name = withoutPageId(parts.at(-1) ?? '');
  const named = DATED_NAME.exec(name);
  if (named !== null) return { slug: named[4] ?? '', day: dayOf(named) };
  const foldered = DATED_FOLDERS.exec(parts.join('/'));
  if (foldered !== null) return { slug: foldered[4]?.split('/').at(-1) ?? name, day: dayOf(foldered) };
  const compact = COMPACT_NAME.exec(name);
  return { slug: name, day: compact === null ? null : dayOf(compact) };
}

/** The key without its extension. */
export function stem(key: string): string {
  return key.replace(/\.[^./]+$/, '');
}

const PAGE_ID = / [\da-f]{32}$/;

/** Whether a file or folder has a name of Notion's export: `Market day 0a1b2c3d4e5f60718293a4b5c6d7e8f9.md`. */
export function hasPageId(name: string): boolean {
  return PAGE_ID.test(stem(name));
}

/** The name of such a page, or of the folder of the pages below it, as its author knows it. */
export function withoutPageId(name: string): string {
  return name.replace(PAGE_ID, '');
}

/** `draft_Half-a-story-0a1b2c3d4e5f.html`, and what a converter made of it. */
const MEDIUM_DRAFT = /(?:^|\/)draft_(?:[^/]*\.html?|[^/]*-[\da-f]{8,}\.[^./]+)$/i;

/** Whether a file has the name that Medium gives to drafts, and to nothing else. */
export function isMediumDraft(key: string): boolean {
  return MEDIUM_DRAFT.test(key);
}

/** Where Logseq keeps older versions of pages, also of those that are not public, or are gone. */
const LOGSEQ_BACKUP = /(?:^|\/)logseq\/(?:bak|version-files)\//;

export function isLogseqBackup(key: string): boolean {
  return LOGSEQ_BACKUP.test(key);
}

/** What editors and offices keep beside a file that is open: `~a.md`, `~$a.docx`, `a~.md`, `a.bak.md`. */
const WORKING_COPY = /(?:^|\/)~[^/]*$|~\.[^./]+$|\.bak\.[^./]+$/i;

/** Syncthing's; Dropbox's and Nextcloud's; ownCloud's; and what `git mergetool` leaves. */
const CONFLICT_COPY =
  /(?:\.sync-conflict-\d{8}-\d{6}-[A-Z\d]{7}|\((?:[^()/]* )?conflicted copy(?: [^()/]*)?\)|_conflict-\d{8}-\d{6}|_(?:BACKUP|BASE|LOCAL|REMOTE)_\d+)\.[^./]+$/i;

/** Whether a program made the file beside another, because that is open or was changed at two places: nobody wrote it to be published. */
export function isConflictCopy(key: string): boolean {
  return CONFLICT_COPY.test(key) || WORKING_COPY.test(key);
}

/** `what-we-learned` → `What we learned`; empty when the name has no words. */
export function titleFromSlug(slug: string): string {
  const words = slug.replace(/[-_\s]+/g, ' ').trim();
  if (!/\p{L}/u.test(words)) return '';
  return words.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}

function dayOf(match: RegExpExecArray): CalendarDay {
  return { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
}
