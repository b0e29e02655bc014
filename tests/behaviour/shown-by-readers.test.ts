/**
 * What readers make of valid documents was measured; here is what documents say so that each shows what the author meant.
 * Every test names the reader with its version, and what it showed before. `npm run readers` asks the readers themselves.
 */

import { parseFeed } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { completeArticles } from '../../lambda/feed/entry/completion.ts';
import type { Entry, Media } from '../../lambda/model/entry.ts';
import { renderOpml } from '../../lambda/render/opml.ts';
import { renderDocument } from '../../lambda/render/render.ts';
import { momentAt } from '../../lambda/time/moment.ts';
import { readAtomByFeedsmith } from '../../tools/readers/npm-readers.ts';
import { parseOne, TEST_SITE } from '../article/article-file.ts';
import { createDocument, createEntry, createMedia, createPerson, site } from '../render/fixture.ts';
import { createEpisode, createPodcast, createSound } from '../render/podcast-fixture.ts';
import { createTestPublication } from '../support/publication.ts';

type Facts = Parameters<typeof createDocument>[0];

const render = (format: 'rss' | 'atom' | 'json', facts: Facts) =>
  new TextDecoder().decode(renderDocument(createDocument(facts), format));
const rssOf = (...entries: readonly Partial<Entry>[]) => render('rss', { entries: entries.map(createEntry) });
const atomOf = (...entries: readonly Partial<Entry>[]) => render('atom', { entries: entries.map(createEntry) });

/** The elements of a document, or of the item in it, by their names in order. */
const elementsIn = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([element]) => element);
const itemOf = (text: string) => /<(item|entry)[\s>][\s\S]*<\/\1>/.exec(text)?.[0] ?? '';

const picture = createMedia({
  url: 'https://tide.example/media/pier.jpg',
  mimeType: 'image/jpeg',
  lengthBytes: 38_035,
  width: 640,
  height: 360,
  alt: 'A pier in fog',
  caption: 'The old pier',
  credit: 'Ana Núñez / TIDE',
});
const film = createMedia({ url: 'https://tide.example/media/fog.mp4', mimeType: 'video/mp4', lengthBytes: 9 });
const sound = (name: string, facts: Partial<Media> = {}) =>
  createSound({ url: `https://tide.example/media/${name}`, ...facts });

describe('dates in Atom', () => {
  const updatedIn = (text: string) => [...text.matchAll(/<updated>(.*)<\/updated>/g)].slice(1).map(([, date]) => date);

  it('have three digits of a second: ROME 2.1.0 took six for thousands of milliseconds, Abdera 1.1.3 lost the offset', () => {
    const [date] = updatedIn(atomOf({ updated: momentAt(Date.UTC(2026, 10, 5, 8)) }));
    expect(date).toMatch(/^2026-11-05T08:00:00\.\d{3}Z$/);
  });

  it('are in UTC: elfeed 3.4.1 and libmrss 0.19.2 took 08:00+05:45 for 08:00 UTC', () => {
    const kathmandu = { at: Date.UTC(2026, 4, 5, 2, 15), offsetMinutes: 345 };
    const text = render('atom', {
      entries: [createEntry({ published: kathmandu, updated: kathmandu })],
      feed: { updated: kathmandu, removals: [{ id: 'tag:tide.example,2026:gone', at: kathmandu }] },
    });
    const dates = elementsIn(text, /(?:(?<=<updated>|<published>)|when=")[^<"]*/g);
    expect(dates.map((date) => date.replace(/when="|\.\d+/g, ''))).toEqual(Array(4).fill('2026-05-05T02:15:00Z'));
  });

  it('are in UTC also in RSS, and keep the offset where readers know it', () => {
    const published = { at: Date.UTC(2026, 4, 5, 2, 15), offsetMinutes: 345 };
    const updated = { at: Date.UTC(2026, 4, 6, 2, 15), offsetMinutes: 345 };
    expect(rssOf({ published, updated })).toContain('<atom:updated>2026-05-06T02:15:00Z</atom:updated>');
    expect(rssOf({ published, updated })).toContain('<pubDate>Tue, 05 May 2026 08:00:00 +0545</pubDate>');
    const json = JSON.parse(render('json', { entries: [createEntry({ published, updated })] }));
    expect(json.items[0].date_published).toBe('2026-05-05T08:00:00+05:45');
  });

  it('differ in one document: of two in one millisecond the later takes the next free one', () => {
    // The hashes of both ids begin with the same three digits.
    const [first, second] = idsOfOneMillisecond();
    const [alone] = updatedIn(atomOf({ id: second }));
    const together = updatedIn(atomOf({ id: first }, { id: second }));
    const next = String((Number(alone?.slice(20, 23)) + 1) % 1000).padStart(3, '0');
    expect(together).toEqual([alone, alone?.replace(/\.\d+/, `.${next}`)]);
    expect(updatedIn(atomOf({ id: second }, { id: first }))).toEqual(together);
  });

  it('differ as long as a second has milliseconds', () => {
    const entries = Array.from({ length: 1_001 }, (_, index) => ({ id: `https://tide.example/${index}/` }));
    expect(new Set(updatedIn(atomOf(...entries.slice(0, 1_000)))).size).toBe(1_000);
    expect(updatedIn(atomOf(...entries))).toHaveLength(1_001);
  });
});

/** Two ids whose fractions begin alike. */
function idsOfOneMillisecond(): readonly [string, string] {
  const seen = new Map<string, string>();
  for (let index = 0; ; index += 1) {
    const id = `https://tide.example/notes/${index}/`;
    const fraction = /<entry>[\s\S]*<updated>.*\.(\d+)Z/.exec(atomOf({ id }))?.[1] ?? '';
    const other = seen.get(fraction);
    if (other !== undefined) return [other, id];
    seen.set(fraction, id);
  }
}

describe('an entry that a publisher of renderer version 6 showed', () => {
  const article = (date: string) => parseOne('a.md', `---\ntitle: A\ndate: 2026-06-01\nupdated: ${date}\n---\nText.`);
  const complete = (id: string, before: Partial<Entry>, wording?: string) => {
    const updated = { at: Date.UTC(2026, 5, 2, 9), offsetMinutes: 120 };
    const entry = createEntry({ id, updated, ...before });
    const facts = { firstSeen: momentAt(0), id, fingerprint: 'former', changed: null };
    const { shown } = completeArticles({
      key: 'a.md',
      body: new Uint8Array(),
      articles: [article('2026-06-02T11:00:00+02:00')],
      site: TEST_SITE,
      facts: { '': wording === undefined ? facts : { ...facts, wording } },
      shown: [{ entry, feeds: ['all'], claims: [], assets: [], aliases: [], expires: null }],
      assets: new Map(),
      now: Date.UTC(2026, 6, 1),
    });
    const now = shown[0]?.entry;
    return now === undefined ? '' : (/<entry>[\s\S]*<updated>(.*)<\/updated>/.exec(atomOf(now))?.[1] ?? '');
  };

  it('keeps the text of its date where its id is an address: yarr d1f33e2 shows another text as another article', () => {
    expect(complete('https://elsewhere.example/a', {})).toMatch(/^2026-06-02T11:00:00\.\d{6}\+02:00$/);
    expect(complete('https://elsewhere.example/a', { keepsUpdatedText: true }, 'w')).toMatch(/\.\d{6}\+02:00$/);
  });

  it('has the new text where its id is none, and once its date is another', () => {
    expect(complete('urn:uuid:0f5a8c5e-5ab1-4d2b-9c1e-6f0a1b2c3d4e', {})).toMatch(/^2026-06-02T09:00:00\.\d{3}Z$/);
    const before = { updated: momentAt(Date.UTC(2026, 5, 1)) };
    expect(complete('https://elsewhere.example/a', before)).toMatch(/^2026-06-02T09:00:00\.\d{3}Z$/);
  });

  it('is not told from one that a newer publisher showed first', () => {
    expect(complete('https://elsewhere.example/a', {}, 'w')).toMatch(/^2026-06-02T09:00:00\.\d{3}Z$/);
  });
});

describe('authors', () => {
  const creatorsIn = (text: string) => elementsIn(text, /(?<=<dc:creator>|<author>).*?(?=<\/)/g);
  const ben = createPerson({ name: 'Ben Bright', email: 'ben@tide.example' });

  it('stand by their name alone in RSS: rss2email 3.14 sent mails from what feedparser made of “mail (Name)”', () => {
    expect(creatorsIn(rssOf({ authors: [ben] }))).toEqual(['Ben Bright']);
    expect(itemOf(rssOf({ authors: [ben] }))).not.toContain('@');
  });

  it.each([
    ['has no name', { email: 'night.desk@tide.example' }, 'night.desk'],
    ['is called by an address', { name: 'ben@tide.example' }, 'ben'],
    ['is called by an address between blanks', { name: ' ben@tide.example ', url: 'https://ben.example/' }, 'ben'],
  ])('are no mail address where one %s', (_, person, name) => {
    expect(creatorsIn(rssOf({ authors: [createPerson(person)] }))).toEqual([name]);
  });

  it('are those of the site where an item has none, else the publication: rss2email 3.14 wrote “<author>”', () => {
    expect(creatorsIn(rssOf({ authors: [] }))).toEqual(['The Editors']);
    const nobody = { site: { authors: [] }, feed: { title: 'Tide & Time: Sea' } };
    expect(creatorsIn(render('rss', nobody))).toEqual(['Tide &#x26; Time']);
    const names = elementsIn(render('atom', nobody), /<author>.*<\/author>/g);
    expect(names).toEqual(Array(2).fill('<author><name>Tide &#x26; Time</name></author>'));
    expect(JSON.parse(render('json', nobody)).items[0]).not.toHaveProperty('authors');
  });

  it('of one RSS item stand together: XML::Feed 0.63 showed ARRAY(0x…), Miniflux the last, gofeed 1.4.2 the first', () => {
    const two = { authors: [ben, createPerson({ name: 'Ann' })] };
    expect(creatorsIn(rssOf(two))).toEqual(['Ben Bright, Ann']);
    expect(readAtomByFeedsmith(atomOf(two))[0]?.authors).toEqual(['Ben Bright', 'Ann']);
  });

  it('of a JSON Feed are left out where every item has its own: Miniflux 106cdd09 added them to each item', () => {
    const signed = createEntry({ authors: [ben] });
    expect(JSON.parse(render('json', { entries: [signed] }))).not.toHaveProperty('authors');
    expect(JSON.parse(render('json', { entries: [signed, createEntry({})] })).authors).toHaveLength(1);
    expect(JSON.parse(render('json', { entries: [] })).authors).toHaveLength(1);
  });
});

describe('a picture', () => {
  it('is announced once, with its credit: yarr d1f33e2 showed it three times, FreshRSS 1.25 without the credit', () => {
    for (const text of [rssOf({ image: picture }), atomOf({ image: picture })]) {
      expect(text.split(picture.url)).toHaveLength(2);
      expect(itemOf(text)).toContain('<media:credit>Ana Núñez / TIDE</media:credit>');
      expect(itemOf(text)).toMatch(/<media:content url="\S*pier.jpg" type="image\/jpeg" medium="image" width="640"/);
    }
  });

  it('is announced once also where it is attached as well', () => {
    const both = { image: picture, attachments: [picture] };
    expect(rssOf(both).split(picture.url)).toHaveLength(2);
    expect(atomOf(both).split(picture.url)).toHaveLength(2);
  });

  it('that is attached and no more is the enclosure; readers that know no Media RSS show it', () => {
    const scan = createMedia({ url: 'https://tide.example/scan.png', mimeType: 'image/png' });
    expect(rssOf({ attachments: [scan] }).split(scan.url)).toHaveLength(2);
    expect(rssOf({ attachments: [scan] })).toContain(`<enclosure url="${scan.url}"`);
    expect(rssOf({ attachments: [{ ...scan, credit: 'Ana' }] })).toContain('<media:credit>Ana</media:credit>');
  });
});

describe('sounds and films in RSS', () => {
  const mediaIn = (attachments: readonly Media[], image: Media | null = null) =>
    elementsIn(rssOf({ attachments, image }), /<(?:enclosure|media:content) url="[^"]*/g).map((element) =>
      element.replace(/<| url="https:\/\/tide.example\/media\//g, (part) => (part === '<' ? '' : ' ')),
    );

  it('stand once where there is one sound: yarr d1f33e2 showed two players, Liferea 1.14.4 listed it twice', () => {
    expect(mediaIn([sound('fog.mp3')])).toEqual(['enclosure fog.mp3']);
    const pdf = createMedia({ url: 'https://tide.example/media/fog.pdf', mimeType: 'application/pdf' });
    expect(mediaIn([sound('fog.mp3'), pdf])).toEqual(['media:content fog.pdf', 'enclosure fog.mp3']);
  });

  it('stand twice where the media say what the enclosure can’t: the size of a film, whose work a sound is', () => {
    expect(mediaIn([film])).toEqual(['media:content fog.mp4', 'enclosure fog.mp4']);
    expect(mediaIn([sound('fog.mp3', { credit: 'Ana' })])).toEqual(['media:content fog.mp3', 'enclosure fog.mp3']);
  });

  it('stand before the enclosure, and the picture behind it: newsboat 2.21.0 queued the second sound', () => {
    const expected = ['media:content a.mp3', 'media:content b.mp3', 'enclosure a.mp3', 'media:content pier.jpg'];
    expect(mediaIn([sound('a.mp3'), sound('b.mp3')], picture)).toEqual(expected);
  });

  it('stand so also as renditions in a group: newsboat 2.21.0 queued the Opus file', () => {
    const opus = sound('duo.opus', { mimeType: 'audio/ogg' });
    const expected = ['media:content duo.mp3', 'media:content duo.opus', 'enclosure duo.mp3'];
    expect(mediaIn([sound('duo.mp3'), opus])).toEqual(expected);
  });
});

describe('links', () => {
  const relations = (text: string) => elementsIn(text, /(?<=<link rel=")[^"]*(?=".*hreflang)|(?<=<link rel=")[^"]*/g);

  it('of an Atom entry begin and end with its page: apptastic 3.12.0 took the last, htmlparser2 12.0.0 the first', () => {
    const text = atomOf({ externalUrl: 'https://weather.example/', attachments: [sound('fog.mp3')], language: 'pt' });
    expect(relations(itemOf(text))).toEqual(['alternate', 'related', 'enclosure', 'alternate']);
    expect(itemOf(text)).toContain('hreflang="pt" href="https://tide.example/plain/"/>');
    expect(parseFeed(text)?.items[0]?.link).toBe('https://tide.example/plain/');
    expect(relations(itemOf(atomOf({})))).toEqual(['alternate']);
  });

  it('of an Atom feed do too: htmlparser2 12.0.0 and libmrss 0.19.2 took its own address for its home page', () => {
    const text = render('atom', { page: { kind: 'archive', name: 'b', previous: 'a', next: 'c' } });
    const head = text.slice(0, text.indexOf('<entry>'));
    const expected = ['alternate', 'self', 'current', 'prev-archive', 'next-archive', 'alternate'];
    expect(relations(head)).toEqual(expected);
    expect(parseFeed(text)?.link).toBe('https://tide.example/');
  });

  it.each(['complete', 'subscription', 'archive'] as const)(
    'of Atom stand before the home page in a channel (%s): yarr d1f33e2 took the last of both for it',
    (kind) => {
      const page = kind === 'complete' ? { kind } : { kind, name: 'b', previous: 'a', next: null };
      const text = render('rss', { page });
      const head = text.slice(0, text.indexOf('<item>'));
      const channel = head.slice(0, head.indexOf('<image>'));
      expect(elementsIn(channel, /<(?:atom:)?link\b/g).at(-1)).toBe('<link');
      expect(head.slice(head.indexOf('</image>'))).not.toContain('atom:link');
    },
  );
});

describe('a note', () => {
  const note = {
    title: '',
    summary: '',
    contentHtml: '<figure><img src="https://a.example/b.jpg" alt="A boat &amp; a bird"></figure>',
  };
  const titleIn = (text: string) => /<title>(.*)<\/title>/.exec(itemOf(text))?.[1];

  it('that is only a picture goes by its alternative text: FreshRSS 1.25 listed its URN, Miniflux its address', () => {
    expect(titleIn(rssOf(note))).toBe('A boat &#x26; a bird');
    expect(titleIn(atomOf(note))).toBe('A boat &#x26; a bird');
    expect(JSON.parse(render('json', { entries: [createEntry(note)] })).items[0].title).toBe('A boat & a bird');
  });

  it.each([
    ['the hero’s alternative text', { ...note, image: picture }, 'A pier in fog'],
    ['its caption', { ...note, contentHtml: '', image: { ...picture, alt: null } }, 'The old pier'],
    ['a sound’s title', { ...note, contentHtml: '', attachments: [sound('a.mp3', { title: 'Fog horn' })] }, 'Fog horn'],
    [
      'the beginning of what is long',
      { ...note, image: { ...picture, alt: 'word '.repeat(30) } },
      `${'word '.repeat(16).trim()}…`,
    ],
    [
      'its address where nothing is said',
      { ...note, contentHtml: '<p><img src="https://a.example/b.jpg" alt=""></p>' },
      'https://tide.example/plain/',
    ],
  ])('goes by %s', (_, facts, title) => {
    expect(titleIn(rssOf(facts))).toBe(title);
    expect(titleIn(atomOf(facts))).toBe(title);
  });

  it('with words has no other title in RSS than before', () => {
    expect(titleIn(rssOf({ ...note, summary: 'A boat.' }))).toBeUndefined();
    expect(
      titleIn(rssOf({ ...note, contentHtml: `<table><tr><td>1</td></tr></table>${note.contentHtml}` })),
    ).toBeUndefined();
    expect(titleIn(atomOf({ ...note, summary: 'Seen today.' }))).toBe('Seen today.');
  });
});

describe('the image of an RSS channel', () => {
  const imageIn = (facts: Facts) => /<image>\s*<url>(.*)<\/url>/.exec(render('rss', facts))?.[1];

  it('is the site’s icon: Miniflux 106cdd09 squeezed a wordmark into a square', () => {
    expect(imageIn({})).toBe('https://tide.example/icon.png');
    expect(imageIn({ site: { icon: null } })).toBe('https://tide.example/logo.png');
    expect(imageIn({ site: { icon: 'https://tide.example/icon.svg' } })).toBe('https://tide.example/logo.png');
    const podcast = createPodcast({ image: 'https://tide.example/cover.jpg' });
    expect(imageIn({ feed: { podcast } })).toBe('https://tide.example/cover.jpg');
  });
});

describe('an episode', () => {
  const titlesIn = (entry: Entry) =>
    elementsIn(itemOf(render('rss', { entries: [entry], feed: { podcast: createPodcast({}) } })), /<itunes:title>.*/g);

  it('always has an itunes:title: feed-rs 3.0.0 kept neither number, season nor duration without one', () => {
    const entry = createEntry({ title: 'Ten seconds of fog', attachments: [sound('fog.mp3')] });
    expect(titlesIn(entry)).toEqual(['<itunes:title>Ten seconds of fog</itunes:title>']);
    const numbered = createEntry({ ...entry, episode: createEpisode({ number: 1, title: 'Fog' }) });
    expect(titlesIn(numbered)).toEqual(['<itunes:title>Fog</itunes:title>']);
  });
});

describe('tags in Atom', () => {
  it('have the author’s spelling as their term: sfeed 1.7, tt-rss b72ea117 and ten others showed “c-plus-plus”', () => {
    const text = atomOf({ tags: [{ slug: 'c-plus-plus', label: 'C++' }] });
    expect(text).toContain('<category term="C++" scheme="https://tide.example/tags/" label="C++"/>');
  });
});

describe('the list of feeds', () => {
  it('has the whole feed first and the others in folders: newsboat 2.21.0 showed each article in one of them only', () => {
    const feeds = ['all', 'authors/ann', 'letters', 'tags/sea', 'tags/wind'].map((name) => ({ name, title: name }));
    const text = new TextDecoder().decode(renderOpml({ site: { ...site, language: 'de' }, feeds }));
    const outlines = elementsIn(text, /(?<=\n)( *)<outline text="[^"]*"|(?<=\n) *<\/outline>/g);
    expect(outlines).toEqual([
      '    <outline text="all"',
      '    <outline text="Schlagwörter"',
      '      <outline text="tags/sea"',
      '      <outline text="tags/wind"',
      '    </outline>',
      '    <outline text="Autoren"',
      '      <outline text="authors/ann"',
      '    </outline>',
      '    <outline text="Weitere Feeds"',
      '      <outline text="letters"',
      '    </outline>',
    ]);
  });
});

describe('/favicon.ico', () => {
  const publish = async (settings: string) => {
    const publication = await createTestPublication({ now: Date.UTC(2026, 6, 1), url: 'https://tide.example/' });
    await publication.put('site.yaml', `title: Tide\n${settings}`);
    await publication.put('a.md', '---\ntitle: A\ndate: 2026-06-01\n---\nText.');
    await publication.settle();
    return (await publication.documents()).get('favicon.ico');
  };

  it('leads to the icon: yarr d1f33e2 asked for it and had none', async () => {
    expect(await publish('icon: images/icon.png')).toContain('url=https://tide.example/images/icon.png');
    expect(await publish('icon: a.png\nfavicon: b.png')).toContain('url=https://tide.example/b.png');
  });

  it('is nothing without an icon, and leads where the settings say', async () => {
    expect(await publish('')).toBeUndefined();
    expect(await publish('icon: favicon.ico')).toBeUndefined();
    expect(await publish('icon: a.png\nredirects: { /favicon.ico: /b.png }')).toContain('https://tide.example/b.png');
  });
});
