import { describe, expect, it } from 'vitest';
import { readCsv } from '../../lambda/text/csv.ts';

describe('readCsv', () => {
  it('reads what RFC 4180 describes', () => {
    const text = 'a,b,c\n"x, y","say ""hi""","two\nlines"\n\n,,\nlast,1,';
    expect(readCsv(text)).toEqual({
      kind: 'rows',
      rows: [
        { cells: ['a', 'b', 'c'], line: 1 },
        { cells: ['x, y', 'say "hi"', 'two\nlines'], line: 2 },
        { cells: ['', '', ''], line: 5 },
        { cells: ['last', '1', ''], line: 6 },
      ],
    });
    expect(readCsv('')).toEqual({ kind: 'rows', rows: [] });
  });

  it.each([
    ['a,"b', 1],
    ['a,b\nc,"d" e', 2],
    ['a\n5" nails', 2],
  ])('guesses nothing in %j', (text, line) => {
    expect(readCsv(text)).toMatchObject({ kind: 'unreadable', line });
  });

  it('takes time by the length of the text', () => {
    const startedAt = performance.now();
    readCsv(`${'"'.repeat(500_000)}\n${','.repeat(500_000)}`);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
