/**
 * Writes rows into the files with adopted ids. What is there stays to the byte, and rows are put behind it: a row that
 * somebody has written or edited is theirs.
 */

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type AdoptedRow, parseAdopted } from '../../lambda/site/adopted/adopted.ts';
import { adoptedKeyFor } from '../../lambda/site/adopted/adopted-key.ts';
import { formatRfc3339 } from '../../lambda/time/moment.ts';

export interface RowToWrite {
  /** Content key. */
  readonly key: string;
  readonly row: AdoptedRow;
}

export interface WrittenRows {
  /** Keys of the articles with a new row. */
  readonly written: readonly string[];
  /** Keys of the articles that have a row already which says something else: it stays. */
  readonly kept: readonly string[];
  /** Content keys of the files that were written. */
  readonly files: readonly string[];
}

const HEAD = `# What subscribers know of these articles from an old feed: ids, and dates. It counts when an article is published
# for the first time. Written by feedwright adopt, which adds to it and never changes a row; edit it as you like.
`;

/** No file is written before all were made. All that are there can be read: whoever calls this has looked. */
export function writeAdoptedRows(folder: string, rows: readonly RowToWrite[]): WrittenRows {
  const written: string[] = [];
  const kept: string[] = [];
  const texts = new Map<string, string>();
  for (const [file, own] of Map.groupBy(rows, ({ key }) => adoptedKeyFor(key))) {
    const before = readText(join(folder, file));
    const known = parseAdopted(file, Buffer.from(before ?? ''));
    const added = own.filter(({ key, row }) => {
      const there = known.rows.get(key);
      if (there !== undefined && !isSame(there, row)) kept.push(key);
      return there === undefined;
    });
    if (added.length === 0) continue;
    written.push(...added.map(({ key }) => key));
    const head = before === null || before === '' ? HEAD : before.endsWith('\n') ? before : `${before}\n`;
    texts.set(file, head + added.map(renderRow).join(''));
  }
  for (const [file, text] of texts) replaceFile(join(folder, file), text);
  return { written, kept, files: [...texts.keys()].sort() };
}

function readText(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

function isSame(a: AdoptedRow | null, b: AdoptedRow): boolean {
  const same = a !== null && a.id === b.id && a.atomId === b.atomId;
  return same && (b.published === null || a.published?.at === b.published.at);
}

/** Texts are written as JSON, which YAML reads the same way; a plain path stays plain. */
function renderRow({ key, row: { id, atomId, published } }: RowToWrite): string {
  const name = /^[A-Za-z][\w./-]*$/.test(key) ? key : JSON.stringify(key);
  const lines = [
    `${name}:`,
    ...(id === null ? [] : [`  id: ${JSON.stringify(id)}`]),
    ...(atomId === null ? [] : [`  atomId: ${JSON.stringify(atomId)}`]),
    ...(published === null ? [] : [`  published: ${formatRfc3339(published)}`]),
  ];
  return `${lines.join('\n')}\n`;
}

/** Never half: it is written under another name first. */
function replaceFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.part`;
  writeFileSync(draft, text);
  renameSync(draft, path);
}
