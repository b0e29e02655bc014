import { describe, expect, it } from 'vitest';
import { filesMeant, nameOfFile, placesOf } from '../../lambda/address/asset-places.ts';

const COMPOSED = 'img/caf\u00e9.png';
const DECOMPOSED = 'img/cafe\u0301.png';

describe('where a file may lie that is not where it is named', () => {
  it.each([
    ['img/a.png', 'content/posts/a.md', 'static/img/a.png'],
    ['img/a.png', 'src/content/blog/a.md', 'public/img/a.png'],
    ['img/a.png', 'website/blog/a.md', 'website/static/img/a.png'],
    ['img/a.png', 'docs/posts/a.md', 'docs/public/img/a.png'],
    ['img/a.png', 'a.md', 'static/img/a.png'],
    ['images/a.png', 'source/_posts/a.md', 'source/images/a.png'],
    ['img/a.png', 'content/sea/a.md', 'content/img/a.png'],
    ['img/a.png', 'site/content/a.md', 'site/content/img/a.png'],
    ['img/a.png', 'src/blog/a.md', 'src/img/a.png'],
    ['_posts/b.png', '_posts/a.md', '_posts/a/b.png'],
    ['source/_posts/b.png', 'source/_posts/a.md', 'source/_posts/a/b.png'],
    [COMPOSED, 'posts/a.md', DECOMPOSED],
    [DECOMPOSED, 'posts/a.md', COMPOSED],
    [`posts/${COMPOSED}`, 'posts/a.md', `posts/${DECOMPOSED}`],
  ])('%s of %s: %s', (asset, article, place) => {
    expect(placesOf(asset, article)).toContain(place);
  });

  it('is none of many places, and never the one that is named', () => {
    expect(placesOf('posts/b.png', 'posts/a.md')).toEqual(['posts/a/b.png']);
    expect(placesOf('img/a.png', 'a.md')).toEqual(
      ['static', 'public', 'assets', 'source'].map((root) => `${root}/img/a.png`),
    );
    expect(placesOf('static/img/a.png', 'a.md')).not.toContain('static/static/img/a.png');
    expect(placesOf('img/a.png', 'x/y/docs/z/a.md').length).toBeLessThanOrEqual(12);
  });
});

describe('the name of a file in a vault', () => {
  it.each([
    ['a/Moss.PNG', 'moss.png'],
    ['a/cafe\u0301.mp3', 'caf\u00e9.mp3'],
    ['paper.pdf', 'paper.pdf'],
    ['a/note.md', null],
    ['a/data.csv', null],
    ['a/b.js', null],
  ])('of %s is %s', (key, name) => {
    expect(nameOfFile(key)).toBe(name);
  });
});

describe('the files that a note means', () => {
  const meant = (written: string, keys: readonly string[]) => filesMeant(written, keys, 'Notes/Trees/Oak.md');

  it('are those of the name, the nearest first', () => {
    const keys = ['moss.png', 'Notes/img/moss.png', 'Notes/Trees/img/moss.png', 'Notes/moss.png', 'other/moss.png'];
    expect(meant('moss.png', keys)).toEqual([
      'Notes/Trees/img/moss.png',
      'Notes/moss.png',
      'Notes/img/moss.png',
      'moss.png',
      'other/moss.png',
    ]);
  });

  it('are those whose paths end as the note says', () => {
    expect(meant('img/moss.png', ['moss.png', 'a/img/moss.png', 'img/moss.png', 'aimg/moss.png'])).toEqual([
      'img/moss.png',
      'a/img/moss.png',
    ]);
    expect(meant('./Moss.png', ['moss.png'])).toEqual(['moss.png']);
  });
});
