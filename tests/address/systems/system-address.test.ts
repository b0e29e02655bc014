import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ADDRESS_SYSTEMS } from '../../../lambda/address/systems/system-address.ts';
import type { AddressSystem } from '../../../lambda/model/site.ts';
import { codesOf, parseOne, parseText, withFields } from '../../article/article-file.ts';

/** The address of an article, decoded. */
function pathOf(addresses: AddressSystem, key: string, lines: readonly string[], settings = {}): string {
  const path = parseOne(key, withFields(...lines), { addresses, ...settings }).path;
  expect(path).toBe(new URL(path, 'https://example.org').pathname);
  return decodeURIComponent(path);
}

const DATED = ['title: A day', 'date: 2024-01-02'];

/** [system, key, fields, decoded address], as each system itself was seen to make it. */
const ROWS: readonly (readonly [AddressSystem, string, readonly string[], string])[] = [
  ['hugo', 'posts/My Post.v2.md', DATED, '/posts/my-post.v2/'],
  ['hugo', 'content/posts/C++ & C#.md', DATED, '/posts/c++--c#/'],
  ['hugo', "posts/It's here.md", DATED, '/posts/its-here/'],
  ['hugo', 'posts/100% sure.md', DATED, '/posts/100-sure/'],
  ['hugo', 'posts/Über Café_x.md', DATED, '/posts/über-café_x/'],
  ['hugo', 'posts/Sub Dir.x/2024-03-01-Deep.md', DATED, '/posts/sub-dir.x/2024-03-01-deep/'],
  ['hugo', 'posts/Trip One/index.md', DATED, '/posts/trip-one/'],
  ['hugo', 'posts/a  b--c (d) [e] {f} ~g@h=i!j$k.md', DATED, '/posts/a--b--c-d-e-f-~g@hijk/'],
  ['hugo', 'posts/x, y; z: q…–— “w”.md', DATED, '/posts/x-y-z-q-w/'],
  ['hugo', 'posts/a.md', [...DATED, 'slug: Own Slug.Here'], '/posts/own-slug.here/'],
  ['hugo', 'posts/a.md', [...DATED, 'slug: a/B c'], '/posts/a/b-c/'],
  ['hugo', 'posts/a.md', [...DATED, "slug: 'Ünï & C++'"], '/posts/ünï-c++/'],
  ['hugo', 'posts/trip/index.md', [...DATED, 'slug: Other'], '/posts/other/'],
  ['hugo', 'posts/a.md', [...DATED, 'url: /fixed/Place.html'], '/fixed/Place.html'],
  ['hugo', 'posts/a.md', [...DATED, 'url: rel/Place'], '/rel/Place/'],
  ['hugo', 'Top.md', DATED, '/top/'],

  ['jekyll', '_posts/2024-04-01-Caps.And.Dots.md', ['title: T'], '/2024/04/01/Caps.And.Dots.html'],
  ['jekyll', '_posts/2024-04-01-Über Café.md', ['title: T'], '/2024/04/01/Über-Café.html'],
  ['jekyll', '_posts/2024-04-01-v1.2-Release_Notes.md', ['title: T'], '/2024/04/01/v1.2-Release_Notes.html'],
  ['jekyll', '_posts/2024-04-01-a.md', ['title: T', 'slug: Own Slug'], '/2024/04/01/Own-Slug.html'],
  [
    'jekyll',
    '_posts/2024-04-01-a.md',
    ['title: T', 'categories: [Spring Ebb, Sea]'],
    '/spring ebb/sea/2024/04/01/a.html',
  ],
  ['jekyll', '_posts/2024-04-01-a.md', ['title: T', 'categories: Spring Ebb'], '/spring/ebb/2024/04/01/a.html'],
  ['jekyll', '_posts/2024-04-01-a.md', ['title: T', 'category: Spring Ebb'], '/spring ebb/2024/04/01/a.html'],
  ['jekyll', 'Tides/_posts/2024-04-01-a.md', ['title: T', 'category: Sea'], '/tides/sea/2024/04/01/a.html'],
  ['jekyll', '_posts/2024-04-01-a.md', ['title: T', 'permalink: /:categories/:title/', 'category: A B'], '/a b/a/'],
  ['jekyll', '_posts/2024-04-01-A.B.md', ['title: T', 'permalink: /x/:slug.html'], '/x/a-b.html'],
  ['jekyll', '_posts/2024-04-01-a.md', ['title: T', 'permalink: pretty'], '/2024/04/01/a/'],
  ['jekyll', '_posts/2024-04-01-a.md', ['title: T', 'permalink: /fixed/Place'], '/fixed/Place/'],
  ['jekyll', '_notes/Deep/One Two.md', ['title: T'], '/notes/Deep/One Two.html'],
  ['jekyll', 'about.md', ['title: T'], '/about.html'],
  ['jekyll', 'shop/index.md', ['title: T'], '/shop/'],

  ['eleventy', 'posts/Über Café.md', DATED, '/posts/Über Café/'],
  ['eleventy', 'posts/Caps.And.Dots.md', DATED, '/posts/Caps.And.Dots/'],
  ['eleventy', 'posts/2024-01-02-day.md', DATED, '/posts/2024-01-02-day/'],
  ['eleventy', 'posts/twin/twin.md', DATED, '/posts/twin/'],
  ['eleventy', 'posts/twin/index.md', DATED, '/posts/twin/'],
  ['eleventy', 'posts/a.md', [...DATED, 'slug: other'], '/posts/a/'],
  ['eleventy', 'posts/a.md', [...DATED, 'permalink: x.html'], '/x.html'],
  ['eleventy', 'posts/2024-01-02-My Day.md', [...DATED, 'permalink: "/b/{{ page.fileSlug }}/"'], '/b/My Day/'],
  [
    'eleventy',
    'posts/a.md',
    ['title: Überfahrt & Café', 'permalink: "/b/{{ title | slugify }}/"'],
    '/b/ueberfahrt-and-cafe/',
  ],

  ['pelican', 'content/sea/Any.md', ['title: Überfahrt & Café'], '/uberfahrt-cafe.html'],
  ['pelican', 'a.md', ['title: T', 'slug: Own Slug.Here'], '/Own Slug.Here.html'],
  ['pelican', 'a.md', ['title: T', 'slug: twin', 'lang: de'], '/twin-de.html'],
  ['pelican', 'a.md', ['title: T', 'url: pages/Own/'], '/pages/Own/'],

  ['pelican', 'content/pages/about.md', ['title: About us'], '/pages/about-us.html'],

  ['nikola', 'posts/Caps Über.md', DATED, '/posts/caps-uber/'],
  ['nikola', 'posts/Sub/C++ & C#.md', DATED, '/posts/Sub/c++-c/'],
  ['nikola', 'posts/a.md', [...DATED, 'slug: own-slug'], '/posts/own-slug/'],
  ['nikola', 'posts/a.md', [...DATED, 'pretty_url: False'], '/posts/a.html'],

  ['hexo', 'source/_posts/sub/deep.md', ['title: T', 'date: 2024-02-07'], '/2024/02/07/sub/deep/'],
  ['hexo', '_posts/Caps.And.Dots.md', ['title: T', 'date: 2024-02-07'], '/2024/02/07/Caps.And.Dots/'],
  ['hexo', '_posts/Über Café.md', ['title: T', 'date: 2024-02-07'], '/2024/02/07/Über Café/'],
  ['hexo', '_posts/2023-05-06-a.md', ['title: T', 'date: 2024-02-07'], '/2024/02/07/2023-05-06-a/'],
  ['hexo', '_posts/a.md', ['title: T', 'date: 2024-02-07', 'slug: other'], '/2024/02/07/a/'],
  ['hexo', '_posts/a.md', ['title: T', 'date: 2024-02-07', 'permalink: fixed/Place'], '/fixed/Place/'],
  ['hexo', 'source/about/index.md', ['title: T', 'date: 2024-02-07'], '/about/'],

  [
    'mkdocs',
    'docs/blog/posts/any.md',
    ['title: Überfahrt & Café', 'date: 2024-01-02'],
    '/blog/2024/01/02/überfahrt--café/',
  ],
  [
    'mkdocs',
    'blog/posts/a.md',
    ['title: T', 'date: 2024-01-02', 'slug: Own Slug.Here'],
    '/blog/2024/01/02/Own Slug.Here/',
  ],
  ['mkdocs', 'docs/Guide/My Page.md', ['title: T'], '/Guide/My Page/'],

  ['astro', 'src/content/blog/Caps.And.Dots.md', DATED, '/blog/capsanddots/'],
  ['astro', 'src/content/blog/sub/index.md', DATED, '/blog/sub/'],
  ['astro', 'blog/Über Café & x.md', DATED, '/blog/über-café--x/'],
  ['astro', 'blog/a.md', [...DATED, 'slug: Own/Slug'], '/blog/Own/Slug/'],

  ['vitepress', 'posts/Über Café.md', DATED, '/posts/Über Café.html'],
  ['vitepress', 'posts/index.md', DATED, '/posts/'],

  ['docusaurus', 'blog/2024-03-05-Über Café.md', ['title: T', 'date: 2020-01-01'], '/blog/2024/03/05/Über Café/'],
  ['docusaurus', 'blog/2024-03-05-x/index.md', ['title: T'], '/blog/2024/03/05/x/'],
  ['docusaurus', 'blog/2024/03/06-x/index.mdx', ['title: T'], '/blog/2024/03/06/x/'],
  ['docusaurus', 'blog/sub/2024-03-07-x.md', ['title: T'], '/blog/2024/03/07/sub/x/'],
  ['docusaurus', '2024-03-07-x.md', ['title: T'], '/blog/2024/03/07/x/'],
  ['docusaurus', 'blog/plain.md', DATED, '/blog/plain/'],
  ['docusaurus', 'blog/a.md', [...DATED, 'slug: own/Slug'], '/blog/own/Slug/'],
  ['docusaurus', 'blog/a.md', [...DATED, 'slug: /abs/place'], '/blog/abs/place/'],

  // By its documentation.
  ['zola', 'content/posts/2024-03-10-Low Water.md', ['title: T'], '/posts/low-water/'],
  ['zola', 'content/Posts/2024-03-10_x/index.md', ['title: T'], '/posts/x/'],
  ['zola', 'posts/a.md', [...DATED, 'slug: Own Slug'], '/posts/own-slug/'],
  ['zola', 'posts/a.md', [...DATED, 'path: fixed/place'], '/fixed/place/'],
];

describe('addresses of other systems', () => {
  it.each(ROWS)('%s: %s with %j', (system, key, lines, path) => {
    expect(pathOf(system, key, lines)).toBe(path);
  });

  /** Slugs of titles in patterns: Hugo, Pelican, Material. */
  it.each([
    ['Überfahrt & Café', 'überfahrt-café', 'uberfahrt-cafe', 'überfahrt--café'],
    ['Ærø œuvre ß', 'ærø-œuvre-ß', 'aero-oeuvre-ss', 'ærø-œuvre-ß'],
    ['C++ & C#: a_b-c.d/e', 'c-c#-a_b-c.d-e', 'c-c-a_b-cde', 'c--c-a_b-cde'],
    ['1. First things', '1.-first-things', '1-first-things', '1-first-things'],
    ["Don't “quote” — dash…", 'dont-quote-dash', 'dont-quote-dash', 'dont-quote--dash'],
    ['A -- B', 'a--b', 'a-b', 'a----b'],
    ['A+B C++', 'a-b-c', 'ab-c', 'ab-c'],
    ['Привет мир', 'привет-мир', 'privet-mir', 'привет-мир'],
    ['ひらがな', 'ひらがな', 'hiragana', 'ひらがな'],
  ])('have “%s” in a pattern as the system has it', (title, hugo, pelican, material) => {
    const slugOf = (addresses: AddressSystem) =>
      pathOf(addresses, 'posts/a.md', [`title: ${JSON.stringify(title)}`, 'date: 2024-01-02'], {
        permalink: '/:year/:slug/',
      });
    expect([slugOf('hugo'), slugOf('pelican'), slugOf('mkdocs')]).toEqual(
      [hugo, pelican, material].map((slug) => `/2024/${slug}/`),
    );
  });

  /** As Hugo 0.168 was seen to make them. */
  it.each([
    ['Learning C#', '/learning-c/'],
    ['C#', '/c/'],
    ['C# tips', '/c#-tips/'],
    ['C++ or C#?', '/c-or-c/'],
    ['Rust + WASM', '/rust--wasm/'],
    ['$5 + €3 = ~8', '/5--3-~8/'],
    ['50%20off', '/50-off/'],
    ['TCP/IP', '/tcp-ip/'],
  ])('have “%s” in a pattern of Hugo’s, where a plus is a blank', (title, path) => {
    const fields = [`title: '${title}'`, 'date: 2024-01-02'];
    expect(pathOf('hugo', 'posts/a.md', fields, { permalink: '/:title/' })).toBe(path);
  });

  it('have Japanese titles in letters where the system keeps them, and otherwise say that the address is another', () => {
    const fields = ['title: 日本語 の題', 'date: 2024-01-02'];
    expect(pathOf('hugo', 'a.md', fields, { permalink: '/:year/:title/' })).toBe('/2024/日本語-の題/');
    expect(pathOf('mkdocs', 'blog/posts/a.md', fields)).toBe('/blog/2024/01/02/日本語-の題/');
    const parsed = parseText('news/a.md', withFields(...fields), { addresses: 'pelican' });
    expect([codesOf(parsed), parsed.articles[0]?.path]).toEqual([['field-unreadable@-'], '/news/a/']);
    expect(pathOf('pelican', 'a.md', [...fields, 'slug: ri-ben-yu-noti'])).toBe('/ri-ben-yu-noti.html');
  });

  it("have the day in the site's zone, for Jekyll also of times with seconds, which are in UTC", () => {
    const settings = { timeZone: 'America/New_York', dates: 'jekyll' as const };
    const key = '_posts/2024-03-11-a.md';
    const at = (date: string) => pathOf('jekyll', key, ['title: T', `date: ${date}`], settings);
    expect(at('2024-03-11 23:30:00 -0800')).toBe('/2024/03/12/a.html');
    expect(at('2024-03-10 03:30:00')).toBe('/2024/03/09/a.html');
    expect(at('2024-03-10 03:30')).toBe('/2024/03/10/a.html');
  });

  it('have their day as the author wrote it for Hugo', () => {
    const lines = ['title: T', 'date: 2024-03-11T23:30:00-08:00'];
    expect(pathOf('hugo', 'a.md', lines, { permalink: '/:year/:month/:day/:slug/' })).toBe('/2024/03/11/t/');
  });

  it('give way to the pattern of the site, whose parts are those of the system', () => {
    const permalink = '/:categories/:title.html';
    expect(pathOf('jekyll', '_posts/2024-04-01-A.B.md', ['title: T', 'category: Spring Ebb'], { permalink })).toBe(
      '/spring ebb/A.B.html',
    );
    expect(pathOf('hexo', '_posts/s/A b.md', ['title: T', 'date: 2024-01-02'], { permalink: '/:year/:title/' })).toBe(
      '/2024/s/A b/',
    );
  });

  it('of Hexo begin with the categories that are nested', () => {
    const permalink = '/:category/:title/';
    const lines = ['title: T', 'date: 2024-01-02', 'categories: [Sea Birds, Waders]'];
    expect(pathOf('hexo', '_posts/a.md', lines, { permalink })).toBe('/Sea-Birds/Waders/a/');
    expect(pathOf('hexo', '_posts/a.md', DATED, { permalink })).toBe('/uncategorized/a/');
  });

  it('stay the default where the date is missing that the system takes', () => {
    expect(pathOf('hexo', 'source/_posts/a.md', ['title: T'])).toBe('/source/a/');
  });

  it('of several articles in a file stay their own', () => {
    const items = JSON.stringify([
      { title: 'One', content_text: 'x' },
      { title: 'Two', content_text: 'y' },
    ]);
    const [one] = parseText('posts/items.json', items, { addresses: 'pelican' }).articles;
    expect(one?.path).toBe('/posts/items/one/');
  });

  it('law: are paths of this site, whatever the names and titles are', () => {
    const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.constantFrom(...ADDRESS_SYSTEMS), word, word, (addresses, name, title) => {
        const key = `posts/${name.replaceAll('/', ' ')}.md`;
        const article = parseText(key, withFields(`title: ${JSON.stringify(title)}`, 'date: 2024-01-02'), {
          addresses,
        }).articles[0];
        const path = article?.path ?? '/';
        expect(path).toMatch(/^\/(?:[A-Za-z\d\-._~!'()*%]+\/)*(?:[A-Za-z\d\-._~!'()*%]+\.html)?$/);
        expect(new URL(path, 'https://example.org').pathname).toBe(path);
      }),
    );
  });
});

describe('former addresses', () => {
  it("of Hugo are relative to the folder of the article's address", () => {
    const aliases = 'aliases: [old-name, ../up, /abs/x, Old Name, rel/y.html]';
    const article = parseOne('posts/al.md', withFields('title: T', aliases), { addresses: 'hugo' });
    expect(article.aliases).toEqual(['/posts/old-name', '/up', '/abs/x', '/posts/Old%20Name', '/posts/rel/y.html']);
  });

  it('of Jekyll are files, too', () => {
    const article = parseOne('_posts/2024-01-02-a.md', withFields('redirect_from: [/old/one, /two/]'), {
      addresses: 'jekyll',
    });
    expect(article.aliases).toEqual(['/old/one', '/old/one.html', '/two/']);
  });
});
