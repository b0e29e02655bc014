/** What was found by reading real articles beside their sources: habits of writers that once cost a reader something. */

import { describe, expect, it } from 'vitest';
import { VAULT_MARK } from '../../lambda/model/article.ts';
import { parseOne, rfc3339, withFields } from '../article/article-file.ts';

/** Where a file of a note lies is looked up when the entry is completed. */
const html = (text: string, key = 'a.md') => parseOne(key, text).contentHtml.replaceAll(VAULT_MARK, '');

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

describe('the Markdown of note-taking programs', () => {
  it.each([
    [
      '[[Tides]], [[Moon phases|the moon]], [[Tides#Spring]]',
      '<a href="article-link:0">Tides</a>, <a href="article-link:1">the moon</a>, <a href="article-link:2">Tides › Spring</a>',
    ],
    ['[[#Spring tide]]', '<a href="https://example.org/a/#spring-tide">Spring tide</a>'],
    ['![[boat.png]]', '<img src="https://example.org/boat.png" alt="">'],
    ['![[my boat.png|300x200]]', '<img src="https://example.org/my%20boat.png" alt="" width="300" height="200">'],
    ['![[boat.png|A boat]]', '<img src="https://example.org/boat.png" alt="A boat">'],
    ['![[boat.png|A boat|200]]', '<img src="https://example.org/boat.png" alt="A boat" width="200">'],
    ['Seen from the sea. ^37066d', 'Seen from the sea.'],
    ['x ^2, 2 ^10', 'x ^2, 2 ^10'],
    ['It is ==so *very* good==, a == b == c.', 'It is <mark>so <em>very</em> good</mark>, a == b == c.'],
    ['Seen. %%not for others%%', 'Seen.'],
    ['这是==重点==内容', '这是<mark>重点</mark>内容'],
    ['a==1 and b==2, f(x)==1 or g(y)==2', 'a==1 and b==2, f(x)==1 or g(y)==2'],
    ['lst[[name]] and df[["col"]], [["a"]]', 'lst[[name]] and df[["col"]], [["a"]]'],
    ['50%% and 60%%', '50%% and 60%%'],
    ['`[[a]] ==b== %%c%%`', '<code>[[a]] ==b== %%c%%</code>'],
    ['[[1]](https://example.com/) and [[1, 2], [3]]', '<a href="https://example.com/">[1]</a> and [[1, 2], [3]]'],
    ['[[#9]]\n\n[#9]: https://example.com/', '[<a href="https://example.com/">#9</a>]'],
  ])('is read: %s', (text, shown) => {
    expect(html(text)).toBe(`<p>${shown}</p>`);
  });

  it('has sound and films', () => {
    expect(html('![[a song.mp3]]')).toContain('<audio controls="" src="https://example.org/a%20song.mp3">');
    expect(html('![[a.mp4]]')).toContain('<video controls="" src="https://example.org/a.mp4">');
  });

  it('links to papers', () => {
    expect(html('![[a map.pdf#page=2]]', 'notes/a.md')).toBe(
      '<p><a href="https://example.org/notes/a%20map.pdf#page=2">a map.pdf</a></p>',
    );
    expect(parseOne('notes/a.md', '![[a map.pdf]]').vaultFiles).toEqual({ 'notes/a map.pdf': 'a map.pdf' });
  });

  it('has callouts, as GitHub has alerts', () => {
    expect(html('> [!NOTE]\n> Mind it.\n\n> [!tip]- A *fine* title\n> Text.')).toBe(
      '<blockquote>\n<p><strong>Note</strong><br>\nMind it.</p>\n</blockquote>\n' +
        '<blockquote>\n<p><strong>A <em>fine</em> title</strong><br>\nText.</p>\n</blockquote>',
    );
  });
});

describe('dates of East Asia', () => {
  it.each(['2024年3月5日', '2024 年 3 月 5 日', '2024년 3월 5일', '2024年3月5日 00:00'])('are read: %s', (date) => {
    expect(rfc3339(parseOne('a.md', withFields(`date: ${date}`)).published)).toBe('2024-03-05T00:00:00Z');
  });

  it('are taken from the top of a plain text', () => {
    const article = parseOne('a.txt', '港の朝\n\n2024年4月1日\n\n朝五時、港はもう明るい。\n');
    expect(rfc3339(article.published)).toBe('2024-04-01T00:00:00Z');
    expect(article.summary).toBe('朝五時、港はもう明るい。');
  });
});

describe('tags', () => {
  it('are also kept apart by the commas of other scripts', () => {
    const { tags } = parseOne('a.md', withFields('tags: 大海，春天、旅行'));
    expect(tags.map(({ label }) => label)).toEqual(['大海', '春天', '旅行']);
  });
});

describe('blocks of other dialects', () => {
  it('are headings without a space, but not tags', () => {
    expect(html('Text.\n###Notable *things*\n* a\n\n##2 more##\n\n#tag stays\n\n    ##code')).toBe(
      '<p>Text.</p>\n<h3>Notable <em>things</em></h3>\n<ul>\n<li>a</li>\n</ul>\n<h2>2 more</h2>\n' +
        '<p>#tag stays</p>\n<pre><code>##code\n</code></pre>',
    );
  });

  it('are formulas over several lines', () => {
    const formula = '$$\nE_{k} = \\frac{a}{b}\n  + V_{i} * x_{j} * y\n$$';
    expect(html(`Text:\n${formula}\n\nEnd.`)).toBe(`<p>Text:</p>\n<p>${formula}</p>\n<p>End.</p>`);
    expect(html('$$ is much\n\n- a')).toBe('<p>$$ is much</p>\n<ul>\n<li>a</li>\n</ul>');
  });
});

describe("WordPress' shortcodes", () => {
  const caption = (inside: string) => `[caption id="a_1" align="left" width="300"]${inside}[/caption]`;

  it('are captions', () => {
    expect(html(`<p>A</p>\n${caption('<a href="/a.jpg"><img src="/s.jpg" alt="S"></a> The beach')}`, 'a.html')).toBe(
      '<p>A</p>\n<figure><a href="https://example.org/a.jpg"><img src="https://example.org/s.jpg" alt="S"></a>' +
        '<figcaption>The beach</figcaption></figure>',
    );
    expect(html(caption('![S](/s.jpg) The beach'))).toBe(
      '<p><img src="https://example.org/s.jpg" alt="S">\n<em>The beach</em></p>',
    );
  });

  it('are addresses of videos, and galleries that only WordPress can show', () => {
    const link = '<p><a href="https://example.com/v">https://example.com/v</a></p>';
    expect(html('[youtube https://example.com/v]\n\n[embed]https://example.com/v[/embed]\n\n[gallery ids="1,2"]')).toBe(
      `${link}\n${link}`,
    );
  });

  it('are told from code in a time by the length of the text', () => {
    const begin = process.cpuUsage();
    parseOne('a.html', `---\ntitle: A\n---\n${'<code>a</code>[gallery]'.repeat(21_000)}`);
    expect(process.cpuUsage(begin).user / 1_000).toBeLessThan(3_000);
  });

  it('are searched for an end once where they have none', () => {
    const begin = process.cpuUsage();
    parseOne('a.html', `---\ntitle: A\n---\n${'[sourcecode]'.repeat(42_000)}[/code]`);
    expect(process.cpuUsage(begin).user / 1_000).toBeLessThan(2_000);
  });

  it('are rows, columns and forms, of which the contents stay', () => {
    const text =
      '[vc_row css=".a{b: c}"][vc_column]The *ebb*.[/vc_column][/vc_row]\n\n[contact-form-7 id="1" title="Ask"]';
    expect(html(text)).toBe('<p>The <em>ebb</em>.</p>');
    expect(html('\\[et\\_pb\\_text admin\\_label="A"\\]Ebb.\\[/et\\_pb\\_text\\] [su_note]Flow.[/su_note]')).toBe(
      '<p>Ebb. Flow.</p>',
    );
    expect(html('`[vc_row]` [su_note](/a/) [vc row] [sub]')).toBe(
      '<p><code>[vc_row]</code> <a href="https://example.org/a/">su_note</a> [vc row] [sub]</p>',
    );
  });

  it('stay in code, and other brackets everywhere', () => {
    expect(html('`[gallery ids="1"]` and [sic], [video] too')).toBe(
      '<p><code>[gallery ids="1"]</code> and [sic], [video] too</p>',
    );
  });
});

describe('what WordPress leaves in an export', () => {
  it('is read though its brackets are escaped', () => {
    expect(
      html('\\[caption id="attachment_1" width="3"\\]![a](/a.png) The ebb\\[/caption\\]\n\n\\[gallery ids="1,2"\\]'),
    ).toBe('<p><img src="https://example.org/a.png" alt="a">\n<em>The ebb</em></p>');
    expect(html('`\\[gallery\\]` and \\[two_words\\]')).toBe('<p><code>\\[gallery\\]</code> and [two_words]</p>');
  });

  it('is code where it says so', () => {
    const shown = '<pre><code class="language-css">a { b: "*c*" } {{ d }}\n</code></pre>';
    expect(html('One\n[sourcecode language="css"]\na { b: "*c*" } {{ d }}\n[/sourcecode]\ntwo.')).toBe(
      `<p>One</p>\n${shown}\n<p>two.</p>`,
    );
    expect(html('<p>One</p>[code lang="css"]a { b: "*c*" } {{ d }}[/code]', 'a.html')).toBe(`<p>One</p>${shown}`);
    expect(html('[code]a &lt; b <c>[/code]', 'a.html')).toBe('<pre><code>a &lt; b &lt;c&gt;\n</code></pre>');
    expect(html('`[code]a[/code]` and [code] end')).toBe('<p><code>[code]a[/code]</code> and [code] end</p>');
  });
});

it.each([['\\(a_1 * b * c\\)'], ['\\[\na_{1} * b_{2} * c\n\\]'], ['$a*b*c$']])(
  'formulas stay what they are: %s',
  (text) => {
    expect(html(`So ${text} is.`)).toBe(`<p>So ${text} is.</p>`);
  },
);

it('brackets and prices are no formulas', () => {
  expect(html('\\(see *two_words*\\) \\[x\\] $5 *or* $6')).toBe(
    '<p>(see <em>two_words</em>) [x] $5 <em>or</em> $6</p>',
  );
});

it('terms in boxes are terms of the list', () => {
  expect(html('<dl><div><dt>T</dt><dd>D</dd></div></dl>', 'a.html')).toBe('<dl><dt>T</dt><dd>D</dd></dl>');
});
