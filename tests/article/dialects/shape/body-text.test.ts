import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBodyText, type Edit, put } from '../../../../lambda/article/dialects/shape/body-text.ts';

const bodyOf = (text: string, mdx = false) => createBodyText({ kind: 'markdown', text, firstLine: 10, mdx }, 'a.md');
const codeIn = ({ text, code }: ReturnType<typeof bodyOf>) => code.map(({ start, end }) => text.slice(start, end));

describe('the code of a body', () => {
  it('moves with the text around it', () => {
    const body = bodyOf('A `b` [c] `d`\n\n```\ne\n```\n');
    body.replace(/\[c\]/g, () => 'something longer');
    expect(codeIn(body)).toEqual(['`b`', '`d`', '```\ne\n```\n']);
    body.replace(/A /g, () => '');
    expect(codeIn(body)).toEqual(['`b`', '`d`', '```\ne\n```\n']);
  });

  it('goes with what holds it, and is as long as what it shows by now', () => {
    const body = bodyOf('[`a`] `bbb` `c`');
    expect(codeIn(body)).toHaveLength(3);
    body.edit([
      { start: 0, end: 5, text: '' },
      { start: 7, end: 10, text: 'B' },
    ]);
    expect(body.text).toBe(' `B` `c`');
    expect(codeIn(body)).toEqual(['`B`', '`c`']);
  });

  it('is found anew where an edit cuts into it, or brings some', () => {
    const cut = bodyOf('[a ` b] c `d` e');
    expect(codeIn(cut)).toEqual(['` b] c `']);
    cut.edit([{ start: 0, end: 7, text: '' }]);
    expect(codeIn(cut)).toEqual(['`d`']);
    const made = bodyOf('[code] `a`');
    expect(codeIn(made)).toEqual(['`a`']);
    made.edit([{ start: 0, end: 6, text: '`code`' }], true);
    expect(codeIn(made)).toEqual(['`code`', '`a`']);
  });

  it('is another one once the text is MDX', () => {
    const body = bodyOf('A\n\n    b\n');
    expect(codeIn(body)).toEqual(['    b\n']);
    body.becomeMdx();
    expect(codeIn(body)).toEqual([]);
  });

  it('is left alone by replacements', () => {
    const body = bodyOf('x `x` x');
    body.replace(/x/g, ({ index }) => (index === 0 ? null : 'y'));
    expect(body.text).toBe('x `x` y');
  });
});

describe('lines', () => {
  it('are those of the file, whatever was edited', () => {
    const body = bodyOf('a\n\nb\nc\n');
    body.edit([{ start: 0, end: 3, text: '\n\n\n\n' }]);
    body.edit([{ start: 4, end: 6, text: 'B' }]);
    expect(body.text).toBe('\n\n\n\nBc\n');
    expect([0, 3, 4, 5].map((place) => body.lineAt(place))).toEqual([10, 10, 12, 13]);
  });

  it('law: a character that was not edited has its line', () => {
    const word = fc.constantFrom('a', '\n', 'X', 'Y\n', '\nZ\n');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), fc.array(fc.constantFrom('', '\n', 'qq\n\n')), (words, shown) => {
        const text = `${words.join('')}!`;
        const body = bodyOf(text);
        for (const [mark, index] of [...'XYZ'].map((one, at) => [one, at] as const)) {
          body.replace(new RegExp(`${mark}\n?`, 'g'), () => shown[index] ?? '');
        }
        expect(body.lineAt(body.text.length - 1)).toBe(10 + text.split('\n').length - 1);
      }),
    );
  });
});

describe('put', () => {
  it('lets what reaches back follow the last edit', () => {
    const edits: Edit[] = [];
    put({ edits }, 0, 5, 'a');
    put({ edits }, 0, 9, 'b');
    put({ edits }, 9, 9, 'c');
    expect(edits).toEqual([
      { start: 0, end: 9, text: 'ab' },
      { start: 9, end: 9, text: 'c' },
    ]);
  });
});
