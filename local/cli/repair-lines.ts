/** The findings of a repair, in words. */

import type { RepairCounts } from '../../lambda/publish.ts';
import { countIfAny } from './problem-lines.ts';

/** @param none what to say when there is nothing; of a repair that is done unless given */
export function describeFindings(
  { feeds, recovered, lost, others }: RepairCounts,
  none = 'nothing, the state was whole',
): string {
  const found = [
    countIfAny(feeds, 'damaged feed'),
    countIfAny(recovered, 'record from the feeds that show it', 'records from the feeds that show them'),
    countIfAny(lost, 'record without what it remembered', 'records without what they remembered'),
    countIfAny(others, 'claim, marker or note', 'claims, markers and notes'),
  ].filter(Boolean);
  return found.join(', ') || none;
}
