/**
 * Folders that a generator never takes articles from: what it makes pages with, and the pages that it has made. They lie
 * beside its settings, where the whole repository of a site is published. What is public stays so.
 */

import type { FolderRule } from '../folder-rules.ts';

interface ProgramFolders {
  /** Of code and examples of others. */
  readonly code: readonly string[];
  /** Of files and pages, which might be the name of a section too: what says “draft: false” is an article. */
  readonly files: readonly string[];
}

const FOLDERS = {
  hugo: {
    code: ['layouts', 'archetypes', 'themes', '_vendor'],
    files: ['public', 'static', 'assets', 'resources', 'data', 'i18n', 'templates', 'sass'],
  },
  jekyll: { code: ['vendor/bundle', 'vendor/cache', 'vendor/gems', 'vendor/ruby'], files: [] },
  hexo: { code: ['themes', 'scaffolds'], files: ['public'] },
  pelican: { code: ['themes', 'plugins'], files: ['output', 'cache'] },
  nikola: { code: ['themes', 'plugins', 'templates'], files: ['output', 'cache'] },
  mkdocs: { code: ['overrides'], files: ['site'] },
  docusaurus: { code: [], files: ['build', 'static'] },
  quartz: { code: ['quartz'], files: ['public'] },
} as const satisfies Readonly<Record<string, ProgramFolders>>;

export type Generator = keyof typeof FOLDERS;

/** The rules of the settings of a site, whose folder they are about. */
export function programFolderRules(generator: Generator): readonly FolderRule[] {
  const { code, files }: ProgramFolders = FOLDERS[generator];
  return [
    ...code.map((folder): FolderRule => ({ under: `${folder}/`, hold: 'new' })),
    ...files.map((folder): FolderRule => ({ under: `${folder}/`, hold: 'unsaid' })),
  ];
}
