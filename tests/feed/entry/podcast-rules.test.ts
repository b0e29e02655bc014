import { describe, expect, it } from 'vitest';
import type { AssetFacts } from '../../../lambda/article/media/media.ts';
import { checkShow, type Show } from '../../../lambda/feed/entry/podcast-rules.ts';
import type { Entry } from '../../../lambda/model/entry.ts';
import type { Podcast } from '../../../lambda/model/podcast.ts';
import { momentAt } from '../../../lambda/time/moment.ts';
import { createEntry, createMedia, site } from '../../render/fixture.ts';
import { createEpisode, createPodcast, createSound } from '../../render/podcast-fixture.ts';

const COVER: AssetFacts = { mimeType: 'image/png', lengthBytes: 9, width: 1400, height: 1400, durationSeconds: null };
const GOOD = createPodcast({
  image: 'https://tide.example/cover.png',
  categories: [{ name: 'Arts', subcategory: null }],
  owner: { name: 'Ana', email: 'ana@tide.example' },
});

function createShow(facts: Partial<Omit<Show, 'podcast'>> = {}, podcast: Partial<Podcast> = {}): Show {
  return {
    definition: {
      name: 'listen',
      title: 'Listen',
      description: 'The coast, to be heard.',
      content: 'full',
      tags: null,
      authors: null,
      sections: null,
      languages: null,
      withoutTags: [],
    },
    podcast: { ...GOOD, ...podcast },
    site,
    artwork: COVER,
    episodes: [createSource({})],
    ...facts,
  };
}

function createSource(facts: Partial<Entry>, key = 'listen/a.md'): Show['episodes'][number] {
  const sound = createSound({ url: `https://tide.example/${key}.mp3` });
  return { key, entry: createEntry({ id: `urn:${key}`, attachments: [sound], ...facts }) };
}

const problemsOf = (...show: Parameters<typeof createShow>) =>
  checkShow(createShow(...show)).map(({ code, path, message }) => `${code} ${path}: ${message}`);

describe('a show', () => {
  it('that has everything is as directories want it', () => {
    expect(problemsOf()).toEqual([]);
  });

  it('needs a category, an owner, an author, a description and an episode', () => {
    const bare = { ...site, authors: [], description: '' };
    const { definition } = createShow();
    expect(
      problemsOf(
        { site: bare, definition: { ...definition, description: '' }, episodes: [] },
        { categories: [], owner: null },
      ),
    ).toEqual([
      'podcast-incomplete site.yaml: The podcast “listen” has no category.',
      'podcast-incomplete site.yaml: The podcast “listen” has no owner to write to.',
      'podcast-incomplete site.yaml: The podcast “listen” has no author.',
      'podcast-incomplete site.yaml: The podcast “listen” has no description.',
      'podcast-incomplete site.yaml: The podcast “listen” has no episode.',
    ]);
  });

  it.each([
    ['is image/gif, not JPEG or PNG', { ...COVER, mimeType: 'image/gif' }],
    ['is not square but 1400 × 1399 pixels', { ...COVER, height: 1399 }],
    ['has 512 × 512 pixels, not 1400 to 3000', { ...COVER, width: 512, height: 512 }],
    ['has 3001 × 3001 pixels, not 1400 to 3000', { ...COVER, width: 3001, height: 3001 }],
    ['is not there', 'missing'],
  ] as const)('has artwork that %s', (fault, artwork) => {
    expect(problemsOf({ artwork })).toEqual([
      `podcast-artwork site.yaml: The artwork of “listen”, https://tide.example/cover.png, ${fault}.`,
    ]);
  });

  it('is judged by the site’s icon when it has no artwork of its own, and may have none to judge', () => {
    const iconless = { ...site, icon: null, image: null };
    expect(problemsOf({ artwork: { ...COVER, width: 512, height: 512 } }, { image: null })[0]).toContain('icon.png');
    expect(problemsOf({ site: iconless, artwork: null }, { image: null })).toEqual([
      'podcast-artwork site.yaml: The podcast “listen” has no artwork.',
    ]);
    expect(problemsOf({ artwork: null })).toEqual([]);
  });

  it('has all its episodes in one page, for directories read no archive', () => {
    const episodes = (count: number) =>
      Array.from({ length: count }, (_, at) => createSource({ published: momentAt(at) }, `${at}.md`));
    expect(problemsOf({ episodes: episodes(1_000) })).toEqual([]);
    const [problem, ...others] = checkShow(createShow({ episodes: episodes(2_500) }));
    expect(others).toEqual([]);
    expect(problem?.message).toMatch(/^Of the 2500 episodes of “listen”, directories show the newest \d+: /);
    expect(problem?.fix).toContain('give older seasons a podcast of their own');
  });
});

describe('an episode', () => {
  it('needs a title, and a sound that is known and played everywhere', () => {
    const sound = createSound({
      url: 'https://elsewhere.example/a.ogg',
      mimeType: 'audio/ogg',
      lengthBytes: null,
      durationSeconds: null,
    });
    expect(problemsOf({ episodes: [createSource({ title: '', attachments: [sound] })] })).toEqual([
      'podcast-episode listen/a.md: The episode has no title.',
      'podcast-episode listen/a.md: Not every player plays https://elsewhere.example/a.ogg (audio/ogg).',
      'podcast-episode listen/a.md: The size of https://elsewhere.example/a.ogg is not known.',
      'podcast-episode listen/a.md: The duration of https://elsewhere.example/a.ogg is not known.',
    ]);
  });

  it('has artwork under the rules of the show’s', () => {
    const image = createMedia({ url: 'https://tide.example/a.png', mimeType: 'image/png', width: 30, height: 20 });
    expect(problemsOf({ episodes: [createSource({ episode: createEpisode({ image }) })] })).toEqual([
      'podcast-artwork listen/a.md: The artwork of the episode, https://tide.example/a.png, is not square but 30 × 20 pixels.',
    ]);
  });

  it('of a serial show has a number, unless it is a trailer or a bonus', () => {
    const episodes = [createSource({}), createSource({ episode: createEpisode({ kind: 'trailer' }) }, 'listen/b.md')];
    expect(problemsOf({ episodes })).toEqual([]);
    expect(problemsOf({ episodes }, { order: 'serial' })).toEqual([
      'podcast-episode listen/a.md: “listen” is serial, and the episode has no number.',
    ]);
  });

  it('has a number that no other has in its season', () => {
    const numbered = (key: string, season: number) =>
      createSource({ episode: createEpisode({ number: 1, season }) }, key);
    expect(problemsOf({ episodes: [numbered('a.md', 1), numbered('b.md', 2), numbered('c.md', 1)] })).toEqual([
      'podcast-episode c.md: The episode has the same season and number as a.md.',
    ]);
  });

  it('has a guid and a sound that no other has', () => {
    const moved = (key: string) => createSource({ episode: createEpisode({ guid: 'old-1' }) }, key);
    const again = createSource({ attachments: [createSound({ url: 'https://tide.example/a.md.mp3' })] }, 'c.md');
    expect(problemsOf({ episodes: [moved('a.md'), moved('b.md'), again] })).toEqual([
      'podcast-episode b.md: The episode has the same guid as a.md: old-1',
      'podcast-episode c.md: The episode has the same sound as a.md: https://tide.example/a.md.mp3',
    ]);
  });
});
