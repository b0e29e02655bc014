/** `feedwright new "<title>"`: a Markdown file with its front matter, ready to be written in. */

import { readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseSite } from '../../lambda/site/parse-site.ts';
import { slugify } from '../../lambda/text/slug.ts';
import { formatRfc3339 } from '../../lambda/time/moment.ts';
import { offsetMinutesAt } from '../../lambda/time/time-zone.ts';
import { SITE_KEY } from '../../lambda/work/protocol/site-work.ts';
import type { Command } from '../cli/arguments/command-line.ts';
import { UsageError } from '../cli/usage.ts';
import { hasCode } from '../store/folder-path.ts';
import type { CommandContext } from './context.ts';
import { makeFolder } from './folders.ts';

/** Folders above the article's own in which site.yaml is looked for. */
const FOLDERS_ABOVE_MAX = 10;

export async function createArticle(
  { title, folder }: Extract<Command, { kind: 'new' }>,
  { terminal, now }: CommandContext,
): Promise<number> {
  const file = join(folder, `${slugify(title)}.md`);
  const at = now();
  const date = formatRfc3339({ at, offsetMinutes: offsetMinutesAt(at, await readTimeZone(resolve(folder))) });
  if (await isFile(folder)) throw new UsageError('folder-is-file', folder);
  makeFolder(folder);
  try {
    await writeFile(file, renderArticle(title, date), { flag: 'wx' });
  } catch (error) {
    if (hasCode(error, 'EEXIST')) throw new UsageError('file-exists', file);
    throw error;
  }
  terminal.print(file);
  return 0;
}

/** A JSON string is a YAML string too, whatever the title holds. */
function renderArticle(title: string, date: string): string {
  return `---\ntitle: ${JSON.stringify(title)}\ndate: ${date}\n---\n\n`;
}

/** The zone of the publication that the folder belongs to: site.yaml may lie in it or in one above it. */
async function readTimeZone(folder: string, above = FOLDERS_ABOVE_MAX): Promise<string> {
  const source = await readSource(join(folder, SITE_KEY));
  if (source === null && above > 0 && dirname(folder) !== folder) return readTimeZone(dirname(folder), above - 1);
  return parseSite(source, { url: null }).site?.timeZone ?? 'UTC';
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return false;
    throw error;
  }
}

async function readSource(file: string): Promise<Uint8Array | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return null;
    throw error;
  }
}
