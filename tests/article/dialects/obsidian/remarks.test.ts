import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { obsidianRemarks } from '../../../../lambda/article/dialects/obsidian/remarks.ts';
import { createBodyText } from '../../../../lambda/article/dialects/shape/body-text.ts';
import { expandDialects } from '../../../../lambda/article/dialects/shape/dialect.ts';
import { codesOf, parseOne, parseText } from '../../article-file.ts';

function expand(text: string) {
  const body = createBodyText({ kind: 'markdown', text, firstLine: 1 }, 'a.md');
  expandDialects([obsidianRemarks], body, null);
  return body;
}

const drop = (text: string) => expand(text).text;

describe('remarks of Obsidian', () => {
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
        const { text: left, problems } = expand(text);
        fc.pre(!/^(?: {4}|\t)/m.test(before));
        expect(left).not.toContain('SECRET');
        if (problems.length === 0) expect(left.split('\n').length).toBe(text.split('\n').length);
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
