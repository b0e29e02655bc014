/** The columns of the table: for each behaviour, whether a reader shows of the stress publication what its author meant. */

import type { FeedFormat } from '../../../lambda/model/document.ts';
import type { DocumentName, Shown, ShownEntry } from './shown.ts';
import { LAST_WORDS, LITERAL_TITLE, TITLE } from './stress.ts';

/** Null: the reader does not tell. */
type Verdict = 'right' | { readonly wrong: string } | null;

export interface Behaviour {
  readonly name: string;
  readonly document: DocumentName;
  readonly formats: readonly FeedFormat[];
  /** @param base address of the publication, ends with a slash */
  readonly judge: (shown: Shown, base: string) => Verdict;
}

const EVERY: readonly FeedFormat[] = ['rss', 'atom', 'json'];
const XML: readonly FeedFormat[] = ['rss', 'atom'];

const MAIL_DATE = Date.parse('2026-05-05T08:00:00+05:45') / 1000;
const DAY_SECONDS = 86_400;
/** Of `one.mp3`. */
const SOUND_SECONDS = 10;
const OLD_DATE = Date.parse('1965-03-04T05:06:07Z') / 1000;

export const BEHAVIOURS: readonly Behaviour[] = [
  {
    name: 'date with an offset',
    document: 'all',
    formats: EVERY,
    judge: (shown) => entryWith(shown, 'mail', 'Slack water', (entry) => dateOf(entry, MAIL_DATE)),
  },
  {
    name: 'date of 1965',
    document: 'all',
    formats: EVERY,
    judge: (shown) => entryWith(shown, 'old', 'From the archive', (entry) => dateOf(entry, OLD_DATE)),
  },
  {
    name: 'updated',
    document: 'all',
    formats: ['atom'],
    judge: (shown) =>
      entryWith(shown, 'mail', 'Slack water', ({ updated }) =>
        updated == null ? null : judge(Math.abs(updated - MAIL_DATE) < 1, `${Math.round(updated - MAIL_DATE)} s late`),
      ),
  },
  {
    name: 'author with a mail address',
    document: 'all',
    formats: EVERY,
    judge: (shown) => entryWith(shown, 'mail', 'Slack water', (entry) => authorOf(entry, 'Ben Bright')),
  },
  {
    name: 'two authors',
    document: 'all',
    formats: EVERY,
    judge: (shown) => entryWith(shown, 'two', 'Spring tide', (entry) => authorOf(entry, 'Ann Low, Cleo Marsh')),
  },
  {
    name: 'no author',
    document: 'all',
    formats: XML,
    judge: (shown) => entryWith(shown, 'nobody', 'Neap tide', (entry) => authorOf(entry, TITLE)),
  },
  {
    name: 'page of a link post',
    document: 'all',
    formats: EVERY,
    judge: (shown, base) =>
      entryWith(shown, 'link', 'Somebody else’s chart', ({ link }) =>
        link == null ? null : judge(link === `${base}link/`, link),
      ),
  },
  {
    name: 'home page',
    document: 'all',
    formats: EVERY,
    judge: ({ home }, base) => (home == null ? null : judge(home.replace(/\/?$/, '/') === base, home)),
  },
  {
    name: 'tag',
    document: 'all',
    formats: EVERY,
    judge: (shown) =>
      entryWith(shown, 'mail', 'Slack water', ({ tags }) => {
        const names = tags?.map((tag) => (typeof tag === 'object' ? (tag?.name ?? '') : tag));
        return names === undefined ? null : judge(names.join() === 'C++', names.join());
      }),
  },
  {
    name: 'title with markup characters',
    document: 'all',
    formats: EVERY,
    judge: (shown) => {
      const found = shown.entries.find(({ id, title }) => id === 'urn:fathom:literal' || title?.startsWith('Read '));
      return found?.title == null ? null : judge(found.title === LITERAL_TITLE, found.title);
    },
  },
  {
    name: 'note that is a picture',
    document: 'all',
    formats: EVERY,
    judge: (shown) => {
      const titles = shown.entries.map(({ title }) => title ?? '');
      const own = shown.entries.find(({ id }) => id === 'urn:fathom:picture')?.title;
      return judge(titles.includes('A heron on a post'), own ?? 'not found');
    },
  },
  {
    name: 'one sound once',
    document: 'all',
    formats: EVERY,
    judge: (shown) =>
      entryWith(shown, 'one', 'One sound', ({ files }) => filesAre(files, (names) => names.join() === 'one.mp3')),
  },
  {
    name: 'first of two files first',
    document: 'all',
    formats: EVERY,
    judge: (shown) =>
      entryWith(shown, 'duo', 'One sound in two files', ({ files }) => filesAre(files, ([name]) => name === 'duo.mp3')),
  },
  {
    name: 'first of two sounds first',
    document: 'all',
    formats: EVERY,
    judge: (shown) =>
      entryWith(shown, 'pair', 'Two recordings', ({ files }) => filesAre(files, ([name]) => name === 'first.mp3')),
  },
  {
    name: 'picture at most once',
    document: 'short',
    formats: XML,
    judge: (shown) =>
      entryWith(shown, 'link', 'Somebody else’s chart', ({ files }) =>
        files == null ? null : judge(files.length < 2, namesOf(files).join()),
      ),
  },
  {
    name: 'episode number',
    document: 'listen',
    formats: ['rss'],
    judge: (shown) =>
      entryWith(shown, 'one', 'One sound', ({ number }) =>
        number == null || number === '' ? null : judge(Number(number) === 7, String(number)),
      ),
  },
  {
    name: 'sound of an episode',
    document: 'listen',
    formats: ['rss'],
    judge: (shown) =>
      entryWith(shown, 'duo', 'One sound in two files', ({ files }) => filesAre(files, ([name]) => name === 'duo.mp3')),
  },
  {
    name: 'length of an episode',
    document: 'listen',
    formats: ['rss'],
    judge: (shown) =>
      entryWith(shown, 'one', 'One sound', ({ duration }) =>
        duration == null || duration === ''
          ? null
          : judge(Math.round(secondsOf(duration)) === SOUND_SECONDS, String(duration)),
      ),
  },
  {
    name: 'whole text',
    document: 'all',
    formats: EVERY,
    judge: (shown) =>
      entryWith(shown, 'mail', 'Slack water', ({ text }) =>
        text == null ? null : judge(text.includes(LAST_WORDS), text),
      ),
  },
  {
    name: 'code in a text',
    document: 'all',
    formats: EVERY,
    judge: (shown) => entryWith(shown, 'mail', 'Slack water', ({ text }) => codeIn(text)),
  },
];

/** As characters: in HTML behind references, in plain text as they are. A text without its code is a summary. */
function codeIn(text: ShownEntry['text']): Verdict {
  const line = text == null ? null : (/Type\b[^\n]*bold/.exec(text)?.[0] ?? null);
  if (text == null || line === null) return null;
  const isHtml = /<(p|code)\b/.test(text);
  return judge(isHtml ? /(?:&lt;|&#60;|&#x3c;)b(?:&gt;|&#62;|&#x3e;|>)/i.test(line) : line.includes('<b>'), line);
}

/** @param duration in seconds, or as `hh:mm:ss` */
function secondsOf(duration: number | string): number {
  return String(duration)
    .split(':')
    .reduce((sum, part) => sum * 60 + Number(part), 0);
}

function entryWith(shown: Shown, id: string, title: string, judgeEntry: (entry: ShownEntry) => Verdict): Verdict {
  const entry =
    shown.entries.find((one) => one.id === `urn:fathom:${id}`) ?? shown.entries.find((one) => one.title === title);
  return entry === undefined ? { wrong: 'not found' } : judgeEntry(entry);
}

function dateOf({ published, updated, date }: ShownEntry, expected: number): Verdict {
  const known = published ?? updated ?? (date == null ? null : Date.parse(date) / 1000);
  if (known == null) return null;
  const isOfNow = Math.abs(known - Date.now() / 1000) < DAY_SECONDS;
  return judge(Math.floor(known) === expected, isOfNow ? 'when it was fetched' : new Date(known * 1000).toISOString());
}

/** Names in any order, between commas or blanks of any kind. */
function authorOf({ author }: ShownEntry, expected: string): Verdict {
  if (author == null) return null;
  const names = (text: string) =>
    text
      .split(/\s*[,;]\s*/)
      .sort()
      .join(', ');
  return judge(names(author) === names(expected), author === '' ? 'none' : author);
}

function filesAre(files: ShownEntry['files'], isRight: (names: readonly string[]) => boolean): Verdict {
  if (files == null) return null;
  const names = namesOf(files);
  return judge(isRight(names), names.length === 0 ? 'none' : names.join(', '));
}

function namesOf(files: NonNullable<ShownEntry['files']>): readonly string[] {
  return files.map((file) => file?.slice(file.lastIndexOf('/') + 1) ?? '');
}

function judge(isRight: boolean, instead: string): Verdict {
  return isRight ? 'right' : { wrong: instead };
}
