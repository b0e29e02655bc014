/** What the files of other systems say of the articles under them. */

import { describe, expect, it } from 'vitest';
import { folderFilesFor, isFolderFile, isOfOneArticle } from '../../../lambda/site/folder/folder-file.ts';
import { readFolderFile } from '../../../lambda/site/folder/readers/read-folder-file.ts';
import { filesOf, said } from '../../support/folder-saying.ts';

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
    ['+++\n[[cascade]]\ndraft = true\n[cascade._target]\npath = "**"\n+++\n', 'draft=true'],
    ['+++\n[[cascade]]\ndraft = true\n[cascade.target]\npath = "{/notes,/b*}"\n+++\n', 'draft=true'],
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
