import { describe, expect, it } from 'vitest';
import { areAlike, sketchEntry } from '../../../lambda/feed/entry/likeness.ts';

const sketch = (title: string, text: string) => sketchEntry({ title, contentHtml: `<p>${text}</p>` });
const words = (from: number, count: number): string =>
  Array.from({ length: count }, (_, index) => `word${from + index}`).join(' ');

describe('two entries are alike', () => {
  it('when their titles say the same, whatever their case and marks', () => {
    expect(areAlike(sketch('The Gate!', 'Green.'), sketch('the gate', 'Made of iron and stone.'))).toBe(true);
  });

  it.each([10, 100, 1_000, 10_000])('when nine tenths of %i words are the same', (count) => {
    const tenth = count / 10;
    expect(areAlike(sketch('One', words(0, count)), sketch('Two', words(Math.floor(tenth / 2), count)))).toBe(true);
    expect(areAlike(sketch('One', words(0, count)), sketch('Two', words(3 * tenth, count)))).toBe(false);
  });

  it('when a script without spaces shares its letters', () => {
    const text = '春はあけぼの。やうやう白くなりゆく山ぎは、すこしあかりて';
    expect(areAlike(sketch('', text), sketch('', `${text}。`))).toBe(true);
    expect(areAlike(sketch('', text), sketch('', '夏は夜。月のころはさらなり、闇もなほ'))).toBe(false);
  });

  it('only if there is something to compare', () => {
    expect(areAlike(sketch('', ''), sketch('', ''))).toBe(false);
    expect(areAlike(sketch('?', '<img src="a.png">'), sketch('!', '<img src="a.png">'))).toBe(false);
  });

  it('by what holds none of their words, and is small', () => {
    const long = JSON.stringify(sketch('A secret', words(0, 100_000)));
    expect(long).not.toContain('secret');
    expect(long.length).toBeLessThan(1_600);
  });
});
