/**
 * Why the writers of the `feed` package are replaced: one test for each defect that was measured in 6.0.0. A test here
 * that fails is good news: the package has mended something, and perhaps less of it has to be replaced.
 */

import { Feed, type FeedOptions, type Item } from 'feed';
import { describe, expect, it } from 'vitest';

const ITEM: Item = {
  title: 'Title',
  id: 'https://tide.example/1/',
  link: 'https://tide.example/1/',
  date: new Date(Date.UTC(2026, 0, 2)),
  description: 'Summary',
  content: '<p>Content</p>',
};

function createFeed(item: Partial<Item> = {}, options: Partial<FeedOptions> = {}): Feed {
  const feed = new Feed({
    title: 'Feed',
    id: 'https://tide.example/',
    link: 'https://tide.example/',
    updated: new Date(Date.UTC(2026, 0, 2)),
    ...options,
  });
  feed.addItem({ ...ITEM, ...item });
  return feed;
}

const image = (facts: object = {}) => ({ url: 'https://tide.example/a.jpg', ...facts });
const count = (text: string, part: string) => text.split(part).length - 1;

describe('the JSON of feed 6.0.0', () => {
  const readJson = (feed: Feed) => JSON.parse(feed.json1());

  it('is version 1', () => {
    expect(readJson(createFeed()).version).toBe('https://jsonfeed.org/version/1');
  });

  it('has the first author only, in the deprecated field', () => {
    const [item] = readJson(createFeed({ author: [{ name: 'A' }, { name: 'B' }] })).items;
    expect(item.author).toEqual({ name: 'A' });
    expect(item.authors).toBeUndefined();
  });

  it('has no language, hubs, favicon or attachments', () => {
    const options = { language: 'en', hub: 'https://hub.example/', favicon: 'https://tide.example/favicon.png' };
    const feed = readJson(createFeed({ enclosure: image({ type: 'image/jpeg' }) }, options));
    expect(Object.keys(feed).sort()).toEqual(['home_page_url', 'items', 'title', 'version']);
    expect(feed.items[0].attachments).toBeUndefined();
  });

  it('lets an item go without its id', () => {
    const feed = createFeed();
    delete feed.items[0]?.id;
    expect(readJson(feed).items[0].id).toBeUndefined();
  });

  it('does not mark extensions with an underscore', () => {
    const [item] = readJson(createFeed({ extensions: [{ name: 'mood', objects: { now: 'calm' } }] })).items;
    expect(item.mood).toEqual({ now: 'calm' });
  });
});

describe('the RSS of feed 6.0.0', () => {
  it('puts a name into author, which is for a mail address', () => {
    expect(createFeed({ author: [{ name: 'Ana' }] }).rss2()).toContain('<author>Ana</author>');
  });

  it('gives two authors two author elements', () => {
    const author = [
      { name: 'A', email: 'a@tide.example' },
      { name: 'B', email: 'b@tide.example' },
    ];
    expect(count(createFeed({ author }).rss2(), '<author>')).toBe(2);
  });

  it('loses an author who has a mail address only', () => {
    expect(createFeed({ author: [{ email: 'a@tide.example' }] }).rss2()).not.toContain('a@tide.example');
  });

  it('lets attributes into the enclosure that RSS does not know', () => {
    const rss = createFeed({ enclosure: image({ type: 'image/jpeg', title: 'Pier', duration: 3 }) }).rss2();
    expect(rss).toMatch(/<enclosure [^>]*title="Pier" duration="3"/);
  });

  it('loses the image where there is a video', () => {
    const rss = createFeed({ image: image(), video: 'https://tide.example/v.mp4' }).rss2();
    expect(rss).not.toContain('a.jpg');
  });

  it('changes what it is given', () => {
    const audio = { url: 'https://tide.example/a.mp3', duration: 60 };
    createFeed({ audio }, { podcast: true }).rss2();
    expect(audio.duration).toBeUndefined();
  });

  it('takes its date from the clock', () => {
    const feed = createFeed();
    delete feed.options.updated;
    const year = /<lastBuildDate>\w+, \d+ \w+ (\d+)/.exec(feed.rss2())?.[1];
    expect(Number(year)).toBe(new Date().getUTCFullYear());
  });

  it('guesses the MIME type from the extension', () => {
    expect(createFeed({ image: image() }).rss2()).toContain('type="image/jpg"');
    expect(createFeed({ audio: 'https://tide.example/a.mp3' }).rss2()).toContain('type="audio/mp3"');
    expect(createFeed({ image: image({ url: 'https://tide.example/a.pdf' }) }).rss2()).toContain('image/pdf');
  });

  it('ends a CDATA section at the second “]]>”', () => {
    const rss = createFeed({ content: 'a ]]> b ]]> c' }).rss2();
    expect(rss).toContain('b ]]> c');
  });

  it('writes “&” raw in a category’s domain, and “<” raw in every attribute', () => {
    const rss = createFeed({ category: [{ name: 'Tag', domain: 'a&b<c' }] }).rss2();
    expect(rss).toContain('domain="a&b<c"');
  });

  it('keeps control characters', () => {
    expect(createFeed({ content: 'a\u0000b\u001fc' }).rss2()).toContain('a\u0000b\u001fc');
  });

  it('takes “&amp;” in a text for “&”', () => {
    expect(createFeed({}, { title: 'Write &amp; for an ampersand' }).rss2()).toContain(
      '<title>Write &amp; for an ampersand</title>',
    );
  });

  it('writes “undefined” for a category that has a term only', () => {
    expect(createFeed({ category: [{ term: 'tides' }] }).rss2()).toMatch(
      /<category>(?:undefined)?<\/category>|<category\/>/,
    );
  });

  it('writes a date that is none', () => {
    expect(createFeed({ date: new Date(Number.NaN) }).rss2()).toContain('Invalid Date');
  });

  it('declares no namespace for an extension', () => {
    const rss = createFeed({ extensions: [{ name: 'mood:now', objects: { _text: 'calm' } }] }).rss2();
    expect(rss).toContain('<mood:now>');
    expect(rss).not.toContain('xmlns:mood');
  });

  it('keeps the last of two extensions with one name', () => {
    const extensions = ['calm', 'wild'].map((text) => ({ name: 'mood:now', objects: { _text: text } }));
    expect(createFeed({ extensions }).rss2()).not.toContain('calm');
  });

  it('has no place for other links, such as those to archives', () => {
    const rss = createFeed(
      {},
      { feedLinks: { rss: 'https://tide.example/rss.xml', 'prev-archive': 'https://a.example/' } },
    );
    expect(rss.rss2()).not.toContain('prev-archive');
  });
});

describe('the Atom of feed 6.0.0', () => {
  it('calls a title HTML and does not escape it', () => {
    expect(createFeed({ title: 'Generic<T>' }).atom1()).toContain('<title type="html"><![CDATA[Generic<T>]]></title>');
  });

  it('allows a category without a term', () => {
    expect(createFeed({ category: [{ name: 'Tides' }] }).atom1()).toContain('<category label="Tides"/>');
  });

  it('allows a feed without any author', () => {
    expect(createFeed().atom1()).not.toContain('<author>');
  });

  it('rewrites ids as if they were addresses, and throws where they are none', () => {
    expect(createFeed({ id: 'HTTPS://Tide.example/a b' }).atom1()).toContain('<id>https://tide.example/a%20b</id>');
    expect(() => createFeed({ id: '42' }).atom1()).toThrow();
  });

  it('has no language, no type on its self link and no extensions', () => {
    const item = { extensions: [{ name: 'mood:now', objects: { _text: 'calm' } }] };
    const atom = createFeed(item, { language: 'en', feedLinks: { atom: 'https://tide.example/atom.xml' } }).atom1();
    expect(atom).toContain('<link rel="self" href="https://tide.example/atom.xml"/>');
    expect(atom).not.toContain('xml:lang');
    expect(atom).not.toContain('mood');
  });

  it('throws at a relative link', () => {
    expect(() => createFeed({ link: '/1/' }).atom1()).toThrow();
  });
});
