/** Which process has a state file open: a file beside it, which only serves the message. The lock is on the database. */

import { readFileSync, rmSync, writeFileSync } from 'node:fs';

function ownerFile(file: string): string {
  return `${file}.owner`;
}

export function noteOwner(file: string): void {
  try {
    writeFileSync(ownerFile(file), `${process.pid}\n`);
  } catch {
    // As on a full disk. What matters is the lock on the database.
  }
}

export function forgetOwner(file: string): void {
  rmSync(ownerFile(file), { force: true });
}

/** Null when it is not known. */
export function readOwner(file: string): number | null {
  try {
    const processId = Number(readFileSync(ownerFile(file), 'utf8'));
    return Number.isSafeInteger(processId) && processId > 0 ? processId : null;
  } catch {
    // The message does without the number.
    return null;
  }
}
