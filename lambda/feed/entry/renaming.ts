/**
 * An article that is renamed stays itself: its file gets another name or place, and its entry keeps its id and its first
 * dates. Pure: what became of other files is handed in.
 *
 * An entry without an id of its own is the one article that lately went and that held its address, or is named by one of
 * its aliases, if their titles or their words agree. Where several went (posts merged into one), nobody can say which
 * one it is, and it is new. So is another text at an old address.
 */

import type { Likeness } from '../../model/entry.ts';
import { createProblem, type Problem } from '../../model/problem.ts';
import { addressesIn } from '../../state/keys.ts';
import type { ArticleRecord, FrozenFacts, GoneArticle, ShownEntry } from '../../state/record.ts';
import { areAlike, sketchEntry } from './likeness.ts';

/** For how long an article that went may come back under another name. */
const RENAMED_WITHIN_MS = 24 * 60 * 60 * 1000;
/** Articles of one file that are remembered when they go. */
const GONE_COUNT_MAX = 500;

/** An article that an entry may be, since it has or had the entry's address or one that the entry's aliases name. */
export interface Former extends Omit<GoneArticle, 'at'> {
  /** Content key of its file. */
  readonly key: string;
  /** When it went, in milliseconds since the epoch; null while it is shown. */
  readonly goneAt: number | null;
}

/** What other files tell of one part of a file. */
export interface PartHistory {
  /** The id that is frozen here went on to another file. */
  readonly isHandedOn: boolean;
  readonly formers: readonly Former[];
}

export type Renaming =
  | { readonly kind: 'new' }
  | { readonly kind: 'renamed'; readonly from: Former }
  /** The old file may still be about to go: an upload comes before the removal. */
  | { readonly kind: 'waits'; readonly until: number; readonly formers: readonly Former[] };

export interface RenamedEntry {
  readonly likeness: Likeness;
  readonly fingerprint: string;
  /** As `FrozenFacts` has it; null before it waited for anybody. */
  readonly awaitedUntil: number | null;
}

/**
 * What an entry without an id of its own is. It waits only where it would agree with an article that is still shown: an id
 * that was shown could not be changed after that.
 *
 * @param waitMs for how long it waits; at least until it is looked at again
 */
export function decideRenaming(
  entry: RenamedEntry,
  formers: readonly Former[],
  { now, waitMs }: { readonly now: number; readonly waitMs: number },
): Renaming {
  const isSame = ({ facts, likeness }: Former): boolean =>
    facts.fingerprint === entry.fingerprint || areAlike(likeness, entry.likeness);
  if (!formers.some(isSame)) return { kind: 'new' };
  const shown = formers.filter(({ goneAt }) => goneAt === null);
  const until = entry.awaitedUntil ?? now + waitMs;
  const isWaitOver = entry.awaitedUntil !== null && now >= entry.awaitedUntil;
  if (shown.length > 0 && !isWaitOver) return { kind: 'waits', until, formers: shown };
  const [from, ...others] = formers.filter(({ goneAt }) => goneAt !== null);
  return from !== undefined && others.length === 0 && isSame(from) ? { kind: 'renamed', from } : { kind: 'new' };
}

/** The facts of an article under its new name. What is counted there of ids that went on stays with the old one. */
export function inheritFacts({ handedOn }: FrozenFacts, { facts }: Former): FrozenFacts {
  const { handedOn: _, ...inherited } = facts;
  return { ...inherited, ...(handedOn !== undefined && { handedOn }) };
}

/** Tells of an article that is held back for a while. */
export function renameAwaited(key: string, formers: readonly Former[], until: number): Problem {
  const files = [...new Set(formers.map((former) => former.key))].join(', ');
  return createProblem('rename-awaited', {
    path: key,
    line: null,
    message: `The article seems to be a renamed copy of ${files}. It waits for that to go until ${new Date(until).toISOString()}.`,
    fix: `Remove ${files} if it was renamed; where both are to stay, this one is then published by itself as a new article.`,
  });
}

/** Whether an article that went may still come back under another name. */
export function isRenamable({ at }: GoneArticle, now: number): boolean {
  return now - at <= RENAMED_WITHIN_MS;
}

/**
 * What a record remembers of articles that went: those that it showed before and shows no more, neither under their id
 * nor at their address.
 */
export function rememberGone(
  { gone = [], shown: before, facts }: Pick<ArticleRecord, 'gone' | 'shown' | 'facts'>,
  shown: readonly ShownEntry[],
  now: number,
): readonly GoneArticle[] {
  const ids = new Set(shown.map(({ entry }) => entry.id));
  const addresses = new Set(shown.flatMap(({ claims }) => addressesIn(claims)));
  const isThere = (id: string | null, address: string | undefined) => ids.has(id ?? '') || addresses.has(address ?? '');
  // Most entries stay when their record is written, and a sketch takes as long as reading the words.
  const left = before
    .filter(({ entry, claims }) => !isThere(entry.id, addressesIn(claims)[0]))
    .flatMap((each) => goneArticle(each, facts, now) ?? []);
  const leftIds = new Set(left.map((each) => each.facts.id));
  return [
    ...gone.filter(
      (each) => isRenamable(each, now) && !leftIds.has(each.facts.id) && !isThere(each.facts.id, each.address),
    ),
    ...left,
  ].slice(-GONE_COUNT_MAX);
}

/** Null for one that has its address elsewhere. */
export function goneArticle(
  { entry, claims }: ShownEntry,
  facts: Readonly<Record<string, FrozenFacts>>,
  now: number,
): GoneArticle | null {
  const frozen = Object.values(facts).find(({ id }) => id === entry.id);
  const [address] = addressesIn(claims);
  if (frozen === undefined || address === undefined) return null;
  return { at: now, address, facts: frozen, likeness: sketchEntry(entry) };
}
