import { describe, expect, it } from 'vitest';
import { renderPage, type ServerResult } from '../../../tools/stores/trial-table.ts';

const HOLDS = { bytes: true, names: true, order: true, absent: true, version: true, races: true };
const WHOLE: ServerResult = {
  name: 'A',
  version: '1.0',
  trial: { ...HOLDS, removals: true, sources: true, destinations: true },
  isForSeveral: true,
  contract: { passedCount: 50, failures: [] },
  isPublicationSame: true,
  writtenAgain: { count: 0, reason: null },
  crowd: { isSame: true, killCount: 3 },
};

describe('renderPage', () => {
  it('has a row for each server, with what is not kept, and the cases that do not hold below', () => {
    const lacking: ServerResult = {
      ...WHOLE,
      name: 'B',
      trial: { ...WHOLE.trial, removals: false, destinations: false },
      contract: { passedCount: 49, failures: ['list gives the facts'] },
      writtenAgain: { count: 3, reason: 'it loses a field' },
      crowd: { isSame: false, killCount: 1 },
    };
    const refused: ServerResult = {
      ...WHOLE,
      name: 'C',
      trial: { ...WHOLE.trial, absent: false },
      isForSeveral: false,
      contract: null,
      crowd: null,
    };
    expect(renderPage([WHOLE, lacking, refused]).split('\n').slice(-9)).toEqual([
      '|---|---|---|---|---|---|---|',
      '| A 1.0 | – | yes | 50 of 50 | same | 0 | same, 3 kills |',
      '| B 1.0 | removals, what is copied over | yes | 49 of 50 | same | 3: it loses a field | **differs**, 1 kills |',
      '| C 1.0 | writes over nothing | refused | – | same | – | – |',
      '',
      '## Cases of the contract that do not hold',
      '',
      '- B: list gives the facts',
      '',
    ]);
  });
});
