import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PARCEL_KEYS_MAX, packFeedWork } from '../../lambda/store/feed-parcels.ts';

const feed = fc.constantFrom('all', 'tags/x', '@catalog');
const key = fc.option(fc.string({ unit: 'binary', maxLength: 20 }));

describe('packFeedWork', () => {
  it('says of each feed what was said, in that order', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ feed, key })), fc.integer({ min: 1, max: 5 }), (messages, keysMax) => {
        const parcels = packFeedWork(messages, keysMax);
        for (const name of ['all', 'tags/x', '@catalog']) {
          const told = messages.filter((message) => message.feed === name).map((message) => message.key);
          expect(parcels.filter((parcel) => parcel.feed === name).flatMap(({ keys }) => keys)).toEqual(told);
        }
        expect(parcels.every(({ keys }) => keys.length > 0 && keys.length <= keysMax)).toBe(true);
      }),
    );
  });

  it('needs few messages for many articles', () => {
    const messages = Array.from({ length: 250 }, (_, index) => ({ feed: 'all', key: `${index}.md` }));
    expect(packFeedWork(messages).map(({ keys }) => keys.length)).toEqual([PARCEL_KEYS_MAX, PARCEL_KEYS_MAX, 50]);
  });

  it('makes none that a queue would not take', () => {
    const messages = Array.from({ length: 100 }, (_, index) => ({
      feed: 'all',
      key: `${index}${'\u0001'.repeat(1_000)}`,
    }));
    const sizes = packFeedWork(messages).map((parcel) => JSON.stringify(parcel).length);
    expect(Math.max(...sizes)).toBeLessThan(70_000);
  });
});
