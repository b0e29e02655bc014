import { describe, expect, it } from 'vitest';
import type { ReaderWarning } from '../../../lambda/model/site.ts';
import { warnOfReaders } from '../../../local/check/reader-warnings.ts';
import { createTestPublication } from '../../support/publication.ts';

/** Each with an article that it is about; the settings come behind the title. */
const CASES: Readonly<
  Record<
    ReaderWarning,
    { readonly article: string; readonly settings?: string; readonly key?: string; readonly says: string }
  >
> = {
  addressIds: { article: 'id: https://elsewhere.example/a', says: 'yarr d1f33e2' },
  descriptionMarkup: { article: '', settings: 'description: Of <trials> & errors', says: 'feedparser 6.0.14' },
  keptIds: {
    article: '',
    settings: 'url: https://coast.example/\nids: docusaurus',
    key: 'Two words.md',
    says: 'The W3C validator',
  },
  longPodcasts: { article: '', settings: '', says: 'gPodder 3.11.1' },
  mailAddresses: { article: 'author: Ann <ann@tide.example>', says: 'rss2email 3.14' },
  oldDates: { article: 'date: 1965-03-04', says: 'newsboat 2.21.0' },
  severalAuthors: { article: 'authors: [Ann, Ben]', says: 'tt-rss b72ea117' },
  severalSounds: {
    article: 'attachments: [https://a.example/1.mp3, https://a.example/2.mp3]',
    says: 'newsboat 2.21.0',
  },
  tagAmpersands: { article: 'tags: [R&D]', says: 'FreshRSS 1.25' },
  titleMarkup: { article: 'title: Use <b> & <i>', says: 'feedparser 2.6.0 of npm' },
};
const NAMES = (Object.keys(CASES) as ReaderWarning[]).filter((name) => name !== 'longPodcasts');

async function warningsOf(files: Readonly<Record<string, string>>) {
  const publication = await createTestPublication({ files, now: Date.UTC(2026, 6, 1) });
  await publication.settle();
  const { site, problems } = await publication.publisher.overview();
  if (site === null) throw new Error(JSON.stringify(problems));
  return warnOfReaders(site, publication.state);
}

const article = (fields: string) =>
  `---\n${fields.includes('title:') ? '' : 'title: A\n'}${fields.includes('date:') ? '' : 'date: 2026-06-01\n'}${fields}\n---\nText.`;
const filesOf = (name: ReaderWarning, settings = '') => ({
  'site.yaml': `title: T\n${CASES[name].settings ?? ''}\n${settings}`,
  [CASES[name].key ?? 'a.md']: article(CASES[name].article),
});

describe('what is valid and yet shown wrongly', () => {
  it.each(NAMES)('is told with the reader and its version, and can be switched off: %s', async (name) => {
    // Ids that are kept are often addresses.
    const others = name === 'keptIds' ? 'readerWarnings: { addressIds: no }' : '';
    const warnings = await warningsOf(filesOf(name, others));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatchObject({
      severity: 'warning',
      code: 'shown-wrongly',
      message: expect.stringContaining(CASES[name].says),
    });
    expect(warnings[0]?.path).toBe(name === 'descriptionMarkup' ? 'site.yaml' : (CASES[name].key ?? 'a.md'));
    expect(warnings[0]?.fix).toContain(`readerWarnings: { ${name}: no }`);
    const off =
      name === 'keptIds' ? 'readerWarnings: { addressIds: no, keptIds: no }' : `readerWarnings: { ${name}: no }`;
    expect(await warningsOf(filesOf(name, off))).toEqual([]);
  });

  it('is told once, however many articles it is about', async () => {
    const files = { ...filesOf('oldDates'), 'b.md': article('date: 1960-01-01'), 'c.md': article('date: 1961-01-01') };
    const [warning, ...others] = await warningsOf(files);
    expect(others).toEqual([]);
    expect(warning?.message).toMatch(/^This is an article from before 1970\. So are 2 others\. /);
  });

  it('is nothing in a plain article, in one that is not in any feed, and in a draft', async () => {
    expect(await warningsOf({ 'site.yaml': 'title: T', 'a.md': article('author: Ann\ntags: [C++]') })).toEqual([]);
    expect(await warningsOf({ 'site.yaml': 'title: T', 'a.md': article('authors: [Ann, Ben]\ndraft: true') })).toEqual(
      [],
    );
    expect(
      await warningsOf({ 'site.yaml': 'title: T', 'a.md': article('authors: [Ann, Ben]\nstatus: hidden') }),
    ).toEqual([]);
  });

  it('is a tag with any character that FreshRSS takes for the beginning of markup', async () => {
    for (const tag of ['R&D', 'a<b'])
      expect(await warningsOf({ 'site.yaml': 'title: T', 'a.md': article(`tags: ["${tag}"]`) }), tag).toHaveLength(1);
    expect(await warningsOf({ 'site.yaml': 'title: T', 'a.md': article(`tags: ['a"b', "d'or"]`) })).toEqual([]);
  });

  it('is a podcast of more than 200 episodes', async () => {
    const podcast = 'feeds: [{ name: show, title: Show, kind: podcast, podcast: { category: Arts } }]';
    const episodes = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [
          `e${index}.md`,
          article(`title: E${index}\naudio: https://a.example/${index}.mp3`),
        ]),
      );
    const longPodcast = (count: number, settings = '') =>
      warningsOf({ 'site.yaml': `title: T\nautomatic: false\n${podcast}\n${settings}`, ...episodes(count) });
    expect(await longPodcast(200)).toEqual([]);
    expect(await longPodcast(201)).toMatchObject([
      { path: 'site.yaml', message: expect.stringContaining(CASES.longPodcasts.says) },
    ]);
    expect(await longPodcast(201, 'readerWarnings: { longPodcasts: no }')).toEqual([]);
  });
});
