/** Settings of a graph of Logseq's: whether its pages are public unless they say otherwise. */

import { GRAPH_FIELD } from '../../../article/fields/folder-fields.ts';
import { makesAllPagesPublic } from '../../../article/source/exports/logseq-page.ts';
import type { FolderSource, Said } from '../folder-source.ts';

const PLACES = ['pages/', 'journals/'];

/** The graph is the folder above that of its settings. */
export function readGraphSettings({ folder, text }: FolderSource): Said {
  const graph = folder.replace(/[^/]+\/$/, '');
  const said = makesAllPagesPublic(text) ? 'public' : 'private';
  return { rules: PLACES.map((place) => ({ under: graph + place, fields: { [GRAPH_FIELD]: said } })), doubt: null };
}
