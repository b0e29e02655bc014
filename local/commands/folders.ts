/** The folders that a command is given: whether they can be what they are meant to be, and where state is kept. */

import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { UsageError } from '../cli/usage.ts';

/** Everything that `serve` keeps lies in here, in the folder in which it was started; readers of content skip it. */
const WORKSHOP = '.feedwright';

export function assertContentFolder(folder: string): void {
  const facts = statSync(folder, { throwIfNoEntry: false });
  if (facts === undefined) throw new UsageError('folder-missing', folder);
  if (!facts.isDirectory()) throw new UsageError('folder-is-file', folder);
}

/**
 * The output must not lie where articles are read, or the next build would read it. Hidden folders are not read.
 * Where a symbolic link leads is what counts.
 */
export function assertOutputFolder(...paths: readonly [folder: string, out: string, state: string]): void {
  assertKinds(paths[1], paths[2]);
  const [folder, out, state] = paths.map(realPath) as [string, string, string];
  if (isInside(out, folder)) throw new UsageError('output-overlaps', 'the content folder lies in the output folder');
  if (isRead(folder, out)) throw new UsageError('output-overlaps', 'the output folder lies in the content folder');
  if (isRead(folder, state)) throw new UsageError('output-overlaps', 'the state file lies in the content folder');
  if (isInside(out, state)) throw new UsageError('output-overlaps', 'the state file lies in the output folder');
}

/** The state file must not lie where articles are read. */
export function assertStateFile(folder: string, state: string): void {
  assertStateIsFile(state);
  if (isRead(realPath(folder), realPath(state)))
    throw new UsageError('output-overlaps', 'the state file lies in the content folder');
}

/** Refuses a path that is there and is another kind of file. */
function assertKinds(out: string, state: string): void {
  if (statSync(out, { throwIfNoEntry: false })?.isDirectory() === false) throw new UsageError('output-is-file', out);
  assertStateIsFile(state);
}

function assertStateIsFile(state: string): void {
  const isFolder = /[/\\]$/.test(state) || statSync(state, { throwIfNoEntry: false })?.isDirectory() === true;
  if (isFolder) throw new UsageError('state-is-folder', state);
}

/**
 * Makes a folder, and those above it. Node's own way of it hides why it fails: on a disk that can only be read it says that
 * there is no such folder.
 */
export function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Somebody else may have made it just now.
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

/** The state file of a build into a bucket: in the current folder, named after the place. */
export function bucketStateFile({ bucket, prefix }: { readonly bucket: string; readonly prefix: string }): string {
  return `${[bucket, ...prefix.split('/')].filter(Boolean).join('-')}.feedwright.db`;
}

/** The state file of a build: beside its output folder. */
export function defaultStateFile(out: string): string {
  return `${resolve(out)}.feedwright.db`;
}

/** Where `serve` puts the documents and the state of one content folder. */
export function serveFolders(folder: string): { readonly out: string; readonly state: string } {
  const place = resolve(folder);
  const name = `${basename(place)}-${createHash('sha256').update(place).digest('hex').slice(0, 8)}`;
  return { out: join(WORKSHOP, name, 'public'), state: join(WORKSHOP, name, 'state.db') };
}

/** Of what is not there yet: where its nearest folder that is there leads. */
function realPath(path: string): string {
  const place = resolve(path);
  try {
    return realpathSync.native(place);
  } catch {
    return dirname(place) === place ? place : join(realPath(dirname(place)), basename(place));
  }
}

function isInside(outer: string, inner: string): boolean {
  const path = relative(outer, inner);
  return path === '' || !(path === '..' || path.startsWith(`..${sep}`) || resolve(path) === path);
}

function isRead(folder: string, path: string): boolean {
  if (!isInside(folder, path)) return false;
  return !relative(folder, path)
    .split(sep)
    .some((part) => part.startsWith('.'));
}
