import { describe, expect, it } from 'vitest';
import { said } from '../../../support/folder-saying.ts';

describe('the settings of a site', () => {
  const all = (text: Readonly<Record<string, string>>, keys: readonly string[]) => keys.map((key) => said(text, key));

  it.each([
    ['hugo.toml', 'title = "Sea"\n', ['themes/t/exampleSite/content/a.md', 'layouts/a.html'], ['public/a/index.html']],
    ['config.toml', 'base_url = "https://sea.example"\n', ['themes/t/content/a.md'], ['templates/base.html']],
    ['hugo.yaml', 'module:\n  imports: [{ path: t }]\n', ['archetypes/default.md'], ['i18n/en.md']],
    ['_config.yml', 'title: Sea\n', ['vendor/bundle/gems/a/about.md'], []],
    [
      '_config.yml',
      'title: Sea\nsource_dir: source\n',
      ['scaffolds/post.md', 'themes/t/a.md'],
      ['public/a/index.html'],
    ],
    ['pelicanconf.py', 'AUTHOR = "Ann"\n', ['themes/t/templates/a.html'], ['output/a.html']],
    ['conf.py', 'BLOG_TITLE = "Sea"\n', ['templates/a.html'], ['output/posts/a.html']],
    ['mkdocs.yml', 'site_name: Sea\n', ['overrides/main.html'], ['site/a/index.html']],
    ['docusaurus.config.js', 'module.exports = {};\n', [], ['build/a.html', 'static/a.html']],
    ['quartz.config.ts', 'export default {};\n', ['quartz/static/a.html'], ['public/a.html']],
  ])('%s keep back what the program has beside its articles: %j', (name, text, code, files) => {
    expect(all({ [name]: text }, code)).toEqual(code.map(() => 'new'));
    expect(all({ [name]: text }, files)).toEqual(files.map(() => 'unsaid'));
    expect(all({ [`www/${name}`]: text }, [...code, ...files])).toEqual([...code, ...files].map(() => 'nothing'));
    expect(all({ [name]: text }, ['content/themes/a.md', 'posts/a.md', 'docs/a.md'])).not.toContain('new');
  });

  it('of Hugo keep back no folder that a mount makes content of', () => {
    const text = '[module]\n[[module.mounts]]\nsource = "themes/t/content"\ntarget = "content"\n';
    expect(all({ 'hugo.toml': text }, ['themes/t/content/a.md', 'layouts/a.html'])).toEqual(['nothing', 'new']);
  });

  it('of Sphinx have no such folders', () => {
    expect(said({ 'conf.py': 'project = "Sea"\n' }, 'templates/a.html')).toBe('nothing');
  });
});
