/** What becomes of articles whose state is told in a word, from the file to the public documents and the overview. */

import { describe, expect, it } from 'vitest';
import type { Overview } from '../lambda/publish.ts';
import { createTestPublication, TEST_NOW, type TestPublication } from './support/publication.ts';

const DAY_MS = 86_400_000;

function article(fields: Readonly<Record<string, string>>, text: string): string {
  const lines = Object.entries({ title: 'A', date: '2026-05-01', ...fields }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return ['---', ...lines, '---', '', text, ''].join('\n');
}

/** Whether a word stands in any public document. */
async function isPublic(publication: TestPublication, word: string): Promise<boolean> {
  return [...(await publication.documents()).values()].some((document) => document.includes(word));
}

function told({ problems }: Overview): readonly string[] {
  return problems.map(({ severity, code, path, message }) => `${severity} ${code} ${path}: ${message}`);
}

const HELD = "It isn't known whether “evergreen” means that an article is published. The article is held back.";
const STAYS =
  "It isn't known whether “evergreen” means that an article is published. The article is public already and stays so.";

describe('an article of a state that is not known', () => {
  it('is held back where it is new, with one error a word for the whole publication', async () => {
    const publication = await createTestPublication();
    for (let index = 0; index < 40; index += 1) {
      await publication.put(
        `notes/${index}.md`,
        article({ status: index < 30 ? 'evergreen' : 'budding' }, `plover${index}`),
      );
    }
    await publication.put('open.md', article({}, 'dunlin'));
    await publication.settle();
    const overview = await publication.publisher.overview();
    expect(told(overview)).toEqual([
      `error status-unknown notes/0.md: ${HELD} It stands in 30 files.`,
      `error status-unknown notes/30.md: ${HELD.replace('evergreen', 'budding')} It stands in 10 files.`,
    ]);
    expect(overview.counts).toEqual({ published: 1, drafts: 0, scheduled: 0, broken: 40 });
    expect(await isPublic(publication, 'plover')).toBe(false);
  });

  it('goes on with a warning where it is public already', async () => {
    const publication = await createTestPublication({ files: { 'a.md': article({}, 'plover') } });
    await publication.settle();
    await publication.put('a.md', article({ status: 'evergreen' }, 'curlew'));
    await publication.settle();
    expect(told(await publication.publisher.overview())).toEqual([`warning status-unknown-public a.md: ${STAYS}`]);
    expect(await isPublic(publication, 'curlew')).toBe(true);
  });

  it('stays public through an error, and is new again once it was a draft or gone', async () => {
    const publication = await createTestPublication({ files: { 'a.md': article({}, 'plover') } });
    await publication.settle();
    const become = async (text: string | null) => {
      await publication.put('a.md', text);
      await publication.settle();
      return told(await publication.publisher.overview()).map((line) => line.split(' ')[1]);
    };
    expect(await become(article({ status: 'evergreen', date: 'never' }, 'plover'))).toEqual(['date-unreadable']);
    expect(await become(article({ status: 'evergreen' }, 'plover'))).toEqual(['status-unknown-public']);
    expect(await isPublic(publication, 'plover')).toBe(true);
    expect(await become(article({ status: 'draft' }, 'plover'))).toEqual([]);
    expect(await become(article({ status: 'evergreen' }, 'plover'))).toEqual(['status-unknown']);
    expect(await isPublic(publication, 'plover')).toBe(false);
    expect(await become(article({}, 'plover'))).toEqual([]);
    expect(await become(null)).toEqual([]);
    expect(await become(article({ status: 'evergreen' }, 'plover'))).toEqual(['status-unknown']);
    expect(await isPublic(publication, 'plover')).toBe(false);
  });

  it('is not scheduled either, and is as before however often it is looked at', async () => {
    const later = { date: '2026-07-01', status: 'evergreen' };
    const publication = await createTestPublication({ files: { 'a.md': article({}, 'plover') } });
    await publication.settle();
    for (const key of ['a.md', 'b.md', 'a.md']) {
      await publication.put(key, article(later, 'plover'));
      await publication.settle();
    }
    const overview = await publication.publisher.overview();
    expect(told(overview)).toEqual([`error status-unknown a.md: ${HELD} It stands in 2 files.`]);
    expect(overview.counts).toMatchObject({ published: 0, scheduled: 0 });
    publication.now = TEST_NOW + 90 * DAY_MS;
    await publication.publisher.tick();
    await publication.settle();
    expect(await isPublic(publication, 'plover')).toBe(false);
  });

  it('that has expired is nobody’s worry', async () => {
    const files = { 'a.md': article({ status: 'evergreen', expires: '2026-05-02' }, 'plover') };
    const publication = await createTestPublication({ files });
    await publication.settle();
    expect(told(await publication.publisher.overview())).toEqual([]);
  });

  it('is settled for good by the settings', async () => {
    const files = {
      'a.md': article({ status: 'evergreen' }, 'plover'),
      'b.md': article({ status: 'seedling' }, 'dunlin'),
      'c.md': article({ content_status: '"🌿 In Bloom"' }, 'curlew'),
    };
    const publication = await createTestPublication({ files });
    await publication.settle();
    expect((await publication.publisher.overview()).problems).toHaveLength(3);
    await publication.put('site.yaml', 'statuses: { evergreen: published, seedling: draft, In bloom: hidden }\n');
    await publication.settle();
    const overview = await publication.publisher.overview();
    expect(told(overview)).toEqual([]);
    expect(overview.counts).toMatchObject({ published: 2, drafts: 1 });
    expect(await isPublic(publication, 'plover')).toBe(true);
    expect(await isPublic(publication, 'dunlin')).toBe(false);
    expect((await publication.documents()).get('rss.xml')).not.toContain('curlew');
  });

  it('holds up no other item of its file', async () => {
    const items = (...states: readonly (string | undefined)[]) =>
      JSON.stringify(
        states.map((status, index) => ({
          id: `https://example.org/${index}`,
          content_text: `plover${index}`,
          date_published: '2026-05-01',
          status,
        })),
      );
    const publication = await createTestPublication({ files: { 'a.json': items(undefined, 'evergreen') } });
    await publication.settle();
    expect(await isPublic(publication, 'plover0')).toBe(true);
    expect(await isPublic(publication, 'plover1')).toBe(false);
    await publication.put('a.json', items('evergreen', 'evergreen', undefined));
    await publication.settle();
    expect(await isPublic(publication, 'plover0')).toBe(true);
    expect(await isPublic(publication, 'plover1')).toBe(false);
    expect(told(await publication.publisher.overview()).map((line) => line.split(' ')[1])).toEqual([
      'status-unknown-public',
      'status-unknown',
    ]);
  });
});

describe('what is told of who may read an article', () => {
  it('keeps it back with one error a word where it isn’t known', async () => {
    const files = Object.fromEntries(
      ['a', 'b', 'c'].map((name) => [`${name}.md`, article({ visibility: 'rowers' }, 'plover')]),
    );
    const publication = await createTestPublication({ files });
    await publication.settle();
    expect(told(await publication.publisher.overview())).toEqual([
      "error status-unknown a.md: It isn't known whether “rowers” means that an article is published. " +
        'Nothing new of the article is published. It stands in 3 files.',
    ]);
    expect(await isPublic(publication, 'plover')).toBe(false);
  });
});

describe('a draft with mistakes', () => {
  it('is taken down, although its date can’t be read, and is no error', async () => {
    const publication = await createTestPublication({ files: { 'a.md': article({}, 'plover') } });
    await publication.settle();
    await publication.put('a.md', article({ draft: 'true', date: '2026-02-30', id: 'a b' }, 'plover'));
    await publication.settle();
    const overview = await publication.publisher.overview();
    expect(told(overview)).toEqual([]);
    expect(overview.counts).toEqual({ published: 0, drafts: 1, scheduled: 0, broken: 0 });
    expect(await isPublic(publication, 'plover')).toBe(false);
  });

  it('is taken down and is an error, where nothing but the line can be read that makes it one', async () => {
    const publication = await createTestPublication({ files: { 'a.md': article({}, 'plover') } });
    await publication.settle();
    await publication.put('a.md', article({ draft: 'true', summary: 'a: b' }, 'plover'));
    await publication.settle();
    expect((await publication.publisher.overview()).problems.map(({ code }) => code)).toEqual([
      'front-matter-unreadable',
    ]);
    expect(await isPublic(publication, 'plover')).toBe(false);
  });

  it('stays out where it can’t be told that it is one', async () => {
    const files = { 'a.md': article({ draft: 'maybe' }, 'plover'), 'b.md': article({ private: 'mostly' }, 'plover') };
    const publication = await createTestPublication({ files });
    await publication.settle();
    expect((await publication.publisher.overview()).problems.map(({ code }) => code)).toEqual([
      'field-invalid',
      'field-invalid',
    ]);
    expect(await isPublic(publication, 'plover')).toBe(false);
  });
});
