/**
 * Where the entries of a site differ from those of the system that the site was written for, with the reason that somebody wrote
 * down for each: `tests/systems/differences/<site>.json`. Pure.
 */

import type { SiteEntry, SiteReading } from './site-entries.ts';

/** An entry of the program, in the shape of ours. */
export type TheirEntry = Omit<SiteEntry, 'file'>;

export const FIELDS = ['published', 'title', 'date', 'address', 'authors', 'tags', 'text'] as const;

export interface Difference {
  readonly file: string;
  readonly field: (typeof FIELDS)[number];
  readonly theirs: string;
  readonly ours: string;
}

export interface KnownDifference extends Difference {
  /** Why it is so; empty for one that nobody has explained. */
  readonly reason: string;
}

/** The record of a site: the version of the program that was run, and its differences. */
export interface Known {
  readonly program: string;
  readonly differences: readonly KnownDifference[];
}

/**
 * Entries are brought together by their words: those that one source alone has.
 *
 * @param sources texts of the articles' files, by content key
 */
export function compareEntries(
  theirs: readonly TheirEntry[],
  ours: SiteReading,
  sources: ReadonlyMap<string, string>,
): readonly Difference[] {
  const markers = new Map([...sources].map(([file, text]) => [file, markerOf(text)]));
  const matched = new Map<string, TheirEntry>();
  const left: Difference[] = [];
  for (const entry of theirs) {
    const file = fileOf(entry, markers);
    if (file !== null) matched.set(file, entry);
    else left.push({ file: '', field: 'published', theirs: `${entry.address} “${entry.title}”`, ours: 'no article' });
  }
  const files = [...new Set([...matched.keys(), ...ours.entries.map(({ file }) => file)])].sort();
  return [
    ...files.flatMap((file) => {
      const ownEntry = ours.entries.find((entry) => entry.file === file);
      return compareFile(file, matched.get(file), ownEntry);
    }),
    ...left,
  ];
}

/** The file whose marker comes first in the text: behind it may stand that of a file that it includes. */
function fileOf({ text }: TheirEntry, markers: ReadonlyMap<string, string>): string | null {
  const found = [...markers].flatMap(([file, marker]) => {
    const at = marker === '' ? -1 : text.indexOf(marker);
    return at < 0 ? [] : [{ file, at }];
  });
  return found.toSorted((a, b) => a.at - b.at)[0]?.file ?? null;
}

/** The first word of the kind that each text of the small sites has: `Tellferry`, `Hushdraft`. */
function markerOf(text: string): string {
  return /\b(?:Tell|Hush)[a-z]+\b/.exec(text)?.[0] ?? '';
}

function compareFile(file: string, theirs?: TheirEntry, ours?: SiteReading['entries'][number]): readonly Difference[] {
  if (theirs === undefined || ours === undefined) {
    const told = (entry: TheirEntry | undefined) => (entry === undefined ? 'no' : 'yes');
    return [{ file, field: 'published', theirs: told(theirs), ours: told(ours) }];
  }
  return FIELDS.flatMap((field) => {
    if (field === 'published') return [];
    const [a, b] = [show(theirs[field]), show(ours[field])];
    return a === b ? [] : [{ file, field, theirs: a, ours: b }];
  });
}

function show(value: string | readonly string[] | null): string {
  if (value === null) return 'none';
  return typeof value === 'string' ? value : value.length === 0 ? 'none' : value.join(', ');
}

export interface Judged {
  /** All that were found, with the reasons that are known. */
  readonly found: readonly KnownDifference[];
  /** Those without a reason. */
  readonly unexplained: readonly KnownDifference[];
  /** Those that are known and were not found. */
  readonly gone: readonly KnownDifference[];
}

/** A reason stays with a file and a field whatever stands there: a new value of either side is to be looked at again. */
export function judge(found: readonly Difference[], known: readonly KnownDifference[]): Judged {
  const explained = found.map((each) => ({
    ...each,
    reason: known.find((other) => isSame(each, other))?.reason ?? '',
  }));
  return {
    found: explained,
    unexplained: explained.filter(({ reason }) => reason === ''),
    gone: known.filter((each) => !found.some((other) => isSame(each, other))),
  };
}

function isSame(a: Difference, b: Difference): boolean {
  return a.file === b.file && a.field === b.field && a.theirs === b.theirs && a.ours === b.ours;
}
