/**
 * The public documents as files: finds the one that an address means, knows its entity tag, and reads it. Nothing
 * outside the site's folder, and no hidden file, can be reached.
 */

import { createHash } from 'node:crypto';
import { constants, type FileHandle, open, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { decodePercent } from '../../lambda/address/percent-encoding.ts';

/** Entity tags kept in memory; one is about 200 bytes. */
const TAGS_COUNT_MAX = 20_000;

export interface SiteFiles {
  /** The file at a path of the site, or null if there is none. The caller closes it. */
  open(path: string): Promise<SiteFile | null>;
}

export interface SiteFile {
  /** SHA-256 of the bytes, in base64url; changes only with them. */
  readonly hash: string;
  readonly lengthBytes: number;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
  readonly handle: FileHandle;
}

/** The files below `root`, which must exist. */
export function createSiteFiles(root: string): SiteFiles {
  const hashes = new Map<string, Promise<string>>();

  /** Once for each version, however many ask for it at the same time. */
  async function hashOf(handle: FileHandle, identity: string): Promise<string> {
    const known = hashes.get(identity);
    if (known !== undefined) return known;
    const hashing = hashFile(handle);
    if (hashes.size >= TAGS_COUNT_MAX) hashes.clear();
    hashes.set(identity, hashing);
    try {
      return await hashing;
    } catch (error) {
      hashes.delete(identity);
      throw error;
    }
  }

  return {
    async open(path) {
      const handle = await openInside(root, path);
      if (handle === null) return null;
      try {
        const facts = await handle.stat({ bigint: true });
        if (!facts.isFile()) {
          await handle.close();
          return null;
        }
        // A document is replaced by renaming a new file over it, so this identity changes with every write.
        const identity = `${facts.dev}:${facts.ino}:${facts.mtimeNs}:${facts.size}`;
        const hash = await hashOf(handle, identity);
        return { hash, lengthBytes: Number(facts.size), modifiedAt: Number(facts.mtimeMs), handle };
      } catch (error) {
        await handle.close();
        throw error;
      }
    },
  };
}

async function hashFile(handle: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of handle.createReadStream({ start: 0, autoClose: false })) hash.update(chunk);
  return hash.digest('base64url');
}

/** Opens what the path names, if its real place is inside the root: links that lead out are not followed. */
async function openInside(root: string, path: string): Promise<FileHandle | null> {
  try {
    const place = await realpath(join(root, ...path.split('/')));
    if (!place.startsWith((await realpath(root)) + sep)) return null;
    // Not blocking: a named pipe in the folder must not hold up the server.
    return await open(place, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
}

const ABSENCE_CODES: readonly unknown[] = ['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'ENAMETOOLONG', 'EACCES', 'ENXIO'];

function isAbsence(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ABSENCE_CODES.includes(error.code);
}

/**
 * The path in the site that a request target means: without a slash in front, decoded, `index.html` where it ends with
 * a slash. Null when it is no path that a site could have: hidden names, `..`, empty parts, escapes that hide any of
 * them, or bytes that are not UTF-8.
 */
export function parseTarget(target: string): string | null {
  if (!target.startsWith('/')) return null;
  const [address = ''] = target.slice(1).split(/[?#]/, 1);
  const parts = address.split('/').map(decodePercent);
  if (parts.at(-1) === '') parts[parts.length - 1] = 'index.html';
  const isSound = (part: string | null): part is string =>
    part !== null && part !== '' && !part.startsWith('.') && !/[/\\\u0000-\u001f\u007f]/.test(part);
  return parts.every(isSound) ? parts.join('/') : null;
}
