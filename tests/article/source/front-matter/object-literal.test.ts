import { describe, expect, it } from 'vitest';
import { readObjectLiteral } from '../../../../lambda/article/source/front-matter/object-literal.ts';
import { codesOf, parseOne, parseText } from '../../article-file.ts';

const read = (source: string, names = new Map<string, string>()) => {
  const reading = readObjectLiteral(source, 0, names);
  return reading.kind === 'object' ? reading.fields.map(({ name, value }) => [name, value]) : reading;
};

describe('readObjectLiteral', () => {
  it('reads texts, numbers, lists, maps and names as data', () => {
    const source = `{
      // A comment
      title: 'It\\'s', "quoted": "a\\n\\u00e9", long: 'one ' + 'two', /* another */
      template: \`Two
lines\`,
      count: 1.10, flag: true, none: null,
      list: [one, 'two', ['three']], map: { innerName: 1 },
    }`;
    expect(read(source)).toEqual([
      ['title', "It's"],
      ['quoted', 'a\né'],
      ['long', 'one two'],
      ['template', 'Two\nlines'],
      ['count', '1.10'],
      ['flag', 'true'],
      ['none', null],
      ['list', ['one', 'two', ['three']]],
      ['map', new Map([['innername', '1']])],
    ]);
  });

  it('reads numbers as they are written', () => {
    expect(read('{ a: -1e+21, b: 1.5E-7, c: 1_000, d: 0x1f, e: [1, 2] }')).toEqual([
      ['a', '-1e+21'],
      ['b', '1.5E-7'],
      ['c', '1_000'],
      ['d', '0x1f'],
      ['e', ['1', '2']],
    ]);
  });

  it('knows what names stand for', () => {
    expect(read('{ image, card: image }', new Map([['image', './a.png']]))).toEqual([
      ['image', './a.png'],
      ['card', './a.png'],
    ]);
  });

  it.each([
    '{ a: f() }',
    '{ a: () => 1 }',
    '{ a: function () {} }',
    '{ a: x.y }',
    '{ ...rest }',
    '{ a: `$' + '{x}` }',
    '{ a: 1',
    "{ a: 'x }",
    "{ a: 'x\\\\",
    '{ get a() {} }',
  ])('takes no code: %s', (source) => {
    expect(read(source)).toMatchObject({ kind: 'unreadable' });
  });
});

describe('an MDX article', () => {
  it('is told by what it exports, and its imports are no text', () => {
    const text = `import { ada } from '@/people'
import card from './card.png'
import {
  Button,
} from '@/parts'

export const meta = {
  title: 'A title',
  authors: [ada],
  image: card,
}

export default (props) => <Layout {...props} />

Text.`;
    const article = parseOne('notes/a/index.mdx', text);
    expect(article).toMatchObject({ title: 'A title', path: '/notes/a/', authors: [{ name: 'ada' }] });
    expect(article.image?.key).toBe('notes/a/card.png');
    expect(article.contentHtml.trim()).toBe('<p>Text.</p>');
  });

  it('that exports code is refused, with the line', () => {
    const text = 'export const meta = {\n  title: "A",\n  date: new Date(),\n}\n\nText.';
    expect(codesOf(parseText('a.mdx', text))).toEqual(['front-matter-unreadable@3']);
  });
});
