import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findWholeSite, isOfSite } from '../../../local/generators/whole-site.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'feedwright-site-'));
});
afterEach(() => rmSync(root, { recursive: true }));

type Files = Readonly<Record<string, string>>;

/** What is found in a folder of these files. */
function find(files: Files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const site = findWholeSite(root);
  if (site === null) return null;
  const { name, folders } = site;
  return { name, folders, settings: Object.fromEntries(site.settings) };
}

const LINES = 'title = "Salt Marsh"\nlanguageCode = "de"\n';

interface Example {
  readonly name: string;
  readonly settings: Files;
  readonly articles: readonly string[];
  readonly others: readonly string[];
  readonly folders: readonly string[];
  readonly says: Readonly<Record<string, unknown>>;
}

const EXAMPLES: readonly Example[] = [
  {
    name: 'Hugo',
    settings: {
      'hugo.toml': `baseURL = "https://marsh.example/log"\n${LINES}[languages.en]\ncontentDir = "english"\n`,
    },
    articles: ['content/posts/tide.md', 'english/posts/tide.md'],
    others: ['docs/theme.md', 'themes/wave/content/x.md', 'archetypes/default.md', 'CHANGES.md'],
    folders: ['content/', 'english/'],
    says: { title: 'Salt Marsh', url: 'https://marsh.example/log/', language: 'de' },
  },
  {
    name: 'Hugo',
    settings: {
      'config/_default/hugo.yaml': 'title: Salt Marsh\nmodule:\n  mounts:\n    - { source: text, target: content }\n',
    },
    articles: ['text/tide.md'],
    others: ['docs/theme.md'],
    folders: ['text/'],
    says: { title: 'Salt Marsh' },
  },
  {
    name: 'Zola',
    settings: { 'config.toml': 'base_url = "https://marsh.example"\ntitle = "Salt Marsh"\ndefault_language = "de"\n' },
    articles: ['content/blog/tide.md'],
    others: ['docs/x.md', 'templates/index.html', 'themes/wave/content/x.md'],
    folders: ['content/'],
    says: { title: 'Salt Marsh', url: 'https://marsh.example/', language: 'de' },
  },
  {
    name: 'Hexo',
    settings: {
      '_config.yml':
        'title: Salt Marsh\nauthor: Ann Lee\nurl: https://marsh.example\nsource_dir: source\npermalink: :year/:title/\n',
    },
    articles: ['source/_posts/tide.md', 'source/about/index.md'],
    others: ['scaffolds/post.md', 'themes/wave/source/x.md', 'docs/x.md'],
    folders: ['source/'],
    says: { title: 'Salt Marsh', authors: 'Ann Lee', url: 'https://marsh.example/', permalink: '/:year/:title/' },
  },
  {
    name: 'Jekyll',
    settings: {
      '_config.yml':
        'title: Salt Marsh\nurl: https://marsh.example\nbaseurl: /log\ntimezone: Europe/Berlin\nauthor: { name: Ann Lee, email: ann@marsh.example }\n',
    },
    articles: ['_posts/2024-01-02-tide.md', 'about.md'],
    others: [],
    folders: [''],
    says: {
      title: 'Salt Marsh',
      url: 'https://marsh.example/log/',
      timeZone: 'Europe/Berlin',
      authors: { name: 'Ann Lee', email: 'ann@marsh.example' },
    },
  },
  {
    name: 'Astro',
    settings: {
      'astro.config.mjs':
        '// site: "https://no.example"\nexport default defineConfig({ site: "https://marsh.example" });\n',
      'src/content.config.ts':
        'const blog = defineCollection({ loader: glob({ pattern: "*.md", base: "./data/log" }) });\n',
    },
    articles: ['src/content/blog/tide.md', 'src/pages/about.md', 'data/log/ebb.md'],
    others: ['public/x.html', 'docs/x.md', 'src/layouts/x.html'],
    folders: ['src/content/', 'src/pages/', 'data/log/'],
    says: { url: 'https://marsh.example/' },
  },
  {
    name: 'Eleventy',
    settings: {
      'eleventy.config.js':
        'export default function (config) { add(plugin, { metadata: { title: "Feed" } }); }\nexport const config = { dir: { input: "src" } };\n',
      'src/_data/metadata.json':
        '{"title": "Salt Marsh", "url": "https://marsh.example/", "author": {"name": "Ann Lee"}}',
    },
    articles: ['src/posts/tide.md'],
    others: ['docs/x.md'],
    folders: ['src/'],
    says: { title: 'Salt Marsh', url: 'https://marsh.example/', authors: 'Ann Lee' },
  },
  {
    name: 'Nikola',
    settings: {
      'conf.py':
        'BLOG_TITLE = "Salt Marsh"  # shown\nBLOG_AUTHOR = "Ann Lee"\nSITE_URL = "https://marsh.example/"\nDEFAULT_LANG = "de"\nTIMEZONE = "Europe/Berlin"\nPOSTS = (\n    ("entries/*.md", "posts", "post.tmpl"),\n)\nPAGES = (("pages/*.md", "", "page.tmpl"),)\n',
    },
    articles: ['entries/tide.md', 'pages/about.md'],
    others: ['listings/x.md', 'files/x.md', 'posts/none.md'],
    folders: ['entries/', 'pages/'],
    says: {
      title: 'Salt Marsh',
      authors: 'Ann Lee',
      url: 'https://marsh.example/',
      language: 'de',
      timeZone: 'Europe/Berlin',
    },
  },
  {
    name: 'Pelican',
    settings: {
      'pelicanconf.py':
        "AUTHOR = u'Ann Lee'\nSITENAME = 'Salt Marsh'\nSITEURL = ''\nPATH = 'content'\nDEFAULT_LANG = 'de'\n",
      'publishconf.py': "from pelicanconf import *\nSITEURL = 'https://marsh.example'\n",
    },
    articles: ['content/tide.md', 'content/pages/about.md'],
    others: ['plugins/x/NOTES.md', 'docs/x.md'],
    folders: ['content/'],
    says: { title: 'Salt Marsh', authors: 'Ann Lee', url: 'https://marsh.example/', language: 'de' },
  },
  {
    name: 'Docusaurus',
    settings: {
      'docusaurus.config.ts':
        "const config = { themeConfig: { navbar: { title: 'Menu' } }, title: 'Salt Marsh', url: 'https://marsh.example', baseUrl: '/log/',\n  plugins: [['@docusaurus/plugin-content-blog', { id: 'news', path: './news' }]] };\n",
    },
    articles: ['blog/2024-01-02-tide.md', 'news/x.md'],
    others: ['docs/guide.md', 'src/pages/x.md', 'static/x.html'],
    folders: ['blog/', 'news/'],
    says: { title: 'Salt Marsh', url: 'https://marsh.example/log/' },
  },
  {
    name: 'VitePress',
    settings: { 'docs/.vitepress/config.mts': "export default defineConfig({ title: 'Salt Marsh', lang: 'de' })\n" },
    articles: ['docs/posts/tide.md'],
    others: ['notes/x.md'],
    folders: ['docs/'],
    says: { title: 'Salt Marsh', language: 'de' },
  },
  {
    name: 'MkDocs',
    settings: {
      'mkdocs.yml':
        'site_name: Salt Marsh\nsite_url: https://marsh.example/\nplugins:\n  - blog\nmarkdown_extensions:\n  - x: { y: !!python/name:a.b }\n',
    },
    articles: ['docs/blog/posts/tide.md'],
    others: ['docs/guide.md', 'overrides/x.md', 'tests/x.md'],
    folders: ['docs/blog/posts/'],
    says: { title: 'Salt Marsh', url: 'https://marsh.example/' },
  },
];

describe('a whole site', () => {
  it.each(EXAMPLES.map((each) => [`${each.name} (${Object.keys(each.settings).join(', ')})`, each] as const))(
    'of %s is known by its settings, and by the folder of its articles',
    (_, { name, settings, articles, others, folders, says }) => {
      const files = Object.fromEntries([...articles, ...others].map((path) => [path, 'Text.']));
      const found = find({ ...settings, ...files });
      expect(found?.name).toBe(name);
      expect(found?.folders).toEqual(folders);
      const values = Object.entries(found?.settings ?? {}).map(([setting, { value }]) => [setting, value]);
      expect(Object.fromEntries(values)).toMatchObject(says);
      const site = { folders };
      expect(articles.filter((path) => !isOfSite(site, path))).toEqual([]);
      expect(others.filter((path) => isOfSite(site, path))).toEqual([]);
    },
  );

  it('of Jekyll without settings is known by the programs that it is made with', () => {
    const found = find({ Gemfile: 'gem "github-pages"\n', '_posts/2024-01-02-a.md': 'Text.', 'key.txt': 'Text.' });
    expect(found).toMatchObject({ name: 'Jekyll', folders: ['_posts/'] });
    expect(isOfSite({ folders: ['_posts/'] }, 'key.txt')).toBe(false);
  });

  it('of Nikola has pages in the folders of its pages', () => {
    const found = find({
      'conf.py':
        'POSTS = (("posts/*.txt", "posts", "post.tmpl"),)\nPAGES = (\n    ("stories/*.md", "stories", "page.tmpl"),\n)\n',
      'posts/a.txt': 'Text.',
      'stories/b.md': 'Text.',
    });
    expect(found?.folders).toEqual(['posts/', 'stories/']);
    expect(found?.settings).toMatchObject({ pages: { value: { files: ['stories/**'] }, from: 'conf.py' } });
  });

  it('says of which file each setting is, the data before the code', () => {
    const found = find({
      'pelicanconf.py': 'SITENAME = "Salt Marsh"\n',
      'publishconf.py': 'SITEURL = "https://marsh.example"\n',
      'content/a.md': 'Text.',
    });
    expect(found?.settings).toMatchObject({
      title: { value: 'Salt Marsh', from: 'pelicanconf.py' },
      url: { value: 'https://marsh.example/', from: 'publishconf.py' },
    });
  });

  it('keeps what is no article, wherever it lies', () => {
    const site = { folders: ['content/'] };
    for (const path of ['static/a.png', 'hugo.toml', 'data/authors.yml', 'content/a.rst']) {
      expect(isOfSite(site, path)).toBe(true);
    }
    expect(isOfSite(site, 'docs/a.rst')).toBe(false);
  });

  it('takes no addresses that a program has put in, and nothing that is computed', () => {
    const found = find({
      'hugo.toml': 'baseURL = "https://example.org/"\ntitle = "My New Hugo Site"\n',
      'content/a.md': 'Text.',
    });
    expect(found?.settings).not.toHaveProperty('url');
    const code = find({ 'astro.config.mjs': 'export default { site: process.env.SITE };', 'src/pages/a.md': 'Text.' });
    expect(code?.settings).not.toHaveProperty('url');
  });

  it.each([
    ['no settings', { 'content/a.md': 'Text.' }],
    ['settings beside articles that have no folder', { 'hugo.toml': LINES, 'posts/a.md': 'Text.' }],
    ['settings of Jekyll, and no posts', { '_config.yml': 'title: Sea\n', 'a.md': 'Text.' }],
    ['settings of Sphinx', { 'conf.py': 'project = "Sea"\n', 'posts/a.md': 'Text.' }],
  ])('is no folder with %s', (_, files) => {
    expect(find(files)).toBeNull();
  });
});
