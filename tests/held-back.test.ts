/**
 * Small sites as their authors' systems have them, with what each system lets an author write into a file to hold it
 * back. Whatever is held back holds the word “plover”, and no public file may have it in its name or its text.
 */

import { describe, expect, it } from 'vitest';
import { createTestPublication } from './support/publication.ts';

type Files = Readonly<Record<string, string>>;

/** A file with YAML front matter. */
function post(fields: string, text: string): string {
  return `---\n${fields}\n---\n\n${text}\n`;
}

const OPEN = 'dunlin';
const HELD = 'plover';

const SITES: Readonly<Record<string, Files>> = {
  Hugo: {
    'content/posts/open.md': '+++\ntitle = "A"\ndate = 2024-01-02T10:00:00Z\ndraft = false\n+++\ndunlin\n',
    'content/posts/plover-1.md': '+++\ntitle = "B"\ndate = 2024-01-02T10:00:00Z\ndraft = true\n+++\nplover\n',
    'content/posts/plover-2.md': post('title: C\ndraft: "true"', HELD),
    'content/posts/plover-3.md': '{\n  "title": "D",\n  "draft": true\n}\n\nplover\n',
    'content/posts/plover-4.md': post('title: E\ndate: 2020-01-01\nexpiryDate: 2021-01-01', HELD),
    'content/posts/plover-5.md': post('title: F\nbuild:\n  render: never\n  list: never', HELD),
    'content/posts/plover-6.md': post('title: G\npublishDate: 2199-01-01', HELD),
  },
  Jekyll: {
    '_posts/2024-01-02-open.md': post('title: A\npublished: true', OPEN),
    '_posts/2024-01-03-plover.md': post('title: B\npublished: false', HELD),
    '_posts/2024-01-04-plover.md': post('title: C\npublished: no', HELD),
    '_drafts/plover.md': post('title: D', HELD),
    '_posts/2199-01-02-plover.md': post('title: E', HELD),
  },
  Eleventy: {
    'posts/open.md': post('title: A\ndate: 2024-01-02', OPEN),
    'posts/plover-1.md': post('title: B\npermalink: false', HELD),
    'posts/plover-2.md': post('title: C\ndraft: true', HELD),
  },
  Pelican: {
    'content/open.md': 'Title: A\nDate: 2024-01-02\nStatus: published\n\ndunlin\n',
    'content/plover-1.md': 'Title: B\nDate: 2024-01-02\nStatus: draft\n\nplover\n',
    'content/plover-2.md': 'Status: skip\nTitle: C\n\nplover\n',
  },
  Nikola: {
    'posts/open.md':
      '<!--\n.. title: A\n.. slug: a\n.. date: 2024-01-02 10:00:00 UTC\n.. tags: mathjax\n-->\n\ndunlin\n',
    'posts/plover-1.md': '.. title: B\n.. date: 2024-01-02\n.. status: private\n\nplover\n',
    'posts/plover-2.md': '<!--\n.. title: C\n.. date: 2024-01-02\n.. tags: sea, draft\n-->\n\nplover\n',
    'posts/plover-3.html': '<!--\n.. title: D\n.. tags: private\n-->\n<p>plover</p>\n',
  },
  Hexo: {
    'source/_posts/open.md': 'title: A\ndate: 2024-01-02\n---\ndunlin\n',
    'source/_posts/plover-1.md': 'published: false\ntitle: B\n---\nplover\n',
    'source/_drafts/plover-2.md': post('title: C', HELD),
    'source/_posts/plover-3.md': post('title: D\npassword: mudflat', HELD),
  },
  'MkDocs Material': {
    'docs/blog/posts/open.md': post('date: 2024-01-02', `# A\n\n${OPEN}`),
    'docs/blog/posts/plover.md': post('draft: true\ndate: 2024-01-02', `# B\n\n${HELD}`),
  },
  Docusaurus: {
    'blog/2024-01-02-open.mdx': post('slug: open\ntitle: A', OPEN),
    'blog/2024-01-03-plover.mdx': post('title: B\ndraft: true', HELD),
    'blog/2024-01-04-meta.mdx': `export const frontMatter = { title: 'C', draft: true };\n\n${HELD}\n`,
  },
  Zola: {
    'content/open.md': '+++\ntitle = "A"\ndate = 2024-01-02\n+++\ndunlin\n',
    'content/plover-1.md': '+++\ntitle = "B"\ndraft = true\n+++\nplover\n',
    'content/plover-2.md': '+++\ntitle = "C"\nrender = false\n+++\nplover\n',
  },
  Astro: {
    'src/content/blog/open.md': post('title: A\npubDate: Jan 02 2024', OPEN),
    'src/content/blog/plover-1.md': post('title: B\npubDate: Jan 02 2024\nisDraft: true', HELD),
    'src/content/blog/plover-2.mdx': post('title: C\npubDate: Jan 02 2024\npublished: false', HELD),
  },
  VitePress: {
    'posts/open.md': post('title: A\ndate: 2024-01-02', OPEN),
    'posts/plover.md': post('title: B\ndate: 2024-01-02\npublish: false', HELD),
  },
  'Obsidian, with its garden': {
    'Open.md': post('dg-publish: true\ncreated: 2024-01-02', OPEN),
    'plover 1.md': post('dg-publish: false', HELD),
    'plover 2.md': post('publish: false', HELD),
    'plover 3.md': `status:: [[In Review]]\n\n${HELD}\n`,
    'plover 4.md': post('tags: [sea]', `# B\n\n[author:: Ann] [publish:: no]\n\n${HELD}`),
  },
  Quartz: {
    'content/open.md': post('title: A\ndate: 2024-01-02', OPEN),
    'content/plover.md': post('title: B\ndraft: true', HELD),
    'content/private/plover.md': post('title: C', HELD),
  },
  Grav: {
    'user/pages/01.blog/open/item.md': post('title: A\ndate: 2024-01-02\npublished: true', OPEN),
    'user/pages/01.blog/plover-1/item.md': post('title: B\npublished: false', HELD),
    'user/pages/01.blog/plover-2/item.md': post('title: C\nroutable: false', HELD),
    'user/pages/01.blog/plover-3/item.md': post('title: D\nunpublish_date: 2021-01-01 10:00', HELD),
  },
  'WordPress, by an exporter': {
    'open.md': post('title: A\npost_status: publish\ndate: 2024-01-02', OPEN),
    'plover-1.md': post('title: B\npost_status: pending\ndate: 2024-01-02', HELD),
    'plover-2.md': post('title: C\nstatus: private\ndate: 2024-01-02', HELD),
    'plover-3.md': post('title: D\nstatus: publish\npassword: mudflat\ndate: 2024-01-02', HELD),
    'plover-4.md': post('title: E\nstatus: future', HELD),
  },
  'Ghost, by an exporter': {
    'open.md': post('title: A\nstatus: published\nvisibility: public\ndate: 2024-01-02', OPEN),
    'plover-1.md': post('title: B\nstatus: published\nvisibility: paid\ndate: 2024-01-02', HELD),
    'plover-2.md': post('title: C\nstatus: sent\nvisibility: public\ndate: 2024-01-02', HELD),
    'plover-3.md': post('title: D\nstatus: published\nvisibility: [tiers]\ndate: 2024-01-02', HELD),
  },
  Blot: {
    'open.txt': 'Title: A\nDate: 2024-01-02\n\ndunlin\n',
    'Drafts/plover.txt': 'Title: B\nDate: 2024-01-02\n\nplover\n',
    '[draft] plover.txt': 'plover\n',
  },
  'a JSON Feed': {
    'posts.json': JSON.stringify([
      { id: 'https://example.org/1', content_text: OPEN, date_published: '2024-01-02' },
      { id: 'https://example.org/plover', content_text: HELD, date_published: '2024-01-02', status: 'draft' },
    ]),
  },
};

describe('what is held back in a site of', () => {
  it.each(Object.entries(SITES))('%s is in no public file', async (_, files) => {
    const publication = await createTestPublication({ files });
    await publication.settle();
    const documents = [...(await publication.documents())];
    expect(
      documents.filter(([path, text]) => path.includes(HELD) || text.includes(HELD)).map(([path]) => path),
    ).toEqual([]);
    expect(documents.some(([path, text]) => path === 'rss.xml' && text.includes(OPEN))).toBe(true);
  });
});
