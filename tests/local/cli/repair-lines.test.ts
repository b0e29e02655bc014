import { expect, it } from 'vitest';
import { describeFindings } from '../../../local/cli/repair-lines.ts';

it('what a rebuild has found says that the state was whole only when it is done', () => {
  const nothing = { feeds: 0, recovered: 0, lost: 0, others: 0 };
  expect(describeFindings(nothing)).toBe('nothing, the state was whole');
  expect(describeFindings(nothing, 'nothing')).toBe('nothing');
  expect(describeFindings({ ...nothing, feeds: 1, others: 2 }, 'nothing')).toBe(
    '1 damaged feed, 2 claims, markers and notes',
  );
});
