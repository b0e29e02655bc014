/** What a rebuild found, in words. */

import type { RebuildCounts } from '../lambda/publish.ts';
import { countOf } from './problem-lines.ts';

export function describeFindings({ feeds, recovered, lost, others }: RebuildCounts): string {
  const found = [
    countOf(feeds, 'damaged feed'),
    countOf(recovered, 'record from the feeds that show it', 'records from the feeds that show them'),
    countOf(lost, 'record without what it remembered', 'records without what they remembered'),
    countOf(others, 'claim, marker or note', 'claims, markers and notes'),
  ].filter(Boolean);
  return found.join(', ') || 'nothing, the state was whole';
}
