/**
 * `mkdocs.yml`: the lists `exclude_docs` and `draft_docs`, and that of the plugin “exclude”. They are looked for line by
 * line, since the file often has tags of Python that no other reader of YAML knows.
 */

import { throughFolders } from '../../../text/path-pattern.ts';
import type { FolderRule } from '../folder-rules.ts';
import type { FolderSource, Said } from '../folder-source.ts';
import { programFolderRules } from './program-folders.ts';
import { zoneRules } from './zone-rules.ts';

const LISTS =
  /^(?:exclude|draft)_docs:[ \t]*(?:[|>][-+\d]*[ \t]*(?:#[^\n]*)?\n((?:[ \t]+[^\n]*(?:\n|$)|[ \t]*\n)*)|([^\n|>][^\n]*))/gm;
/** The plugin of that name. */
const EXCLUDED = /^[ \t]*-[ \t]+exclude:[ \t]*\n[ \t]+glob:[ \t]*\n(([ \t]+)-[ \t]+[^\n]+(?:\n\2-[ \t]+[^\n]+)*)/m;
/** The zone of the plugin “rss”. */
const ZONE = /^[ \t]+default_timezone:[ \t]*["']?([\w+/-]+)/m;
const FOLDER = /^docs_dir:[ \t]*["']?([^"'#\n]+)/m;

export function readMkdocsConfig({ text }: FolderSource): Said {
  const lines = [...text.matchAll(LISTS)].flatMap(([, block, line = '']) =>
    (block ?? line.replace(/^(["'])(.*)\1\s*$/, '$2')).split('\n'),
  );
  const globs = (EXCLUDED.exec(text)?.[1] ?? '').matchAll(/^[ \t]+-[ \t]+(["']?)([^\n]*?)\1[ \t]*$/gm);
  const only = [...lines.flatMap(patternOfLine), ...[...globs].flatMap(([, , glob = '']) => throughFolders(glob))];
  const folder = (FOLDER.exec(text)?.[1] ?? 'docs').trim().replace(/^\.?\/+|\/+$/g, '');
  const under = folder === '' || folder === '.' ? '' : `${folder}/`;
  const held: readonly FolderRule[] = only.length === 0 ? [] : [{ under, only, hold: 'always' }];
  return {
    rules: [...held, ...programFolderRules('mkdocs'), ...zoneRules(ZONE.exec(text)?.[1] ?? null)],
    doubt: null,
  };
}

/** As in `.gitignore`: a name without a slash is one in any folder. */
function patternOfLine(written: string): readonly string[] {
  const line = written.trim();
  if (line === '' || line.startsWith('#')) return [];
  const [, exception = '', pattern = ''] = /^(!?)(.*)$/.exec(line) ?? [];
  const isAnchored = pattern.replace(/\/+$/, '').includes('/');
  return [exception + (isAnchored ? pattern : `**/${pattern}`)];
}
