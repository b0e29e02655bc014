import { describe, expect, it } from 'vitest';
import { renderContent } from '../../../../lambda/article/content.ts';
import { TEST_SITE } from '../../article-file.ts';

function html(text: string): string {
  const context = { key: 'posts/a.md', articleUrl: 'https://example.org/posts/a/', site: TEST_SITE };
  return renderContent({ kind: 'html', text, firstLine: 1 }, context).html;
}

const LISTING = '<pre><code>oar\nsail\n</code></pre>';

describe('numbers beside code', () => {
  it.each([
    [
      'a table of Chroma',
      '<table class="lntable"><tr><td class="lntd"><pre><code><span class="lnt">1\n</span><span class="lnt">2\n</span></code></pre></td><td class="lntd"><pre><code>oar\nsail\n</code></pre></td></tr></table>',
    ],
    ['lines of Chroma', '<pre><code><span class="ln">1</span>oar\n<span class="ln">2</span>sail\n</code></pre>'],
    [
      'Hexo',
      '<table><tr><td class="gutter"><pre><span>1</span><br><span>2</span><br></pre></td><td class="code"><pre><span>oar</span><br><span>sail</span><br></pre></td></tr></table>',
    ],
    [
      'Rouge',
      '<pre><code><table class="rouge-table"><tbody><tr><td class="gutter gl"><pre class="lineno">1\n2\n</pre></td><td><pre>oar\nsail\n</pre></td></tr></tbody></table></code></pre>',
    ],
    [
      'Pygments',
      '<table class="highlighttable"><tr><td class="linenos"><div class="linenodiv"><pre>1\n2</pre></div></td><td><div><pre><code>oar\nsail\n</code></pre></div></td></tr></table>',
    ],
    ['Pygments within lines', '<pre><span class="linenos">1</span>oar\n<span class="linenos">2</span>sail\n</pre>'],
    [
      'Expressive Code',
      '<pre><code><div class="ec-line"><div class="gutter"><div class="ln">1</div></div><div class="code">oar</div></div><div class="ec-line"><div class="gutter"><div class="ln">2</div></div><div class="code">sail</div></div></code></pre>',
    ],
    ['boxes for lines alone', '<pre><code><div>oar</div><div><span>sail</span></div></code></pre>'],
    [
      'Crayon',
      '<table class="crayon-table"><tr><td class="crayon-nums"><div class="crayon-num">1</div></td><td><div class="crayon-pre"><div>oar</div><div>sail</div></div></td></tr></table>',
    ],
    [
      'SyntaxHighlighter',
      '<table><tr><td class="gutter"><div>1</div><div>2</div></td><td class="code"><div class="container"><div><code>o</code><code>ar</code></div><div><code>sail</code></div></div></td></tr></table>',
    ],
  ])('go: %s', (_, text) => {
    expect(html(text)).toBe(LISTING);
  });

  it('keep the language and what is marked in the code', () => {
    expect(html('<pre><code class="language-js"><span class="ln">1</span>a<mark>b</mark>\n</code></pre>')).toBe(
      '<pre><code class="language-js">a<mark>b</mark>\n</code></pre>',
    );
  });

  it('are words where they are none, and tables stay tables', () => {
    expect(html('<p>A <span class="ln">line</span></p><div class="gutter">Rain falls</div>')).toBe(
      '<p>A <span>line</span></p><div>Rain falls</div>',
    );
    const table = '<table><tbody><tr><td>1</td><td><pre>a</pre></td></tr></tbody></table>';
    expect(html(table)).toBe(table);
  });
});

describe('what pages are operated with', () => {
  it('goes: clocks of players, buttons for sharing and copying', () => {
    expect(
      html(
        '<div><audio src="/a.mp3"></audio><div>Tide</div><div class="kg-audio-player"><span>0:00</span>/<span>2:10</span></div></div>',
      ),
    ).toBe('<div><audio src="https://example.org/a.mp3" controls=""></audio><div>Tide</div></div>');
    expect(html('<p>A</p><div class="sharedaddy"><h3>Share this:</h3><a href="https://example.com/">X</a></div>')).toBe(
      '<p>A</p>',
    );
    expect(html('<pre>a</pre><span class="copy-code-button">Copy</span>')).toBe('<pre>a</pre>');
  });

  it('stays where it says more', () => {
    const text = `<div class="share-links">${'Words. '.repeat(50)}</div>`;
    expect(html(text)).toContain('Words.');
    expect(html('<div class="copy-icon"><img src="/a.png"></div>')).toContain('<img');
  });

  it('goes from headings, and leaves its id', () => {
    expect(html('<h2 id="end"><a class="anchor" href="#end"><span>Permalink to “End”</span></a>End</h2>')).toBe(
      '<h2 id="end">End</h2>',
    );
    expect(html('<h2>End <a class="header-anchor" id="end" href="#end">Link to this section</a></h2>')).toBe(
      '<h2 id="end">End</h2>',
    );
    expect(html('<p><a class="anchor" href="https://example.com/#a">Read</a></p>')).toContain('Read');
  });
});
