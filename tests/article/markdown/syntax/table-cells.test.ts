import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../../../lambda/article/markdown/markdown.ts';

/** The cells of the rows below the head. */
function rows(text: string): readonly (readonly string[])[] {
  const body = /<tbody>([\s\S]*)<\/tbody>/.exec(renderMarkdown(text, {}))?.[1] ?? '';
  return [...body.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row = '']) =>
    [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell = '']) => cell),
  );
}

const HEAD = '| a | b |\n|---|---|\n';

describe('a row of a table', () => {
  it.each([
    ['as many cells as columns', '| 1 | 2 |', ['1', '2']],
    ['fewer', '| 1 |', ['1', '']],
    ['a bar in code', '| 1 | `x|y` |', ['1', '<code>x|y</code>']],
    ['a bar in code without bars at its ends', '`x|y` | 2', ['<code>x|y</code>', '2']],
    ['bars in code of two backticks', '| ``x|`|y`` | 2', ['<code>x|`|y</code>', '2']],
    ['too many cells', '| 1 | 2 | *3* | 4 |', ['1', '2 | <em>3</em> | 4']],
    ['too many cells, and a bar that is none', '| 1 | 2 | 3 \\| 4 |', ['1', '2 | 3 | 4']],
    ['a backtick without another', '| 1 | `x|y |', ['1', '`x | y']],
  ])('keeps its words: %s', (_, row, cells) => {
    expect(rows(`${HEAD}${row}`)).toEqual([cells]);
  });

  it.each([
    ['a quotation', '> '],
    ['a list', '  '],
  ])('keeps them in %s', (_, indent) => {
    const lines = `${HEAD}| 1 | \`x|y\` |\n2 | 3 | 4`.split('\n').map((line) => `${indent}${line}`);
    expect(rows(indent === '> ' ? lines.join('\n') : `- Ebb\n\n${lines.join('\n')}`)).toEqual([
      ['1', '<code>x|y</code>'],
      ['2', '3 | 4'],
    ]);
  });

  it('is cut in a time by the length of the text', () => {
    const begin = process.cpuUsage();
    for (const row of ['|', '`|', '`', '``|`|', '\\|']) {
      renderMarkdown(`${HEAD}${`|${row.repeat(40_000 / row.length)}|\n`.repeat(5)}`, {});
      renderMarkdown(`${HEAD}${`|${row.repeat(8)}|\n`.repeat(3_000)}`, {});
    }
    expect(process.cpuUsage(begin).user / 1_000).toBeLessThan(8_000);
  });
});
