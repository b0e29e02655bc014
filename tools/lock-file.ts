/** The packages that package-lock.json lists, those for other systems too. */

import { readFileSync } from 'node:fs';

export interface LockedPackage {
  /** Where it is installed: `node_modules/…`. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  /** SPDX expression; `?` where none is stated. */
  readonly licence: string;
  /** SHA-512 of its archive; null for one that lies in another's archive. */
  readonly integrity: string | null;
  readonly hasInstallScript: boolean;
}

const LOCK_FILE = new URL('../package-lock.json', import.meta.url);

export function readLock(): readonly LockedPackage[] {
  const { packages } = JSON.parse(readFileSync(LOCK_FILE, 'utf8')) as { packages: Record<string, LockEntry> };
  return Object.entries(packages).flatMap(([path, entry]) =>
    path === ''
      ? []
      : [
          {
            path,
            name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
            version: entry.version,
            licence: entry.license ?? '?',
            integrity: entry.inBundle === true ? null : (entry.integrity ?? ''),
            hasInstallScript: entry.hasInstallScript === true,
          },
        ],
  );
}

interface LockEntry {
  readonly version: string;
  readonly license?: string;
  readonly inBundle?: boolean;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
}
