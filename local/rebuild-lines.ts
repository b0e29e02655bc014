/** What a rebuild found, in words. */

import type { RebuildCounts } from '../lambda/publish.ts';
import { countOf } from './problem-lines.ts';

/** @param none what to say when there is nothing; of a rebuild that is done unless given */
export function describeFindings(
  { feeds, recovered, lost, others }: RebuildCounts,
  none = 'nothing, the state was whole',
): string {
  const found = [
    countOf(feeds, 'damaged feed'),
    countOf(recovered, 'record from the feeds that show it', 'records from the feeds that show them'),
    countOf(lost, 'record without what it remembered', 'records without what they remembered'),
    countOf(others, 'claim, marker or note', 'claims, markers and notes'),
  ].filter(Boolean);
  return found.join(', ') || none;
}
