import fc from 'fast-check';
import sanitizeHtml from 'sanitize-html';
import { describe, expect, it } from 'vitest';
import { sanitise } from '../../../lambda/article/html/sanitise.ts';
import { serialiseTree, shapeTree } from '../../../lambda/article/html/tree/tree.ts';
import { SCRIPTS } from '../../../tools/hostile/scripts.ts';
import { TEST_SITE } from '../article-file.ts';

const context = { key: 'posts/a.md', articleUrl: 'https://example.org/posts/a/', site: TEST_SITE };

function read(html: string): { readonly html: string; readonly assetKeys: readonly string[] } {
  const { root, assetKeys } = sanitise(html, context);
  shapeTree(root);
  return { html: serialiseTree(root), assetKeys };
}

const clean = (html: string) => read(html).html;

/** What may be there at all, written down a second time: whoever allows more has to say so twice. */
const ELEMENTS = (
  'a abbr address article aside audio b bdi blockquote br caption cite code col colgroup dd del details dfn div dl dt em ' +
  'figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li mark nav ol p picture pre q rp rt ruby s samp ' +
  'section small source span strong sub summary sup table tbody td tfoot th thead time tr track u ul var video wbr'
).split(' ');
const ATTRIBUTES = (
  'align alt cite class colspan controls datetime dir height href hreflang id kind label lang loop media muted open poster ' +
  'preload reversed rowspan scope sizes span src srclang srcset start title type value width'
).split(' ');
const VOID = ['br', 'col', 'hr', 'img', 'source', 'track', 'wbr'];

/** What the sanitiser of another project, which knows these lists and nothing else of ours, leaves of it. */
function sanitiseElsewhere(html: string): string {
  const left = sanitizeHtml(html, {
    allowedTags: ELEMENTS,
    allowedAttributes: { '*': ATTRIBUTES },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowProtocolRelative: false,
    selfClosing: VOID,
  });
  return left.replaceAll(' />', '>');
}

/** `controls` and `controls=""` are the same. */
const withoutEmptyValues = (html: string) => html.replaceAll(/ (controls|loop|muted|open|reversed)=""/g, ' $1');

describe('the sanitiser', () => {
  it('keeps no text that a parser read as text and a browser would read as markup', () => {
    expect(clean('<xmp><img src=x onerror=alert(1)></xmp>')).toBe('&lt;img src=x onerror=alert(1)&gt;');
    expect(clean('<plaintext><b>x')).toBe('&lt;b&gt;x');
    expect(clean('<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>')).toBe('');
    expect(clean('<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">')).toBe('');
  });

  it('keeps no half of a character behind an end tag that is never closed', () => {
    expect(clean('</s/<template\u{1F30A}').isWellFormed()).toBe(true);
  });

  it('reads what a frame holds for those who can’t show it, and frames in there', () => {
    expect(clean('<iframe><iframe><p onclick=x>a</iframe></iframe>')).toBe('<p>a</p>');
    const deep = `${'<iframe>'.repeat(20)}<script>x()</script><b>a`;
    expect(clean(deep)).not.toMatch(/<(?!\/?b>)/);
  });

  it('names a video once, whatever its player holds', () => {
    expect(clean('<iframe src="https://player.vimeo.com/video/1" title="T">\n</iframe>b')).toBe(
      '<a href="https://vimeo.com/1">T</a>b',
    );
  });

  it('is not led astray by a tag in the middle of which the text ends', () => {
    expect(clean('<b>x<a href="y')).toBe('<b>x</b>');
    const unfinished = '<iframe><a href="</iframe>'.repeat(200);
    expect(clean(unfinished + '<div>'.repeat(150))).toBe('');
    const { html } = read(`${unfinished + '<div>'.repeat(150)}x`);
    expect(html.match(/<div>/g)).toHaveLength(100);
  });

  it('closes an element that another may not stand in, though what was between them is gone', () => {
    expect(clean('<p>a<font><p>b</font></p>c')).toBe('<p>a</p><p>b</p>c');
    expect(clean('<a href="1">x<font><a href="2">y</a></font></a>')).toBe(
      '<a href="https://example.org/posts/a/1">x</a><a href="https://example.org/posts/a/2">y</a>',
    );
  });

  it('keeps of a set of images those that can be shown', () => {
    expect(clean('<img srcset="a.png 0w, b.png 1.50x, c.png 0x, d.png 640w, e.png 1.5h">')).toBe(
      '<img srcset="https://example.org/posts/b.png 1.5x, https://example.org/posts/c.png, https://example.org/posts/d.png 640w" src="https://example.org/posts/d.png">',
    );
  });

  it('shows an image once that a page has twice, for a script and for those without', () => {
    const shown = (src: string) => `<img src="https://example.org/${src}">`;
    expect(clean('<img src="/a.gif" data-lazy-src="/a.png?late=1"><noscript><img src="/a.png"></noscript>')).toBe(
      shown('a.png?late=1'),
    );
    expect(
      clean(
        '<p><noscript><picture><source srcset="/b"><img src="/a.png"></picture></noscript><a href="/"><img data-lazy="/a.png"></a>',
      ),
    ).toBe(`<p><a href="https://example.org/">${shown('a.png')}</a></p>`);
    expect(clean('<img src="data:x" alt="A"><noscript>A:<img src="/a.png"></noscript>')).toBe(`A:${shown('a.png')}`);
    expect(clean('<img src="/a.png"><noscript><img src="/b.png"> <b>c</b></noscript>')).toBe(
      `${shown('a.png')}${shown('b.png')} <b>c</b>`,
    );
  });

  it('finds the address of an image that is loaded late, and takes no other value for one', () => {
    expect(clean('<img src="a.png" data-lazy="true"><img src="b.png" data-src="data:image/png,x">')).toBe(
      '<img src="https://example.org/posts/a.png"><img src="https://example.org/posts/b.png">',
    );
    expect(clean('<img src="data:x" alt="A" data-srcset="a.png 1x, b.png 2x">')).toBe(
      '<img src="https://example.org/posts/b.png" alt="A" srcset="https://example.org/posts/a.png 1x, https://example.org/posts/b.png 2x">',
    );
  });

  it('says the text of an image that is written out, and that it is lost', () => {
    const { root, lostImage } = sanitise(`<img src="data:image/png;base64,${'A'.repeat(2_000)}" alt="Ebb">`, context);
    shapeTree(root);
    expect([serialiseTree(root), lostImage]).toEqual(['Ebb', true]);
    expect(clean('<picture><source srcset="data:x"><img src="data:x" alt="Ebb"></picture><img src="" alt="x">')).toBe(
      'Ebb',
    );
    expect(sanitise('<img src="data:x" data-src="a.png">', context).lostImage).toBe(false);
  });

  it('lets every film and sound be started', () => {
    expect(clean('<video autoplay loop muted src="a.mp4"></video><audio><source src="b.mp3"></audio>')).toBe(
      '<video loop="" muted="" src="https://example.org/posts/a.mp4" controls=""></video><audio controls=""><source src="https://example.org/posts/b.mp3"></audio>',
    );
  });

  it.each([
    ['<div style="color: red; DISPLAY : none">No <p>one</p></div>'],
    ['<p hidden>No one</p>'],
    ['<img src="https://count.example/a.gif" width="1" height="1" alt="No one">'],
    ['<noscript><img src="/tr?id=1" width=1 height=1 style="display:none"></noscript>'],
  ])('shows nothing of what no browser shows: %s', (hidden) => {
    expect(clean(`a${hidden}b`)).toBe('ab');
  });

  it('shows what waits to be found, or to be loaded', () => {
    expect(clean('<p hidden="until-found">a</p><img style="display:none" src="/b.png">')).toBe(
      '<p>a</p><img src="https://example.org/b.png">',
    );
    expect(clean('<img width=1 height=1 src="data:x" data-src="/b.png">')).toContain('b.png');
  });

  it.each([
    ['https://open.spotify.com/embed/episode/0ab?theme=0', 'https://open.spotify.com/episode/0ab'],
    ['https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/n/ebb&x=1', 'https://soundcloud.com/n/ebb'],
    [
      'https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1',
      'https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1',
    ],
    ['//codepen.io/n/embed/preview/aBc?height=1', 'https://codepen.io/n/pen/aBc'],
    ['https://www.instagram.com/p/aB-c/embed/captioned', 'https://www.instagram.com/p/aB-c/'],
    ['https://embed.podcasts.apple.com/us/podcast/ebb/id1?i=2', 'https://podcasts.apple.com/us/podcast/ebb/id1?i=2'],
    ['about:blank" data-src="https://www.youtube.com/embed/abcdefghijk', 'https://www.youtube.com/watch?v=abcdefghijk'],
  ])('links to what a frame plays: %s', (src, page) => {
    expect(clean(`<iframe src="${src}"></iframe>`)).toBe(`<a href="${page}">${page}</a>`);
  });

  it('links to what a script would put in its place', () => {
    expect(clean('<script src="https://gist.github.com/n/0ab.js?file=a"></script>')).toBe(
      '<a href="https://gist.github.com/n/0ab">https://gist.github.com/n/0ab</a>',
    );
  });

  it('counts files as used only where they are shown or linked', () => {
    const gone = '<script src="a.js"></script><link href="b.css"><embed src="c.swf"><div src="d.png">x</div>';
    expect(read(`${gone}<a href="e.pdf">e</a><img src="f.png" srcset="g.png 0w">`).assetKeys).toEqual([
      'posts/e.pdf',
      'posts/f.png',
    ]);
  });

  it('leaves nothing that a sanitiser of others would take out', () => {
    for (const { body } of SCRIPTS) {
      const html = clean(typeof body === 'string' ? body : new TextDecoder().decode(body));
      expect(sanitiseElsewhere(html)).toBe(withoutEmptyValues(html));
    }
  });

  it('law: whatever is written, a sanitiser of others finds nothing to take out', () => {
    const names = [
      ...ELEMENTS,
      'script',
      'style',
      'svg',
      'math',
      'iframe',
      'noscript',
      'xmp',
      'textarea',
      'font',
      'form',
    ];
    const tag = fc
      .tuple(
        fc.constantFrom('<', '</'),
        fc.constantFrom(...names),
        fc.constantFrom('>', ' id=a>', ' src="a.png" x', '/>'),
      )
      .map((parts) => parts.join(''));
    const attribute = fc
      .tuple(fc.constantFrom(...names), fc.constantFrom(...ATTRIBUTES, 'onclick', 'style'), fc.string({ maxLength: 9 }))
      .map(([name, written, value]) => `<${name} ${written}="${value}">`);
    const markup = fc.array(fc.oneof(tag, attribute, fc.constantFrom('a', '<!--', '-->', '&lt;', '"', '<![CDATA[')));
    fc.assert(
      fc.property(markup, (parts) => {
        const html = clean(parts.join(''));
        expect(sanitiseElsewhere(html)).toBe(withoutEmptyValues(html));
      }),
    );
  });
});
