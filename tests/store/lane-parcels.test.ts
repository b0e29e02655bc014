import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PARCEL_KEYS_MAX, packLaneWork } from '../../lambda/store/lane-parcels.ts';
import { CATALOG_LANE, feedLane } from '../../lambda/work/protocol/lanes.ts';

const LANES = [feedLane('all'), feedLane('tags/x'), CATALOG_LANE];
const lane = fc.constantFrom(...LANES);
const key = fc.option(fc.string({ unit: 'binary', maxLength: 20 }));

describe('packLaneWork', () => {
  it('says of each lane what was said, in that order', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ lane, key })), fc.integer({ min: 1, max: 5 }), (messages, keysMax) => {
        const parcels = packLaneWork(messages, keysMax);
        for (const name of LANES) {
          const told = messages.filter((message) => message.lane === name).map((message) => message.key);
          expect(parcels.filter((parcel) => parcel.lane === name).flatMap(({ keys }) => keys)).toEqual(told);
        }
        expect(parcels.every(({ keys }) => keys.length > 0 && keys.length <= keysMax)).toBe(true);
      }),
    );
  });

  it('needs few messages for many articles', () => {
    const messages = Array.from({ length: 250 }, (_, index) => ({ lane: feedLane('all'), key: `${index}.md` }));
    expect(packLaneWork(messages).map(({ keys }) => keys.length)).toEqual([PARCEL_KEYS_MAX, PARCEL_KEYS_MAX, 50]);
  });

  it('makes none that a queue would not take', () => {
    const messages = Array.from({ length: 100 }, (_, index) => ({
      lane: feedLane('all'),
      key: `${index}${'\u0001'.repeat(1_000)}`,
    }));
    const sizes = packLaneWork(messages).map((parcel) => JSON.stringify(parcel).length);
    expect(Math.max(...sizes)).toBeLessThan(70_000);
  });
});
