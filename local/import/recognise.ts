/** Which program's export it is, by what the files say themselves. */

import { statSync } from 'node:fs';
import { openFeed } from './feed/feed-source.ts';
import { type ExportFiles, joinFiles, openPlainFiles, readHead } from './files/export-files.ts';
import { openZipFiles } from './files/zip-files.ts';
import { openGhost } from './ghost/ghost-source.ts';
import type { ExportSource, SourceOptions } from './model/exported.ts';
import { ImportFailure } from './model/import-failure.ts';
import { openMedium } from './newsletters/medium-source.ts';
import { openSubstack } from './newsletters/substack-source.ts';
import { openWxr } from './wordpress/wxr-source.ts';

const HEAD_BYTES = 64 * 1024;
/** Fields that have to be read to know what a file is stand in its first lines. */
const WXR = /<wp:wxr_version>|xmlns:wp\s*=\s*["']https?:\/\/wordpress\.org\/export\//;
const GHOST = /^\s*\{\s*(?:"db"\s*:\s*\[|"meta"\s*:\s*\{[^{}]{0,500}\}\s*,\s*"data"\s*:\s*\{)|"exported_on"/;
const FEED = /<rss[\s>]|<feed[\s>]|<rdf:RDF[\s>]|"version"\s*:\s*"https?:\\?\/\\?\/jsonfeed\.org/;

/** Opens what the person has named: files, folders and archives. */
export async function openFiles(paths: readonly string[]): Promise<ExportFiles> {
  const parts: ExportFiles[] = [];
  for (const path of paths) {
    const facts = statSync(path, { throwIfNoEntry: false });
    if (facts === undefined) throw new ImportFailure(path, 'is not there.', 'Check the spelling of the export’s name.');
    const files = openPlainFiles(path);
    const name = files.names[0] ?? '';
    const isArchive = facts.isFile() && (await readHead(files, name, 4)).toString('latin1').startsWith('PK');
    parts.push(isArchive ? await openZipFiles(path, facts.size) : files);
  }
  return joinFiles(parts);
}

/** Reads as much of an export as has to be known before anything is written. `onBytes` is told how much was read. */
export async function openSource(
  files: ExportFiles,
  options: SourceOptions,
  onBytes: (count: number) => void,
): Promise<ExportSource> {
  const { names } = files;
  if (names.some((name) => /(?:^|\/)posts\.csv$/i.test(name))) return openSubstack(files, options);
  const kinds = new Map<string, string[]>();
  for (const name of names.filter((name) => /\.(?:xml|json|rss|atom|rdf|wxr|txt)$/i.test(name) || names.length === 1)) {
    const head = toText(await readHead(files, name, HEAD_BYTES));
    const kind = WXR.test(head) ? 'wxr' : GHOST.test(head) ? 'ghost' : FEED.test(head) ? 'feed' : null;
    if (kind !== null) kinds.set(kind, [...(kinds.get(kind) ?? []), name]);
  }
  const wxr = kinds.get('wxr');
  if (wxr !== undefined) return openWxr(files, wxr, options, onBytes);
  const ghost = kinds.get('ghost');
  if (ghost !== undefined) return openGhost(files, ghost, options);
  if (names.some((name) => /(?:^|\/)posts\/[^/]*\.html$/i.test(name))) return openMedium(files, options);
  const feeds = kinds.get('feed');
  if (feeds !== undefined) return openFeed({ kind: 'files', files, names: feeds }, options);
  throw new ImportFailure(
    files.label,
    'is no export that is known here.',
    'Known are those of WordPress (XML), Ghost (JSON), Substack and Medium (ZIP), and feeds in RSS, Atom and JSON Feed.',
  );
}

/** UTF-16 has a zero in every other byte of what is looked for. */
function toText(head: Buffer): string {
  return head.toString('latin1').replaceAll('\0', '');
}
