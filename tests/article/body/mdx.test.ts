import { describe, expect, it } from 'vitest';
import { renderContent } from '../../../lambda/article/body/content.ts';
import { TEST_SITE } from '../article-file.ts';

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

  it('shows imported images', () => {
    expect(html("import photo from './photo.jpg'\n\n<img src={photo} alt=\"Ebb\" className='wide' />")).toBe(
      '<img src="https://example.org/posts/a/photo.jpg" alt="Ebb">',
    );
  });

  it('keeps what components enclose, indented or not', () => {
    expect(html('<Tabs>\n    <Tab label="x">\n\n    Ebb *and* flow.\n\n    </Tab>\n</Tabs>')).toBe(
      '<p>Ebb <em>and</em> flow.</p>',
    );
    expect(html('A <Kbd.Key size={2}>x</Kbd.Key> and <>y</>.')).toBe('<p>A x and y.</p>');
  });

  it('leaves out components that enclose nothing, with a warning for each', () => {
    const { html: shown, problems } = render('Ebb.\n\n<Chart data={[1, {a: "}"}]} />\n\n<Chart />');
    expect(shown).toBe('<p>Ebb.</p>');
    expect(problems).toMatchObject([{ code: 'template-left-out', line: 3 }]);
  });

  it('knows images and players by their names', () => {
    expect(html('<Image src="/a.png" alt="A" width={3} />')).toBe('<img src="https://example.org/a.png" alt="A">');
    expect(html('<YouTube id="abcdefghijk" />')).toBe(
      '<p><a href="https://www.youtube.com/watch?v=abcdefghijk">https://www.youtube.com/watch?v=abcdefghijk</a></p>',
    );
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
    expect(render("import nothing, said 'he'", false).html).toBe("<p>import nothing, said 'he'</p>");
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
