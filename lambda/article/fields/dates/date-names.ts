/**
 * What programs and themes call the fields that hold a date: by whole names that many use, and by names made of a word for
 * what happened and one for a date (`pubDatetime`, `date_issued`, `firstPublishedAt`), with or without the name of the
 * program in front (`dg-created`, `article:published_time`, `DC.date`).
 */

/** What happened on a date. */
export type DateKind = 'published' | 'updated' | 'expires';

/** Beside the word for what happened. */
const ENDINGS = [
  'date',
  'datetime',
  'dateandtime',
  'time',
  'timestamp',
  'at',
  'on',
  'day',
  'isodate',
  'dateiso',
  'utc',
];
const STARTS = ['date', 'datetime', 'time'];

function namesOf(words: readonly string[], before: readonly string[] = ['']): readonly string[] {
  return words.flatMap((word) =>
    before.flatMap((first) => [
      ...ENDINGS.map((ending) => first + word + ending),
      ...STARTS.map((start) => start + first + word),
      first + word,
    ]),
  );
}

/** Names that hold a date and nothing else: what can't be read in them is a mistake. In the order in which they count. */
const SURE_NAMES = {
  published: [
    ...['publishdate', 'datepublished', 'publishedat', 'publishedon', 'publisheddate', 'publishedtime', 'published'],
    ...['pubdate', 'date', 'posted', 'postdate', 'datetime', 'created', 'createdat', 'datecreated', 'creationdate'],
  ],
  updated: [
    ...[
      'updated',
      'lastmod',
      'lastmodified',
      'lastmodifiedat',
      'modified',
      'modifiedat',
      'modifiedtime',
      'datemodified',
    ],
    ...['modifieddate', 'updatedat', 'updatedate', 'updateddate', 'dateupdated', 'lastupdate', 'lastupdated'],
  ],
  expires: ['expires', 'expirydate', 'expiry', 'expiresat', 'expirationdate', 'unpublishdate', 'validuntil'],
} as const satisfies Readonly<Record<DateKind, readonly string[]>>;

/** The date on which readers should see an article goes before the one on which its file was made. */
const PUBLISHED_NAMES: readonly string[] = [
  ...SURE_NAMES.published.slice(0, SURE_NAMES.published.indexOf('pubdate')),
  ...namesOf(['published', 'publish', 'publication', 'publishing'], ['', 'first', 'original', 'originally', 'initial']),
  ...['pubdate', ...namesOf(['pub']), 'date', 'posted', 'postdate'],
  ...namesOf(['posted', 'post', 'issued', 'issue', 'released', 'release', 'aired', 'air']),
  ...['datetime', 'dateandtime', 'time', 'timestamp', 'day', 'isodate', 'datum', 'fecha', 'data'],
  ...['日期', '日付', '날짜', 'дата'],
  ...['created', 'createdat', 'datecreated', 'creationdate'],
  ...namesOf(['created', 'creation', 'create', 'written', 'authored', 'added']),
  ...['ctime', 'birthtime'],
];

const UPDATED_NAMES: readonly string[] = [
  ...SURE_NAMES.updated,
  ...namesOf(['updated', 'update', 'modified', 'modification', 'modify', 'mod'], ['', 'last']),
  ...namesOf(['edited', 'edit', 'changed', 'change', 'revised', 'revision'], ['', 'last']),
  'mtime',
];

const RANKS: Readonly<Record<DateKind, ReadonlyMap<string, number>>> = {
  published: ranksOf(PUBLISHED_NAMES),
  updated: ranksOf(UPDATED_NAMES),
  expires: ranksOf(SURE_NAMES.expires),
};

function ranksOf(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map([...new Set(names)].map((name, rank) => [name, rank]));
}

/** The name of a program, or a word for the article itself, in front of the name of a date. */
const OWNER = /^(?:dg|dcterms|dc|og|article|wp|hugo|hexo|zola|notion|ghost|blog|page|note|entry|content)[:.]?(?=.)/;

/** Where a plain name stands among those of one kind, the lower the sooner; null where it is none of them. */
export function rankOfDateName(name: string, kind: DateKind): number | null {
  const ranks = RANKS[kind];
  return ranks.get(name) ?? ranks.get(name.replace(OWNER, '')) ?? null;
}

/** Whether a value under this plain name has to be a date. Others (`time`, `release`, `day`) hold one or something else. */
export function isOfDatesAlone(name: string): boolean {
  return Object.values(SURE_NAMES).some((names: readonly string[]) => names.includes(name));
}

/** Whether a map under this plain name may hold dates by what happened on them: `date: { created, updated }`. */
export function mayHoldDates(name: string): boolean {
  return GROUPS.has(name) || rankOfDateName(name, 'published') !== null;
}

const GROUPS: ReadonlySet<string> = new Set(['dates', 'timestamps', 'times', 'history']);
