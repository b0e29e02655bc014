import { describe, expect, it } from 'vitest';
import { mdxComments } from '../../../../lambda/article/dialects/mdx/mdx-comments.ts';
import { createBodyText } from '../../../../lambda/article/dialects/shape/body-text.ts';
import { expandDialects } from '../../../../lambda/article/dialects/shape/dialect.ts';
import { parseOne } from '../../article-file.ts';

function drop(text: string): string {
  const body = createBodyText({ kind: 'markdown', text, firstLine: 1 }, 'a.md');
  expandDialects([mdxComments], body, null);
  return body.text;
}

describe('comments of MDX in Markdown', () => {
  it.each([
    ['{/* secret */}\n\nB', '\n\nB'],
    ['A\n\n{/*\nsecret\n\nsecret too\n*/}\n\nB', 'A\n\n\n\n\n\n\n\nB'],
    ['A\n\n{/* truncate */}\n\nB', 'A\n\n<!--more-->\n\nB'],
    ['A {/* in a line */} B', 'A {/* in a line */} B'],
    ['{/* without an end\n\nB', '{/* without an end\n\nB'],
    ['{/* without an end\n\nB\n\n{/* secret */}', '{/* without an end\n\nB\n\n'],
    ['```js\n{/* code */}\n```', '```js\n{/* code */}\n```'],
  ])('makes %j to %j', (text, left) => {
    expect(drop(text)).toBe(left);
  });

  it('takes time by the length of the text', () => {
    for (const text of ['{/* a\n'.repeat(30_000), '{/* a */}\n'.repeat(20_000), `${'{/*\n'.repeat(10_000)}*/}`]) {
      const begin = process.cpuUsage();
      drop(text);
      expect(process.cpuUsage(begin).user / 1_000).toBeLessThan(3_000);
    }
  });

  it('is done to articles in Markdown', () => {
    expect(parseOne('a.md', '---\ntitle: A\n---\nText.\n\n{/* secret */}\n').contentHtml).toBe('<p>Text.</p>');
  });
});
