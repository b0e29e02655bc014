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
      'old/f.md: The article says much that only episodes of a podcast say, and names no sound that is understood.',
      'show/a.md: 5 articles in show/ say much that only episodes of a podcast say, and name no sound that is understood.',
    ]);
  });
});
