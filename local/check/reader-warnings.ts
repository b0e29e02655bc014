/**
 * What is valid and meant, and yet shown wrongly by some reader: each case with the readers and versions in which it was seen
 * (docs/readers.md, docs/decisions/100). There is one warning for each case, however many articles it is about, and a setting
 * that switches it off (`readerWarnings`).
 */

import { type Entry, playableOf } from '../../lambda/model/entry.ts';
import { isAtomId } from '../../lambda/model/entry-id.ts';
import { createProblem, type Problem } from '../../lambda/model/problem.ts';
import type { ReaderWarning, Site } from '../../lambda/model/site.ts';
import { SITE_KEY } from '../../lambda/site/setting.ts';
import { readJson } from '../../lambda/state/json-object.ts';
import { RECORDS_PREFIX } from '../../lambda/state/keys.ts';
import type { ArticleRecord } from '../../lambda/state/record.ts';
import { listAll, type Store } from '../../lambda/store/store.ts';

/** An entry that is in a feed, and the file that it comes from. */
interface KnownEntry {
  readonly key: string;
  readonly entry: Entry;
  readonly feeds: readonly string[];
}

interface Case {
  readonly name: ReaderWarning;
  readonly applies: (entry: Entry) => boolean;
  /** Behind “3 articles”. */
  readonly what: string;
  readonly readers: string;
  readonly fix: string;
}

const CASES: readonly Case[] = [
  {
    name: 'oldDates',
    applies: ({ published }) => published.at < 0,
    what: 'from before 1970',
    readers:
      'newsboat 2.21.0 and Akregator (KF5 Syndication 5.103) show the year 2101, FreshRSS 1.25 the time at which it fetched the feed, so they stand on top.',
    fix: 'If the date matters, say it in the text too.',
  },
  {
    name: 'severalAuthors',
    applies: ({ authors }) => authors.length > 1,
    what: 'of several authors',
    readers:
      'In Atom, tt-rss b72ea117, rss-parser 3.13.0, sfeed 1.7 and XML::Feed 0.63 show the first, feedparser 6.0.14, reader 3.26 and rss2email 3.14 the last, and feedparser 2.6.0 of npm the feed’s.',
    fix: 'Name them in the text too, or advise RSS: there all are shown.',
  },
  {
    name: 'mailAddresses',
    applies: ({ authors }) => authors.some(({ email }) => email !== null),
    what: 'of an author with a mail address',
    readers:
      'From Atom, rss2email 3.14 sends its mails in that address, and programs on feedparser 6.0.14 show it behind the name.',
    fix: 'Leave out “email” where the address is not to be public.',
  },
  {
    name: 'titleMarkup',
    applies: ({ title }) => /<\/?[a-z!]/i.test(title),
    what: 'with what looks like a tag in the title',
    readers:
      'yarr d1f33e2, tt-rss b72ea117, ruby-feedparser 0.11.2 and feedparser 2.6.0 of npm leave it out, and so does Liferea 1.14.4 in RSS.',
    fix: 'Write the title so that it can be understood without it.',
  },
  {
    name: 'severalSounds',
    applies: ({ attachments }) => attachments.filter(({ mimeType }) => mimeType.startsWith('audio/')).length > 1,
    what: 'with several sounds',
    readers:
      'newsboat 2.21.0 and XML::Feed 0.63 know one, and in Atom that is the last; yarr d1f33e2 shows the first one twice in RSS.',
    fix: 'Put each into an article of its own, or link them in the text.',
  },
  {
    name: 'addressIds',
    applies: ({ id }) => /^https?:/i.test(id),
    what: 'whose id is an address',
    readers: 'From Atom, yarr d1f33e2 shows each correction of them as another article, unread, beside the old one.',
    fix: 'Nothing is wrong with them, and an id that was published stays. New articles without an id have none of this.',
  },
  {
    name: 'keptIds',
    applies: ({ id }) => !isAtomId(id),
    what: 'whose id no Atom feed may hold, since it is no IRI',
    readers:
      'It is kept because subscribers of the old feed know the article by it: eleven readers do in Atom too. The W3C validator calls that document invalid.',
    fix: 'Nothing can be done but under another id, and then all subscribers see the article again. RSS and JSON Feed are valid.',
  },
  {
    name: 'tagAmpersands',
    applies: ({ tags }) => tags.some(({ label }) => /[&<]/.test(label)),
    what: 'with “&” or “<” in a tag',
    readers:
      'FreshRSS 1.25, where somebody has it read the JSON Feed, then shows nothing of the whole feed, and no error.',
    fix: 'Advise RSS or Atom, or write “and”.',
  },
];

const EPISODES_MAX = 200;

/** The warnings that are on, of all that is in feeds. */
export async function warnOfReaders(site: Site, state: Store): Promise<readonly Problem[]> {
  const entries = await readEntries(state);
  const isOn = (name: ReaderWarning) => site.readerWarnings?.[name] ?? true;
  return [...CASES.flatMap((one) => warnOfCase(one, entries)), ...warnOfFeeds(site, entries)].flatMap(
    ({ name, problem }) => (isOn(name) ? [problem] : []),
  );
}

interface Warning {
  readonly name: ReaderWarning;
  readonly problem: Problem;
}

function warnOfCase({ name, applies, what, readers, fix }: Case, entries: readonly KnownEntry[]): readonly Warning[] {
  const found = entries.filter(({ entry }) => applies(entry));
  const [first] = found;
  if (first === undefined) return [];
  const others =
    found.length === 1 ? '' : ` So ${found.length === 2 ? 'is another' : `are ${found.length - 1} others`}.`;
  return [warning(name, first.key, `This is an article ${what}.${others} ${readers}`, fix)];
}

function warnOfFeeds(site: Site, entries: readonly KnownEntry[]): readonly Warning[] {
  const descriptions = [site.description, ...site.feeds.map(({ description }) => description)];
  const hasMarkup = descriptions.some((description) => /<\/?[a-z!]/i.test(description));
  const long = site.feeds.filter(({ name, podcast }) => {
    const episodes = entries.filter(({ entry, feeds }) => feeds.includes(name) && playableOf(entry) !== null);
    return podcast !== undefined && episodes.length > EPISODES_MAX;
  });
  return [
    ...(hasMarkup
      ? [
          warning(
            'descriptionMarkup',
            SITE_KEY,
            'A description has what looks like a tag. In RSS, FreshRSS 1.25 and what stands on feedparser 6.0.14 leave that out.',
            'Write the description so that it can be understood without it.',
          ),
        ]
      : []),
    ...long.map(({ name }) =>
      warning(
        'longPodcasts',
        SITE_KEY,
        `The podcast ${name} has more than ${EPISODES_MAX} episodes. In its window gPodder 3.11.1 takes the newest ${EPISODES_MAX}, and Liferea 1.14.4 keeps the newest 100.`,
        'Link the older ones from a page.',
      ),
    ),
  ];
}

function warning(name: ReaderWarning, path: string, message: string, fix: string): Warning {
  const off = ` To hear no more of it: readerWarnings: { ${name}: no } in ${SITE_KEY}.`;
  return { name, problem: createProblem('shown-wrongly', { path, line: null, message, fix: fix + off }) };
}

/** In order of their files. */
async function readEntries(state: Store): Promise<readonly KnownEntry[]> {
  const entries: KnownEntry[] = [];
  for await (const { key } of listAll(state, RECORDS_PREFIX)) {
    const record = await readJson<ArticleRecord>(state, key);
    for (const { entry, feeds } of record?.value.shown ?? []) {
      if (feeds.length > 0) entries.push({ key: record?.value.key ?? '', entry, feeds });
    }
  }
  return entries;
}
