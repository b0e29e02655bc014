/**
 * Why a path of a folder is left out, although somebody may have meant it to be published: its name is not UTF-8, it is too
 * long for a key, or it is a symbolic link that is not followed. What is hidden, and special files, are left out by intent.
 */

import { isUtf8 } from 'node:buffer';
import * as fs from 'node:fs';
import { join, relative, sep } from 'node:path';
import { KEY_LENGTH_BYTES_MAX } from '../../lambda/store/keys.ts';
import { isAbsence, isHidden, locate } from './folder-path.ts';

export type LeftOut = { readonly key: string; readonly isFolder: boolean } & (
  | { readonly kind: 'name'; readonly name: Buffer }
  | { readonly kind: 'length'; readonly lengthBytes: number }
  | { readonly kind: 'link'; readonly target: string; readonly leads: 'out' | 'nowhere' | 'to-hidden' | 'to-folder' }
);

/** The names in a folder that are not UTF-8, by how they look where what is not is replaced. */
type NamesAlike = ReadonlyMap<string, readonly fs.Dirent<Buffer>[]>;

/** The sign that Node puts in place of bytes that are not UTF-8 when it reads a name. */
export const REPLACEMENT = '\ufffd';

/** Looks at paths; it remembers what is in a folder, so one serves for one look at many paths. */
export function createExaminer(root: string): (key: string) => readonly LeftOut[] {
  const folders = new Map<string, NamesAlike>();

  function readNames(folder: string): NamesAlike {
    const known = folders.get(folder);
    if (known !== undefined) return known;
    const entries = readFolder(join(root, folder)).filter(({ name }) => !isUtf8(name));
    const names = Map.groupBy(entries, ({ name }) => name.toString());
    folders.set(folder, names);
    return names;
  }

  /** Several names may look alike when what is not UTF-8 in them is replaced. */
  function findNames(key: string): readonly LeftOut[] {
    const parts = key.split('/');
    const depth = parts.findIndex(
      (part, index) => part.includes(REPLACEMENT) && statOf(join(root, ...parts.slice(0, index + 1))) === null,
    );
    if (depth < 0) return [];
    const place = parts.slice(0, depth + 1).join('/');
    const entries = readNames(parts.slice(0, depth).join('/')).get(parts[depth] ?? '') ?? [];
    return entries.map((entry) => ({ kind: 'name', key: place, name: entry.name, isFolder: entry.isDirectory() }));
  }

  return (key) => {
    const stat = statOf(join(root, key));
    if (stat === null) return findNames(key);
    const lengthBytes = Buffer.byteLength(key);
    if (lengthBytes > KEY_LENGTH_BYTES_MAX) return [{ kind: 'length', key, lengthBytes, isFolder: stat.isDirectory() }];
    if (stat.isSymbolicLink()) return examineLink(root, key);
    if (!stat.isDirectory()) return [];
    return [...readNames(key).keys()].flatMap((name) => findNames(`${key}/${name}`));
  };
}

function examineLink(root: string, key: string): readonly LeftOut[] {
  const path = join(root, key);
  const about = { kind: 'link', key, target: fs.readlinkSync(path) } as const;
  const facts = statOf(path, fs.statSync);
  if (facts === null) return [{ ...about, leads: 'nowhere', isFolder: false }];
  if (facts.isDirectory()) return [{ ...about, leads: 'to-folder', isFolder: true }];
  if (!facts.isFile() || locate(root, key) !== null) return [];
  const inside = relative(fs.realpathSync.native(root), fs.realpathSync.native(path)).split(sep).join('/');
  const leads = !inside.startsWith('../') && isHidden(inside) ? 'to-hidden' : 'out';
  return [{ ...about, leads, isFolder: false }];
}

function statOf(path: string, look: typeof fs.lstatSync = fs.lstatSync): fs.Stats | null {
  try {
    return look(path, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
}

function readFolder(path: string): readonly fs.Dirent<Buffer>[] {
  try {
    return fs.readdirSync(path, { encoding: 'buffer', withFileTypes: true });
  } catch (error) {
    if (isAbsence(error)) return [];
    throw error;
  }
}
