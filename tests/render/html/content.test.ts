import { describe, expect, it } from 'vitest';
import { renderContent } from '../../../lambda/render/html/content.ts';
import { wordsIn } from '../../../lambda/render/html/words/words.ts';

const site = { url: 'https://example.org/blog/' };
const render = (text: string): string => renderContent(text, site, wordsIn('en'));

describe('the content of a page', () => {
  it('loads the first image at once, and the others when they are near', () => {
    expect(render('<img src="https://x.example/1.png"><p><img src="https://x.example/2.png"></p>')).toBe(
      '<img src="https://x.example/1.png"><p><img loading="lazy" decoding="async" src="https://x.example/2.png"></p>',
    );
  });

  it('lets code be scrolled by the keyboard', () => {
    expect(render('<pre><code>a</code></pre>')).toBe('<pre tabindex="0"><code>a</code></pre>');
  });

  it('lets a table be scrolled, and one within it with it', () => {
    expect(render('<table><tr><td><table></table></td></tr></table><p>b</p>')).toBe(
      '<div class="wide" role="region" tabindex="0" aria-label="Table"><table><tr><td><table></table></td></tr></table></div><p>b</p>',
    );
  });

  it('leaves the host out of the addresses of the site', () => {
    expect(
      render('<a href="https://example.org/blog/a/?b=1&amp;c">a</a><a href="https://example.org.evil.example/">b</a>'),
    ).toBe('<a href="/blog/a/?b=1&amp;c">a</a><a href="https://example.org.evil.example/">b</a>');
    expect(render('<video poster="https://example.org/blog/p.png" title="https://example.org/blog/"></video>')).toBe(
      '<video poster="/blog/p.png" title="https://example.org/blog/"></video>',
    );
  });

  it('begins its headings below that of the page, in the order in which they are', () => {
    expect(render('<h3 id="a">A</h3><h4>B</h4>')).toBe('<h2 id="a">A</h2><h3>B</h3>');
    expect(render('<h1>A</h1><h2>B</h2><h6>C</h6>')).toBe('<h2>A</h2><h3>B</h3><h6>C</h6>');
    expect(render('<h2>A</h2><h3>B</h3><p>hr</p><hr>')).toBe('<h2>A</h2><h3>B</h3><p>hr</p><hr>');
  });

  it('does not take for a tag what a text or an attribute says', () => {
    for (const text of [
      '<p title="&lt;img <img src=x onerror=alert(1) <pre <table">a</p>',
      '<p>&lt;img src=x&gt; &lt;pre&gt;</p>',
    ]) {
      expect(render(text)).toBe(text);
    }
  });
});
