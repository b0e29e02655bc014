import { Feed, type Item } from 'feed';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { createSiteFeed, SiteFeed } from '../../../lambda/render/feed/site-feed.ts';
import type { SiteItem } from '../../../lambda/render/feed/site-item.ts';
import { renderDocument } from '../../../lambda/render/render.ts';
import { createDocument, createEntry, createPerson, documents } from '../fixture.ts';

describe('SiteFeed', () => {
  it('is a feed of the package, and its items are the package’s', () => {
    const feed = createSiteFeed(createDocument({}));
    expect(feed).toBeInstanceOf(Feed);
    expectTypeOf<SiteItem>().toExtend<Item>();
    expect(feed.items[0]).toMatchObject({
      id: 'https://tide.example/plain/',
      link: 'https://tide.example/plain/',
      title: 'Plain',
      description: 'A summary.',
      content: '<p>Content.</p>',
      published: new Date(Date.UTC(2026, 0, 2, 3, 4, 5)),
    });
  });

  it('writes the public documents by the package’s methods', () => {
    for (const document of Object.values(documents)) {
      const feed = createSiteFeed(document);
      const bytes = (text: string) => new TextEncoder().encode(text);
      expect(bytes(feed.rss2())).toEqual(new Uint8Array(renderDocument(document, 'rss')));
      expect(bytes(feed.atom1())).toEqual(new Uint8Array(renderDocument(document, 'atom')));
      expect(bytes(feed.json1())).toEqual(new Uint8Array(renderDocument(document, 'json')));
    }
  });

  it('writes what is changed in the model', () => {
    const [item] = createSiteFeed(createDocument({})).items;
    const feed = new SiteFeed(createSiteFeed(createDocument({ entries: [] })).options);
    feed.options.title = 'Another title';
    if (item !== undefined) feed.addItem(item);
    expect(feed.rss2()).toContain('<title>Another title</title>');
    expect(feed.rss2()).toContain('<title>Plain</title>');
  });

  it('has one item object for an entry, so that what was rendered is kept', () => {
    const entries = [createEntry({})];
    const [first] = createSiteFeed(createDocument({ entries })).items;
    expect(createSiteFeed(createDocument({ entries, feed: { name: 'tags/sea' } })).items[0]).toBe(first);
    expect(createSiteFeed(createDocument({ entries, feed: { content: 'summary' } })).items[0]).not.toBe(first);
  });

  it('has an id that depends on the site’s id and the feed’s name, not on the address or the page', () => {
    const page = { kind: 'archive', name: 'p', previous: null, next: null } as const;
    const idOf = (document: Parameters<typeof createDocument>[0]) =>
      createSiteFeed(createDocument(document)).options.id;
    expect(idOf({})).toMatch(/^urn:uuid:[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(idOf({ page, site: { url: 'http://127.0.0.1:8080/' } })).toBe(idOf({}));
    expect(idOf({ feed: { name: 'tags/sea' } })).not.toBe(idOf({}));
    expect(idOf({ site: { id: 'another' } })).not.toBe(idOf({}));
  });

  it('names every author in some way', () => {
    const authors = [
      createPerson({ name: 'Ana', email: 'not an address' }),
      createPerson({ name: ' ', email: 'bo@tide.example' }),
      createPerson({ url: 'https://cy.example/~cy' }),
      createPerson({ avatar: 'https://tide.example/nobody.png' }),
    ];
    const [item] = createSiteFeed(createDocument({ entries: [createEntry({ authors })] })).items;
    expect(item?.author).toEqual([
      { name: 'Ana' },
      { name: 'bo', email: 'bo@tide.example' },
      { name: 'cy.example', link: 'https://cy.example/~cy' },
    ]);
  });
});

describe('RSS', () => {
  it('keeps a name from ending the parenthesis that it stands in', () => {
    const authors = [createPerson({ name: 'Ana :-) (the\n2nd)', email: 'ana@tide.example' })];
    const rss = createSiteFeed(createDocument({ site: { authors } })).rss2();
    expect(rss).toContain('<managingEditor>ana@tide.example (Ana :- the 2nd)</managingEditor>');
  });

  it('has a permalink for a guid only where the id is the address', () => {
    const guidOf = (facts: Parameters<typeof createEntry>[0]) =>
      /<guid isPermaLink="(\w+)"/.exec(createSiteFeed(createDocument({ entries: [createEntry(facts)] })).rss2())?.[1];
    expect(guidOf({ id: 'https://a.example/', url: 'https://a.example/' })).toBe('true');
    expect(guidOf({ id: 'https://a.example/', url: 'https://a.example/new/' })).toBe('false');
    expect(guidOf({ id: 'tag:a.example,2026:1', url: 'https://a.example/' })).toBe('false');
  });

  it('has a channel image only of the kinds that the specification allows', () => {
    const hasImage = (image: string) =>
      createSiteFeed(createDocument({ site: { icon: null, image } }))
        .rss2()
        .includes('<image>');
    expect(hasImage('https://tide.example/logo.PNG')).toBe(true);
    expect(hasImage('https://tide.example/logo')).toBe(true);
    expect(hasImage('https://tide.example/logo.svg')).toBe(false);
  });
});

describe('Atom', () => {
  it('tells one removal once', () => {
    const removal = { id: 'https://tide.example/gone/', at: { at: Date.UTC(2026, 0, 1), offsetMinutes: 0 } };
    const again = { ...removal, at: { ...removal.at, at: removal.at.at + 1 } };
    const atom = createSiteFeed(createDocument({ feed: { removals: [again, removal] } })).atom1();
    expect(atom.split('<at:deleted-entry ')).toHaveLength(2);
  });
});
