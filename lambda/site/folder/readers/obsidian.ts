/**
 * A vault of Obsidian's: whether its notes are public only where they say so. The plugin Digital Garden takes those with
 * `dg-publish: true`. Obsidian Publish keeps the list of public notes with itself, so that only a note's own word tells.
 */

import { readJsonFields } from '../../../article/source/front-matter/json-fields.ts';
import { isMap } from '../../../model/fields.ts';
import { textsIn } from '../folder-fields.ts';
import type { FolderSource, Said } from '../folder-source.ts';

const PLUGINS = /"(?:digitalgarden|quartz-syncer)"/;

export function readVaultSettings({ key, text }: FolderSource): Said {
  if (key.endsWith('community-plugins.json')) {
    return { rules: PLUGINS.test(text) ? [{ under: '', hold: 'unsaid' }] : [], doubt: null };
  }
  const reading = readJsonFields(text, 1);
  const fields = reading.kind === 'fields' ? reading.fields : [];
  const of = (name: string) => fields.find((field) => field.name === name)?.value ?? null;
  const site = of('siteId');
  if (site === null || isMap(site) || site === '') return { rules: [], doubt: null };
  const open = textsIn(of('included')).map((folder) => `!${folder}`);
  return {
    rules: [{ under: '', only: ['**', ...open, ...textsIn(of('excluded'))], hold: 'unsaid' }],
    doubt: {
      line: null,
      message: 'Obsidian Publish keeps to itself which notes are public',
      fix: 'Write “publish: true” into each note that is to be public.',
    },
  };
}
