import { describe, expect, it } from 'vitest';
import { renderContent } from '../../../lambda/article/content.ts';
import { boundHtml, boundMarkdown } from '../../../lambda/article/markdown/bounded-markup.ts';
import { TEST_SITE } from '../article-file.ts';

function render(text: string, kind: 'markdown' | 'html' = 'markdown') {
  const context = { key: 'posts/a.md', articleUrl: 'https://example.org/posts/a/', site: TEST_SITE };
  return renderContent({ kind, text, firstLine: 1 }, context);
}

const html = (text: string) => render(text).html;

describe('an element named in prose', () => {
  it.each([
    ['Set the <title> element.', '<p>Set the &lt;title&gt; element.</p>'],
    ['Set the <style>, or the <script>.', '<p>Set the &lt;style&gt;, or the &lt;script&gt;.</p>'],
    ['The\n<style>\nelement, wrapped.', '<p>The\n&lt;style&gt;\nelement, wrapped.</p>'],
    ['<style> is *one*.', '<p>&lt;style&gt; is <em>one</em>.</p>'],
    ['A <textarea> or a <select>', '<p>A &lt;textarea&gt; or a &lt;select&gt;</p>'],
    ['The <pre> element *here*.', '<p>The &lt;pre&gt; element <em>here</em>.</p>'],
    [
      'Headings like <H1> and <H2>, and a <b> tag',
      '<p>Headings like &lt;H1&gt; and &lt;H2&gt;, and a &lt;b&gt; tag</p>',
    ],
    ['A List<String> of <your name>', '<p>A List&lt;String&gt; of &lt;your name&gt;</p>'],
    ['I </3 you', '<p>I &lt;/3 you</p>'],
  ])('is text, and what follows stays: %s', (text, shown) => {
    const { html: whole, problems } = render(`${text}\n\nThe *last* one.`);
    expect(whole).toBe(`${shown}\n<p>The <em>last</em> one.</p>`);
    expect(problems).toEqual([]);
  });

  it('is text where its end is named in another paragraph', () => {
    expect(html('The <script> tag begins it.\n\nIt ends it. `</script>`')).toContain('<p>It ends it.');
    expect(html('The <script> tag begins it.\n\nThe </script> tag ends it.')).toMatch(/begins it[\s\S]*ends it/);
  });

  it.each(['html', 'markdown'] as const)('is markup where it is written as such: %s', (kind) => {
    const text =
      '<p>One <b>two</b> <i>three</p>\n\n<x-box>four</x-box>\n\n<script>let a = "<p>";\n\nb()</script>\n\n<p>Five.';
    expect(render(text, kind).html).toMatch(
      /^<p>One <b>two<\/b> <i>three<\/i><\/p>\s+(?:<p>)?four(?:<\/p>)?\s+<p>Five\.<\/p>$/,
    );
  });
});

describe('a comment that has an end', () => {
  it('goes to that, though a blank line in it ends the element around it', () => {
    const { html: whole, problems } = render(
      'One.\n\n<figure>\n<!--\ndigraph {\n\n    a -> b;\n\n```\ncode\n\n```\n}\n-->\n    <img src="/a.png" alt="A">\n</figure>\n\nThe *last* one.',
    );
    expect(whole).toBe(
      '<p>One.</p>\n<figure>\n\n    <img src="https://example.org/a.png" alt="A">\n</figure>\n<p>The <em>last</em> one.</p>',
    );
    expect(problems).toEqual([]);
  });

  it('in a list, a quotation and a paragraph stays in it', () => {
    expect(html('- One <!-- a\n\n  b --> two\n- Three')).toBe('<ul>\n<li>One  two</li>\n<li>Three</li>\n</ul>');
    expect(html('One <!-- a\n\nb --> two.\n\nThree.')).toBe('<p>One  two.</p>\n<p>Three.</p>');
  });
});

describe('what has no end', () => {
  it.each([
    ['a script', '<script src="/a.js">', []],
    ['a script with a program', '<script>\nlet ebb = "flow";', [[3, '3 words, “let ebb = "flow";”']]],
    ['a style sheet', '<style>\np { margin: 0 }', [[3, '3 words, “p { margin: 0 }”']]],
    ['a title', '<title lang="en">', []],
    ['a text area', '<textarea rows="3">', []],
    ['a drawing', '<svg width="3">', []],
    ['a template', '<template id="a">', []],
    ['a frame', '<iframe src="/a/"></p>', []],
    ['an instruction', '<?ebb', []],
    ['a declaration', '<!ebb', []],
    ['a section of characters', '<![CDATA[ ebb', []],
  ])('does not take the rest with it: %s', (_, text, told) => {
    for (const kind of ['html', 'markdown'] as const) {
      const { html: shown, problems } = render(`<p>One.</p>\n\n${text}\n\n<p>Mind the tide.</p>`, kind);
      expect(shown).toMatch(/^<p>One\.<\/p>[\s\S]*<p>Mind the tide\.<\/p>$/);
      const lost = problems.filter(({ message }) => / no end/.test(message));
      expect(lost.map(({ line, message }) => [line, message.replace(/^.*?: (?=\d)/, '').slice(0, -1)])).toEqual(told);
    }
  });

  it('is a comment: it may be private, so it hides the rest and says how much', () => {
    for (const kind of ['html', 'markdown'] as const) {
      const { html: shown, problems } = render('<p>One.</p>\n\n<!-- no one\n\nMind the tide.', kind);
      expect(shown).toBe('<p>One.</p>');
      expect(problems).toMatchObject([{ code: 'markup-left-out', line: 3 }]);
      expect(problems[0]?.message).toMatch(/: 5 words, “no one Mind the tide\.”\.$/);
    }
  });

  it.each([
    ['<a href="/a/>here</a> and "there" too', '<a href="https://example.org/a/">here</a> and "there" too'],
    ["<a href='/a/>here</a>", '<a href="https://example.org/a/">here</a>'],
    ['<a href="/a/" here</a>', '<a href="https://example.org/a/"> here</a>'],
    ['<img alt="a > b" src="/a.png">', '<img alt="a &gt; b" src="https://example.org/a.png">'],
  ])('is an attribute: it ends with its tag: %s', (text, shown) => {
    expect(render(`<p>${text}</p>\n\n<p>Mind the tide.</p>`, 'html').html).toBe(
      `<p>${shown}</p>\n\n<p>Mind the tide.</p>`,
    );
  });

  it('is known in a time by the length of the text', () => {
    const begin = process.cpuUsage();
    const pieces = [
      '<a b="',
      "<a b='",
      '<a b="<c d=\'',
      '<script>',
      '<title> a',
      '<!--',
      '<![CDATA[',
      '<?a',
      '<x ',
      '</',
      '<a b="x" ',
      '<svg><!-->',
    ];
    for (const piece of pieces) {
      const text = piece.repeat(500_000 / piece.length);
      boundHtml(text);
      boundMarkdown(text, () => []);
    }
    expect(process.cpuUsage(begin).user / 1_000).toBeLessThan(8_000);
  });
});

describe('text that readers are not shown', () => {
  it.each([
    ['<div hidden>Mind the tide, and the ebb</div>', 'Text that is marked as hidden was left out: 6 words'],
    ['<p style="display:none">Mind the tide, and the ebb</p>', 'Text that is marked as hidden was left out: 6 words'],
    [
      '<select><option>Mind the</option><option>tide and ebb</option></select>',
      'The text of the <select> element was left out: 5 words',
    ],
    [
      '<svg><text>Ebb</text></svg>',
      "Feed readers don't show a drawing (SVG); the <svg> element was left out, with 1 word",
    ],
    [
      '<p><![CDATA[Mind the tide]]></p>',
      'No browser shows what stands between “<![CDATA[” and “]]>”, so it was left out: 3 words',
    ],
  ])('is told of: %s', (text, message) => {
    const { html: shown, problems } = render(`<p>One.</p>\n${text}`, 'html');
    expect(shown).toBe('<p>One.</p>');
    expect(problems.map((problem) => problem.message.replace(/, “.*/, ''))).toEqual([message]);
  });

  it('is not where it is little beside the rest, or a program', () => {
    const text = `<p>${'Ebb and flow. '.repeat(30)}</p><p hidden>Mind the tide now, all.</p><style>p { margin: 0 }</style>`;
    expect(render(text, 'html').problems).toEqual([]);
  });
});

it('keeps what lies deeper than the parser of Markdown goes', () => {
  const list = Array.from({ length: 70 }, (_, depth) => `${'  '.repeat(depth)}- item ${depth}`).join('\n');
  expect(html(`${list}\n\nThe last one.`)).toMatch(/item 47[\s\S]*item 69[\s\S]*The last one\.<\/p>$/);
  expect(html(`${'> '.repeat(120)}Mind the tide.\n\nThe last one.`)).toMatch(
    /Mind the tide\.[\s\S]*The last one\.<\/p>$/,
  );
});
