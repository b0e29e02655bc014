/** What the files of other systems say of the articles under them. */

import { describe, expect, it } from 'vitest';
import { folderFilesFor, isFolderFile, isOfOneArticle } from '../../../lambda/site/folder/folder-file.ts';
import { type FolderFiles, sayOf } from '../../../lambda/site/folder/folder-rules.ts';
import { readFolderFile } from '../../../lambda/site/folder/read-folder-file.ts';

function filesOf(texts: Readonly<Record<string, string>>): FolderFiles {
  const read = Object.entries(texts).map(([key, text]) => [
    key,
    readFolderFile(key, new TextEncoder().encode(text), 'v1'),
  ]);
  return Object.fromEntries(read);
}

/** What is said of an article in one word: a kind of hold, else its fields that say whether to publish. */
function said(texts: Readonly<Record<string, string>>, key: string): string {
  const { hold, fields } = sayOf(filesOf(texts), key);
  if (hold !== null) return hold.kind;
  return fields.map(({ name, value }) => `${name}=${String(value)}`).join(' ') || 'nothing';
}

describe('MkDocs Material', () => {
  it('gives its fields to a folder and those below', () => {
    const texts = {
      '.meta.yml': 'tags: [a]\n',
      'notes/.meta.yml': 'draft: true\n',
      'notes/open/.meta.yml': 'draft: false\n',
    };
    expect(said(texts, 'a.md')).toBe('tags=a');
    expect(said(texts, 'notes/a.md')).toBe('tags=a draft=true');
    expect(said(texts, 'notes/open/a.md')).toBe('tags=a draft=false');
    expect(said(texts, 'notes2/a.md')).toBe('tags=a');
  });

  it.each([
    ['draft: maybe\n', 'unsaid'],
    ['draft: [\n', 'new'],
    ['a: "b\n', 'new'],
  ])('leaves open what it means by %j', (text, answer) => {
    expect(said({ 'notes/.meta.yml': text }, 'notes/a.md')).toBe(answer);
    expect(filesOf({ 'notes/.meta.yml': text })['notes/.meta.yml']?.doubt?.fix).not.toBe('');
  });

  it.each(['', '# nothing\n', 'title: Notes\npermalink: /notes/\nurl: about\ndate: 2026-01-01\n'])(
    'says nothing by %j',
    (text) => {
      expect(filesOf({ 'notes/.meta.yml': text })['notes/.meta.yml']).toEqual({ version: 'v1' });
    },
  );
});

describe('Hugo and Zola', () => {
  it.each([
    ['+++\ntitle = "Later"\ndraft = true\n+++\n', 'always'],
    ['---\ndraft: "yes"\n---\n', 'always'],
    ['{\n"draft": true\n}\n', 'always'],
    ['---\npublished: false\n---\n', 'always'],
    ['---\ndraft: false\n---\nText.\n', 'nothing'],
    ['---\ndraft: soon\n---\n', 'new'],
    ['+++\ndraft = \n+++\n', 'new'],
    ['---\ndraft: true\n', 'new'],
    ['Just text.\n', 'nothing'],
    ['---\ncascade:\n  draft: true\n---\n', 'draft=true'],
    ['---\ncascade:\n  - params: { private: true }\n---\n', 'private=true'],
    ['+++\n[cascade]\ndraft = true\n+++\n', 'draft=true'],
    ['+++\n[[cascade]]\ndraft = true\n[cascade._target]\npath = "/notes/**"\n+++\n', 'draft=true'],
    ['+++\n[[cascade]]\ndraft = true\n[cascade.target]\npath = "/notes/a"\n+++\n', 'draft=true'],
    ['+++\n[[cascade]]\ndraft = true\n[cascade._target]\npath = "/others/**"\n+++\n', 'nothing'],
    ['+++\n[[cascade]]\ndraft = true\n[cascade._target]\nkind = "section"\n+++\n', 'nothing'],
    ['+++\n[[cascade]]\ndraft = true\n[cascade._target]\nkind = "{page,section}"\n+++\n', 'draft=true'],
    ['---\ncascade:\n  build: { render: never }\n---\n', 'build=[object Map]'],
  ])('say by a section %j: %s', (text, answer) => {
    expect(said({ 'notes/_index.md': text }, 'notes/a.md')).toBe(answer);
    expect(said({ 'notes/_index.md': text }, 'b.md')).toBe('nothing');
  });

  it('leave out what the settings of a site ignore', () => {
    const text =
      'ignoreFiles = ["\\\\.private\\\\.md$", "secret/.*", "draft-.+\\\\.md"]\n[[cascade]]\ndraft = true\n[cascade.target]\npath = "/lab/**"\n';
    const texts = { 'hugo.toml': text };
    expect(said(texts, 'posts/a.private.md')).toBe('always');
    expect(said(texts, 'content/secret/a.md')).toBe('always');
    expect(said(texts, 'posts/draft-a.md')).toBe('always');
    expect(said(texts, 'posts/a.md')).toBe('nothing');
    expect(said(texts, 'content/lab/a.md')).toBe('draft=true');
    const ignoring = (expression: string, key: string) =>
      said({ 'hugo.yaml': `ignoreFiles: ['${expression}']\n` }, key);
    expect(ignoring('\\.(Rmd|ipynb|(?:raw|old)\\.md)$', 'posts/a.raw.md')).toBe('always');
    expect(ignoring('\\.(Rmd|ipynb|(?:raw|old)\\.md)$', 'posts/a.md')).toBe('nothing');
    expect(ignoring('draft-\\d+|[Pp]lan[0-9]', 'posts/draft-12.md')).toBe('always');
    expect(ignoring('draft-\\d+|[Pp]lan[0-9]', 'posts/Plan1.md')).toBe('always');
    expect(ignoring('draft-\\d+|[Pp]lan[0-9]', 'posts/draft-a.md')).toBe('nothing');
    expect(ignoring('(?i)secret', 'posts/SecreT-a.md')).toBe('always');
    expect(ignoring('(a|b){2}', 'posts/c.md')).toBe('new');
    expect(ignoring('(a|b|c|d)'.repeat(8), 'posts/c.md')).toBe('new');
    expect(said({ 'config.yaml': 'ignoreFiles: ["(a+)+$"]\n' }, 'posts/a.md')).toBe('new');
  });
});

describe('the settings of a site', () => {
  const all = (text: Readonly<Record<string, string>>, keys: readonly string[]) => keys.map((key) => said(text, key));

  it('are about their folder, wherever it lies', () => {
    const jekyll = {
      'docs/_config.yml': 'exclude: [secret]\ndefaults: [{ scope: { path: lab }, values: { published: false } }]\n',
    };
    const keys = ['docs/secret/a.md', 'docs/lab/a.md', 'docs/a.md', 'secret/a.md', 'lab/a.md'];
    expect(all(jekyll, keys)).toEqual(['always', 'published=false', 'nothing', 'nothing', 'nothing']);
    const listed = { '_config.yml': 'exclude: ["notes/*", "*.private.md"]\n' };
    expect(all(listed, ['notes/a.md', 'notes/deep/a.md', 'b/a.private.md', 'b/notes/a.md'])).toEqual([
      ...['always', 'always', 'always'],
      'nothing',
    ]);
    expect(said({ '_config.toml': 'exclude = ["secret"]\n' }, 'secret/a.md')).toBe('always');
    const hugo =
      'ignoreFiles = ["\\\\.secret\\\\.md$"]\n[[cascade]]\ndraft = true\n[cascade.target]\npath = "/lab/**"\n';
    for (const name of ['config/_default/hugo.toml', 'config/_default/config.toml', 'config/production/hugo.toml']) {
      expect(all({ [name]: hugo }, ['content/a.secret.md', 'content/lab/a.md', 'content/a.md'])).toEqual([
        'always',
        'draft=true',
        'nothing',
      ]);
    }
    expect(all({ 'www/hugo.toml': hugo }, ['www/content/a.secret.md', 'content/a.secret.md'])).toEqual([
      'always',
      'nothing',
    ]);
  });

  it('of Zola leave out what they ignore', () => {
    const texts = { 'config.toml': 'ignored_content = ["*.private.md", "inner/**", "plans/*"]\n' };
    const held = ['content/blog/a.private.md', 'content/inner/deep/a.md', 'blog/a.private.md', 'plans/deep/a.md'];
    expect(all(texts, held)).toEqual(held.map(() => 'always'));
    expect(all(texts, ['content/blog/a.md', 'content/blog/inner.md'])).toEqual(['nothing', 'nothing']);
  });

  it('of MkDocs leave out what they list', () => {
    const text = `site_name: Sea
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
exclude_docs: |
  # not these
  secret.md
  /plans/*.md
  inner/

  !plans/open.md
draft_docs: "*.draft.md"
plugins:
  - exclude:
      glob:
        - raw/*
        - "*.own.md"
  - blog
`;
    const held = [
      'docs/secret.md',
      'docs/blog/secret.md',
      'docs/plans/a.md',
      'docs/blog/inner/a.md',
      'docs/a.draft.md',
    ];
    expect(all({ 'mkdocs.yml': text }, held)).toEqual(held.map(() => 'always'));
    const open = ['docs/plans/open.md', 'docs/blog/plans/a.md', 'docs/a.md', 'secret.md'];
    expect(all({ 'mkdocs.yml': text }, open)).toEqual(open.map(() => 'nothing'));
    expect(said({ 'mkdocs.yml': `docs_dir: 'src' # here\n${text}` }, 'src/secret.md')).toBe('always');
    expect(said({ 'mkdocs.yml': `docs_dir: .\n${text}` }, 'secret.md')).toBe('always');
  });

  it('of Quartz leave out what they ignore, or all that does not say that it is public', () => {
    const config = (filter: string) =>
      `// ignorePatterns: ["open"]\nconst config = { ignorePatterns: ["private", 'desk/**', "**/raw"], filters: [${filter}] }`;
    const keys = [
      'content/private/a.md',
      'content/desk/a.md',
      'content/b/raw/a.md',
      'content/a.md',
      'content/open/a.md',
    ];
    const held = ['always', 'always', 'always'];
    expect(all({ 'quartz.config.ts': config('Plugin.RemoveDrafts()') }, keys)).toEqual([...held, 'nothing', 'nothing']);
    expect(all({ 'quartz.config.ts': config('Plugin.ExplicitPublish()') }, keys)).toEqual([
      ...held,
      'unsaid',
      'unsaid',
    ]);
    expect(said({ 'quartz.config.ts': config('/* Plugin.ExplicitPublish() */') }, 'content/a.md')).toBe('nothing');
  });

  it('of Pelican leave out what they ignore, and give the status', () => {
    const text = `# DEFAULT_METADATA = {'status': 'hidden'}
DEFAULT_METADATA = {
    "category": "x",
    'status': 'draft',
}
ARTICLE_EXCLUDES = ['extras']
IGNORE_FILES = ['*.private.md', ]
`;
    const keys = ['content/a.md', 'content/extras/a.md', 'content/deep/a.private.md'];
    expect(all({ 'pelicanconf.py': text }, keys)).toEqual(['status=draft', 'always', 'always']);
    expect(all({ 'pelicanconf.py': 'DEFAULT_METADATA = {"status": "published"}\n' }, keys)).toEqual(
      keys.map(() => 'nothing'),
    );
  });

  it('of a vault of Obsidian leave open what is public', () => {
    const plugins = '.obsidian/community-plugins.json';
    expect(said({ [plugins]: '["dataview", "digitalgarden"]' }, 'a.md')).toBe('unsaid');
    expect(said({ [plugins]: '["dataview"]' }, 'a.md')).toBe('nothing');
    const list = '{ "siteId": "0a1b", "host": "h", "included": ["Blog"], "excluded": ["Blog/Desk"] }';
    const texts = { '.obsidian/publish.json': list };
    expect(all(texts, ['a.md', 'Blog/a.md', 'Blog/Desk/a.md'])).toEqual(['unsaid', 'nothing', 'unsaid']);
    expect(filesOf(texts)['.obsidian/publish.json']?.doubt?.fix).toContain('publish: true');
    expect(said({ '.obsidian/publish.json': '{ "siteId": "" }' }, 'a.md')).toBe('nothing');
  });
});

describe('Eleventy', () => {
  it.each([
    ['notes/notes.json', '{ "draft": true }', 'draft=true'],
    ['notes/notes.json', '{ "permalink": false, "layout": "x" }', 'permalink=false'],
    ['notes/notes.json', '{ "permalink": "/n/{{ page.fileSlug }}/" }', 'nothing'],
    ['notes/notes.json', '[{ "title": "A", "content_text": "b" }]', 'nothing'],
    ['notes/notes.json', '{ "draft": true', 'new'],
    ['notes/other.json', null, 'no folder file'],
    ['notes/notes.11tydata.json', '{ "eleventyExcludeFromCollections": true }', 'eleventyexcludefromcollections=true'],
    ['notes/notes.11tydata.json', '{ "eleventyComputed": { "permalink": "{{ false }}" } }', 'unsaid'],
    ['notes/notes.json', '{ "permalink": { "build": false } }', 'permalink=[object Map]'],
    ['notes/notes.11tydata.js', 'export default { draft: true, tags: ["a"] };', 'draft=true tags=a'],
    ['notes/notes.11tydata.js', 'module.exports = { permalink: "/n/" };', 'nothing'],
    ['notes/notes.11tydata.js', 'module.exports = () => ({ draft: isSecret() });', 'unsaid'],
    ['notes/notes.11tydata.js', 'export default { permalink: (data) => !data.x && false };', 'unsaid'],
    ['notes/notes.11tydata.js', 'export default { permalink: (data) => data.x === "" };', 'unsaid'],
    ['notes/notes.11tydata.js', 'const f = require("../f"); module.exports = { permalink: f };', 'unsaid'],
    ['notes/notes.11tydata.js', 'export default { permalink: (data) => `/n/`.concat(data.slug) };', 'nothing'],
    [
      'notes/notes.11tydata.js',
      'module.exports = { eleventyComputed: { permalink(data) { return "/n/" + data.slug; } } };',
      'nothing',
    ],
    ['notes/notes.11tydata.cjs', '// draft\nmodule.exports = { layout: f() };', 'nothing'],
    ['notes/a.11tydata.json', '{ "draft": true }', 'draft=true'],
    ['notes/ab.11tydata.json', '{ "draft": true }', 'nothing'],
  ])('says by %s, %j: %s', (key, text, answer) => {
    if (text === null) expect(isFolderFile(key)).toBe(false);
    else expect(said({ [key]: text }, 'notes/a.md')).toBe(answer);
  });

  it('leaves out what its list names', () => {
    const texts = { '.eleventyignore': '# not these\nsecret\n**/raw/\nnotes/*.md\n!notes/open.md\n\n' };
    expect(['secret/a.md', 'b/raw/a.md', 'notes/a.md'].map((key) => said(texts, key))).toEqual([
      'always',
      'always',
      'always',
    ]);
    expect(['b/secret.md', 'notes/open.md', 'a.md'].map((key) => said(texts, key))).toEqual([
      'nothing',
      'nothing',
      'nothing',
    ]);
  });
});

describe('Jekyll and Hexo', () => {
  const CONFIG = `
exclude: [secret, plans/, "*.private.md", drafts/keep]
include: [drafts/keep/this.md]
skip_render: "_posts/raw/**"
defaults:
  - scope: { path: "", type: posts }
    values: { layout: post, author: Ann }
  - scope: { path: lab }
    values: { published: false }
  - scope: { path: "", type: notes }
    values: { draft: true }
collections:
  essays: { output: true }
  stories: { output: false }
  news: {}
`;
  it.each([
    ['secret/_posts/2026-01-01-a.md', 'always'],
    ['plans/a.md', 'always'],
    ['notes/a.private.md', 'always'],
    ['drafts/keep/other.md', 'always'],
    ['drafts/keep/this.md', 'nothing'],
    ['source/_posts/raw/a.md', 'always'],
    ['_posts/2026-01-01-a.md', 'author=Ann'],
    ['lab/a.md', 'published=false'],
    ['_notes/a.md', 'draft=true'],
    ['_essays/a.md', 'nothing'],
    ['_stories/a.md', 'always'],
    ['_news/a.md', 'new'],
    ['about.md', 'nothing'],
  ])('say of %s: %s', (key, answer) => {
    expect(said({ '_config.yml': CONFIG }, key)).toBe(answer);
  });

  it('leave open what a broken file says, where it says something of articles', () => {
    expect(said({ '_config.yml': 'exclude: [secret\n' }, '_posts/a.md')).toBe('new');
    expect(said({ '_config.yml': 'title: "Tides\n' }, '_posts/a.md')).toBe('nothing');
    expect(said({ 'config.yaml': 'title: "Tides\n' }, 'posts/a.md')).toBe('nothing');
    expect(said({ 'data/data.json': '{ // Of the birds\n}' }, 'data/a.md')).toBe('nothing');
  });
});

describe('Nikola', () => {
  it('has the header of an article in a file beside it', () => {
    const texts = { 'posts/a.meta': '.. title: A\n.. status: draft\n' };
    expect(said(texts, 'posts/a.md')).toBe('title=A status=draft');
    expect(said(texts, 'posts/a.b.md')).toBe('nothing');
    expect(said({ 'posts/a.meta': '+++\ntitle = "A"\nstatus = "draft"\n+++\n' }, 'posts/a.md')).toBe(
      'title=A status=draft',
    );
    expect(said({ 'posts/a.meta': '---\nstatus: private\n---\n' }, 'posts/a.md')).toBe('status=private');
    expect(said({ 'posts/a.meta': '---\nstatus: private\n' }, 'posts/a.md')).toBe('new');
    expect(said({ 'posts/a.meta': 'A\na\n2026-01-01\ndraft, mud\n' }, 'posts/a.md')).toBe(
      'title=A slug=a date=2026-01-01 tags=draft, mud private=true',
    );
    expect(isOfOneArticle('posts/a.meta')).toBe(true);
  });

  it('gives its translations the fields of the original, and holds them back with it', () => {
    const texts = {
      'posts/a.meta': '.. title: A\n.. slug: a\n.. date: 2026-01-01\n.. tags: sea\n',
      'posts/a.de.meta': '.. title: Ah\n',
    };
    expect(said(texts, 'posts/a.md')).toBe('title=A slug=a date=2026-01-01 tags=sea');
    expect(said(texts, 'posts/a.de.md')).toBe('title=Ah date=2026-01-01 tags=sea');
    expect(said(texts, 'posts/a.pt_br.md')).toBe('title=A date=2026-01-01 tags=sea');
    expect(said(texts, 'posts/a.part2.md')).toBe('nothing');
    const held = { 'posts/a.meta': '.. status: private\n', 'posts/a.de.meta': '.. status: published\n' };
    expect(said(held, 'posts/a.de.md')).toBe('status=published private=true');
    expect(said({ 'posts/a.meta': 'A\na\n2026-01-01\ndraft\n' }, 'posts/a.de.md')).toContain('private=true');
    expect(said({ 'posts/a.meta': '---\nstatus: private\n' }, 'posts/a.de.md')).toBe('new');
    expect(folderFilesFor('posts/a.de.md')).toEqual(expect.arrayContaining(['posts/a.de.meta', 'posts/a.meta']));
  });
});

describe('MkDocs', () => {
  const CONFIG = `site_name: Old
markdown_extensions:
  - pymdownx.emoji: { emoji_index: !!python/name:material.extensions.emoji.twemoji }
exclude_docs: |
  # Not yet
  secret/
  /top.md
  lists/*.md
  !lists/open.md
draft_docs: |
  later.md
`;
  it.each([
    ['docs/secret/a.md', 'always'],
    ['docs/deep/secret/a.md', 'always'],
    ['docs/top.md', 'always'],
    ['docs/deep/top.md', 'nothing'],
    ['docs/lists/a.md', 'always'],
    ['docs/lists/open.md', 'nothing'],
    ['docs/deep/later.md', 'always'],
    ['secret/a.md', 'nothing'],
  ])('leaves out what its lists name: %s is %s', (key, answer) => {
    expect(said({ 'mkdocs.yml': CONFIG }, key)).toBe(answer);
  });

  it('has its documents in another folder, and says nothing without such a list', () => {
    expect(said({ 'mkdocs.yml': 'docs_dir: ./text/\nexclude_docs: /a.md\n' }, 'text/a.md')).toBe('always');
    expect(said({ 'mkdocs.yml': 'site_name: "Old\n' }, 'docs/a.md')).toBe('nothing');
  });
});

describe('Mounts of Hugo', () => {
  const mount = (lines: string) => `[[module.mounts]]\nsource = "content"\ntarget = "content"\n${lines}\n`;
  it.each([
    ['excludeFiles = "plans/**"', 'content/plans/a.md', 'always'],
    ['excludeFiles = "plans/**"', 'plans/a.md', 'always'],
    ['excludeFiles = ["**.secret.md"]', 'content/a/b.secret.md', 'always'],
    ['excludeFiles = ["plans/**"]', 'content/posts/a.md', 'nothing'],
    ['files = ["! plans/**"]', 'content/plans/a.md', 'always'],
    ['files = ["! plans/**"]', 'content/a.md', 'nothing'],
    ['files = ["posts/**", "! posts/x.md"]', 'content/posts/a.md', 'nothing'],
    ['files = ["posts/**", "! posts/x.md"]', 'content/posts/x.md', 'always'],
    ['includeFiles = ["posts/**"]', 'content/plans/a.md', 'always'],
    ['excludeFiles = ["{plans/**"]', 'content/posts/a.md', 'new'],
    ['excludeFiles = [["a"]]', 'content/posts/a.md', 'new'],
    ['', 'content/posts/a.md', 'nothing'],
  ])('with %s: %s is %s', (lines, key, answer) => {
    expect(said({ 'hugo.toml': mount(lines) }, key)).toBe(answer);
  });

  it('stand in the folder of settings, too, and are none of other things than content', () => {
    const yaml = 'mounts:\n  - source: content\n    target: content\n    excludeFiles: plans/**\n';
    expect(said({ 'config/_default/module.yaml': yaml }, 'content/plans/a.md')).toBe('always');
    expect(said({ 'config/_default/hugo.toml': mount('excludeFiles = "plans/**"') }, 'content/plans/a.md')).toBe(
      'always',
    );
    const assets = '[[module.mounts]]\nsource = "static"\ntarget = "static"\nexcludeFiles = "a.md"\n';
    expect(said({ 'hugo.toml': assets }, 'static/a.md')).toBe('nothing');
  });
});

describe('Zola', () => {
  it('leaves out what its patterns match, in every folder', () => {
    const texts = { 'config.toml': 'ignored_content = ["*.hush.md", "*/secret/*", "temp.*", "one/two.md"]\n' };
    const held = ['content/a.hush.md', 'content/b/secret/c/d.md', 'temp.md', 'content/one/two.md'];
    expect(held.map((key) => said(texts, key))).toEqual(held.map(() => 'always'));
    expect(said(texts, 'content/a.md')).toBe('nothing');
  });
});

describe('Hexo with folders of assets', () => {
  it('has posts of one ending only', () => {
    const texts = { '_config.yml': 'post_asset_folder: true\n' };
    expect(said(texts, '_posts/a/part.html')).toBe('always');
    expect(said(texts, 'source/_posts/a/notes.txt')).toBe('always');
    // Hexo makes a post of it all the same (8.1.2).
    expect(said(texts, '_posts/a/notes.md')).toBe('nothing');
    expect(said(texts, 'about/index.html')).toBe('nothing');
    expect(said({ '_config.yml': 'post_asset_folder: false\n' }, '_posts/a/part.html')).toBe('nothing');
  });
});

describe('settings that are code', () => {
  it.each([
    ['.vitepress/config.ts', 'export default { srcExclude: ["**/x/**", "a.md"] }', 'a.md', 'always'],
    ['.vitepress/config.ts', 'export default { srcExclude: ["x/**"] }', 'a.md', 'nothing'],
    ['docs/.vitepress/config.js', 'export default { "srcExclude": [`a.md`] as const }', 'docs/a.md', 'always'],
    ['docs/.vitepress/config.js', 'export default { srcExclude: ["a.md"] }', 'a.md', 'nothing'],
    ['.vitepress/config.mts', 'export default { srcDir: "src", srcExclude: ["a.md"] }', 'src/a.md', 'always'],
    ['.vitepress/config.mts', 'export default { srcExclude: secret() }', 'a.md', 'unsaid'],
    ['.vitepress/config.mts', 'export default { srcExclude: ["b.md", ...more] }', 'a.md', 'unsaid'],
    ['.vitepress/config.mts', 'export default { srcExclude: ["b.md"].concat(more) }', 'a.md', 'unsaid'],
    ['.vitepress/config.mts', '// srcExclude: more\nexport default { title: "srcExclude no" }', 'a.md', 'nothing'],
    ['.vitepress/config.mts', 'export default { srcExclude: ["!(a).md"] }', 'b.md', 'unsaid'],
    [
      'docusaurus.config.js',
      'module.exports = { blog: { exclude: [\n  "plans/**", // later\n] } }',
      'blog/plans/a.md',
      'always',
    ],
    ['docusaurus.config.js', 'module.exports = { rules: [{ exclude: /node_modules/ }] }', 'blog/a.md', 'nothing'],
    ['docusaurus.config.ts', 'const exclude = isDev ? [] : ["a.md"]', 'blog/a.md', 'unsaid'],
    ['quartz.config.ts', 'const c = { ignorePatterns: ["private", "templates"] }', 'content/templates/a.md', 'always'],
    ['quartz.config.ts', 'const c = { filters: [Plugin.ExplicitPublish()] }', 'content/a.md', 'unsaid'],
    ['quartz.config.ts', 'const c = { filters: [/* Plugin.ExplicitPublish() */] }', 'content/a.md', 'nothing'],
    ['pelicanconf.py', "ARTICLE_EXCLUDES = ['plans', 'pages']\n", 'content/plans/a.md', 'always'],
    ['pelicanconf.py', "ARTICLE_EXCLUDES = ('plans',)\n", 'plans/a.md', 'always'],
    ['pelicanconf.py', "ARTICLE_EXCLUDES: list[str] = ['plans']\n", 'plans/a.md', 'always'],
    ['pelicanconf.py', "IGNORE_FILES = ['*.hush.md']\n", 'content/b/a.hush.md', 'always'],
    ['pelicanconf.py', "ARTICLE_EXCLUDES = ['plans'] + MORE\n", 'a.md', 'unsaid'],
    ['publishconf.py', "ARTICLE_EXCLUDES += ['plans']\n", 'a.md', 'unsaid'],
    ['pelicanconf.py', "# ARTICLE_EXCLUDES = MORE\nAUTHOR = 'Ann'\n", 'a.md', 'nothing'],
    ['conf.py', 'METADATA_MAPPING = {"yaml": {"state": "status"}}\n', 'posts/a.md', 'unsaid'],
    ['conf.py', '# METADATA_MAPPING = {"yaml": {"state": "status"}}\nSTATUS = "draft"\n', 'posts/a.md', 'nothing'],
    ['conf.py', "exclude_patterns = ['_build', 'plans/*']\n", 'posts/plans/a.md', 'always'],
  ])('%s says by %j of %s: %s', (file, text, key, answer) => {
    expect(said({ [file]: text }, key)).toBe(answer);
  });

  it('tell the way out where they are not read', () => {
    const text = 'export default { srcExclude: secret() }';
    expect(filesOf({ '.vitepress/config.mts': text })['.vitepress/config.mts']?.doubt).toMatchObject({
      message: expect.stringContaining('srcExclude'),
      fix: expect.stringContaining('draft: false'),
    });
  });
});

describe('a folder file', () => {
  it('is looked for in every folder from the top down', () => {
    expect(folderFilesFor('notes/a.md')).toEqual([
      ...['.meta.yml', '_index.md', '_config.yml', 'hugo.toml', 'hugo.yaml', 'config.toml'],
      ...['mkdocs.yml', 'quartz.config.ts', 'pelicanconf.py', '.eleventyignore'],
      ...[
        'notes/.meta.yml',
        'notes/_index.md',
        'notes/notes.json',
        'notes/notes.11tydata.json',
        'notes/notes.11tydata.js',
      ],
      ...['notes/a.11tydata.json', 'notes/a.11tydata.js', 'notes/a.meta'],
      ...['config/_default/hugo.toml', 'config/_default/config.toml'],
      ...['.obsidian/community-plugins.json', '.obsidian/publish.json'],
      ...['.vitepress/config.mts', '.vitepress/config.ts'],
    ]);
    expect(folderFilesFor('notes/a.md').every(isFolderFile)).toBe(true);
  });

  it('is no article and no picture', () => {
    const others = [
      'notes/a.md',
      'notes/index.md',
      'notes/config.json',
      '.obsidian/workspace.json',
      'notes/.obsidian/publish.json',
      'a.json',
      'notes/notes.md',
      'pic.png',
      'site.yaml',
    ];
    expect(others.filter(isFolderFile)).toEqual([]);
  });

  it('that is too large, or no text, leaves everything open', () => {
    const large = readFolderFile('notes/.meta.yml', new Uint8Array(600 * 1024).fill(0x23), 'v1');
    const garbled = readFolderFile('notes/.meta.yml', new Uint8Array([0x64, 0xff, 0xfe]), 'v1');
    expect(large).toMatchObject({ rules: [{ under: 'notes/', hold: 'new' }], doubt: { line: null } });
    expect(garbled).toMatchObject({ rules: [{ under: 'notes/', hold: 'new' }], doubt: { line: 1 } });
  });
});
