/** A disk on which writing fails: by taking the place of what Node has for it, in this thread alone. */

import { existsSync } from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';

const fs = createRequire(import.meta.url)('node:fs') as Record<string, (...args: readonly unknown[]) => unknown>;

/** What changes something, with the paths first. */
const WRITERS = ['writeFileSync', 'renameSync', 'mkdirSync', 'unlinkSync', 'rmdirSync', 'utimesSync'];

export interface BrokenDisk {
  /** How many calls were refused. */
  readonly refusedCount: number;
  mend(): void;
}

/** @param isBroken whether a write at this path is refused; the latter of two paths, for a new name */
export function breakDisk(code: string, isBroken: (path: string, name: string) => boolean): BrokenDisk {
  const before = WRITERS.map((name) => [name, fs[name]] as const);
  let refusedCount = 0;
  for (const [name, write] of before) {
    fs[name] = (...args) => {
      const path = String(name === 'renameSync' ? args[1] : args[0]);
      // A folder that is there already takes no writing.
      const isNoWrite = name === 'mkdirSync' && existsSync(path);
      if (isNoWrite || !isBroken(path, name)) return write?.(...args);
      refusedCount += 1;
      throw Object.assign(new Error(`${code}: refused, ${name} '${path}'`), { code, syscall: name, path });
    };
  }
  syncBuiltinESMExports();
  return {
    get refusedCount() {
      return refusedCount;
    },
    mend() {
      for (const [name, write] of before) if (write !== undefined) fs[name] = write;
      syncBuiltinESMExports();
    },
  };
}

/** Refuses to open what lies at a path, as a file system does for lack of permission. */
export function denyReading(isDenied: (path: string) => boolean): Pick<BrokenDisk, 'mend'> {
  const before = ['openSync', 'readdirSync'].map((name) => [name, fs[name]] as const);
  for (const [name, read] of before) {
    fs[name] = (...args) => {
      const path = String(args[0]);
      if (!isDenied(path)) return read?.(...args);
      throw Object.assign(new Error(`EACCES: refused, ${name} '${path}'`), { code: 'EACCES', syscall: name, path });
    };
  }
  syncBuiltinESMExports();
  return {
    mend() {
      for (const [name, read] of before) if (read !== undefined) fs[name] = read;
      syncBuiltinESMExports();
    },
  };
}
