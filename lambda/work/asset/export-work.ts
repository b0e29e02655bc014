/**
 * Exports of other programs, and posts in a form that is not read, that lie in the content and are no articles. The record of
 * such a file shows nothing and holds the one problem that says so; of every other file of such a name it says that it was
 * looked at.
 */

import { isOwnFile } from '../../address/own-documents.ts';
import { EXPORT_HEAD_BYTES, exportNotRead, findExporter, mayBeToldOf } from '../../article/media/export-file.ts';
import { findUnread, mayBeUnread } from '../../article/media/unread-format.ts';
import type { Problem } from '../../model/problem.ts';
import { sayOf } from '../../site/folder/folder-rules.ts';
import { swapJson } from '../../state/json-object.ts';
import { recordKey } from '../../state/keys.ts';
import type { ArticleRecord } from '../../state/record.ts';
import { StoreError } from '../../store/store.ts';
import type { Ports } from '../protocol/ports.ts';
import { readRecord } from '../protocol/record-write.ts';
import { readSite } from '../protocol/site-work.ts';

const ATTEMPTS_MAX = 10;

/** Whether the file at a key is looked at for being such a one, and is no article and no document of ours. */
export function isExportKey(key: string): boolean {
  return (mayBeToldOf(key) || mayBeUnread(key)) && !isOwnFile(key);
}

/** After the write the file is looked at again, as in all article work: a slower run may have read it before a change. */
export async function noteExport(ports: Ports, key: string): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const { revision, folderFiles = {} } = (await readSite(ports)).value;
    const stored = await readRecord(ports, key);
    const source = await ports.content.read(key, { firstBytes: EXPORT_HEAD_BYTES });
    if (source === null && stored.version === null) return;
    // What a folder file keeps back, nobody waits for.
    const isHeld = sayOf(folderFiles, key).hold !== null;
    const next: ArticleRecord = {
      ...stored.value,
      sourceVersion: source?.version ?? null,
      siteRevision: revision,
      problems: source === null || isHeld ? [] : problemsOf(key, source.body),
    };
    if (JSON.stringify(next) !== JSON.stringify(stored.value)) {
      const value = { ...next, nonce: ports.nonce(), revision: stored.value.revision + 1 };
      if ((await swapJson(ports.state, recordKey(key), value, stored.version)) === null) continue;
    }
    const present = await ports.content.inspect(key);
    if ((present?.version ?? null) === (source?.version ?? null)) return;
  }
  throw new StoreError('retry', `${key} kept changing while it was looked at.`);
}

function problemsOf(key: string, head: Uint8Array): readonly Problem[] {
  const exporter = findExporter(key, head);
  const unread = exporter === null ? findUnread(key, head) : null;
  return [...(exporter === null ? [] : [exportNotRead(key, exporter)]), ...(unread === null ? [] : [unread])];
}
