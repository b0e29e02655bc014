import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderContent } from '../../../../lambda/article/content.ts';
import { parseSite } from '../../../../lambda/site/parse-site.ts';
import { toMarkdown } from '../../../../local/import/html/to-markdown.ts';

const { site } = parseSite(null, { url: 'https://salt.example/' });
if (site === null) throw new Error('the defaults hold an error');
const PLACE = { site, key: '_posts/a.html' };

function convert(html: string) {
  return toMarkdown(html, PLACE);
}

/** What a reader is given of the file that is written, in Markdown or, where that can't be, in HTML. */
function afterwards(html: string): string {
  const converted = convert(html);
  return converted === null ? shown('html', html) : shown('markdown', converted.text);
}

function notNull(html: string) {
  const converted = convert(html);
  if (converted === null) throw new Error('it stayed HTML');
  return converted;
}

/** What a reader is given, with white space and names of the same emphasis taken as equal. */
function shown(kind: 'html' | 'markdown', text: string): string {
  const { html } = renderContent(
    { kind, text, firstLine: 1 },
    { key: PLACE.key, site: PLACE.site as NonNullable<typeof site>, articleUrl: 'https://salt.example/a/' },
  );
  return html
    .replace(/<(\/?)b>/g, '<$1strong>')
    .replace(/<(\/?)i>/g, '<$1em>')
    .replace(/>\s+|\s+</g, (space) => space.trim())
    .replace(/\s+/g, ' ');
}

describe('a text as Markdown', () => {
  it('has signs for what Markdown can say', () => {
    const html =
      '<h2>Head</h2><p>One <em>two</em> <strong>three</strong> <code>a&lt;b</code> <a href="https://x.example/">link</a></p><ul><li>a</li><li>b</li></ul><blockquote><p>q</p></blockquote><pre><code class="language-js">let a;\n\nlet b;\n</code></pre><hr>';
    expect(convert(html)).toEqual({
      text: '## Head\n\nOne *two* **three** `a<b` [link](https://x.example/)\n\n- a\n- b\n\n> q\n\n```js\nlet a;\n\nlet b;\n```\n\n---',
      blocks: 6,
      kept: 0,
    });
  });

  it('keeps the blocks that it can’t say as HTML, each whole', () => {
    const { text, blocks, kept } = notNull(
      '<p>a</p><figure><img src="/x.png" alt=""><figcaption>c</figcaption></figure><p>b <sub>2</sub></p><table><tr><td colspan="2">t</td></tr></table>',
    );
    expect(text).toBe(
      'a\n\n<figure><img src="/x.png" alt><figcaption>c</figcaption></figure>\n\n<p>b <sub>2</sub></p>\n\n<table><tr><td colspan="2">t</td></tr></table>',
    );
    expect([blocks, kept]).toEqual([4, 3]);
  });

  it('reads the same as before, whatever would have meant another thing', () => {
    const snippets = [
      '<p>a<strong>“b”</strong>c <strong>「潮」</strong>は</p>',
      '<p><strong>a</strong><em>b</em></p>',
      '<p>write &amp;copy; and &lt;b&gt;</p>',
      '<p>a<br>---</p><p>| a |<br>| - |</p><p>1. no list</p><p># no head</p><p>* no item</p>',
      '<p>&nbsp;</p>',
      '<ul><li>a</li></ul><ul><li>b</li></ul><ol><li>c</li></ol><ol><li>d</li></ol>',
      '<p>a</p><!--more--><p>b</p>',
      '<pre>no code\n\n  in   here</pre>',
      '<p>[x]: https://x.example/</p><p>[x] and ~~y~~ ==z== :smile: {.class}</p>',
      '<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>c | d</td><td><code>e|f</code></td></tr></tbody></table>',
      '<div><p>in</p>\n\n<p>two</p></div>text <b>bare</b>',
      '<img src="/a.png" alt="a"> <a href="/b">b</a>',
      '<p>https://bare.example/ and www.bare.example</p>',
      '<blockquote>bare <p>p</p></blockquote>',
    ];
    for (const html of snippets) expect(afterwards(html), html).toBe(shown('html', html));
  });

  it('reads the same whatever the text: a law', () => {
    const words = fc
      .stringMatching(/^[ a-c*_`#>|~[\](){}<&;:.!=+\-\\1\n]{0,24}$/)
      .map((text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\{/g, '&#123;'));
    const inline = fc
      .tuple(fc.constantFrom('em', 'strong', 'code', 'span', 'del', 'sub'), words)
      .map(([tag, text]) => `<${tag}>${text}</${tag}>`);
    const block = fc
      .tuple(
        fc.constantFrom('p', 'h3', 'blockquote', 'pre', 'li', 'div'),
        fc.array(fc.oneof(words, inline), { maxLength: 4 }),
      )
      .map(([tag, parts]) =>
        tag === 'li' ? `<ul><li>${parts.join('')}</li></ul>` : `<${tag}>${parts.join('')}</${tag}>`,
      );
    fc.assert(
      fc.property(fc.array(block, { maxLength: 4 }), (blocks) => {
        const html = blocks.join('');
        expect(afterwards(html)).toBe(shown('html', html));
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});
