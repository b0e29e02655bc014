import { describe, expect, it } from 'vitest';
import { type Content, renderContent } from '../../lambda/article/content.ts';
import type { ContentSource } from '../../lambda/article/html/context.ts';
import { TEST_SITE } from './article-file.ts';

const KEY = 'posts/tide.md';

function render(text: string, source: Partial<ContentSource> = {}): Content {
  const context = { key: KEY, articleUrl: 'https://example.org/posts/tide/', site: TEST_SITE };
  return renderContent({ kind: 'markdown', text, firstLine: 1, ...source }, context);
}

const html = (text: string) => render(text, { kind: 'html' }).html;
const markdown = (text: string) => render(text).html;
const codes = (content: Content) => content.problems.map(({ code }) => code);

describe('Markdown', () => {
  it('has tables, with their alignment', () => {
    expect(markdown('| a | b |\n|---|--:|\n| 1 | 2 |')).toContain('<th>a</th>\n<th align="right">b</th>');
  });

  it('has strikethrough, and links for addresses that say so', () => {
    expect(markdown('~~no~~ https://example.com/a www.example.com, not example.com')).toBe(
      '<p><s>no</s> <a href="https://example.com/a">https://example.com/a</a> ' +
        '<a href="http://www.example.com/">www.example.com</a>, not example.com</p>',
    );
  });

  it('shows tasks as signs, which no reader drops', () => {
    expect(markdown('- [ ] sand\n- [x] tar\n- [link](https://example.com/)')).toBe(
      '<ul>\n<li>☐ sand</li>\n<li>☑ tar</li>\n<li><a href="https://example.com/">link</a></li>\n</ul>',
    );
  });

  it('has footnotes whose ids no other article has', () => {
    const { html: shown, lead } = render('Ebb.[^1]\n\n[^1]: Twice a day.');
    expect(shown).toContain(
      '<a href="https://example.org/posts/tide/#fn-posts-tide-1" id="fnref-posts-tide-1">[1]</a>',
    );
    expect(shown).toContain('<li id="fn-posts-tide-1"><p>Twice a day.');
    expect(lead).toBe('Ebb.');
  });

  it('keeps formulas as they are, and prices too', () => {
    expect(markdown('$x_{i}\\{y_{j}\\}$ costs $5 and *not* $10')).toBe(
      '<p>$x_{i}\\{y_{j}\\}$ costs $5 and <em>not</em> $10</p>',
    );
  });

  it('keeps the language of code and nothing else of its classes', () => {
    expect(markdown('```ts {1,3}\na < b\n```')).toBe('<pre><code class="language-ts">a &lt; b\n</code></pre>');
  });
});

describe('sanitising', () => {
  it('drops what runs, whatever it hides in', () => {
    expect(html('<p onclick="x()" style="color:red" class="a">a<script>x()</script><style>p{}</style></p>')).toBe(
      '<p>a</p>',
    );
    expect(html('<a href="javascript:x()">a</a> <a href=" jav&#x09;ascript:x()">b</a> <a href="data:,x">c</a>')).toBe(
      'a b c',
    );
    expect(html('<svg><a href="x"><text>a</text></a></svg><p>b</p>')).toBe('<p>b</p>');
    expect(html('<form action="/x"><p>Kept</p><input name="a"><button>Send</button></form>')).toBe('<p>Kept</p>');
    expect(html('<math><mi>x</mi><annotation>x</annotation></math>')).toBe('x');
  });

  it('says what it dropped, once, with its line', () => {
    const { problems } = render('a\n\n<script>x()</script>\n\n<script>y()</script>', { firstLine: 5 });
    expect(problems).toMatchObject([{ code: 'markup-left-out', severity: 'warning', path: KEY, line: 7 }]);
  });

  it('says which image lies outside of the folder of the articles', () => {
    const { html: shown, problems } = render('One.\n\n![Two](../../a.png) ![](../b.png) ![](#)');
    expect(shown).toContain('<img src="https://example.org/b.png" alt="">');
    expect(problems).toMatchObject([{ code: 'markup-left-out', line: 3 }]);
    expect(problems[0]?.message).toContain('../../a.png');
  });

  it('turns players of known video sites into links, and drops other frames', () => {
    expect(html('<iframe src="https://www.youtube-nocookie.com/embed/abcdefghijk?rel=0" title="Ebb"></iframe>')).toBe(
      '<a href="https://www.youtube.com/watch?v=abcdefghijk">Ebb</a>',
    );
    const other = render('<iframe src="https://ads.example/"></iframe>', { kind: 'html' });
    expect(other.html).toBe('');
    expect(codes(other)).toEqual(['markup-left-out']);
  });

  it('shows images that wait for a script, and those for readers without one', () => {
    expect(html('<img src="blank.gif" data-src="a.png" alt="A">')).toBe(
      '<img src="https://example.org/posts/a.png" alt="A">',
    );
    expect(html('<noscript><img src="a.png"></noscript>')).toBe('<img src="https://example.org/posts/a.png">');
  });

  it('makes every address absolute', () => {
    expect(html('<img srcset="a.png 1x, /b.png 2x" src="a.png">')).toBe(
      '<img srcset="https://example.org/posts/a.png 1x, https://example.org/b.png 2x" src="https://example.org/posts/a.png">',
    );
    expect(html('<video src="/v.mp4" poster="p.jpg" controls></video><blockquote cite="/x/">q</blockquote>')).toBe(
      '<video src="https://example.org/v.mp4" poster="https://example.org/posts/p.jpg" controls=""></video>' +
        '<blockquote cite="https://example.org/x/">q</blockquote>',
    );
  });

  it('drops characters that no document may hold, also when they are spelled as references', () => {
    expect(html('<p title="a&#x1;b">a\u0000b&#x2;c&#xFFFE;d\uD800e\u0085f</p>')).toBe('<p title="ab">abcdef</p>');
    expect(html('<p title="a&#xD;b">a&#13;b&#xD;&#xA;c</p>')).toBe('<p title="a\nb">a\nb\nc</p>');
  });

  it('keeps text that looks like markup as text', () => {
    expect(html('<p>1 &lt; 2 &amp;&amp; ]]> "q"</p>')).toBe('<p>1 &lt; 2 &amp;&amp; ]]&gt; "q"</p>');
  });
});

describe('the shape of the markup', () => {
  it.each([
    [
      'a block in a paragraph',
      '<p>a<figure><img src="a.png"></figure>b</p>',
      '<p>a</p><figure><img src="https://example.org/posts/a.png"></figure>b',
    ],
    ['a block deep in a paragraph', '<p><b><div>a</div></b></p>', '<div><b><div>a</div></b></div>'],
    [
      'a link in a link',
      '<a href="/a/">a <b><a href="/b/">b</a></b></a>',
      '<a href="https://example.org/a/">a <b>b</b></a>',
    ],
    ['a heading in a heading', '<h1>a <span><h2>b</h2></span></h1>', '<h1>a <span>b</span></h1>'],
    ['text in a table', '<table>x<tr><td>a</td></tr></table>', 'x<table><tr><td>a</td></tr></table>'],
    ['cells without a table', '<td>a</td>', 'a'],
    ['items without a list', '<li>a</li>', '<div>a</div>'],
    ['empty paragraphs', '<p></p><p>&nbsp;</p><p>a</p>', '<p>a</p>'],
    ['what is never closed', '<div><b>a', '<div><b>a</b></div>'],
    ['a line break that HTML swallows', '<pre>\n\na</pre>', '<pre>\n\na</pre>'],
    [
      'elements of former times',
      '<center><tt>a</tt> <strike>b</strike> <font>c</font></center>',
      '<div><code>a</code> <s>b</s> c</div>',
    ],
  ])('is mended: %s', (_, written, mended) => {
    expect(html(written)).toBe(mended);
  });

  it('is flattened below a hundred elements, with a warning', () => {
    const deep = render(`${'<div>'.repeat(300)}a${'</div>'.repeat(300)}`, { kind: 'html' });
    expect(deep.html.split('<div>').length - 1).toBe(100);
    expect(codes(deep)).toEqual(['markup-left-out']);
  });
});

describe('the lead', () => {
  it('is the first paragraph of prose: no heading, caption, aside, table or code', () => {
    const text =
      '# Tide\n\n![](a.png)\n\n*The harbour*\n\n<aside><p>Note</p></aside>\n\n```\ncode\n```\n\nThe *sea* came &amp; went.';
    expect(render(text).lead).toBe('The sea came & went.');
  });

  it('is cut at a sentence, else at a word with an ellipsis', () => {
    const sentence = 'The sea came and went and left what it had brought, as it does. ';
    expect(render(sentence.repeat(6)).lead).toBe(sentence.repeat(4).trim());
    const cut = render('word '.repeat(100)).lead;
    expect(cut).toMatch(/^(?:word )+word…$/);
    expect(cut.length).toBeLessThanOrEqual(300);
  });

  it('is an item or a quotation where there is no paragraph', () => {
    expect(render('- Sand\n- Tar').lead).toBe('Sand');
    expect(render('![](a.png)').lead).toBe('');
  });
});

describe('the teaser', () => {
  it.each(['<!--more-->', '<!-- more -->', '<!-- truncate -->', '<!--truncate-->', '<!-- PELICAN_END_SUMMARY -->'])(
    'ends at %s, which nobody sees',
    (mark) => {
      const { teaser, html: shown } = render(`## Ebb\n\nOne.\n\nTwo.\n\n${mark}\n\nThree.`);
      expect(teaser).toBe('One. Two.');
      expect(shown).toMatch(/<p>Two\.<\/p>\s+<p>Three\.<\/p>$/);
    },
  );

  it('ends in the middle of a paragraph too', () => {
    expect(render('One. <!--more--> Two.')).toMatchObject({ teaser: 'One.', html: '<p>One.  Two.</p>' });
  });

  it('is null without a mark, and when the mark is code', () => {
    expect(render('One.').teaser).toBeNull();
    expect(render('`<!--more-->` marks it.').teaser).toBeNull();
  });
});

describe('images and assets', () => {
  it('come in order, with size, caption and credit', () => {
    const { images, assetKeys } = render(
      '<figure><img src="a.png" alt="A" width="3" height="2"><figcaption>Ebb. <cite>N / AGENCY</cite></figcaption></figure>\n\n' +
        '[scan](scan.pdf) ![](https://example.com/b.png) ![again](a.png)',
    );
    expect(images).toMatchObject([
      {
        url: 'https://example.org/posts/a.png',
        key: 'posts/a.png',
        alt: 'A',
        width: 3,
        height: 2,
        caption: 'Ebb.',
        credit: 'N / AGENCY',
      },
      { url: 'https://example.com/b.png', key: null, alt: null, caption: null },
      { key: 'posts/a.png', alt: 'again' },
    ]);
    expect(assetKeys).toEqual(['posts/a.png', 'posts/scan.pdf']);
  });
});

describe('limits', () => {
  it.each([
    ['characters', 'a'.repeat(600_000)],
    ['lines', 'a\n'.repeat(30_000)],
    ['square brackets', '['.repeat(300_000)],
    ['footnotes', '[^1]: a '.repeat(5_000)],
    ['table cells', '|a'.repeat(100_000)],
    ['elements inside one another', '<b>'.repeat(30_000)],
    ['images', '![](a.png)\n'.repeat(1_100)],
    ['addresses', 'https://example.com/ '.repeat(12_000)],
  ])('say so when there are too many %s', (name, text) => {
    const { html: shown, problems } = render(text);
    expect(shown).toBe('');
    expect(problems).toMatchObject([{ code: 'limit-exceeded', severity: 'error' }]);
    expect(problems[0]?.message).toContain(name);
  });

  it.each(['{{', '{% if x %}', '<a b={', '{a', '<code>', '`a', '$a_', '&a', '<!--', '> ', '~~a'])(
    'keep a body full of %s quick',
    (mark) => {
      const text = mark.repeat(Math.floor(15_000 / mark.length));
      const before = process.threadCpuUsage();
      render(text);
      render(text, { mdx: true });
      render(text, { kind: 'html' });
      const { user, system } = process.threadCpuUsage(before);
      expect((user + system) / 1_000).toBeLessThan(2_000);
    },
  );
});
