import { describe, expect, it } from 'vitest';
import type { Podcast } from '../../lambda/model/podcast.ts';
import { parseSite } from '../../lambda/site/parse-site.ts';
import { momentAt } from '../../lambda/time/moment.ts';
import { createPodcast } from '../render/podcast-fixture.ts';

function parse(lines: readonly string[], before = '') {
  const settings = lines.map((line) => `      ${line}\n`).join('');
  const file = `url: https://tide.example/\n${before}feeds:\n  listen:\n    podcast:\n${settings}`;
  return parseSite(new TextEncoder().encode(file), { url: null });
}

function podcast(...lines: readonly string[]): Podcast | undefined {
  const { site, problems } = parse(lines);
  expect(problems).toEqual([]);
  return site?.feeds[0]?.podcast;
}

const faults = (...lines: readonly string[]) => parse(lines).problems.map(({ message, fix }) => `${message} ${fix}`);

describe('a podcast', () => {
  it('is a feed of that kind, and needs no setting', () => {
    const kinds = parseSite(new TextEncoder().encode('url: https://a.example/\nfeeds: { listen: { kind: podcast } }'), {
      url: null,
    });
    expect(kinds.site?.feeds[0]?.podcast).toEqual(createPodcast({}));
    expect(podcast('explicit: false')).toEqual(createPodcast({}));
  });

  it('can’t be settings of a feed of articles', () => {
    const file = 'url: https://a.example/\nfeeds: { listen: { kind: articles, podcast: { block: true } } }';
    const { problems } = parseSite(new TextEncoder().encode(file), { url: null });
    expect(problems.map(({ fix }) => fix)).toEqual(['Write “kind: podcast”.']);
  });

  it.each<[string, Partial<Podcast>]>([
    ['image: cover.png', { image: 'https://tide.example/cover.png' }],
    ['category: Arts', { categories: [{ name: 'Arts', subcategory: null }] }],
    [
      'category: [arts > books, { Society & Culture: Documentary }]',
      {
        categories: [
          { name: 'Arts', subcategory: 'Books' },
          { name: 'Society & Culture', subcategory: 'Documentary' },
        ],
      },
    ],
    ['category: places and travel', { categories: [{ name: 'Society & Culture', subcategory: 'Places & Travel' }] }],
    ['explicit: yes', { isExplicit: true }],
    ['explicit: clean', { isExplicit: false }],
    ['explicit: Explicit', { isExplicit: true }],
    ['author: Ana', { author: 'Ana' }],
    ['owner: Ana <ana@tide.example>', { owner: { name: 'Ana', email: 'ana@tide.example' } }],
    ['owner: { email: ana@tide.example }', { owner: { name: null, email: 'ana@tide.example' } }],
    ['type: serial', { order: 'serial' }],
    ['type: Serial', { order: 'serial' }],
    ['complete: true', { isComplete: true }],
    ['newFeedUrl: https://elsewhere.example/feed', { newFeedUrl: 'https://elsewhere.example/feed' }],
    ['guid: 917393E3-1B1E-5CEF-ACE4-EDAA54E1F810', { guid: '917393e3-1b1e-5cef-ace4-edaa54e1f810' }],
    ['locked: no', { isLocked: false }],
    [
      'funding: https://tide.example/support',
      {
        funding: [{ url: 'https://tide.example/support', label: 'Support the show' }],
      },
    ],
    [
      'people: [Ana, { name: Bo, role: guest }]',
      {
        people: [
          { name: 'Ana', role: null, group: null, image: null, url: null },
          { name: 'Bo', role: 'guest', group: null, image: null, url: null },
        ],
      },
    ],
    ['medium: audiobook', { medium: 'audiobook' }],
    [
      'license: { name: Ours, url: https://tide.example/l }',
      { license: { name: 'Ours', url: 'https://tide.example/l' } },
    ],
    [
      'trailer: { title: Soon, url: soon.mp3, date: 2026-01-01, length: 12 }',
      {
        trailers: [
          {
            title: 'Soon',
            url: 'https://tide.example/soon.mp3',
            published: momentAt(Date.UTC(2026, 0, 1)),
            mimeType: 'audio/mpeg',
            lengthBytes: 12,
            season: null,
          },
        ],
      },
    ],
    [
      'location: { name: Lisbon, rel: creator, geo: "geo:38.7,-9.1", country: PT }',
      {
        locations: [{ name: 'Lisbon', relation: 'creator', geo: 'geo:38.7,-9.1', osm: null, country: 'PT' }],
      },
    ],
    [
      'location: { name: Lisbon, geo: "geo:38.7,-9.1,12;u=350", osm: "R5400890#12" }',
      {
        locations: [
          { name: 'Lisbon', relation: null, geo: 'geo:38.7,-9.1,12;u=350', osm: 'R5400890#12', country: null },
        ],
      },
    ],
    [
      'txt: [free, { purpose: verify, text: abc }]',
      {
        texts: [
          { text: 'free', purpose: null },
          { text: 'abc', purpose: 'verify' },
        ],
      },
    ],
    [
      'updateFrequency: { text: Weekly, rrule: FREQ=WEEKLY }',
      { updateFrequency: { label: 'Weekly', rule: 'FREQ=WEEKLY' } },
    ],
    ['language: pt-br', { language: 'pt-BR' }],
  ])('has what “%s” says', (line, facts) => {
    expect(podcast(line)).toEqual(createPodcast(facts));
  });

  it.each([
    ['category: Book', '“Book” is not one of Apple’s podcast categories. Did you mean “Books”?'],
    ['category: Science & Medicine > Medcine', 'Did you mean “Medicine”?'],
    ['category: Gossip', 'Choose one of Apple’s categories: Arts, Business,'],
    ['owner: Ana', '“feeds.listen.podcast.owner” is not one person with a mail address.'],
    ['guid: 12', 'is not a UUID: 12'],
    ['type: daily', 'Write “episodic” or “serial”.'],
    ['trailer: { title: Soon, url: soon.mp3 }', 'has no “title”, “url” and “date”'],
    ['trailer: { title: Soon, url: soon.mp3, date: soon }', 'is not a date: soon'],
    ['location: { name: Lisbon, geo: here }', 'Write it as “geo:38.71,-9.14”.'],
    ['explict: true', 'Did you mean “explicit”?'],
    ['people: [{ role: guest }]', 'has no “name”'],
    ['category: [Arts, Music, News, Sports]', 'holds more than 3 values'],
  ])('is refused with “%s”, which is told', (line, fault) => {
    expect(faults(line).join('\n')).toContain(fault);
    expect(parse([line]).site).toBeNull();
  });

  it('knows the people of the site by their short names', () => {
    const { site } = parse(
      ['people: [ana, { name: ana, role: producer }]', 'owner: ana'],
      'people: { ana: { name: Ana Núñez, email: ana@tide.example, url: "https://ana.example/" } }\n',
    );
    const person = { name: 'Ana Núñez', group: null, image: null, url: 'https://ana.example/' };
    expect(site?.feeds[0]?.podcast).toMatchObject({
      owner: { name: 'Ana Núñez', email: 'ana@tide.example' },
      people: [
        { ...person, role: null },
        { ...person, role: 'producer' },
      ],
    });
  });
});
