import { describe, expect, it } from 'vitest';
import { inlineText } from '../../../lambda/article/markdown/inline-text.ts';

describe('inlineText', () => {
  it.each([
    'AT&T',
    'Generic<T>',
    'a < b & c > d',
    'the <details> element',
    'snake_case_name',
    'C:\\temp',
    '2 * 3 * 4',
    'R&D &foo;',
    'C* and D*',
    '<3',
    'Array<string>',
    'Understanding __init__ and __new__ (not __main__.py)',
    '2*3*4 = 24',
    'Use <b> and </b> wisely',
    'C:\\_tmp\\[x]',
    'a regex \\d+\\.',
  ])('keeps what is no markup: %s', (text) => expect(inlineText(text)).toBe(text));

  it.each([
    ['Tom &amp; Ann &#8212; &quot;x&quot; &lt;T&gt;', 'Tom & Ann — "x" <T>'],
    ['*x* **y** ~~z~~ `code` [text](#) ![alt](a.png)', 'x y z code text alt'],
    ['<p>Ebb <a href="x">and</a></p> <p>flow</p>', 'Ebb and flow'],
    ['a<br>b', 'a b'],
    ['<b>bold</b> <i>it</i>', 'bold it'],
    ['  two\n lines ', 'two lines'],
    ['__Two words__ and **one**two, **one**', 'Two words and onetwo, one'],
    ['<p> in </p> a <a href="x"> link </a>', 'in a link'],
    ['snake\\_case \\*x\\*', 'snake_case *x*'],
    ['`__x__ 2*3 \\d`', '__x__ 2*3 \\d'],
    ['a\u0000b\uFFFEc', 'abc'],
    ['&#x1;a', 'a'],
  ])('takes markup for what it means: %s', (text, plain) => expect(inlineText(text)).toBe(plain));
});
