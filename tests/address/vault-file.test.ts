import { describe, expect, it } from 'vitest';
import { filesMeant, nameOfFile } from '../../lambda/address/vault-file.ts';

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
