import { describe, expect, it } from 'vitest';
import { renderContent } from '../../../../lambda/article/content.ts';
import { TEST_SITE } from '../../article-file.ts';

function render(text: string, mdx = false) {
  const context = { key: 'posts/a.md', articleUrl: 'https://example.org/posts/a/', site: TEST_SITE };
  return renderContent({ kind: 'markdown', text, firstLine: 1, mdx }, context);
}

const html = (text: string) => render(text).html;

describe('directives on a line of their own', () => {
  it.each([
    ['::youtube[How to sail]{#abcdefghijk}', '<a href="https://www.youtube.com/watch?v=abcdefghijk">How to sail</a>'],
    ['::vimeo{id="1234567"}', '<a href="https://vimeo.com/1234567">https://vimeo.com/1234567</a>'],
    ['::github{repo="owner/name"}', '<a href="https://github.com/owner/name">https://github.com/owner/name</a>'],
    ['::link-card{url="https://example.com/" title="A page"}', '<a href="https://example.com/">A page</a>'],
    ['::figure[A boat]{src="/a.png"}', '<img src="https://example.org/a.png" alt="A boat">'],
    ['::notice[Mind the *tide*]', 'Mind the <em>tide</em>'],
    ['@[card](https://card.example/a)', '<a href="https://card.example/a">https://card.example/a</a>'],
    [
      '@[youtube](abcdefghijk)',
      '<a href="https://www.youtube.com/watch?v=abcdefghijk">https://www.youtube.com/watch?v=abcdefghijk</a>',
    ],
    [
      '%[https://www.youtube.com/watch?v=abcdefghijk]',
      '<a href="https://www.youtube.com/watch?v=abcdefghijk">https://www.youtube.com/watch?v=abcdefghijk</a>',
    ],
  ])('become what they show: %s', (text, shown) => {
    expect(html(text)).toBe(`<p>${shown}</p>`);
  });

  it('stay where they are in a sentence, or name what nobody knows', () => {
    expect(html('Write to @[ann](https://a.example/).')).toBe('<p>Write to @<a href="https://a.example/">ann</a>.</p>');
    expect(html('`@[card](https://a.example/)`')).toBe('<p><code>@[card](https://a.example/)</code></p>');
  });

  it('are left out where nobody knows what they show, which is told once', () => {
    const { html: shown, problems } = render('One.\n\n::counter{page="a"}\n\n::counter{page="b"}\n\nTwo.');
    expect(shown).toBe('<p>One.</p>\n<p>Two.</p>');
    expect(problems).toMatchObject([{ code: 'template-left-out', line: 3 }]);
    expect(problems[0]?.message).toContain('::counter');
  });

  it('around a text give way to it, and their title stays', () => {
    expect(html('::card\n---\ntitle: "The tide"\nicon: sea\n---\nThe *body*.\n::\n\nAfter.')).toBe(
      '<p><strong>The tide</strong></p>\n<p>The <em>body</em>.</p>\n<p>After.</p>',
    );
    expect(html('::outer{title="Out"}\nOne.\n\n::inner\nTwo.\n::\n\n::')).toBe(
      '<p><strong>Out</strong></p>\n<p>One.</p>\n<p>Two.</p>',
    );
  });
});

describe('directives in a line', () => {
  it.each([
    ['Press :kbd[Ctrl].', 'Press <kbd>Ctrl</kbd>.'],
    ['H:sub[2]O and x:sup[*n*]', 'H:sub[2]O and x:sup[<em>n</em>]'],
    ['See :link[the dock]{href="https://example.com/"}.', 'See <a href="https://example.com/">the dock</a>.'],
    ['A :badge[new *one*]{type="tip"} here', 'A new <em>one</em> here'],
  ])('become what they show: %s', (text, shown) => {
    expect(html(text)).toBe(`<p>${shown}</p>`);
  });

  it.each([
    'At 10:30, ratio 3:4, a:b[c], std::vector[0] {x}',
    'A :smile: and :x{y}',
    '`:kbd[Ctrl]` ::a',
    '\\:kbd[Ctrl]',
  ])('are none in %s', (text) => {
    expect(html(text).replace(/<[^>]*>/g, '')).toBe(text.replace(/[`\\]/g, ''));
  });

  it('are read in MDX before its expressions', () => {
    const { html: shown, problems } = render('See :link[it]{href="https://example.com/"}.', true);
    expect(shown).toBe('<p>See <a href="https://example.com/">it</a>.</p>');
    expect(problems).toEqual([]);
  });
});
