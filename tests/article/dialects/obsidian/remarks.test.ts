import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dropComments, dropRemarks } from '../../../../lambda/article/dialects/obsidian/remarks.ts';
import { codesOf, parseOne, parseText } from '../../article-file.ts';

const drop = (text: string) => dropRemarks(text, 'markdown').text;

describe('dropRemarks', () => {
  it.each([
    ['A %%secret%% B', 'A  B'],
    ['A %%with 50% inside%%. B', 'A . B'],
    ['A (%%secret%%) B', 'A () B'],
    ['A %%over\ntwo lines%% B', 'A \n B'],
    [`A %%${'long '.repeat(200)}%% B`, 'A  B'],
    ['# Head %%secret%%', '# Head '],
    ['- %%secret%%\n- b', '- \n- b'],
    ['%%secret\n\nsecret too%%\n\nB', '\n\n\n\nB'],
    ['A\n\n%%\nsecret\n\nsecret too\n%%\n\nB', 'A\n\n\n\n\n\n\n\nB'],
    ['%%\nsecret %%\n\nB', '\n\n\nB'],
    ['%%\nsecret, 50%% of it\n%%\nB', '\n\n\nB'],
    ['%%\nsecret\n```\nmore\n```\n%%\nB', '\n\n\n\n\n\nB'],
    ['> %%\n> secret\n> %%\n\nB', '> \n\n\n\nB'],
    ['%%a ` here%% and `b` there', ' and `b` there'],
    ['%%a ` b%% `50 %% c` and %%secret%% d', ' `50 %% c` and  d'],
    ['%%a\n```\nb%%\n\nc\n\n```\n%%d%%\n```', '\n\n\n\nc\n\n```\n%%d%%\n```'],
  ])('takes out %j', (text, left) => {
    expect(drop(text)).toBe(left);
  });

  it.each([
    '100%% sure, 50%% not',
    'One %% here\n\nand one %% there',
    'printf("%d%%\\n")',
    '`%%a%%` and ``` %%b%% ```',
    '```matlab\n%% Section\nx = 1 %% y\n```',
    '<%% erb %%> and {%% x %%}',
    '%%bash\n\necho',
  ])('leaves %j', (text) => {
    expect(drop(text)).toBe(text);
  });

  it('law: what stands in a remark is in no text, and lines keep their numbers', () => {
    const piece = fc.constantFrom('a', '%', ' ', '\n', '`', '- ', '> ', '\n\n', '**', '50%', '```\n');
    const prose = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join('').replace(/[%`]/g, ''));
    const secret = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join('').replace(/%%+/g, '%'));
    fc.assert(
      fc.property(prose, secret, prose, (before, hidden, after) => {
        const text = `${before}\n\n%%\nSECRET${hidden}\n%%\n\n${after}END`;
        const { text: left, endlessLine } = dropRemarks(text, 'markdown');
        fc.pre(!/^(?: {4}|\t)/m.test(before));
        expect(left).not.toContain('SECRET');
        if (endlessLine === null) expect(left.split('\n').length).toBe(text.split('\n').length);
      }),
    );
  });

  it('takes time by the length of the text, whatever stands in it', () => {
    for (const text of [
      '%%a '.repeat(60_000),
      '%%\n'.repeat(20_000),
      'x %%a\n'.repeat(20_000),
      '%% %%a'.repeat(40_000),
      '%%`%% `a` '.repeat(5_000),
    ]) {
      const begin = process.cpuUsage();
      drop(text);
      expect(process.cpuUsage(begin).user / 1_000).toBeLessThan(3_000);
    }
  });
});

describe('dropComments', () => {
  it.each([
    ['{/* secret */}\n\nB', '\n\nB'],
    ['A\n\n{/*\nsecret\n\nsecret too\n*/}\n\nB', 'A\n\n\n\n\n\n\n\nB'],
    ['A\n\n{/* truncate */}\n\nB', 'A\n\n<!--more-->\n\nB'],
    ['A {/* in a line */} B', 'A {/* in a line */} B'],
    ['{/* without an end\n\nB', '{/* without an end\n\nB'],
    ['{/* without an end\n\nB\n\n{/* secret */}', '{/* without an end\n\nB\n\n'],
    ['```js\n{/* code */}\n```', '```js\n{/* code */}\n```'],
  ])('makes %j to %j', (text, left) => {
    expect(dropComments(text)).toBe(left);
  });

  it('takes time by the length of the text', () => {
    for (const text of ['{/* a\n'.repeat(30_000), '{/* a */}\n'.repeat(20_000), `${'{/*\n'.repeat(10_000)}*/}`]) {
      const begin = process.cpuUsage();
      dropComments(text);
      expect(process.cpuUsage(begin).user / 1_000).toBeLessThan(3_000);
    }
  });

  it('is done to articles in Markdown', () => {
    expect(parseOne('a.md', '---\ntitle: A\n---\nText.\n\n{/* secret */}\n').contentHtml).toBe('<p>Text.</p>');
  });
});

describe('remarks to oneself', () => {
  it('are in no title, text or summary', () => {
    const article = parseOne('a.md', '# Head %%one%%\n\n%%two%%\n\nText %%three, with *this*%%.\n\n%%\nfour\n%%\n');
    expect(article).toMatchObject({ title: 'Head', summary: 'Text .', contentHtml: '<p>Text .</p>' });
  });

  it('without an end take the rest with them, and that is told', () => {
    const parsed = parseText('a.md', '---\ntitle: A\n---\nText.\n\n%%\nsecret\n\nsecret too');
    expect(parsed.articles[0]?.contentHtml).toBe('<p>Text.</p>');
    expect(codesOf(parsed)).toEqual(['markup-left-out@6']);
  });
});
