import { describe, expect, it } from 'vitest';
import { createTestPublication } from '../../support/publication.ts';

const article = (...lines: readonly string[]) => ['---', 'title: A', ...lines, '---', 'Text.'].join('\n');

/** `path: message` of every problem of a publication. */
async function tell(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const publication = await createTestPublication({ files: { 'site.yaml': 'title: T', ...files } });
  await publication.settle();
  const { problems } = await publication.publisher.overview();
  return problems.map(({ path, message }) => `${path}: ${message}`);
}

describe('a folder in which every article lacks its date', () => {
  const all = 'has a date, so each is dated by the time it was first seen.';

  it('is told of once, with how many there are', async () => {
    const files = {
      'posts/a/index.md': article(),
      'posts/b.md': article(),
      'posts/c.md': article(),
      'notes/d.md': article('date: 2026-01-01'),
    };
    expect(await tell(files)).toEqual([`posts/a/index.md: None of the 3 articles in posts/ ${all}`]);
  });

  it('is the highest of which it is true', async () => {
    expect(await tell({ 'x/a.md': article(), 'y/z/b.md': article() })).toEqual([
      `x/a.md: None of the 2 articles here ${all}`,
    ]);
  });

  it('is none where one has a date: the others are named', async () => {
    const files = { 'posts/a.md': article(), 'posts/b.md': article(), 'posts/c.md': article('date: 2026-01-01') };
    expect((await tell(files)).map((line) => line.slice(0, 33))).toEqual([
      'posts/a.md: The article has no da',
      'posts/b.md: The article has no da',
    ]);
  });

  it('names the field that may hold it', async () => {
    const files = { 'a.md': article('eventDate: 2026-01-01'), 'b.md': article('eventDate: 2026-01-02') };
    expect((await tell(files)).join()).toContain('The field “eventDate” holds a date (2026-01-01)');
  });
});

describe('articles that look like episodes and have no sound', () => {
  const episode = article('date: 2026-01-01', 'episode: 1', 'duration: "56:47"', 'explicit: false');

  it('are told of once where there are many in a folder', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const files = Object.fromEntries(names.map((name) => [`show/${name}.md`, episode]));
    const about = article('date: 2026-01-01');
    expect(await tell({ ...files, 'show/about.md': about, 'old/f.md': episode })).toEqual([
      'old/f.md: The article has fields that only podcast episodes have, but names no audio file that is understood.',
      'show/a.md: 5 articles in show/ have fields that only podcast episodes have, but name no audio file that is understood.',
    ]);
  });
});

describe('posts in forms that are not read', () => {
  const rest = ': they are not read, and nothing of them is published.';

  it('are told of once for each form and folder, with their number', async () => {
    const files = {
      'a.md': article('date: 2026-01-01'),
      'posts/a.rst': 'A',
      'posts/b.rst': 'B',
      'posts/c.org': 'C',
      'old/d.rst': 'D',
      'lektor/a/contents.lr': 'E',
      'lektor/b/contents.lr': 'F',
      'posts/e.json': JSON.stringify({ title: 'E', date: '2026-01-01', body: 'Some text.' }),
    };
    expect(await tell(files)).toEqual([
      `lektor/a/contents.lr: 2 files in lektor/ are in Lektor’s form${rest}`,
      'old/d.rst: This file is in reStructuredText: it is not read, and nothing of it is published.',
      `posts/a.rst: 2 files in posts/ are in reStructuredText${rest}`,
      'posts/c.org: This file is in Org: it is not read, and nothing of it is published.',
      'posts/e.json: This file is JSON that looks like a post, under names that are not read: nothing of it is published.',
    ]);
  });

  it('are none where an article refers to them, where their folder says so, and when they go', async () => {
    const text = ['---', 'title: A', 'date: 2026-01-01', '---', '[Table](table.docx)'].join('\n');
    const files = { 'a.md': text, 'table.docx': 'x', '_config.yml': 'exclude: [old]', 'old/d.rst': 'D' };
    expect(await tell(files)).toEqual([]);
    const publication = await createTestPublication({
      files: { 'site.yaml': 'url: https://a.example/', 'd.rst': 'D' },
    });
    await publication.settle();
    expect((await publication.publisher.overview()).problems).toHaveLength(1);
    await publication.put('d.rst', null);
    await publication.settle();
    expect((await publication.publisher.overview()).problems).toEqual([]);
  });
});
