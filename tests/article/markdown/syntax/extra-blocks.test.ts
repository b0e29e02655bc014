import { describe, expect, it } from 'vitest';
import { renderContent } from '../../../../lambda/article/content.ts';
import { TEST_SITE } from '../../article-file.ts';

function html(text: string): string {
  const context = { key: 'posts/a.md', articleUrl: 'https://example.org/posts/a/', site: TEST_SITE };
  return renderContent({ kind: 'markdown', text, firstLine: 1 }, context).html;
}

describe('a list of definitions', () => {
  it('has terms and what is said of them', () => {
    expect(html('Ebb\n: The water *goes*.\n: It goes\nfar.\n\nFlow\nFlood\n\n: It comes.\n\nAfter.')).toBe(
      '<dl>\n<dt>Ebb</dt>\n<dd>The water <em>goes</em>.</dd>\n<dd>It goes\nfar.</dd>\n<dt>Flow</dt>\n<dt>Flood</dt>\n<dd>It comes.</dd>\n</dl>\n<p>After.</p>',
    );
  });

  it('has blocks in its definitions', () => {
    expect(html('Ebb\n:   The water goes.\n\n    It goes far.\n\n    - Sand')).toBe(
      '<dl>\n<dt>Ebb</dt>\n<dd>\n<p>The water goes.</p>\n<p>It goes far.</p>\n<ul>\n<li>Sand</li>\n</ul>\n</dd>\n</dl>',
    );
    expect(html('- One\n\n  Ebb\n  : Two')).toContain('<dl>\n<dt>Ebb</dt>\n<dd>Two</dd>\n</dl>\n</li>');
  });

  it.each(['# Ebb\n: flow', ': ebb', 'Ebb\n:flow', 'Ebb\n:smile: flow', `${'Ebb '.repeat(40)}\n: flow`])(
    'is not %j',
    (text) => {
      expect(html(text)).not.toContain('<dl>');
    },
  );
});

describe('an abbreviation', () => {
  it('is not shown', () => {
    expect(html('The HTML page.\n\n*[HTML]: Hyper Text\n*[W3C]: A consortium\nEbb.')).toBe(
      '<p>The HTML page.</p>\n<p>Ebb.</p>',
    );
  });

  it('is none in emphasis', () => {
    expect(html('*[a]: b* c')).toBe('<p><em>[a]: b</em> c</p>');
  });
});

describe('a box', () => {
  it('goes, and its title and its contents stay', () => {
    expect(html('!!! note "The *ebb*"\n    One.\n\n    ```\n    a\n\n    b\n    ```\nAfter.')).toBe(
      '<p><strong>The <em>ebb</em></strong></p>\n<p>One.</p>\n<pre><code>a\n\nb\n</code></pre>\n<p>After.</p>',
    );
    expect(html('??? tip inline end\n    One.\n\n    !!! note ""\n        Two.')).toBe(
      '<p><strong>Tip</strong></p>\n<p>One.</p>\n<p>Two.</p>',
    );
    expect(html('=== "A"\n\n    One.\n\n=== "B"\n\n    Two.')).toBe(
      '<p><strong>A</strong></p>\n<p>One.</p>\n<p><strong>B</strong></p>\n<p>Two.</p>',
    );
  });

  it.each(['!!! Mind it', '!!! Mind\nthe ebb', '!!!', '=== A\n    b'])('is not %j', (text) => {
    expect(html(text)).toBe(`<p>${text.replace(/\n +/g, '\n')}</p>`);
  });
});

describe('an element that asks for it', () => {
  it('holds Markdown', () => {
    expect(html('<div class="a" markdown="1">\n*One*\n\n- two\n</div>')).toBe(
      '<div>\n<p><em>One</em></p>\n<ul>\n<li>two</li>\n</ul>\n</div>',
    );
    expect(html('<details markdown><summary>The *ebb*</summary>\nOne.\n</details>')).toContain(
      '<summary>The <em>ebb</em></summary>',
    );
    expect(html('<div markdown="1">\n```\n<b>{% a %}</b>\n```\n</div>')).toBe(
      '<div>\n<pre><code>&lt;b&gt;{% a %}&lt;/b&gt;\n</code></pre>\n</div>',
    );
  });

  it('is another one than one that does not', () => {
    expect(html('<div markdown="0">\n*One*\n</div>')).toBe('<div>\n*One*\n</div>');
  });
});

it('takes time by the length of the text', () => {
  const begin = process.cpuUsage();
  for (const text of [
    'a\n: b\n',
    ': a\n',
    'a\n\n: b\n\n',
    '*[a]: b\n',
    '!!! a\n',
    '!!! a\n    b\n',
    '<div markdown>\n',
  ]) {
    html(text.repeat(Math.min(1_900, 9_000 / text.length)));
  }
  html(Array.from({ length: 300 }, (_, depth) => `${'    '.repeat(depth)}!!! a`).join('\n'));
  html(Array.from({ length: 300 }, (_, depth) => `${'  '.repeat(depth)}a\n${'  '.repeat(depth)}: b`).join('\n'));
  expect(process.cpuUsage(begin).user / 1_000).toBeLessThan(5_000);
});
