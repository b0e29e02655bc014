import { describe, expect, it } from 'vitest';
import { REDIRECTS_MAX } from '../../../../lambda/model/site-limits.ts';
import { type ListForm, redirectsOfLists } from '../../../../local/import/model/old-lists.ts';

const FORMS: readonly ListForm[] = [
  ['feed/', 'rss.xml'],
  ['', ''],
];

describe('lists of an old system', () => {
  it('lead on with their feeds and pages, but for a page that is there', () => {
    const lists = [
      { from: 'tag/a', to: 'tags/a' },
      { from: 'category/b', to: 'category/b', isThere: true },
    ];
    expect(redirectsOfLists(lists, FORMS)).toEqual({
      '/tag/a/feed/': '/tags/a/rss.xml',
      '/category/b/feed/': '/category/b/rss.xml',
      '/tag/a/': '/tags/a/',
    });
  });

  it('that are more than settings may hold keep their feeds first, and leave room for others', () => {
    const lists = Array.from({ length: 4_000 }, (_, index) => ({ from: `tag/${index}`, to: `tags/${index}` }));
    const redirects = Object.keys(redirectsOfLists(lists, FORMS));
    expect(redirects.length).toBeLessThan(REDIRECTS_MAX);
    expect(redirects.filter((path) => path.endsWith('/feed/'))).toHaveLength(4_000);
  });
});
