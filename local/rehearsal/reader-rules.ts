/**
 * By what readers know an entry again: two entries with one key are one to the reader, and one whose key is new is shown as
 * unread, or mailed. Run: the reader subscribed to a feed on the loopback, the document was exchanged, and its unread
 * entries were counted. Read: its code was. docs/moving.md has this table; a test holds the two together.
 */

export interface SubscribedEntry {
  readonly format: 'RSS' | 'Atom' | 'JSON Feed';
  /** The address that is subscribed to; null where it is not known. */
  readonly feed: string | null;
  /** The text of guid or id, after references are decoded, without white space around it; null for none. */
  readonly id: string | null;
  /** The id with the white space around it. @default the id */
  readonly writtenId?: string | undefined;
  readonly link: string | null;
  /** Plain text. */
  readonly title: string;
  /** What a reader shows that reads no HTML in titles. @default the title */
  readonly writtenTitle?: string;
  /** As written. */
  readonly published: string | null;
  readonly updated: string | null;
  /** Of the entry; null where it has none. */
  readonly text: string | null;
}

export interface ReaderRule {
  readonly reader: string;
  readonly version: string;
  /** In words, for people. */
  readonly rule: string;
  readonly known: 'run' | 'read';
  key(entry: SubscribedEntry): string;
}

const ID_ELSE_LINK = (entry: SubscribedEntry): string => entry.id ?? entry.link ?? entry.title;
/** Where there is no id, what stands for it is never the link alone, so an id that is the link is another one. */
const idElse =
  (fallback: (entry: SubscribedEntry) => readonly (string | null)[]) =>
  (entry: SubscribedEntry): string =>
    entry.id ?? ['without id', ...fallback(entry)].join('\n');

/** Of readers to which white space around an id is a part of it. */
const withSpace =
  (key: (entry: SubscribedEntry) => string) =>
  (entry: SubscribedEntry): string =>
    key({ ...entry, id: entry.writtenId ?? entry.id });

const ELSE_LINK = 'the id; without one the link';
const SPACE_COUNTS = '; white space around an id counts';
const ELSE_LINK_AND_DATE = 'the id; without one link and date';

export const READER_RULES: readonly ReaderRule[] = [
  {
    reader: 'newsboat',
    version: '2.21.0',
    rule: `${ELSE_LINK_AND_DATE}${SPACE_COUNTS}`,
    known: 'run',
    key: withSpace(idElse(({ link, published }) => [link, published])),
  },
  {
    reader: 'Liferea',
    version: '1.14.4',
    rule: `the id; without one title and text${SPACE_COUNTS}`,
    known: 'run',
    key: withSpace(idElse(({ title, text }) => [title, text])),
  },
  {
    reader: 'rss2email',
    version: '3.14',
    rule: 'the id; without one the text alone',
    known: 'run',
    key: idElse(({ text }) => [text]),
  },
  { reader: 'reader (Python)', version: '3.26', rule: ELSE_LINK, known: 'run', key: ID_ELSE_LINK },
  { reader: 'feedparser', version: '6.0.14', rule: ELSE_LINK, known: 'run', key: ID_ELSE_LINK },
  { reader: 'elfeed', version: '3.4.1', rule: ELSE_LINK, known: 'run', key: ID_ELSE_LINK },
  {
    reader: 'gPodder',
    version: '3.11.1',
    rule: `${ELSE_LINK}; what is dated a week before the newest is never new`,
    known: 'run',
    key: ID_ELSE_LINK,
  },
  {
    reader: 'sfeed',
    version: '1.7',
    rule: 'id, link and title together',
    known: 'run',
    key: (entry) => [entry.id ?? 'without id', entry.link, entry.writtenTitle ?? entry.title].join('\n'),
  },
  {
    reader: 'FreshRSS',
    version: '1.25.0-dev',
    rule: ELSE_LINK_AND_DATE,
    known: 'run',
    key: idElse(({ link, published }) => [link, published]),
  },
  {
    reader: 'yarr',
    version: '2026-08',
    rule: 'the id; without one the link; of an Atom entry whose id is an address, with its date of change',
    known: 'run',
    key: (entry) =>
      entry.format === 'Atom' && isAddress(entry.id) ? `${entry.id}::${entry.updated}` : ID_ELSE_LINK(entry),
  },
  {
    reader: 'Miniflux',
    version: '2.3.5',
    rule: `${ELSE_LINK}${SPACE_COUNTS}`,
    known: 'run',
    key: withSpace(ID_ELSE_LINK),
  },
  { reader: 'Tiny Tiny RSS', version: '2026-08', rule: ELSE_LINK, known: 'run', key: ID_ELSE_LINK },
  { reader: 'CommaFeed', version: '2026-08', rule: ELSE_LINK, known: 'read', key: ID_ELSE_LINK },
  {
    reader: 'selfoss',
    version: '2026-08',
    rule: 'the id; without one something else than the link',
    known: 'read',
    key: idElse(({ link, title }) => [link, title]),
  },
  { reader: 'Fusion', version: '2026-08', rule: ELSE_LINK, known: 'read', key: ID_ELSE_LINK },
  {
    reader: 'Feedbin',
    version: '2026-08',
    rule: "the feed's address and the id together",
    known: 'read',
    key: (entry) => `${entry.feed}\n${ID_ELSE_LINK(entry)}`,
  },
];

function isAddress(id: string | null): boolean {
  return id !== null && /^https?:\/\//i.test(id);
}

/** The readers that show an entry as new when another one comes in its place, in the order of the table. */
export function readersThatShowAgain(before: SubscribedEntry, after: SubscribedEntry): readonly string[] {
  return READER_RULES.filter(({ key }) => key(before) !== key(after)).map(({ reader }) => reader);
}

/** The table of docs/moving.md. */
export function renderReaderTable(): string {
  const rows = READER_RULES.map(
    ({ reader, version, rule, known }) => `| ${reader} | ${version} | ${rule} | ${known} |`,
  );
  return ['| reader | version | knows an entry by | how that is known |', '|---|---|---|---|', ...rows].join('\n');
}
