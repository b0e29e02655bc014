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

describe('MDX components and calls', () => {
  it('shows images that are named by the calls of Docusaurus', () => {
    const text = `<img src={require('./a.png').default} alt="A" /> <img src={useBaseUrl('/b.png')} alt="B" />`;
    expect(html(text, 'notes/a.mdx')).toBe(
      '<p><img src="https://example.org/notes/a.png" alt="A"> <img src="https://example.org/b.png" alt="B"></p>',
    );
  });

  it('renders the Markdown of a summary', () => {
    const text = '<details>\n<summary>The **first** case</summary>\n\nText.\n\n</details>';
    expect(html(text, 'a.mdx')).toContain('<summary>The <strong>first</strong> case</summary>');
  });
});

describe('addresses', () => {
  it.each([
    ['https://example.com/subscribe?', 'https://example.com/subscribe'],
    ['https://example.com/a?b=1#', 'https://example.com/a?b=1'],
  ])('may end in a mark without anything behind it: %s', (written, address) => {
    expect(html(`[Go](${written})`)).toBe(`<p><a href="${address}">Go</a></p>`);
  });

  it('that are known in part only are no links', () => {
    const text = 'See [#12]({{ site.repository }}/issues/12) and [#13].\n\n[#13]: {{ site.repository }}/issues/13';
    expect(html(text)).toBe('<p>See #12 and #13.</p>');
  });
});

describe('template code', () => {
  it("prints the article's own fields", () => {
    const text = '---\ntitle: Boats\nimage: /boat.png\n---\n\n![{{ page.title }}]({{ image | url }})';
    expect(html(text)).toBe('<p><img src="https://example.org/boat.png" alt="Boats"></p>');
  });

  it('renders the Markdown of a caption', () => {
    expect(html('{{< figure src="/a.png" caption="By *her*" >}}')).toBe(
      '<figure><img src="https://example.org/a.png" alt="By her"><figcaption>By <em>her</em></figcaption></figure>',
    );
  });

  it('is also a class at the end of a line', () => {
    expect(html('Thanks to her {.small .grey}\n\n![A](/a.png){.wide}\n\nA set {.5, 1} stays.')).toBe(
      '<p>Thanks to her</p>\n<p><img src="https://example.org/a.png" alt="A"></p>\n<p>A set {.5, 1} stays.</p>',
    );
  });
});
