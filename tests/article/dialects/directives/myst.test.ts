import { describe, expect, it } from 'vitest';
import { renderContent } from '../../../../lambda/article/content.ts';
import { TEST_SITE } from '../../article-file.ts';

function html(text: string): string {
  const context = { key: 'posts/a.md', articleUrl: 'https://example.org/posts/a/', site: TEST_SITE };
  return renderContent({ kind: 'markdown', text, firstLine: 1 }, context).html;
}

describe('roles of MyST', () => {
  it.each([
    ['See {ref}`the dock <dock>`.', 'See the dock.'],
    ['See {doc}`/intro` and {term}`tide`', 'See /intro and tide'],
    ['H{sub}`2`O, H {sub}`2` O', 'H{sub}<code>2</code>O, H <sub>2</sub> O'],
    ['Call {py:func}`open`, {math}`x^2`', 'Call <code>open</code>, $x^2$'],
    ['`{ref}` and `code`', '<code>{ref}</code> and <code>code</code>'],
  ])('%s', (text, shown) => {
    expect(html(text)).toBe(`<p>${shown}</p>`);
  });
});

describe('directives of MyST in fences', () => {
  it('are boxes, whose options go', () => {
    expect(html('```{note}\n:class: dropdown\n\nMind the *tide*.\n```')).toBe(
      '<p><strong>Note</strong></p>\n<p>Mind the <em>tide</em>.</p>',
    );
    expect(html('````{admonition} The tide\n```js\na\n```\n````')).toBe(
      '<p><strong>The tide</strong></p>\n<pre><code class="language-js">a\n</code></pre>',
    );
    expect(html(':::{warning} Low\n:class: x\nWater.\n:::')).toBe('<p><strong>Low</strong></p>\n<p>Water.</p>');
  });

  it('are images, lists that a site makes, and code', () => {
    expect(html('```{figure} /a.png\n:alt: A boat\n\nThe caption.\n```')).toBe(
      '<p><img src="https://example.org/a.png" alt="A boat"></p>\n<p>The caption.</p>',
    );
    expect(html('One.\n\n```{toctree}\na\nb\n```')).toBe('<p>One.</p>');
    expect(html('```{code-block} python\n:linenos:\n\na\n```')).toBe(
      '<pre><code class="language-python">a\n</code></pre>',
    );
    expect(html('```{mermaid}\na --> b\n```')).toBe('<pre><code class="language-mermaid">a --&gt; b\n</code></pre>');
  });
});

it('a fence for MDX of Docusaurus holds no code', () => {
  expect(html('```mdx-code-block\n<div>\n```\n\n*Text*\n\n```mdx-code-block\n</div>\n```')).toBe(
    '<div>\n<p><em>Text</em></p>\n</div>',
  );
});
