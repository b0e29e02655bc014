/** What was found by reading real articles beside their sources: habits of writers that once cost a reader something. */

import { describe, expect, it } from 'vitest';
import { parseOne } from './article-file.ts';

const html = (text: string, key = 'a.md') => parseOne(key, text).contentHtml;

describe('elements that close themselves', () => {
  it('take in nothing of what follows', () => {
    const frame = '<iframe src="https://www.youtube.com/embed/abc_DEF-123" title="The talk" allowFullScreen />';
    expect(html(`First.\n\n${frame}\n\nSecond.\n\n<div />\n\nThird.`)).toBe(
      '<p>First.</p>\n<a href="https://www.youtube.com/watch?v=abc_DEF-123">The talk</a>\n' +
        '<p>Second.</p>\n\n<p>Third.</p>',
    );
  });
});

describe('MDX', () => {
  it('shows the images that are imported above its fields', () => {
    const text = `import photo from './photo.jpg'

export const meta = {
  title: 'A title',
}

<a href="https://example.com/"><img src={photo} alt="Boats" /></a>

Text.`;
    expect(html(text, 'notes/a.mdx')).toContain('<img src="https://example.org/notes/photo.jpg" alt="Boats">');
  });
});
