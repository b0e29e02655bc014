/** The files by which a folder may be the whole site of a generator. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Names of one file, with each ending that it may have. */
export const endings = (name: string, list: string) => list.split(' ').map((ending) => `${name}.${ending}`);

/** By generator, its files of settings, the first that is there; paths from the root of the site. */
export const SETTINGS_FILES = {
  Zola: ['config.toml', 'zola.toml'],
  Hugo: [
    ...endings('hugo', 'toml yaml yml json'),
    ...endings('config/_default/hugo', 'toml yaml yml'),
    ...endings('config/_default/config', 'toml yaml yml'),
    ...endings('config', 'toml yaml yml json'),
  ],
  Hexo: ['_config.yml', '_config.yaml'],
  Jekyll: ['_config.yml', '_config.yaml', '_config.toml', 'Gemfile'],
  Astro: endings('astro.config', 'mjs ts js mts cjs'),
  Eleventy: ['.eleventy.js', ...endings('eleventy.config', 'js mjs cjs ts')],
  Nikola: ['conf.py'],
  Pelican: ['pelicanconf.py'],
  Docusaurus: endings('docusaurus.config', 'js ts mjs cjs mts'),
  VitePress: ['', 'docs/', 'src/'].flatMap((base) => endings(`${base}.vitepress/config`, 'mts ts js mjs cjs cts')),
  MkDocs: ['mkdocs.yml', 'mkdocs.yaml'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Files at the top of a program's sources, in one language or another. */
const PROGRAM_FILES =
  'package.json Cargo.toml go.mod pyproject.toml setup.py Gemfile composer.json pom.xml build.gradle Makefile CMakeLists.txt'.split(
    ' ',
  );

/** Where the state store has the settings that were taken over when the publication began. */
export const TAKEN_KEY = 'local/taken.json';

/** Whether the folder holds a program's sources, perhaps with its documentation in a folder of its own. */
export function isProgram(root: string): boolean {
  return isThere(root, PROGRAM_FILES);
}

/** Whether the folder may be the whole site of a generator, or have one in it. */
export function hasTraces(root: string): boolean {
  return Object.values(SETTINGS_FILES).some((files) => isThere(root, files)) || isProgram(root);
}

function isThere(root: string, files: readonly string[]): boolean {
  return files.some((file) => existsSync(join(root, file)));
}
