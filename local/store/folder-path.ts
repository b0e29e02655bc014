/** Which keys are paths in a folder, and where they lead. */

import * as fs from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { isHiddenFolderFile, isInHiddenFolder, isReadFolder } from '../../lambda/site/folder/folder-file.ts';
import { TAKEDOWNS_KEY } from '../../lambda/site/takedowns.ts';
import { assertKey } from '../../lambda/store/keys.ts';
import { StoreError } from '../../lambda/store/store.ts';

/** Refuses keys that would lead out of the folder, or that no folder can hold. */
export function assertPath(key: string): void {
  assertKey(key);
  if (key.split('/').some((part) => part === '' || part === '.' || part === '..') || isAbsolute(key)) {
    throw new StoreError('fatal', `A key in a folder is a path within it: ${key}`);
  }
}

/**
 * Whether a path is one that readers don't see: anything of a name that begins with a dot, and installed packages. What
 * such a file says of its folder for the publisher is seen; so is the list of takedowns by who asks for it by its key, though no listing shows it.
 */
export function isHidden(key: string): boolean {
  return key !== TAKEDOWNS_KEY && !isInHiddenFolder(key) && key.split('/').some(isHiddenName);
}

/** Whether a folder could have a file of this key for readers to see; buckets hold keys that are no such paths, too. */
export function isVisiblePath(key: string): boolean {
  return isInHiddenFolder(key) || key.split('/').every((part) => part !== '' && !isHiddenName(part));
}

/** Whether a listing passes over a name in a folder, which has a slash at its end. */
export function isPassedOver(folder: string, name: string): boolean {
  if (isReadFolder(folder)) return !isInHiddenFolder(folder + name);
  return isHiddenName(name) && !isReadFolder(`${folder}${name}/`);
}

/** The one folder of a hidden name that is for the public (RFC 8615). */
const WELL_KNOWN = '.well-known';

export function isHiddenName(name: string): boolean {
  return name === 'node_modules' || (name.startsWith('.') && name !== WELL_KNOWN && !isHiddenFolderFile(name));
}

/**
 * The path of what a key leads to, or null when it leads to nothing that readers may see: there is no such file, or a
 * symbolic link leads out of the folder or through a linked folder.
 */
export function locate(root: string, key: string): string | null {
  if (isHidden(key)) return null;
  const path = join(root, key);
  try {
    // Most documents of a first build are not there yet, and an error takes longer to make than a file.
    if (fs.lstatSync(path, { throwIfNoEntry: false }) === undefined) return null;
    const realRoot = fs.realpathSync.native(root);
    const real = fs.realpathSync.native(path);
    if (real === join(realRoot, key)) return real;
    const isInPlace = fs.realpathSync.native(dirname(path)) === dirname(join(realRoot, key));
    const isLink = isInPlace && fs.lstatSync(path).isSymbolicLink();
    const target = relative(realRoot, real).split(sep).join('/');
    return isLink && !target.startsWith('../') && !isHidden(target) ? real : null;
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
}

/** Whether a folder, named with a slash at its end, may be looked into and is no link. */
export function isFolderInPlace(root: string, folder: string): boolean {
  const parts = folder.slice(0, -1).split('/');
  const isHiddenPath = !isReadFolder(folder) && parts.some(isHiddenName);
  if (isHiddenPath || parts.some((part) => part === '' || part.includes('\0'))) return false;
  try {
    return fs.realpathSync.native(join(root, folder)) === join(fs.realpathSync.native(root), ...parts);
  } catch (error) {
    if (isAbsence(error)) return false;
    throw error;
  }
}

/**
 * Whether the file system says that there is no such file: also by a file in place of a folder, links in a circle, or a
 * name that is too long for one.
 */
export function isAbsence(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'].some((code) => hasCode(error, code));
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
