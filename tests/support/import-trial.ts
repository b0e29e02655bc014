/** Folders of their own for what is imported, and a look at all that was written. */

import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './run-command.ts';

const NOW = Date.UTC(2026, 10, 30, 12);

export function makeTrialFolder(): string {
  return mkdtempSync(join(tmpdir(), 'feedwright-import-'));
}

export async function importInto(out: string, ...args: readonly string[]) {
  return runCommand(['import', ...args, '--out', out], NOW);
}

/** What was written, by path; files of programs, hidden ones too, as Latin-1. */
export function readWritten(folder: string): ReadonlyMap<string, string> {
  const paths = (readdirSync(folder, { recursive: true }) as string[]).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  return new Map(paths.sort().map((path) => [path.replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')]));
}

/** Articles and settings, without what the import keeps for itself. */
export function namesIn(folder: string): readonly string[] {
  return [...readWritten(folder).keys()].filter((name) => !name.startsWith('.'));
}

export interface BuiltEntry {
  readonly id: string;
  readonly url: string;
  readonly title?: string;
  readonly content_html?: string;
  readonly summary?: string;
  readonly image?: string;
  readonly date_published?: string;
  readonly date_modified?: string;
  readonly authors?: readonly { readonly name?: string; readonly url?: string }[];
  readonly tags?: readonly string[];
  readonly attachments?: readonly Readonly<Record<string, unknown>>[];
  readonly [name: string]: unknown;
}

/** Builds a folder, which must go without an error, and gives the entries of its feed by title. */
export async function buildEntries(
  folder: string,
  ...args: readonly string[]
): Promise<ReadonlyMap<string, BuiltEntry>> {
  const out = join(makeTrialFolder(), 'public');
  const { code, printed, noted } = await runCommand(['build', folder, '--out', out, ...args], NOW);
  if (code !== 0) throw new Error(`the build fails: ${printed}${noted}`);
  const feed = JSON.parse(readFileSync(join(out, 'feed.json'), 'utf8')) as { readonly items: readonly BuiltEntry[] };
  return new Map(feed.items.map((item) => [item.title ?? '', item]));
}
