import { describe, expect, it } from 'vitest';
import { renderContent } from '../../../../lambda/article/content.ts';
import { TEST_SITE } from '../../article-file.ts';

function html(text: string, mdx = false): string {
  const context = { key: 'posts/a.md', articleUrl: 'https://example.org/posts/a/', site: TEST_SITE };
  return renderContent({ kind: 'markdown', text, firstLine: 1, mdx }, context).html;
}

describe('a list of attributes', () => {
  it.each([
    ['a link', '[go](https://example.com/){ .button }', '<a href="https://example.com/">go</a>'],
    ['a link, by a pair', '[go](https://example.com/){target="_blank" rel=x}', '<a href="https://example.com/">go</a>'],
    ['a link by reference', '[go][r]{: .x}\n\n[r]: https://example.com/', '<a href="https://example.com/">go</a>'],
    ['an image', '![i](/a.png){width=300}', '<img src="https://example.org/a.png" alt="i">'],
    ['emphasis', '**bold**{ .x } _it_{.y}', '<strong>bold</strong> <em>it</em>'],
    ['code', '`code`{.js}', '<code>code</code>'],
    ['a tag', '<kbd>K</kbd>{ .key }', '<kbd>K</kbd>'],
    ['words in brackets', 'A [small *thing*]{.smallcaps} here', 'A small <em>thing</em> here'],
    ['a paragraph, in its last line', 'Text.\n{ .lead data-x="1" }', 'Text.'],
    ['a paragraph, over two lines', 'Text.\n{: .lead\n   .wide }', 'Text.'],
    ['a paragraph, behind its text', 'Text. {.lead}', 'Text.'],
    ['the next block', '{: .lead}\nText.', 'Text.'],
  ])('goes behind %s', (_, text, shown) => {
    expect(html(text)).toBe(`<p>${shown}</p>`);
  });

  it('goes with items, cells, tables, quotations, terms and notes', () => {
    expect(html('- a { .x }\n- b {: .y}\n{ .list }')).toBe('<ul>\n<li>a</li>\n<li>b</li>\n</ul>');
    expect(html('| a { .x } |\n|---|\n| b |\n{: .table}\n\nEnd.')).toBe(
      '<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>b</td>\n</tr>\n</tbody>\n</table>\n<p>End.</p>',
    );
    expect(html('> q\n{: .quote}')).toBe('<blockquote>\n<p>q</p>\n</blockquote>');
    expect(html('Ebb\n: Flow {.x}')).toBe('<dl>\n<dt>Ebb</dt>\n<dd>Flow</dd>\n</dl>');
    expect(html('<p>Ebb</p>\n{: .lead}')).toBe('<p>Ebb</p>');
  });

  it.each(['{: .x}', '{ .x }', '{.x}'])('is that of the reference to a footnote: %s', (list) => {
    const shown = html(`Ebb[^1]${list} flows.\n\n[^1]: The note.`);
    expect(shown).toMatch(/^<p>Ebb<sup>.*<\/sup> flows\.<\/p>/);
    expect(shown).toContain('The note.');
  });

  it('leaves its id with its block, its element or its words', () => {
    expect(html('## The ebb { #own .wide }')).toBe('<h2 id="own">The ebb</h2>');
    expect(html('## The ebb ## {#own}')).toBe('<h2 id="own">The ebb ##</h2>');
    expect(html('## The ebb {#own} ##\n\nSetext {#set}\n---')).toBe(
      '<h2 id="own">The ebb</h2>\n<h2 id="set">Setext</h2>',
    );
    expect(html('Text.\n{ .lead #par }\n\n1. a\n{: #list}')).toBe(
      '<p id="par">Text.</p>\n<ol id="list">\n<li>a</li>\n</ol>',
    );
    expect(html('A [place]{#here}, **one**{#there}.')).toBe(
      '<p>A <span id="here">place</span>, <strong>one</strong><a id="there"></a>.</p>',
    );
  });

  it('names the language of code', () => {
    expect(html('``` { .python .numbers }\na\n```\n\n```{r setup, echo=FALSE}\nb\n```')).toBe(
      '<pre><code class="language-python">a\n</code></pre>\n<pre><code class="language-r">b\n</code></pre>',
    );
  });

  it('goes from headings of MDX, where it is no expression', () => {
    expect(html('## The ebb {#own}\n\nText.', true)).toBe('<h2 id="own">The ebb</h2>\n<p>Text.</p>');
  });

  it('takes the place of a table of contents with it', () => {
    expect(html('- TOC\n{:toc .wide}\n\nEbb.\n\n* a\n* TOC\n{:toc}')).toBe('<p>Ebb.</p>\n<ul>\n<li>a</li>\n</ul>');
  });

  it.each([
    '{braces} {a, b} {a: b} {"a": 1} {} {.5} {{',
    'Use {width=300} or { .x } in a line',
    'A set \\{: .x} or \\{ .x}',
    '<code>{: .x} { .y }</code>',
    '## A {b}',
    'css: `a`, p {color:red}',
  ])('is none in %s', (text) => {
    const shown = html(text).replace(/<[^>]+>/g, '');
    expect(shown).toBe(
      text
        .replace(/<[^>]+>/g, '')
        .replace(/^## /, '')
        .replaceAll('\\', '')
        .replaceAll('`', ''),
    );
  });

  it.each([
    '{: .a ',
    '[a]{',
    '{ .a',
    '[a]{.b',
    '[',
    '## a {#',
    '{:',
    '{ a=b',
    '{:toc}\n',
    '- TOC\n{:toc}\n',
    '`a`{.b}',
    '{: a="',
  ])('is read in a time by its length: %j again and again', (piece) => {
    const begin = process.cpuUsage();
    html(piece.repeat(Math.min(15_000, 200_000 / piece.length)));
    expect(process.cpuUsage(begin).user / 1_000).toBeLessThan(2_000);
  });
});
