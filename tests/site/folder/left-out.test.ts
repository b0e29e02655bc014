/** What the settings of other systems leave out: lists, mounts, and lists in program code. */

import { describe, expect, it } from 'vitest';
import { filesOf, said } from '../../support/folder-saying.ts';

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

describe('settings of a site in a folder of their own', () => {
  it.each(['config/_default/hugo.toml', 'old/config/_default/hugo.toml', 'old/hugo.toml'])(
    'leave open what a broken %s says of the whole site',
    (file) => {
      const folder = file.startsWith('old/') ? 'old/' : '';
      const texts = { [file]: 'ignoreFiles = [\n' };
      expect(said(texts, `${folder}content/a.md`)).toBe('new');
      expect(said(texts, 'other/a.md')).toBe(folder === '' ? 'new' : 'nothing');
    },
  );
});
