import { describe, expect, it } from 'vitest';
import { renderContent } from '../../../../lambda/article/content.ts';
import { TEST_SITE } from '../../article-file.ts';

function told(text: string) {
  const context = { key: 'posts/a.md', articleUrl: 'https://example.org/posts/a/', site: TEST_SITE };
  const { problems } = renderContent({ kind: 'markdown', text, firstLine: 1 }, context);
  return problems.map(({ line, message }) => `${line}: ${message}`);
}

describe('a footnote', () => {
  it('is told of when nothing refers to it', () => {
    expect(told('Ebb[^1].\n\n[^1]: Flow.\n\n[^tide]: Mind *it*.\n\n    And more.')).toEqual([
      '5: Nothing in the text refers to the footnote “[^tide]”, or another has its name, so it was left out: 4 words, “Mind *it*. And more.”.',
    ]);
  });

  it('is told of when another has its name', () => {
    expect(told('Ebb[^1].\n\n[^1]: Flow.\n\n[^1]: Tide.')).toEqual([
      '3: Nothing in the text refers to the footnote “[^1]”, or another has its name, so it was left out: 1 word, “Flow.”.',
    ]);
  });

  it('is not when another footnote refers to it', () => {
    expect(told('Ebb[^1].\n\n[^1]: Flow[^2].\n\n[^2]: Tide.')).toEqual([]);
  });
});

describe('a line that looks like an address', () => {
  it('is told of when it holds a word and no link uses it', () => {
    expect(told('[Ann]: Hello\n\n[Bob]: Hi\n\nEbb.')).toEqual([
      '1: Markdown takes “[ann]: Hello” for the address of a link, and no link uses it, so it was left out: 4 words, “[ann]: Hello [bob]: Hi”.',
    ]);
  });

  it.each(['[a]: ebb\n\n[b][a]', '[a]: ebb\n\n[A]', '[1]: /ebb', '[//]: # (no one)', '[no]: <> (one)', '[a]: b.md'])(
    'is not in %j',
    (text) => {
      expect(told(text)).toEqual([]);
    },
  );
});
