import { describe, expect, it } from 'vitest';
import { checkJsonFeed } from '../../../local/check/json-feed-rules.ts';

const ITEM = { id: '1', content_text: 'Text' };
const FEED = { version: 'https://jsonfeed.org/version/1.1', title: 'Title', items: [ITEM] };

const check = (feed: unknown) => checkJsonFeed(new TextEncoder().encode(JSON.stringify(feed)));
const checkFeed = (facts: object) => check({ ...FEED, ...facts });
const checkItem = (facts: object) => check({ ...FEED, items: [{ ...ITEM, ...facts }] });

describe('the rules of JSON Feed 1.1', () => {
  it('accept the smallest feed, and extensions', () => {
    expect(check(FEED)).toEqual([]);
    expect(checkFeed({ items: [], _tide: { high: true } })).toEqual([]);
  });

  it.each([
    ['what is missing', () => check({ items: [] }), 'feed.version is missing'],
    ['an older version', () => checkFeed({ version: 'https://jsonfeed.org/version/1' }), 'not that of 1.1'],
    ['a feed without items', () => check({ ...FEED, items: undefined }), 'feed.items is missing'],
    ['an unknown field', () => checkFeed({ home: 'x' }), 'feed.home is not a field'],
    ['the deprecated author', () => checkItem({ author: { name: 'A' } }), 'items[0].author is not a field'],
    ['an extension with a dot', () => checkFeed({ '_a.b': {} }), 'no extension'],
    ['a relative address', () => checkItem({ url: '/1/' }), 'items[0].url is not a web address'],
    ['an id that is a number', () => checkItem({ id: 1 }), 'items[0].id is not a string'],
    ['an id used twice', () => checkFeed({ items: [ITEM, ITEM] }), 'two items have the id "1"'],
    ['an item without content', () => checkFeed({ items: [{ id: '1' }] }), 'neither content_html nor content_text'],
    ['an author of whom nothing is said', () => checkItem({ authors: [{}] }), 'authors[0] says nothing'],
    ['a date that is none', () => checkItem({ date_published: '2026-02-30T00:00:00Z' }), 'not an RFC 3339 date'],
    ['a date without a zone', () => checkItem({ date_published: '2026-02-03T00:00:00' }), 'not an RFC 3339 date'],
    ['an attachment without a type', () => checkItem({ attachments: [{ url: 'https://a.example/' }] }), 'mime_type'],
    ['a length that is text', () => checkItem({ attachments: [{ size_in_bytes: '1' }] }), 'not a number of bytes'],
    ['a hub without an address', () => checkFeed({ hubs: [{ type: 'WebSub' }] }), 'hubs[0].url is missing'],
    ['a language that is none', () => checkItem({ language: 'in English' }), 'not a language tag'],
    ['tags in one string', () => checkItem({ tags: 'a, b' }), 'tags is not a list'],
    [
      'a next_url that leads back',
      () => checkFeed({ feed_url: 'https://a.example/', next_url: 'https://a.example/' }),
      'next_url',
    ],
    ['half of a surrogate pair', () => checkFeed({ title: 'a\ud800b' }), 'surrogate'],
  ])('refuse %s', (_name, faults, message) => {
    expect(faults().join('\n')).toContain(message);
  });

  it('take a whole surrogate pair, and a backslash before what looks like half of one', () => {
    expect(checkFeed({ title: '🌊 \\ud800' })).toEqual([]);
    const escaped = JSON.stringify(FEED).replace('Title', '\\ud83c\\udf0a');
    expect(checkJsonFeed(new TextEncoder().encode(escaped))).toEqual([]);
  });
});
