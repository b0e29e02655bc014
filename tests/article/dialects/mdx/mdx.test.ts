import { describe, expect, it } from 'vitest';
import { renderContent } from '../../../../lambda/article/content.ts';
import { createFields } from '../../../../lambda/model/fields.ts';
import { TEST_SITE } from '../../article-file.ts';

function render(text: string, mdx = true) {
  const context = { key: 'posts/a/index.mdx', articleUrl: 'https://example.org/posts/a/', site: TEST_SITE };
  return renderContent({ kind: 'markdown', text, firstLine: 1, mdx }, context);
}

const html = (text: string) => render(text).html;

describe('MDX', () => {
  it('loses imports and exports, also those of several lines', () => {
    const text =
      "import { A } from './a'\nimport B from 'b'\n\nexport const meta = {\n  title: 'T',\n\n  tags: ['x'],\n}\n\nEbb.";
    expect(html(text)).toBe('<p>Ebb.</p>');
  });

  it('tells the lines of thousands of components in the time of one reading', () => {
    const begin = process.cpuUsage();
    const text = Array.from({ length: 19_900 }, (_, index) => `<A${index} />\n`).join('');
    const { problems } = render(`Ebb.\n\n${text}`);
    expect([problems.length, problems[0]?.line, problems.at(-1)?.line]).toEqual([19_900, 3, 19_902]);
    expect(process.cpuUsage(begin).user / 1_000).toBeLessThan(4_000);
  });

  it('shows imported images', () => {
    expect(html("import photo from './photo.jpg'\n\n<img src={photo} alt=\"Ebb\" className='wide' />")).toBe(
      '<img src="https://example.org/posts/a/photo.jpg" alt="Ebb">',
    );
  });

  it('keeps what components enclose, indented or not', () => {
    expect(html('<Tabs>\n    <Tab id="x">\n\n    Ebb *and* flow.\n\n    </Tab>\n</Tabs>')).toBe(
      '<p>Ebb <em>and</em> flow.</p>',
    );
    expect(html('A <Kbd.Key size={2}>x</Kbd.Key> and <>y</>.')).toBe('<p>A x and y.</p>');
  });

  it('leaves out components that enclose nothing, with a warning for each', () => {
    const { html: shown, problems } = render('Ebb.\n\n<Chart data={[1, {a: "}"}]} />\n\n<Chart />');
    expect(shown).toBe('<p>Ebb.</p>');
    expect(problems).toMatchObject([{ code: 'template-left-out', line: 3 }]);
  });

  it('tells of what their attributes say', () => {
    const { problems } = render('Ebb.\n\n<Note text="Mind the tide." size="a b" />\n\n<Note text={"And the ebb."} />');
    expect(problems.map(({ message }) => message)).toEqual([
      "The component <Note /> can't be rendered in a feed, so it was left out, with 6 words, “Mind the tide. And the ebb.”.",
    ]);
  });

  it('knows images and players by their names', () => {
    expect(html('<Image src="/a.png" alt="A" width={3} />')).toBe('<img src="https://example.org/a.png" alt="A">');
    expect(html('<YouTube id="abcdefghijk" />')).toBe(
      '<p><a href="https://www.youtube.com/watch?v=abcdefghijk">https://www.youtube.com/watch?v=abcdefghijk</a></p>',
    );
  });

  it('links to a video by its address, too', () => {
    expect(html('<YouTube id="https://youtu.be/abcdefghijk" title="Ebb" />')).toBe(
      '<p><a href="https://youtu.be/abcdefghijk">Ebb</a></p>',
    );
  });

  it('keeps links', () => {
    expect(html('A <Link to="/b/">*b*</Link>, <Button href="/c/">c</Button> and <Card title="d" href="/d/" />.')).toBe(
      '<p>A <a href="https://example.org/b/"><em>b</em></a>, <a href="https://example.org/c/">c</a> and <a href="https://example.org/d/">d</a>.</p>',
    );
    expect(html('A <Link to="/b/">b.')).toBe('<p>A b.</p>');
  });

  it('keeps the titles of boxes and tabs', () => {
    expect(
      html('<Tabs>\n<TabItem label="A & b">\n\nEbb.\n\n</TabItem>\n<TabItem label="C">Flow.</TabItem>\n</Tabs>'),
    ).toBe('<p><strong>A &amp; b</strong></p>\n<p>Ebb.</p>\n<p><strong>C</strong> Flow.</p>');
    expect(html('<Card title="T" href="/b/">\nEbb.\n</Card>')).toBe(
      '<p><strong><a href="https://example.org/b/">T</a></strong></p>\n<p>Ebb.</p>',
    );
    expect(html('Mind the <Tip title="when it goes">ebb</Tip>.')).toBe('<p>Mind the ebb.</p>');
    expect(
      html('1. One.\n\n<Tabs>\n  <TabItem label="x">\n    ```\n    a\n    ```\n  </TabItem>\n</Tabs>\n\n2. Two.'),
    ).toBe(
      '<ol>\n<li>\n<p>One.</p>\n<p><strong>x</strong></p>\n<pre><code>a\n</code></pre>\n</li>\n<li>\n<p>Two.</p>\n</li>\n</ol>',
    );
  });

  it('reads Markdown between tags that stand on lines of their own', () => {
    expect(html('<div className="note">\nThe **ebb**.\n</div>')).toBe(
      '<div>\n<p>The <strong>ebb</strong>.</p>\n</div>',
    );
    expect(html('<details>\n<summary>*More*</summary>\nThe **ebb**.\n</details>')).toBe(
      '<details>\n<summary><em>More</em></summary>\n<p>The <strong>ebb</strong>.</p>\n</details>',
    );
    expect(html('<Image src="/a.png" />\nThe **ebb**.')).toBe(
      '<img src="https://example.org/a.png" alt="">\n<p>The <strong>ebb</strong>.</p>',
    );
    expect(html('<table>\n<tr>\n<td>a</td>\n</tr>\n</table>')).toBe('<table>\n<tr>\n<td>a</td>\n</tr>\n</table>');
  });

  it('reads any block between tags, however far it is indented', () => {
    const within = (block: string) =>
      html(`<Tabs>\n  <Tab>\n\n${block.replace(/^(?=.)/gm, '    ')}\n\n  </Tab>\n</Tabs>`);
    expect(within('- a\n  - b\n\n1. c')).toBe(
      '<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>\n<ol>\n<li>c</li>\n</ol>',
    );
    expect(within('```js\nf({\n  a: <B />,\n});\n```\n\n## C\n\n> d')).toBe(
      '<pre><code class="language-js">f({\n  a: &lt;B /&gt;,\n});\n</code></pre>\n<h2>C</h2>\n<blockquote>\n<p>d</p>\n</blockquote>',
    );
    expect(within('<details>\n  <summary>A</summary>\n\n  *b*\n\n</details>')).toBe(
      '<details>\n  <summary>A</summary>\n<p><em>b</em></p>\n</details>',
    );
    expect(html('<Tab>\n\t\t- a\n\t\t\t- b\n</Tab>')).toBe('<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>');
  });

  it('leaves code as it is where it follows a tag at once', () => {
    expect(html('<Tab>\n```jsx\n<A b={c} />\n```\n</Tab>')).toBe(
      '<pre><code class="language-jsx">&lt;A b={c} /&gt;\n</code></pre>',
    );
  });

  it('reads images of both kinds in lines that follow each other', () => {
    expect(html('<img src="/a.png" />\n![b](/b.png)')).toBe(
      '<img src="https://example.org/a.png">\n<p><img src="https://example.org/b.png" alt="b"></p>',
    );
    expect(html('<h2 id="a">\n  Ebb\n</h2>')).toBe('<h2 id="a">\n  Ebb\n</h2>');
    expect(html('Ebb.<br />\n<br />\nFlow.')).toBe('<p>Ebb.<br>\n<br>\nFlow.</p>');
  });

  it('takes time by its length', () => {
    const begin = process.cpuUsage();
    for (const text of ['<A b={\n', '<A b={', ' '.repeat(20), '<A>\n    - a\n', '    a\n\n']) {
      html(text.repeat(Math.min(19_000, 200_000 / text.length)));
    }
    html(Array.from({ length: 500 }, (_, depth) => `${'    '.repeat(depth % 60)}- a\n`).join('\n'));
    expect(process.cpuUsage(begin).user / 1_000).toBeLessThan(8_000);
  });

  it('says of each value that is not known here, once, and how much text went with it', () => {
    const { html: shown, problems } = render(
      'A {/* b */} c.\n\n{total} euro, {total}, {list.map((one) => <b>Ebb and {one}</b>)}.\n\n{is && "mind the tide"}',
    );
    expect(shown).toBe('<p>A  c.</p>\n<p>euro, , .</p>');
    expect(problems.map(({ line, message }) => [line, message])).toEqual([
      [3, 'The value of {total} is not known in a feed, so it was left out.'],
      [
        3,
        'The value of {list.map((one) => <b>Ebb and {one}</b>)} is not known in a feed, so it was left out, with 2 words, “Ebb and”.',
      ],
      [
        5,
        'The value of {is && "mind the tide"} is not known in a feed, so it was left out, with 3 words, “mind the tide”.',
      ],
    ]);
  });

  it('keeps a comment to itself, however long it is', () => {
    expect(html(`One.\n\n{/* ${'no one '.repeat(5_000)} */}\n\nTwo.`)).toBe('<p>One.</p>\n<p>Two.</p>');
  });

  it('knows what the article says of itself', () => {
    const fields = createFields([{ name: 'title', value: 'Ebb <b>', line: 1 }]);
    const context = { key: 'posts/a.mdx', articleUrl: 'https://example.org/posts/a/', site: TEST_SITE, fields };
    const text = '{frontMatter.title}, {frontmatter.title}, {frontMatter.none}';
    const { html: shown, problems } = renderContent({ kind: 'markdown', text, firstLine: 1, mdx: true }, context);
    expect(shown).toBe('<p>Ebb &lt;b&gt;, Ebb &lt;b&gt;,</p>');
    expect(problems).toHaveLength(1);
  });

  it('takes expressions for the plain values that they are', () => {
    expect(html("a{' '}b {/* note */} {3} {count} {`c`} \\{d}")).toBe('<p>a b  3  c {d}</p>');
  });

  it('ends its teaser at a comment', () => {
    expect(render('One.\n\n{/* truncate */}\n\nTwo.')).toMatchObject({
      teaser: 'One.',
      html: '<p>One.</p>\n\n<p>Two.</p>',
    });
  });

  it('leaves code as it is', () => {
    const code = "import a from 'b'\n<A b={c}>{d}</A>";
    expect(html(`\`\`\`jsx\n${code}\n\`\`\`\n\n\`<A b={c} />\``)).toBe(
      `<pre><code class="language-jsx">${code.replace(/</g, '&lt;').replace(/>/g, '&gt;')}\n</code></pre>\n<p><code>&lt;A b={c} /&gt;</code></p>`,
    );
  });

  it('is known by its imports', () => {
    expect(render("import A from './a'\n\n<A>Ebb {1}.</A>", false).html).toBe('<p>Ebb 1.</p>');
    expect(render("import { a as B } from 'b'\nimport c from './c'\n\n<B /> {1}", false).html).toBe('<p>1</p>');
  });

  it.each([
    ['a sentence', "import nothing, said 'he' {1}"],
    ['another language', 'import "fmt" {1}'],
    ['a line of a program on its own', "import a from 'b'\n\n{1} and a"],
    ['a quotation of it', "One says\nimport A from 'b'\nand writes {1}, A"],
    ['a script', '<script type="module">\nimport a from "/a.js";\n</script>\n\nEbb {1} {a}'],
    ['a comment', "<!--\n\nimport A from './a'\n\n-->\n\n{1} <i>A</i>"],
    ['code', "```js\nimport A from './a'\n```\n\n{1} {A}"],
  ])('is not known by %s', (_, text) => {
    expect(render(`${text}\n\nLast.`, false).html).toMatch(/\{1\}[\s\S]*<p>Last\.<\/p>$/);
  });

  it('begins with sentences, too', () => {
    expect(html('import the data from "a file".\n\nexport defaults, {1}.')).toBe(
      '<p>import the data from "a file".</p>\n<p>export defaults, 1.</p>',
    );
    expect(html('import a from "b"\nEbb.\n\nexport const c = 1;\nFlow.')).toBe('<p>Ebb.</p>\n<p>Flow.</p>');
  });
});

describe('Markdown with attributes of JSX', () => {
  it('loses them and keeps the rest', () => {
    expect(render('<p style={{margin: \'auto\'}} title="x">Ebb {a}</p>', false).html).toBe('<p title="x">Ebb {a}</p>');
  });

  it('is not taken for Liquid', () => {
    expect(render('<img src={{ site.baseurl }}/a.png>', false).html).toBe('<img src="https://example.org/a.png">');
  });
});
