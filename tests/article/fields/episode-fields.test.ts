import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isArticleKey } from '../../../lambda/address/article-key.ts';
import type { Episode } from '../../../lambda/model/episode.ts';
import { codesOf, parseOne, parseText, withFields } from '../article-file.ts';

const episode = (...lines: readonly string[]) => parseOne('listen/a.md', withFields('audio: a.mp3', ...lines)).episode;
const problems = (...lines: readonly string[]) =>
  codesOf(parseText('listen/a.md', withFields('audio: a.mp3', ...lines)));

describe('an episode', () => {
  it('is an article with a sound that says more than others do', () => {
    expect(episode()).toBeUndefined();
    expect(episode('season: 2')).toMatchObject({ season: 2, number: null });
    expect(parseOne('a.md', withFields('season: 2', 'image: a.jpg')).episode).toBeUndefined();
  });

  it.each([
    ['season: 2', 'episode: 7'],
    ['itunes_season: 2', 'itunes_episode: 7'],
    ['season_number: 2', 'episode_number: 7'],
    ['podcast: { season: 2, episode: 7 }'],
    ['itunes: { season: 2, number: 7 }'],
    ['episode: { season: 2, number: 7 }'],
    ['episode: S02E07'],
    ['season: Season 2', 'episode: "Episode #7"'],
  ])('has its number and season in %j', (...lines) => {
    expect(episode(...lines.filter((line) => typeof line === 'string'))).toMatchObject({ season: 2, number: 7 });
  });

  it.each<[string, Partial<Episode<unknown>>]>([
    ['episode_type: Bonus', { kind: 'bonus' }],
    ['podcast: { type: trailer }', { kind: 'trailer' }],
    ['explicit: yes', { isExplicit: true }],
    ['itunes_explicit: clean', { isExplicit: false }],
    ['itunes_block: true', { isBlocked: true }],
    ['itunes_title: "The *short* title"', { title: 'The short title' }],
    ['podcast_guid: Host-1234', { guid: 'Host-1234' }],
    ['episode: 12.5', { number: 12.5 }],
    ['license: CC-BY-4.0', { license: { name: 'CC-BY-4.0', url: null } }],
    [
      'location: { name: Lisbon, geo: "38.7, -9.1;u=350", osm: "R5400890#12", country: PT, rel: creator }',
      {
        locations: [
          { name: 'Lisbon', geo: 'geo:38.7,-9.1;u=350', osm: 'R5400890#12', country: 'PT', relation: 'creator' },
        ],
      },
    ],
    [
      'soundbites: [{ start: "1:13.5", duration: 60 }, { start: 73.5, duration: "1:00", title: Horn }]',
      {
        soundbites: [
          { startSeconds: 73.5, durationSeconds: 60, title: null },
          { startSeconds: 73.5, durationSeconds: 60, title: 'Horn' },
        ],
      },
    ],
    ['podcast: { txt: { purpose: verify, text: abc } }', { texts: [{ text: 'abc', purpose: 'verify' }] }],
  ])('says what it is in “%s”', (line, facts) => {
    expect(episode(line)).toMatchObject(facts);
  });

  it('has people with parts in it', () => {
    const lines = ['hosts: [Ana, Bo Li]', 'guest: { name: Cy, url: https://cy.example/, img: cy.jpg }'];
    const nothing = { group: null, image: null, url: null };
    expect(episode(...lines)?.people).toEqual([
      { name: 'Ana', role: 'host', ...nothing },
      { name: 'Bo Li', role: 'host', ...nothing },
      {
        name: 'Cy',
        role: 'guest',
        group: null,
        image: 'https://example.org/listen/cy.jpg',
        url: 'https://cy.example/',
      },
    ]);
    expect(episode('podcast: { people: [{ name: Ana, role: editor, group: audio post-production }] }')?.people).toEqual(
      [{ ...nothing, name: 'Ana', role: 'editor', group: 'audio post-production' }],
    );
  });

  it('says what it can’t use', () => {
    expect(problems('episode: first', 'season: 0', 'explicit: perhaps', 'episode_type: long').toSorted()).toEqual([
      'field-unreadable@3',
      'field-unreadable@4',
      'field-unreadable@5',
      'field-unreadable@6',
    ]);
    expect(problems('soundbites: [{ start: 1 }]', 'chapters: [{ time: 0, title: Intro }]')).toHaveLength(2);
  });
});

describe('the files of an episode', () => {
  it('are its transcripts, chapters and artwork, and count among its assets', () => {
    const lines = [
      'podcast: { image: cover.jpg }',
      'chapters: a.chapters.json',
      'transcripts: [a.vtt, { url: a.transcript.de.html, language: DE }, { src: a.transcript.json, rel: captions }]',
    ];
    const article = parseOne('listen/a.md', withFields('audio: a.mp3', ...lines));
    const keyOf = (name: string) => `listen/${name}`;
    expect(article.assetKeys).toEqual(
      ['a.mp3', 'cover.jpg', 'a.chapters.json', 'a.vtt', 'a.transcript.de.html', 'a.transcript.json'].map(keyOf),
    );
    expect(article.attachments).toHaveLength(1);
    expect(article.episode?.transcripts.map(({ file, ...facts }) => ({ key: file.key, ...facts }))).toEqual([
      { key: 'listen/a.vtt', language: null, isCaptions: true },
      { key: 'listen/a.transcript.de.html', language: 'de', isCaptions: false },
      { key: 'listen/a.transcript.json', language: null, isCaptions: true },
    ]);
  });

  it('may be named by their kind, and are no words', () => {
    expect(episode('transcript: { vtt: a.vtt, srt: a.srt }')?.transcripts.map(({ file }) => file.key)).toEqual([
      'listen/a.vtt',
      'listen/a.srt',
    ]);
    expect(problems('transcript: "Well, good evening to you all."')).toEqual(['field-unreadable@3']);
  });
});

describe('a file that has the name of an article', () => {
  it.each(['transcript: a.txt', 'transcript: a.html', 'chapters: chapters-of-a.json'])(
    'is none of an episode: “%s”',
    (line) => {
      const parsed = parseText('listen/a.md', withFields('audio: a.mp3', line));
      expect(parsed.articles[0]?.episode).toBeUndefined();
      expect(parsed.problems.map(({ message }) => message)).toEqual([
        expect.stringContaining('would be published as an article'),
      ]);
    },
  );

  it('is told from those of an episode by a part of its name', () => {
    const names = [
      'a.chapters.json',
      'chapters.json',
      'a.transcript.html',
      'a.transcript.pt-BR.txt',
      'transcript.json',
    ];
    expect(names.filter(isArticleKey)).toEqual([]);
    const articles = ['the-missing-chapters.json', 'interview-transcript.txt', 'transcript.md', 'a.chapters.md'];
    expect(articles.filter(isArticleKey)).toEqual(articles);
  });
});

describe('the sound of an episode', () => {
  it.each([
    ['podcast_file: a.mp3', 'podcast_bytes: 1234', 'podcast_duration: "12:34"'],
    ['audio: { url: a.mp3, length: 1234, duration: 754 }'],
    ['podcast: { audio: a.mp3, image: cover.jpg }', 'audio_size: 1234', 'duration: "0:12:34"'],
    ['episode: { filename: a.mp3, size: 1234, duration: 754, number: 1 }'],
  ])('is known from %j', (...lines) => {
    const { attachments } = parseOne('a.md', withFields(...lines.filter((line) => typeof line === 'string')));
    expect(attachments).toMatchObject([{ key: 'a.mp3', lengthBytes: 1234, durationSeconds: 754 }]);
  });
});

describe('any fields', () => {
  const names = [
    'episode',
    'season',
    'episode_type',
    'explicit',
    'artwork',
    'transcript',
    'chapters',
    'hosts',
    'people',
  ];
  const others = ['soundbites', 'location', 'license', 'podcast', 'itunes', 'duration', 'podcast_txt', 'itunes_title'];
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      fc.string({ maxLength: 20 }),
      fc.constantFrom(
        '1:02',
        'a.vtt',
        'https://a.example/b.vtt',
        'javascript:alert(1)',
        '../../x',
        '',
        'yes',
        '-1',
        '1e9',
      ),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom('url', 'src', 'name', 'start', 'duration', 'title', 'rel', 'geo', 'vtt'),
        tie('any'),
      ),
    ),
  })).any;

  it('make an article with a sound, whatever they hold', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names, ...others), value), (fields) => {
        const item = { id: '1', title: 'A', content_html: '', attachments: [{ url: 'a.mp3' }], ...fields };
        const { articles } = parseText('a.json', JSON.stringify(item));
        expect(articles.map(({ attachments }) => attachments.length > 0)).toEqual([true]);
      }),
      { numRuns: 200 },
    );
  });
});
