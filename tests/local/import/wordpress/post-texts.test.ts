import { describe, expect, it } from 'vitest';
import { buildEntries, readWritten } from '../../../support/import-trial.ts';
import { type WxrFields, wxr, wxrMeta } from '../../../support/wxr.ts';
import { articleOf, importXml, UPLOAD } from '../../../support/wxr-trial.ts';

async function textOf(content: string, ...more: readonly WxrFields[]): Promise<string> {
  return (await articleOf({ id: 10, content }, ...more)).split('---\n')[2]?.trim() ?? '';
}

describe('a text of WordPress', () => {
  it('of the classic editor gets its paragraphs and the ends of its lines', async () => {
    expect(
      await textOf(
        'One\ntwo <b>three</b>\n\n<h2>Head</h2>\nFour\n\n<pre>a\n\nb</pre>\n<ul>\n<li>x\n<ul><li>y</li></ul>\n</li>\n</ul>\n<blockquote>Q</blockquote>',
      ),
    ).toBe(
      '<p>One<br>\ntwo <b>three</b></p>\n<h2>Head</h2><p>Four</p>\n<pre>a\n\nb</pre><ul>\n<li>x<ul><li>y</li></ul></li>\n</ul><blockquote><p>Q</p>\n</blockquote>',
    );
  });

  it('of the classic editor links to an address that stands alone, where WordPress shows what is there', async () => {
    expect(await textOf('See:\n\nhttps://video.example/watch?v=1&t=2\n\nOr https://video.example/2 beside text.')).toBe(
      '<p>See:</p>\n<p><a href="https://video.example/watch?v=1&amp;t=2">https://video.example/watch?v=1&amp;t=2</a></p>\n<p>Or https://video.example/2 beside text.</p>',
    );
  });

  it('of the block editor loses its marks and keeps its blocks', async () => {
    const text =
      '<!-- wp:paragraph {"align":"left"} -->\n<p>One</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:latest-posts {"n":3} /-->\n\n<!-- wp:group -->\n<div class="wp-block-group"><!-- wp:paragraph -->\n<p>Two</p>\n<!-- /wp:paragraph --></div>\n<!-- /wp:group -->';
    expect(await textOf(text)).toBe('<p>One</p>\n<div class="wp-block-group">\n<p>Two</p>\n</div>');
  });

  it('shows what many posts share, and footnotes from where WordPress keeps them', async () => {
    const shared: WxrFields = {
      id: 77,
      type: 'wp_block',
      content: '<!-- wp:paragraph --><p>Shared.</p><!-- /wp:paragraph -->',
    };
    const notes = wxrMeta('footnotes', '[{"content":"A <em>note</em>.","id":"n1"}]');
    const content = '<!-- wp:block {"ref":77} /-->\n<!-- wp:footnotes /-->';
    const article = await articleOf({ id: 10, content, more: notes }, shared);
    expect(article).toContain('<p>Shared.</p>');
    expect(article).toContain('<ol><li id="n1">A <em>note</em>. <a href="#n1-link">↩︎</a></li></ol>');
  });

  it('has figures for captions and galleries, with the texts of the uploads', async () => {
    const figure =
      '<figure><img src="https://salt.example/wp-content/uploads/a.jpg" alt="Mud &amp; gulls"><figcaption>Low <em>water</em></figcaption></figure>';
    expect(await textOf('[gallery ids="4"]', UPLOAD)).toBe(`<figure>${figure}</figure>`);
    expect(await textOf('[gallery]', UPLOAD)).toBe(`<figure>${figure}</figure>`);
    expect(
      await textOf(
        '[caption id="attachment_4" width="300"]<a href="/x/"><img src="/a.jpg"></a> A <em>cat</em>[/caption]',
      ),
    ).toBe(
      '<figure><a href="https://salt.example/x/"><img src="https://salt.example/a.jpg"></a><figcaption>A <em>cat</em></figcaption></figure>',
    );
  });

  it('keeps shortcodes in code, in double brackets, and those that nobody knows', async () => {
    const text = await textOf(
      '<pre><code>x[i] = [caption]y[/caption]</code></pre>\n\nWrite [[gallery]] and [sic].\n\n[mystery a="1"]in[/mystery]',
    );
    expect(text).toContain('<pre><code>x[i] = &#91;caption]y&#91;/caption]</code></pre>');
    expect(text).toContain('<p>Write &#91;gallery] and [sic].</p>');
    expect(text).toContain('<p>[mystery a="1"]in[/mystery]</p>');
  });

  it('reads the same after a build: braces and brackets are no template code', async () => {
    const { out } = await importXml(
      wxr({ id: 1, title: 'A', content: '<p>Use {{ page.title }}, {% raw %} and [[gallery]] in [TOC].</p>' }),
    );
    expect((await buildEntries(out)).get('A')?.content_html).toBe(
      '<p>Use {{ page.title }}, {% raw %} and [gallery] in [TOC].</p>',
    );
  });

  it('loses its control characters, which is told', async () => {
    const { printed, out } = await importXml(wxr({ id: 1, title: 'Ti\u000bde', content: '<p>a\u001bb\u0000</p>' }));
    expect(printed).toContain('3 × control characters');
    expect(printed).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
    expect(readWritten(out).get('_posts/2026-07-04-post-1.html')).toContain('<p>ab</p>');
  });

  it('has whole addresses, seen from where it was', async () => {
    expect(
      await textOf(
        '<p><a href="../other/">o</a> <a href="#a">a</a> <img src="//cdn.example/b.png" srcset="/c.png 2x, d.png 3x"></p>',
      ),
    ).toBe(
      '<p><a href="https://salt.example/2026/07/other/">o</a> <a href="#a">a</a> <img src="https://cdn.example/b.png" srcset="https://salt.example/c.png 2x, https://salt.example/2026/07/post-10/d.png 3x"></p>',
    );
  });

  it('is not led astray by what a theme or a widget put into it', async () => {
    const { out } = await importXml(
      wxr({
        id: 1,
        title: 'A',
        content:
          '<p>Before.</p><div class="h-entry"><h2 class="p-name">Other</h2><div class="e-content">Inner.</div></div><article><p>Alone.</p></article><script type="application/ld+json">{"@type":"Article","datePublished":"1999-01-01","author":"Nobody"}</script><meta name="draft" content="true"><p>After.</p>',
      }),
    );
    const entry = (await buildEntries(out)).get('A');
    expect(
      entry?.content_html
        ?.replace(/<[^>]+>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    ).toBe('Before. Other Inner. Alone. After.');
    expect(entry?.authors).toEqual([{ name: 'Ana & Co' }]);
  });
});
