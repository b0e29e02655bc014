/** Models of the package `feed`, in which its own documents are not valid, and ours are. */

import { Feed as OldFeed } from 'feed';
import { describe, expect, it } from 'vitest';
import { Feed, type FeedItem, renderFeed, validateFeed } from '../../../local/library.ts';

const FORMATS = ['rss', 'atom', 'json'] as const;
const OPTIONS = { id: 'https://a.example/', title: 'R&D', link: 'https://a.example/' };
const ITEM = { title: 'One', link: 'https://a.example/one', date: new Date('2026-05-02T10:00:00Z') };

function expectValid(feed: Parameters<typeof renderFeed>[0]) {
  const documents = renderFeed(feed);
  for (const format of FORMATS) expect(validateFeed(documents[format], format).findings, format).toEqual([]);
  return documents;
}

function one(item: Partial<FeedItem>, options: object = {}) {
  return expectValid({ options: { ...OPTIONS, ...options }, items: [{ ...ITEM, ...item }] });
}

describe('renderFeed', () => {
  it('gives valid documents of the least that the model may say, and says nothing that it does not', () => {
    const { rss, atom, json } = one({});
    expect(rss).not.toMatch(/rel="self"|<language>|<ttl>|fh:|enclosure|<image>/);
    expect(atom).not.toMatch(/rel="self"|xml:lang|hreflang|fh:/);
    expect(Object.keys(JSON.parse(json))).toEqual(['version', 'title', 'home_page_url', 'items']);
    expect(expectValid({ options: OPTIONS, items: [] }).atom).not.toContain('<entry');
  });

  it('takes the model of the package as it is, whose own documents are not valid', () => {
    const options = {
      ...OPTIONS,
      author: { name: 'Ola' },
      feed: 'https://a.example/atom.xml',
      hub: 'https://h.example/',
    };
    const item = {
      ...ITEM,
      id: 'https://a.example/1',
      content: '<p>]]> &amp; more</p>',
      author: [{ name: 'Ann' }, { name: 'Bo', email: 'bo@a.example' }],
      audio: 'https://a.example/one.mp3',
      image: { url: 'https://a.example/p?w=1', type: 'image/png', length: 4 },
    };
    const old = new OldFeed(options);
    old.addItem(item);
    expect(validateFeed(old.rss2(), 'rss').isValid).toBe(false);
    expect(validateFeed(old.json1(), 'json').isValid).toBe(false);
    const { rss, atom, json } = expectValid(old);
    expect(rss).toContain('<enclosure url="https://a.example/one.mp3" length="0" type="audio/mpeg"/>');
    expect(atom).toContain('<name>Bo</name>');
    expect(JSON.parse(json).items[0].authors).toHaveLength(2);
  });

  it('keeps the ids that the package has shown in each format', () => {
    const idsIn = ({ rss, atom, json }: ReturnType<typeof renderFeed>) => ({
      rss: /<guid[^>]*>(.*)<\/guid>/.exec(rss)?.[1],
      atom: /<entry>[\s\S]*?<id>(.*?)<\/id>/.exec(atom)?.[1],
      json: JSON.parse(json).items[0].id,
    });
    for (const item of [
      { id: 'https://a.example' },
      { id: 'https://a.example/x', guid: 'g-1' },
      { id: 'urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8' },
    ]) {
      const old = new OldFeed(OPTIONS);
      old.addItem({ ...ITEM, ...item });
      const shown = { rss: old.rss2(), atom: old.atom1().replace(/>\s+</g, '><'), json: old.json1() };
      expect(idsIn(one(item)), JSON.stringify(item)).toEqual(idsIn(shown));
    }
    expect(idsIn(one({ id: '42' }))).toEqual({
      rss: '42',
      atom: expect.stringMatching(/^urn:feedwright:.*:42$/),
      json: '42',
    });
  });

  it('writes dates, categories, people, descriptions, a stylesheet and what the feed is about', () => {
    const feed = new Feed({ ...OPTIONS, stylesheet: '/look.xsl', ttl: 30, copyright: '© Ola', generator: false });
    feed.addCategory('Sea');
    feed.addContributor({ name: 'Cy' });
    feed.addItem({
      ...ITEM,
      published: new Date('2026-05-01T10:00:00Z'),
      description: 'High <b>water</b> &amp; low',
      content: '<p>All of it.</p>',
      category: [{ name: 'Tide', domain: 'https://tags.example/' }, { term: 'moon' }],
      copyright: 'CC0',
    });
    const { rss, atom, json } = expectValid(feed);
    expect(rss).toContain('\n<?xml-stylesheet href="/look.xsl" type="text/xsl"?>\n<rss');
    expect(rss).toContain('<category>Sea</category>');
    expect(rss).toContain('<pubDate>Fri, 01 May 2026 10:00:00 GMT</pubDate>');
    expect(rss).toContain('<ttl>30</ttl>');
    expect(rss).not.toContain('<generator>');
    expect(atom).toContain('<category term="Sea"/>');
    expect(atom).toContain('<contributor><name>Cy</name></contributor>');
    expect(atom).toContain('<category term="Tide" scheme="https://tags.example/" label="Tide"/>');
    expect(atom).toContain('<summary>High water &#x26; low</summary>');
    expect(JSON.parse(json).items[0]).toMatchObject({ tags: ['Tide', 'moon'], summary: 'High water & low' });
    expect([feed.rss2(), feed.atom1(), feed.json1()]).toEqual([rss, atom, json]);
  });

  it('makes a podcast of a model that is one', () => {
    const podcast = { podcast: true, category: 'Science', author: { name: 'Ola', email: 'ola@a.example' } };
    const links = { feedLinks: { rss: 'https://a.example/rss.xml' }, image: 'https://a.example/cover.png' };
    const { rss } = one(
      { audio: { url: 'https://a.example/a.mp3', length: 9, duration: 75 } },
      { ...podcast, ...links },
    );
    for (const text of ['itunes:category text="Science"', '<itunes:email>ola@a.example', '<itunes:duration>75'])
      expect(rss).toContain(text);
    expect(() => one({}, podcast)).toThrow('options.feedLinks.rss is missing');
  });

  it('has the extensions of JSON Feed, and no others', () => {
    const { json, rss } = one({
      extensions: [
        { name: '_mine', objects: { a: 1 } },
        { name: 'other', objects: {} },
      ],
    });
    expect(JSON.parse(json).items[0]._mine).toEqual({ a: 1 });
    expect(json + rss).not.toContain('other');
  });

  it('says where the model is wrong', () => {
    expect(() => one({ link: '/one' })).toThrow('items[0].link is "/one": give an absolute address');
    expect(() => one({ date: new Date('x') })).toThrow('items[0].date is no date');
    expect(() => one({ image: 'p.png' })).toThrow('items[0].image.url is "p.png"');
    expect(() => one({}, { link: 'mailto:a@b.example' })).toThrow(
      'options.link is "mailto:a@b.example": give an address of http or https.',
    );
  });
});
