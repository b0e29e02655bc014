/** The file system's refusals, in words that say what to do. */

import { StoreError } from '../../lambda/store/store.ts';

/** It was refused at one place, for a reason that many places may share. */
export class DiskError extends StoreError {
  readonly reason: string;

  constructor(kind: StoreError['kind'], place: string, reason: string, options: ErrorOptions) {
    super(kind, `${place}: ${reason}`, options);
    this.reason = reason;
  }
}

interface DiskFailure {
  /** `retry` may work later; `fatal` will not until somebody mends something. */
  readonly kind: 'retry' | 'fatal';
  readonly reason: string;
}

const MAY_READ = 'the file system does not permit it. See who may read it.';

const FAILURES: Readonly<Record<string, DiskFailure & { readonly read?: string }>> = {
  ENOTDIR: { kind: 'fatal', reason: 'a part of its path is a file, so it can’t be a folder too.' },
  EEXIST: { kind: 'fatal', reason: 'a part of its path is a file, so it can’t be a folder too.' },
  EISDIR: { kind: 'fatal', reason: 'there is a folder of this name, so it can’t be a file too.' },
  ENOTEMPTY: { kind: 'fatal', reason: 'there is a folder of this name, so it can’t be a file too.' },
  ENAMETOOLONG: {
    kind: 'fatal',
    reason: 'a part of its path is longer than the file system takes (255 bytes, mostly).',
  },
  EACCES: { kind: 'fatal', reason: 'the file system does not permit it. See who may write there.', read: MAY_READ },
  EPERM: { kind: 'fatal', reason: 'the file system does not permit it. See who may write there.', read: MAY_READ },
  EROFS: { kind: 'fatal', reason: 'the file system can only be read. Name a place that can be written.' },
  ENOSPC: { kind: 'fatal', reason: 'there is no room left on the disk. Make some, and run this again.' },
  EDQUOT: { kind: 'fatal', reason: 'there is no room left for you on the disk. Make some, and run this again.' },
  EIO: { kind: 'fatal', reason: 'the disk can’t be read or written. It may be about to fail: copy what is on it.' },
  ENOENT: { kind: 'retry', reason: 'its folder was removed meanwhile.' },
  EBUSY: { kind: 'retry', reason: 'the file system is busy (EBUSY).' },
  EAGAIN: { kind: 'retry', reason: 'the file system is busy (EAGAIN).' },
  EMFILE: { kind: 'retry', reason: 'too many files are open (EMFILE).' },
  ENFILE: { kind: 'retry', reason: 'too many files are open (ENFILE).' },
};

/** Null for a code that nothing more can be said of. */
export function findDiskFailure(code: unknown, doing: 'read' | 'write' = 'write'): DiskFailure | null {
  const failure = FAILURES[String(code)];
  if (failure === undefined) return null;
  const { kind, reason, read = reason } = failure;
  return { kind, reason: doing === 'read' ? read : reason };
}
