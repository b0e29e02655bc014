/**
 * The list of takedowns as people change it: read, changed and written only if nobody else has written it meanwhile, in
 * the content bucket or in a folder.
 */

import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { join } from 'node:path';
import {
  parseTakedowns,
  renderTakedowns,
  TAKEDOWNS_BYTES_MAX,
  TAKEDOWNS_KEY,
  type Takedown,
} from '../../../lambda/site/takedowns.ts';
import { type Store, StoreError } from '../../../lambda/store/store.ts';
import { readStoredSite } from '../../../lambda/work/protocol/site-work.ts';
import { hasCode } from '../../store/folder-path.ts';

/** The file of a list. */
export interface ListFile {
  /** Null when there is none. */
  read(): Promise<{ readonly body: Uint8Array; readonly version: string } | null>;
  /** @returns false when it is not the version that was read, null for none, any more; then nothing was written */
  write(body: Uint8Array, version: string | null): Promise<boolean>;
  /** The copy that a publisher remembers, for when the file is gone; null when there is none. */
  remembered(): Promise<readonly Takedown[] | null>;
}

/** The list as it was read. */
export interface KnownList {
  readonly list: readonly Takedown[];
  /** The list is what a publisher remembers, because the file is gone. */
  readonly isRemembered: boolean;
  /** The fault of the file, as the end of a sentence; the list is then empty, and must not be written. */
  readonly fault: string | null;
  readonly version: string | null;
}

const ATTEMPTS_MAX = 10;

export async function readList(file: ListFile): Promise<KnownList> {
  const present = await file.read();
  if (present === null) {
    const remembered = await file.remembered();
    return { list: remembered ?? [], isRemembered: remembered !== null, fault: null, version: null };
  }
  const parsed = parseTakedowns(present.body);
  const common = { isRemembered: false, version: present.version };
  return parsed.kind === 'list'
    ? { ...common, list: parsed.list, fault: null }
    : { ...common, list: [], fault: parsed.fault };
}

/**
 * Changes the list.
 *
 * @returns null when that was done or was needless, else why it can't be done, as the end of a sentence
 */
export async function changeList(
  file: ListFile,
  change: (list: readonly Takedown[]) => readonly Takedown[],
): Promise<string | null> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const known = await readList(file);
    if (known.fault !== null) return known.fault;
    const next = change(known.list);
    const isSame = JSON.stringify(next) === JSON.stringify(known.list);
    if (isSame && !known.isRemembered) return null;
    const body = renderTakedowns(next);
    if (body === null) return `is full: it has room for ${TAKEDOWNS_BYTES_MAX / 1024} kB`;
    if (await file.write(body, known.version)) return null;
  }
  throw new StoreError('retry', `${TAKEDOWNS_KEY} kept changing while it was written.`);
}

/** The list in the content bucket. */
export function bucketList({ content, state }: { readonly content: Store; readonly state: Store }): ListFile {
  return {
    read: () => content.read(TAKEDOWNS_KEY),
    async write(body, version) {
      const condition = version === null ? ({ kind: 'absent' } as const) : ({ kind: 'version', version } as const);
      const result = await content.write(TAKEDOWNS_KEY, body, {
        condition,
        headers: { contentType: 'application/json' },
      });
      return result.kind !== 'conflict';
    },
    remembered: async () => (await readStoredSite({ state }))?.takedowns?.list ?? null,
  };
}

/** The list in a folder of articles. */
export function folderList(folder: string): ListFile {
  const path = join(folder, TAKEDOWNS_KEY);
  const draft = `${path}.new`;
  const read = (): { readonly body: Uint8Array; readonly version: string } | null => {
    try {
      const body = fs.readFileSync(path);
      return { body, version: createHash('sha256').update(body).digest('hex') };
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return null;
      throw error;
    }
  };
  return {
    read: async () => read(),
    async write(body, version) {
      // Only one can make this file, so it is also the lock of the list.
      createDraft(draft, body);
      try {
        if ((read()?.version ?? null) !== version) return false;
        fs.renameSync(draft, path);
        return true;
      } finally {
        fs.rmSync(draft, { force: true });
      }
    },
    remembered: async () => null,
  };
}

function createDraft(draft: string, body: Uint8Array): void {
  try {
    fs.writeFileSync(draft, body, { flag: 'wx' });
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    throw new StoreError(
      'retry',
      `Somebody else is writing the list of takedowns. If nobody is, a process was killed: remove ${draft}.`,
      { cause: error },
    );
  }
}
