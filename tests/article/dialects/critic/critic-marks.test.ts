import { describe, expect, it } from 'vitest';
import { parseOne } from '../../article-file.ts';

const shown = (text: string) => parseOne('a.md', `---\ntitle: A\n---\n\n${text}\n`).contentHtml;

describe('changes that are marked in a text', () => {
  it.each([
    ['One{-- two--} three.', '<p>One three.</p>'],
    ['One{++ two++} three.', '<p>One two three.</p>'],
    ['One {~~two~>2~~} three.', '<p>One 2 three.</p>'],
    ['One {~~two~>~~}three.', '<p>One three.</p>'],
    ['One {==two==}{>>why?<<} three.', '<p>One <mark>two</mark> three.</p>'],
    ['One {++**two**++} three.', '<p>One <strong>two</strong> three.</p>'],
    ['One {--two\nlines--} three.', '<p>One\nthree.</p>'],
  ])('are read as accepted: %j', (text, html) => {
    expect(shown(text).replace(/\s*\n\s*/g, '\n')).toBe(html);
  });

  it.each([
    ['One `{--two--}`.', '<p>One <code>{--two--}</code>.</p>'],
    ['One {--two.', '<p>One {--two.</p>'],
    ['One {--two\n\nthree--}.', '<p>One {--two</p>\n<p>three--}.</p>'],
    ['A {--- rule.', '<p>A {--- rule.</p>'],
  ])('are none in %j', (text, html) => {
    expect(shown(text)).toBe(html);
  });

  it('are read so before there is a title or a summary', () => {
    const { title, summary } = parseOne('a.md', '# The {--secret --}tide\n\nWater {++rises++}{--secret--}.\n');
    expect([title, summary]).toEqual(['The tide', 'Water rises.']);
  });
});
