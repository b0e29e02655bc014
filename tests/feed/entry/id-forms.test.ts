/** Ids as other systems really write them: what was measured of each (docs/decisions/120). */

import { describe, expect, it } from 'vitest';
import { formedId, type IdFacts } from '../../../lambda/feed/entry/id-forms.ts';
import type { SiteIds } from '../../../lambda/model/site.ts';
import { momentAt } from '../../../lambda/time/moment.ts';

const B = 'https://site.example/base';

function idOf(form: SiteIds['form'], facts: Partial<IdFacts>, url = `${B}/`): string | null {
  return formedId({ form, url }, { key: 'a.md', path: '/a/', published: momentAt(Date.UTC(2024, 2, 10)), ...facts });
}

describe('an id that is the address', () => {
  it.each([
    ['Hugo', '/posts/%C3%BCberfahrt/', '/posts/%C3%BCberfahrt/'],
    ['Hugo, ugly', '/posts/plain.html', '/posts/plain.html'],
    ['Hugo, signs', '/posts/c%2B%2B--c%23/', '/posts/c++--c%23/'],
    ['Eleventy', '/posts/%C3%9Cber%20Caf%C3%A9/', '/posts/%C3%9Cber%20Caf%C3%A9/'],
    ['Hexo', '/2024/02/01/%C3%9Cber%20Caf%C3%A9/', '/2024/02/01/%C3%9Cber%20Caf%C3%A9/'],
    ['Hexo, below a folder', '/2024/02/07/sub/deep/', '/2024/02/07/sub/deep/'],
    ['MkDocs', '/blog/2024/03/05/%C3%BCberfahrt--caf%C3%A9/', '/blog/2024/03/05/%C3%BCberfahrt--caf%C3%A9/'],
    ['Nikola', '/posts/slug/', '/posts/slug/'],
    ['Nikola, no pretty_url', '/posts/slug.html', '/posts/slug.html'],
    ['Astro', '/blog/capsanddots/', '/blog/capsanddots/'],
  ])('of %s has its slash, its ending and its escapes', (_, path, id) => {
    expect(idOf('permalink', { path })).toBe(B + id);
  });

  it('has no slash where the site has none', () => {
    expect(idOf('permalink-without-slash', { path: '/blog/%C3%9Cber/' })).toBe(`${B}/blog/%C3%9Cber`);
    expect(idOf('permalink-without-slash', { path: '/blog/a.html' })).toBe(`${B}/blog/a.html`);
  });

  it('keeps capitals', () => {
    expect(idOf('permalink', { path: '/Caps.And.Dots/' })).toBe(`${B}/Caps.And.Dots/`);
  });
});

describe('an id of Jekyll', () => {
  it.each([
    ['2024-01-02-name.md', '/2024/01/02/name.html', '/2024/01/02/name'],
    ['_posts/2026-07-04-plain.md', '/2026/07/04/plain/', '/2026/07/04/plain'],
    ['_posts/2024-04-01-Caps.And.Dots.md', '/2024/04/01/caps-and-dots.html', '/2024/04/01/Caps.And.Dots'],
    ['_posts/2024-01-02-Café.md', '/2024/01/02/caf%C3%A9/', '/2024/01/02/Caf%C3%A9'],
    ['_posts/2024-01-02-perma.md', '/fixed/Place/', '/fixed/perma'],
    ['_posts/2024-01-02-Slashy.md', '/about-me/', '/Slashy'],
    ['_posts/2024-01-02-html.md', '/a/b.html', '/a/html'],
    ['_posts/2024-01-02-tok.md', '/2024/x-tok/', '/2024/tok'],
    ['_posts/2024-01-02-spring.md', '/hello/', '/spring'],
    ['_posts/2024-01-02-wings.md', '/birds%20%26%20wings/2024/01/02/wings.html', '/birds%20&%20wings/2024/01/02/wings'],
    ['_posts/2024-01-02-dots...md', '/2024/01/02/dots.html', '/2024/01/02/dots'],
    ['_notes/tide.table.markdown', '/notes/tide.table.html', '/notes/tide.table'],
  ])('of %s at %s is %s', (key, path, id) => {
    expect(idOf('jekyll', { key, path })).toBe(B + id);
  });

  it('has the slug as it is typed', () => {
    const facts = { key: '_posts/2024-01-02-name.md', path: '/2024/01/02/own-slug.html', slug: 'Own Slug' };
    expect(idOf('jekyll', facts)).toBe(`${B}/2024/01/02/Own%20Slug`);
  });
});

describe('an id of Pelican', () => {
  it.each([
    ['/basic.html', '/base/basic.html'],
    ['/Own%20Slug.Here.html', '/base/Own Slug.Here.html'],
    ['/posts/a/', '/base/posts/a/'],
  ])('of %s has the path, not encoded', (path, tail) => {
    expect(idOf('pelican', { path })).toBe(`tag:site.example,2024-03-10:${tail}`);
  });

  it('has the host without its port, and the day in the zone of the article', () => {
    const published = { at: Date.UTC(2024, 2, 9, 23, 30), offsetMinutes: 60 };
    expect(idOf('pelican', { path: '/a.html', published }, 'http://site.example:8000/')).toBe(
      'tag:site.example,2024-03-10:/a.html',
    );
  });
});

it('an id of Docusaurus is the address without its slash, not encoded', () => {
  expect(idOf('docusaurus', { path: '/blog/2024/02/04/%C3%9Cber%20Caf%C3%A9/' })).toBe(
    `${B}/blog/2024/02/04/Über Café`,
  );
});

it.each([
  ['posts/Über Café.md', '/posts/%C3%9Cber%20Caf%C3%A9/', '/posts/Über Café.html'],
  ['posts/index.md', '/posts/', '/posts/'],
  ['posts/a.md', '/posts/a.html', '/posts/a.html'],
])('an id of VitePress is the file’s own address, not encoded: %s', (key, path, id) => {
  expect(idOf('vitepress', { key, path })).toBe(B + id);
});

it('an id that no feed could hold is none', () => {
  expect(idOf('docusaurus', { path: '/a%C2%85b/' })).toBeNull();
  expect(idOf('permalink', { path: `/${'x'.repeat(600)}/` })).toBeNull();
});

it('white space at the end of an id is none that readers see', () => {
  expect(idOf('docusaurus', { path: '/a%20/' })).toBe(`${B}/a`);
});
