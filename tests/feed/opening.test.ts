import { describe, expect, it } from 'vitest';
import { minimumOf, openingAfter } from '../../lambda/feed/opening.ts';
import { createRoot, type FeedRoot, NOTHING_PENDING } from '../../lambda/state/root.ts';

const redirects = { '/tag/küste/feed/': '/tags/k%C3%BCste/rss.xml' };

describe('how many entries a feed needs', () => {
  it.each([
    ['tags/sea', 3],
    ['authors/ada', 3],
    ['sections/news', 3],
    ['languages/de', 1],
    ['all', 1],
    ['climate', 1],
    ['tags/küste', 1],
    ['tags/küstenwind', 3],
  ])('is for %s %i', (feed, minimum) => {
    expect(minimumOf(feed, { feedMinimum: 3, redirects })).toBe(minimum);
    expect(minimumOf(feed, { redirects })).toBe(1);
  });
});

describe('how public a feed is', () => {
  const fresh = createRoot('tags/sea', 5);
  const withheld: FeedRoot = {
    ...fresh,
    revision: 1,
    opening: 'withheld',
    pending: { ...NOTHING_PENDING, head: true },
  };
  const older: FeedRoot = { ...fresh, revision: 1 };

  it('depends on its entries as long as it never was', () => {
    expect(openingAfter(fresh, 2, 3, false)).toBe('withheld');
    expect(openingAfter(withheld, 2, 3, false)).toBe('withheld');
    expect(openingAfter(fresh, 3, 3, false)).toBe('under way');
    expect(openingAfter(withheld, 3, 3, false)).toBe('under way');
    expect(openingAfter(withheld, 1, 1, false)).toBe('under way');
  });

  it('is settled once it was', () => {
    expect(openingAfter({ ...withheld, opening: 'under way' }, 0, 3, false)).toBe('under way');
    expect(openingAfter({ ...withheld, opening: 'done' }, 0, 3, false)).toBe('done');
    expect(openingAfter(older, 1, 3, false)).toBe('under way');
    expect(openingAfter(fresh, 1, 3, true)).toBe('under way');
  });

  it('is nothing to note where no number is asked for', () => {
    expect(openingAfter(fresh, 1, 1, false)).toBeUndefined();
    expect(openingAfter(older, 0, 1, false)).toBeUndefined();
    expect(openingAfter(fresh, 0, 1, false)).toBeUndefined();
  });

  it('is found out where a publisher that knows no withheld feeds has written the documents', () => {
    expect(openingAfter({ ...withheld, pending: NOTHING_PENDING }, 1, 3, false)).toBe('under way');
  });
});
