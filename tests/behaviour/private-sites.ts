/**
 * Small sites of many systems, each with what that system keeps to itself. A text that nobody may read holds a word that
 * begins with `hush`; one that everybody may read holds a word that begins with `tell`.
 */

export type Files = Readonly<Record<string, string>>;

const page = (fields: string, text: string) => `---\n${fields}\n---\n${text}\n`;
const dated = (more: string, text: string) => page(`title: T\ndate: 2024-01-02${more === '' ? '' : `\n${more}`}`, text);
const toml = (fields: string, text: string) => `+++\n${fields}\n+++\n${text}\n`;

const HUGO: Files = {
  'hugo.toml': "baseURL = 'https://old.example/'\nignoreFiles = ['\\.secret\\.md$']\n",
  'content/posts/open.md': dated('', 'tellhugo.'),
  'content/posts/draft.md': dated('draft: true', 'hush1.'),
  'content/posts/quoted.md': dated('draft: "true"', 'hush2.'),
  'content/posts/expired.md': dated('expiryDate: 2024-02-01', 'hush3.'),
  'content/posts/future.md': page('title: F\ndate: 2024-01-02\npublishDate: 2099-01-01', 'hush4.'),
  'content/posts/never.md': dated('build: { render: never, list: never }', 'hush5.'),
  'content/posts/plan.secret.md': dated('', 'hush6.'),
  'content/posts/trip/index.md': dated('', 'telltrip.'),
  'content/posts/trip/notes.md': page('title: Notes', 'hush7.'),
  'content/parts/index.md': page('title: Parts\nheadless: true', 'hush8.'),
  'content/parts/piece.md': page('title: Piece', 'hush9.'),
  'content/later/_index.md': page('title: Later\ncascade:\n  draft: true', ''),
  'content/later/one.md': dated('', 'hush10.'),
  'content/later/deep/two.md': dated('', 'hush11.'),
  'content/listed/_index.md': page('title: L\ncascade:\n  - _target: { path: "/listed/**" }\n    draft: true', ''),
  'content/listed/three.md': dated('', 'hush12.'),
};

const JEKYLL: Files = {
  '_config.yml': `title: Old
exclude: [secret, plans/, "*.private.md"]
defaults:
  - scope: { path: "_posts/inner" }
    values: { published: false }
`,
  '_posts/2024-01-02-open.md': page('title: Open', 'telljekyll.'),
  '_posts/2024-01-02-no.md': page('title: No\npublished: false', 'hush1.'),
  '_posts/2024-01-03-word.md': page('title: No\npublished: no', 'hush2.'),
  '_posts/inner/2024-01-02-inner.md': page('title: Inner', 'hush3.'),
  '_posts/2099-01-02-future.md': page('title: Future', 'hush4.'),
  '_drafts/idea.md': page('title: Idea', 'hush5.'),
  'secret/_posts/2024-01-02-b.md': page('title: B', 'hush6.'),
  'plans/2024-01-02-c.md': page('title: C', 'hush7.'),
  '_posts/2024-01-04-e.private.md': page('title: E', 'hush8.'),
  '_posts/2024-01-05-back.md~': page('title: Backup', 'hush9.'),
  '_posts/#2024-01-05-lock.md': page('title: Lock', 'hush10.'),
};

const ELEVENTY: Files = {
  '.eleventyignore': 'private/\n',
  'posts/open.md': dated('', 'telleleventy.'),
  'posts/none.md': dated('permalink: false', 'hush1.'),
  'posts/draft.md': dated('draft: true', 'hush2.'),
  'private/one.md': dated('', 'hush3.'),
  'notes/notes.json': '{ "draft": true }',
  'notes/two.md': dated('', 'hush4.'),
  'notes/deep/three.md': dated('', 'hush5.'),
  'desk/desk.11tydata.json': '{ "permalink": false }',
  'desk/four.md': dated('', 'hush6.'),
  'shelf/shelf.11tydata.js': 'module.exports = { draft: true };\n',
  'shelf/five.md': dated('', 'hush7.'),
};

const HEXO: Files = {
  '_config.yml': 'title: Old\nrender_drafts: false\npost_asset_folder: true\n',
  '_posts/open/part.html': '<p>hush4.</p>\n',
  '_posts/open/notes.txt': 'hush5.\n',
  '_posts/open/data.json': '{ "title": "hush6", "content_text": "hush6" }\n',
  '_posts/open.md': dated('', 'tellhexo.'),
  '_posts/no.md': dated('published: false', 'hush1.'),
  '_posts/draft.md': dated('draft: true', 'hush2.'),
  '_drafts/idea.md': page('title: Idea', 'hush3.'),
};

const MKDOCS: Files = {
  'mkdocs.yml': `site_name: Old
markdown_extensions:
  - pymdownx.emoji: { emoji_index: !!python/name:material.extensions.emoji.twemoji }
exclude_docs: |
  # Not yet
  secret/
  *.inner.md
  !open.inner.md
draft_docs: |
  /later/
  plans/
`,
  'docs/home.md': page('date: 2024-01-02', '# Home\n\ntelldocs.'),
  'docs/open.inner.md': page('date: 2024-01-02', '# Open\n\ntellprivate.'),
  'docs/one.inner.md': page('date: 2024-01-02', '# One\n\nhush4.'),
  'docs/deep/secret/two.md': page('date: 2024-01-02', '# Two\n\nhush5.'),
  'docs/plans/a.md': page('date: 2024-01-02', '# A\n\nhush7.'),
  'docs/later/three.md': page('date: 2024-01-02', '# Three\n\nhush6.'),
  'docs/deep/later/four.md': page('date: 2024-01-02', '# Four\n\ntelldeep.'),
  'docs/blog/posts/open.md': page('date: 2024-01-02', '# Open\n\ntellmkdocs.'),
  'docs/blog/posts/draft.md': page('date: 2024-01-02\ndraft: true', '# Draft\n\nhush1.'),
  'docs/blog/posts/inner/.meta.yml': 'draft: true\n',
  'docs/blog/posts/inner/one.md': page('date: 2024-01-02', '# Inner\n\nhush2.'),
  'docs/blog/posts/inner/deep/two.md': page('date: 2024-01-02', '# Deep\n\nhush3.'),
};

const NIKOLA: Files = {
  'posts/open.md':
    '<!--\n.. title: Open\n.. slug: open\n.. date: 2024-01-02 10:00:00 UTC\n.. tags: sea\n-->\n\ntellnikola.\n',
  'posts/draft.md':
    '<!--\n.. title: D\n.. slug: d\n.. date: 2024-01-02 10:00:00 UTC\n.. status: draft\n-->\n\nhush1.\n',
  'posts/private.md':
    '<!--\n.. title: P\n.. slug: p\n.. date: 2024-01-02 10:00:00 UTC\n.. status: private\n-->\n\nhush2.\n',
  'posts/tag.md':
    '<!--\n.. title: T\n.. slug: t\n.. date: 2024-01-02 10:00:00 UTC\n.. tags: sea, draft\n-->\n\nhush3.\n',
  'posts/own.md': '<!--\n.. title: O\n.. slug: o\n.. date: 2024-01-02 10:00:00 UTC\n.. tags: private\n-->\n\nhush4.\n',
  'posts/two.meta': '.. title: Two\n.. slug: two\n.. date: 2024-01-02 10:00:00 UTC\n.. status: draft\n',
  'posts/two.md': 'hush5.\n',
  'posts/two.de.md': 'hush6.\n',
  'posts/three.meta': '.. title: Three\n.. slug: three\n.. date: 2024-01-02 10:00:00 UTC\n.. status: private\n',
  'posts/three.md': 'hush7.\n',
  'posts/three.de.meta': '.. title: Drei\n.. status: published\n',
  'posts/three.de.md': 'hush8.\n',
  'posts/draft.de.md': '.. title: Entwurf\n\nhush9.\n',
  'posts/private.pt_br.md': 'hush10.\n',
  'posts/own.fr.md': '<!--\n.. title: Le mien\n.. tags: mer\n.. status: published\n-->\n\nhush11.\n',
  'posts/open.de.md': '.. title: Offen\n\ntellnikolade.\n',
};

const PELICAN: Files = {
  'content/silent.md': 'Title: Silent\nDate: 2024-01-02\n\nhush3.\n',
  'content/open.md': 'Title: Open\nDate: 2024-01-02\nStatus: published\n\ntellpelican.\n',
  'pelicanconf.py':
    "PATH = 'content'\nDEFAULT_METADATA = {'status': 'draft'}\nARTICLE_EXCLUDES = ['plans']  # later\nIGNORE_FILES = ['.#*', '*.hush.md']\n",
  'content/plans/one.md': 'Title: One\nDate: 2024-01-02\nStatus: published\n\nhush4.\n',
  'content/two.hush.md': 'Title: Two\nDate: 2024-01-02\nStatus: published\n\nhush5.\n',
  'content/draft.md': 'Title: Draft\nDate: 2024-01-02\nStatus: draft\n\nhush1.\n',
  'content/skip.md': 'Title: Skip\nDate: 2024-01-02\nStatus: skip\n\nhush2.\n',
};

const DOCUSAURUS: Files = {
  'docusaurus.config.ts': `export default { presets: [['classic', { blog: { exclude: ['**/plans/**'] } }]] };\n`,
  'blog/plans/2024-01-02-one.md': page('title: One', 'hush4.'),
  'blog/2024-01-02-open.md': page('title: Open', 'telldocusaurus.'),
  'blog/2024-01-02-draft.md': page('title: D\ndraft: true', 'hush1.'),
  'blog/_2024-01-02-part.md': page('title: P', 'hush2.'),
  'blog/_inner/2024-01-02-x.md': page('title: X', 'hush3.'),
};

const ASTRO: Files = {
  'src/content/blog/open.md': page('title: Open\npubDate: 2024-01-02', 'tellastro.'),
  'src/content/blog/draft.mdx': page('title: D\npubDate: 2024-01-02\ndraft: true', 'hush1.'),
  'src/content/blog/_wip.md': page('title: W\npubDate: 2024-01-02', 'hush2.'),
};

const ZOLA: Files = {
  'config.toml': 'base_url = "https://old.example"\nignored_content = ["*.hush.md", "*/secret/*", "temp.*"]\n',
  'content/blog/one.hush.md': toml('title = "One"\ndate = 2024-01-02', 'hush4.'),
  'content/blog/secret/two.md': toml('title = "Two"\ndate = 2024-01-02', 'hush5.'),
  'content/temp.md': toml('title = "Three"\ndate = 2024-01-02', 'hush6.'),
  'content/blog/open.md': toml('title = "Open"\ndate = 2024-01-02', 'tellzola.'),
  'content/blog/draft.md': toml('title = "D"\ndate = 2024-01-02\ndraft = true', 'hush1.'),
  'content/later/_index.md': toml('title = "Later"\ndraft = true', ''),
  'content/later/one.md': toml('title = "One"\ndate = 2024-01-02', 'hush2.'),
  'content/blog/unrendered.md': toml('title = "U"\ndate = 2024-01-02\nrender = false', 'hush3.'),
};

const HUGO_MOUNTS: Files = {
  'hugo.toml': `baseURL = 'https://old.example/'
[[module.mounts]]
source = 'content'
target = 'content'
files = ['! hush/**', '! **.secret.md']
[[module.mounts]]
source = 'letters'
target = 'content/letters'
includeFiles = 'open/**'
`,
  'content/posts/open.md': dated('', 'tellmounted.'),
  'content/posts/plan.secret.md': dated('', 'hush1.'),
  'content/hush/one.md': dated('', 'hush2.'),
  'letters/open/one.md': dated('', 'tellletter.'),
  'letters/two.md': dated('', 'hush3.'),
};

const HUGO_FOLDER: Files = {
  'config/_default/hugo.toml': "baseURL = 'https://old.example/'\nignoreFiles = ['\\.secret\\.md$']\n",
  'config/_default/module.toml': "[[mounts]]\nsource = 'content'\ntarget = 'content'\nexcludeFiles = ['plans/**']\n",
  'content/posts/open.md': dated('', 'telldefault.'),
  'content/posts/plan.secret.md': dated('', 'hush1.'),
  'content/plans/one.md': dated('', 'hush2.'),
};

const VITEPRESS: Files = {
  'docs/.vitepress/config.mts': `import { defineConfig } from 'vitepress'
export default defineConfig({ title: 'Old', srcExclude: ['**/README.md', 'drafty/**'] })
`,
  'docs/open.md': dated('', 'tellvitepress.'),
  'docs/drafty/one.md': dated('', 'hush1.'),
  'docs/.vitepress/theme/notes.md': dated('', 'hush2.'),
};

const OBSIDIAN: Files = {
  'open.md': dated('publish: true', 'tellobsidian.'),
  'no.md': dated('publish: false', 'hush1.'),
  'garden.md': dated('dg-publish: false', 'hush2.'),
  'idea.md': dated('status: idea', 'hush3.'),
  'remark.md': dated('', 'tellremark. %%hush4%%'),
  '.obsidian/workspace.json': '{ "hush5": true }',
  '.trash/gone.md': dated('', 'hush6.'),
};

const GARDEN: Files = {
  '.obsidian/community-plugins.json': '["digitalgarden"]',
  'Open.md': page('dg-publish: true', 'tellgarden.'),
  'Diary/2024-01-02.md': 'hush1.\n',
  'Mine.md': dated('', 'hush2.'),
};

const QUARTZ: Files = {
  'quartz.config.ts': 'export default { ignorePatterns: ["desk"], filters: [Plugin.ExplicitPublish()] }\n',
  'content/open.md': dated('publish: true', 'tellquartz.'),
  'content/mine.md': dated('', 'hush1.'),
  'content/desk/a.md': dated('publish: true', 'hush2.'),
};

const LOGSEQ: Files = {
  'logseq/config.edn': '{:publishing/all-pages-public? false}\n',
  'pages/Open.md': 'title:: Open\npublic:: true\n\n- telllogseq.\n',
  'pages/Closed.md': 'title:: Closed\n\n- hush1.\n',
  'pages/Never.md': 'public:: false\n\n- hush2.\n',
  'journals/2024_01_02.md': '- hush3.\n',
};

const NOTION: Files = {
  'Page 0a1b2c3d4e5f60718293a4b5c6d7e8f4.html':
    '<html><head><title>Page</title></head><body><article class="page sans"><header><h1 class="page-title">Page</h1><table class="properties"><tbody><tr><th>Status</th><td>Draft</td></tr></tbody></table></header><p>hush3.</p></article></body></html>\n',
  'Open 0a1b2c3d4e5f60718293a4b5c6d7e8f1.md': '# Open\n\nStatus: Published\nDate: January 2, 2024\n\ntellnotion.\n',
  'Draft 0a1b2c3d4e5f60718293a4b5c6d7e8f2.md': '# Draft\n\nStatus: Draft\nDate: January 2, 2024\n\nhush1.\n',
  'No 0a1b2c3d4e5f60718293a4b5c6d7e8f3.md': '# No\n\nPublished: No\n\nhush2.\n',
};

const SUBSTACK: Files = {
  'posts.csv': `post_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,title,subtitle,podcast_url
1.open,2024-01-02T10:00:00.000Z,true,,,newsletter,everyone,Open,,
2.unsent,,false,,,newsletter,everyone,Unsent,,
3.paid,2024-01-02T10:00:00.000Z,true,,,newsletter,only_paid,Paid,,
4.free,2024-01-02T10:00:00.000Z,true,,,newsletter,only_free,Subscribers,,
`,
  'posts/1.open.html': '<p>tellsubstack.</p>\n',
  'posts/2.unsent.html': '<p>hush1.</p>\n',
  'posts/3.paid.html': '<p>hush2.</p>\n',
  'posts/4.free.html': '<p>hush3.</p>\n',
  'posts/5.nowhere.html': '<p>hush4.</p>\n',
};

const entry = (title: string, text: string) => `<!DOCTYPE html><html><head><title>${title}</title></head><body>
<article class="h-entry"><header><h1 class="p-name">${title}</h1></header><section class="e-content"><p>${text}</p></section>
<footer><time class="dt-published" datetime="2024-01-02T10:00:00.000Z">January 2</time></footer></article></body></html>
`;

const MEDIUM: Files = {
  '2024-01-02_Open-abc123def456.html': entry('Open', 'tellmedium.'),
  'draft_Half-a-story-aa11bb22cc33.html': entry('Half', 'hush1.'),
};

const MOVABLE_TYPE: Files = {
  'open.md': dated('', 'tellmovable: [all](export.txt)'),
  'export.txt':
    'AUTHOR: Ola\nTITLE: hush1\nSTATUS: Draft\nDATE: 01/02/2024 10:00:00 AM\n-----\nBODY:\nhush2\n-----\nCOMMENT:\nEMAIL: hush3@coast.example\n',
};

const GHOST: Files = {
  'open.md': dated('', 'tellghost.'),
  'members.md': dated('visibility: members', 'hush1.'),
  'site.ghost.2024-01-02.json': JSON.stringify({
    db: [
      {
        meta: { version: '6.65.0' },
        data: { posts: [{ id: '1', title: 'T', html: '<p>hush2.</p>', status: 'draft' }] },
      },
    ],
  }),
};

const WORDPRESS: Files = {
  'open.md': page('title: Open\ndate: 2024-01-02\nstatus: publish', 'tellwordpress.'),
  'pending.md': dated('status: pending', 'hush1.'),
  'closed.md': dated('password: word', 'hush2.'),
  'private.md': dated('post_status: private', 'hush3.'),
  'old.WordPress.2024-01-02.xml': `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Old</title><wp:wxr_version>1.2</wp:wxr_version><item><title>hush4</title>
<content:encoded><![CDATA[hush5]]></content:encoded><wp:status>draft</wp:status></item></channel></rss>\n`,
  'link.md': dated('', 'tellmore: [the export](old.WordPress.2024-01-02.xml)'),
};

export const PRIVATE_SITES: Readonly<Record<string, Files>> = {
  ...{ HUGO_MOUNTS, HUGO_FOLDER, VITEPRESS },
  ...{ HUGO, JEKYLL, ELEVENTY, HEXO, MKDOCS, NIKOLA, PELICAN, DOCUSAURUS, ASTRO, ZOLA },
  ...{ OBSIDIAN, GARDEN, QUARTZ, LOGSEQ, NOTION, SUBSTACK, MEDIUM, MOVABLE_TYPE, GHOST, WORDPRESS },
};
