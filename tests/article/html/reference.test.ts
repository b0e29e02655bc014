import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveAddress } from '../../../lambda/article/html/reference.ts';
import type { Site } from '../../../lambda/model/site.ts';
import { TEST_SITE } from '../article-file.ts';

function resolve(reference: string, site: Partial<Site> = {}) {
  const whole = { ...TEST_SITE, ...site };
  return resolveAddress(reference, { key: 'posts/2021/a.md', articleUrl: `${whole.url}posts/2021/a/`, site: whole });
}

const url = (reference: string, site: Partial<Site> = {}) => resolve(reference, site)?.url;

describe('an address', () => {
  it.each([
    ['photo.jpg', 'posts/2021/photo.jpg'],
    ['./img/photo.jpg', 'posts/2021/img/photo.jpg'],
    ['../photo.jpg?w=3#x', 'posts/photo.jpg'],
    ['/images/x.png', 'images/x.png'],
    ['images\\x.png', 'posts/2021/images/x.png'],
    ['{static}/images/x.png', 'images/x.png'],
    ['__GHOST_URL__/images/x.png', 'images/x.png'],
    ['@site/static/images/x.png', 'images/x.png'],
    ['a%20photo (1).jpg', 'posts/2021/a photo (1).jpg'],
    ['фото.jpg', 'posts/2021/фото.jpg'],
    ['https://example.org/audio/x.mp3', 'audio/x.mp3'],
  ])('of a file beside the articles names its key: %s', (reference, key) => {
    expect(resolve(reference)?.key).toBe(key);
  });

  it.each([
    ['other.md', 'https://example.org/posts/2021/other/'],
    ['../b.markdown#part', 'https://example.org/posts/b/#part'],
    ['/posts/b.md', 'https://example.org/posts/b/'],
    ['folder/index.md', 'https://example.org/posts/2021/folder/'],
    ['@/posts/b.md#part', 'https://example.org/posts/b/#part'],
    ['@site/docs/b.mdx', 'https://example.org/docs/b/'],
    ['pathname:///about/', 'https://example.org/about/'],
    ['{tag}Big Sea', 'https://example.org/tags/big-sea/'],
    ['%7Bcategory%7Dnews', 'https://example.org/tags/news/'],
    ['{author}Jo Doe', 'https://example.org/authors/jo-doe/'],
    ['{index}', 'https://example.org/'],
    ['../sibling/', 'https://example.org/posts/2021/sibling/'],
    ['part-2', 'https://example.org/posts/2021/a/part-2'],
    ['/about/?a=b', 'https://example.org/about/?a=b'],
    ['#fn1', 'https://example.org/posts/2021/a/#fn1'],
    ['?page=2', 'https://example.org/posts/2021/a/?page=2'],
    ['/v1.2/', 'https://example.org/v1.2/'],
    ['/rss.xml', 'https://example.org/rss.xml'],
    ['/old/page.html', 'https://example.org/old/page.html'],
  ])('of a page of the site has no key: %s', (reference, address) => {
    expect(resolve(reference)).toEqual({ url: address, key: null });
  });

  it.each([
    ['HTTPS://Example.COM/Path', 'https://example.com/Path'],
    ['//cdn.example/x', 'https://cdn.example/x'],
    ['www.example.com/x', 'https://www.example.com/x'],
    ['mailto:a@example.com', 'mailto:a@example.com'],
    ['https://example.com/a b|c^d[e]{f}?q=ä|#x y', 'https://example.com/a%20b%7Cc%5Ed%5Be%5D%7Bf%7D?q=%C3%A4%7C#x%20y'],
    ['https://example.com/100%', 'https://example.com/100%25'],
    ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
    ['  https://example.com/x\n', 'https://example.com/x'],
  ])('elsewhere is kept, as a valid URI: %s', (reference, address) => {
    expect(resolve(reference)).toEqual({ url: address, key: null });
  });

  it.each([
    '',
    ' ',
    '#',
    'javascript:x()',
    'java\tscript:x()',
    'data:,x',
    'vbscript:x',
    'tel:1',
    'feed:x',
    'file:///x',
  ])('that is dead or forbidden is null: %j', (reference) => expect(resolve(reference)).toBeNull());

  it.each([
    ['https://example.org/a//b.png', 'https://example.org/a//b.png'],
    ['https://example.org/a%2f..%2fb.png', 'https://example.org/a%2f..%2fb.png'],
    ['https://example.org/%00.png', 'https://example.org/%00.png'],
    [`https://example.org/${'a'.repeat(1_024)}.png`, `https://example.org/${'a'.repeat(1_024)}.png`],
  ])('on the site where no file can lie has no key: %s', (reference, address) => {
    expect(resolve(reference)).toEqual({ url: address, key: null });
  });

  it.each(['%00.png', `${'ä'.repeat(512)}.png`])('of a file that there can not be is null: %s', (reference) => {
    expect(resolve(reference)).toBeNull();
  });

  it.each(['../../../x.png', 'http://', 'https://exa mple.com/', 'http://[::x]/'])(
    'that leaves the site or is none is null: %s',
    (reference) => expect(resolve(reference)).toBeNull(),
  );

  it('stays below a site that lies in a folder', () => {
    const site = { url: 'https://example.org/blog/' };
    expect(url('/images/x.png', site)).toBe('https://example.org/blog/images/x.png');
    expect(resolve('/blog/images/x.png', site)?.key).toBe('images/x.png');
    expect(resolve('../../../../x/', site)).toBeNull();
  });

  it('of any writing is null or a valid URI of a known scheme', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true, withFragments: true })), (reference) => {
        const resolved = resolve(reference);
        if (resolved === null) return;
        expect(resolved.url).toMatch(
          /^(?:https?:\/\/|mailto:)(?:[A-Za-z0-9\-._~:/?#@!$&'()*+,;=[\]]|%[0-9A-Fa-f]{2})*$/,
        );
        expect(URL.canParse(resolved.url)).toBe(true);
        expect(resolve(resolved.url)?.url).toBe(resolved.url);
      }),
      { numRuns: 500 },
    );
  });
});
