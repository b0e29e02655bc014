/** A rehearsal in words: first the number that matters, then each kind of difference with examples and what to do. */

import { DIFFERENCE_KINDS, type Difference, describeKind, isFailure } from './differences.ts';
import { READER_RULES } from './reader-rules.ts';
import type { Rehearsal, RehearsedFeed } from './rehearse.ts';

const EXAMPLES_MAX = 3;

export interface RehearsalLine {
  readonly kind: 'headline' | 'failure' | 'warning' | 'detail';
  readonly text: string;
}

export function describeRehearsal(rehearsal: Rehearsal): readonly RehearsalLine[] {
  return [{ kind: 'headline', text: headline(rehearsal) }, ...rehearsal.feeds.flatMap(describeFeed)];
}

function headline({ againInAll, againInSome, isFailed }: Rehearsal): string {
  const entries = (count: number): string => `${count === 0 ? 'no' : count} ${count === 1 ? 'entry' : 'entries'}`;
  if (againInAll === 0 && againInSome === 0)
    return isFailed
      ? 'Subscribers would see no entry again, but for what is told here.'
      : 'Subscribers would see no entry again.';
  if (againInAll === 0) return `Subscribers would see ${entries(againInSome)} again in some readers, and none in all.`;
  const others = againInSome === 0 ? '' : `, and ${againInSome} more in some`;
  return `Subscribers would see ${entries(againInAll)} again in all readers${others}.`;
}

function describeFeed(feed: RehearsedFeed): readonly RehearsalLine[] {
  const { place, format, oldCount, matchedCount, comparedWith, missing, differences } = feed;
  const head = `${place} (${format}): ${matchedCount} of ${oldCount} entries found again in /${comparedWith}.`;
  const gaps =
    missing.length === 0 ? [] : [detail(`Older pages are not there: ${missing.slice(0, EXAMPLES_MAX).join(', ')}`)];
  const kinds = DIFFERENCE_KINDS.flatMap((kind) => {
    const those = differences.filter((each) => each.kind === kind);
    return those.length === 0 ? [] : describeDifferences(those);
  });
  return [detail(''), detail(head), ...gaps, ...kinds];
}

/** Differences of one kind; those that other readers notice are told apart. */
function describeDifferences(those: readonly Difference[]): readonly RehearsalLine[] {
  const byReaders = Map.groupBy(those, readersText);
  return [...byReaders].flatMap(([who, alike]) => {
    const [first] = alike;
    if (first === undefined) return [];
    const { says, fix } = describeKind(first.kind, alike.length);
    return [
      { kind: isFailure(first) ? ('failure' as const) : ('warning' as const), text: `${says}${who}.` },
      ...alike.slice(0, EXAMPLES_MAX).map((each) => detail(`  ${example(each)}`)),
      ...(alike.length > EXAMPLES_MAX ? [detail(`  and ${alike.length - EXAMPLES_MAX} more`)] : []),
      detail(`  ${fix}`),
    ];
  });
}

function readersText({ kind, readers }: Difference): string {
  if (readers.length === 0)
    return kind.startsWith('id-') && kind !== 'id-twice' ? ', in the archive alone: again in none' : '';
  if (readers.length === READER_RULES.length) return ': again in all readers';
  return `: again in ${readers.join(', ')}`;
}

function example({ before, after, title }: Difference): string {
  const change = [before, after].filter((each) => each !== null).join(' → ');
  return title === '' ? change : `${change} “${title}”`;
}

function detail(text: string): RehearsalLine {
  return { kind: 'detail', text };
}
