/**
 * Sites of other systems, built here with the rule of their ids: the ids are those that the systems themselves have written for
 * the same files (Jekyll 4.3.1, Hugo 0.111.3 and Pelican 4.12.0 were run on them; Docusaurus 3.10.2 as measured before).
 */

import { describe, expect, it } from 'vitest';
import { begin } from '../support/adopt-trial.ts';

const S = 'https://site.example/base';

interface Site {
  readonly settings: readonly string[];
  /** By path: the title, its further fields, and the id. */
  readonly posts: Readonly<Record<string, readonly [title: string, fields: readonly string[], id: string]>>;
}

const SITES: Readonly<Record<string, Site>> = {
  Jekyll: {
    settings: ['ids: jekyll', 'addresses: jekyll', 'timeZone: America/New_York'],
    posts: {
      '_posts/2024-01-02-name.md': ['Name', [], `${S}/2024/01/02/name`],
      '_posts/2024-04-01-Caps.And.Dots.md': ['Caps', [], `${S}/2024/04/01/Caps.And.Dots`],
      '_posts/2024-01-03-Café.md': ['Cafe', [], `${S}/2024/01/03/Caf%C3%A9`],
      '_posts/2024-01-04-perma.md': ['Perma', ['permalink: /fixed/Place'], `${S}/fixed/perma`],
      '_posts/2024-01-05-Slashy.md': ['Slashy', ['permalink: /about-me/'], `${S}/Slashy`],
      '_posts/2024-01-06-html.md': ['Html', ['permalink: /a/b.html'], `${S}/a/html`],
      '_posts/2024-01-07-tok.md': ['Tok', ['permalink: /:year/x-:title/'], `${S}/2024/tok`],
      '_posts/2024-01-08-slugged.md': ['Own', ['slug: Own Slug'], `${S}/2024/01/08/Own%20Slug`],
      '_posts/2024-01-09-cats.md': [
        'Cats',
        ['categories: [Birds & Wings, Sea]'],
        `${S}/birds%20&%20wings/sea/2024/01/09/cats`,
      ],
      '_posts/2024-01-10-night.md': ['Night', ['date: 2024-01-10 02:30:00'], `${S}/2024/01/09/night`],
      "_posts/2024-01-12-two words, it's (ok) a+b.md": [
        'Spaces',
        [],
        `${S}/2024/01/12/two%20words,%20it's%20(ok)%20a+b`,
      ],
      '_posts/2024-01-13-dots...md': ['Dots', [], `${S}/2024/01/13/dots`],
      '_posts/2024-01-14-ss.md': ['Slash', ['slug: a/b'], `${S}/2024/01/14/a/b`],
    },
  },
  Hugo: {
    settings: ['ids: permalink', 'addresses: hugo'],
    posts: {
      'posts/überfahrt.md': ['Über', ['date: 2024-03-01'], `${S}/posts/%C3%BCberfahrt/`],
      'posts/My Post.v2.md': ['My', ['date: 2024-03-02'], `${S}/posts/my-post.v2/`],
      'posts/bundle/index.md': ['Bundle', ['date: 2024-03-04'], `${S}/posts/bundle/`],
      'posts/slugged.md': ['Slugged', ['date: 2024-03-05', 'slug: Own Slug'], `${S}/posts/own-slug/`],
      'posts/fixed.md': ['Fixed', ['date: 2024-03-06', 'url: /fixed/Place.html'], `${S}/fixed/Place.html`],
      'posts/日本語.md': ['日本語', ['date: 2024-03-07'], `${S}/posts/%E6%97%A5%E6%9C%AC%E8%AA%9E/`],
      "posts/100% sure, it's (ok)~x@y.md": ['Signs', ['date: 2024-03-08'], `${S}/posts/100-sure-its-ok~x@y/`],
      'posts/a+b=c.md': ['Plus', ['date: 2024-03-09'], `${S}/posts/a+bc/`],
    },
  },
  Pelican: {
    settings: ['ids: pelican', 'addresses: pelican', 'timeZone: Asia/Tokyo'],
    posts: {
      'basic.md': ['Basic', ['date: 2024-03-10 04:30'], 'tag:site.example,2024-03-10:/base/basic.html'],
      'late.md': ['Late', ['date: 2024-03-09T23:30:00-08:00'], 'tag:site.example,2024-03-09:/base/late.html'],
      'utc.md': ['Utc', ['date: 2024-03-09T23:30:00Z'], 'tag:site.example,2024-03-09:/base/utc.html'],
      'own.md': [
        'Own',
        ['date: 2024-03-11', 'slug: Own Slug.Here'],
        'tag:site.example,2024-03-11:/base/Own Slug.Here.html',
      ],
      'plus.md': ['Plus', ['date: 2024-03-12', 'slug: a+b&c'], 'tag:site.example,2024-03-12:/base/a+b&c.html'],
    },
  },
  Docusaurus: {
    settings: ['ids: docusaurus', 'addresses: docusaurus'],
    posts: {
      'blog/2024-02-04-Über Café.md': ['Café', [], `${S}/blog/2024/02/04/Über Café`],
      'blog/2024-03-05-x/index.md': ['X', [], `${S}/blog/2024/03/05/x`],
    },
  },
};

describe('a site that comes from another system', () => {
  it.each(Object.keys(SITES))('has all of its ids in all formats: %s', async (system) => {
    const { settings, posts } = SITES[system] as Site;
    const files = Object.entries(posts).map(([path, [title, fields]]) => [
      path,
      ['---', `title: ${title}`, ...fields, '---', '', `Words of ${title}.`, ''].join('\n'),
    ]);
    const trial = begin(Object.fromEntries(files), settings, `${S}/`);
    const expected = Object.fromEntries(Object.values(posts).map(([title, , id]) => [title, id]));
    const { rss, atom, json } = await trial.build();
    expect([rss, atom, json]).toEqual([expected, expected, expected]);
  });
});
