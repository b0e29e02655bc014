/**
 * Large exports are read on a thread of their own, because only a thread can be given less room for what is made and
 * thrown away: without that, the memory of a run is mostly garbage that nobody has swept up yet.
 */

import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ThreadMessage } from './import-thread.ts';
import { ImportFailure } from './model/import-failure.ts';
import type { ImportOrder, ImportOutcome, ImportProgress } from './run-import.ts';

/** Beside this file, and of its kind: in the package both are built. */
const THREAD = new URL(`./import-thread${extname(import.meta.url)}`, import.meta.url);
/** A smaller export is read before a thread has started. */
const ALONE_BYTES_MAX = 8 * 1024 * 1024;
/** Three spaces of 2 MB each. */
const YOUNG_MEGABYTES = 6;
/** Room for what an export of WordPress needs at once, since it is read a post at a time; others are held whole. */
const STREAMED_MEGABYTES = 256;
const HEAD_BYTES = 4_096;

/** Throws an `ImportFailure` where the export can't be read. */
export async function startImport(
  order: ImportOrder,
  onProgress: (at: ImportProgress) => void,
  aloneBytes = ALONE_BYTES_MAX,
): Promise<ImportOutcome> {
  const isLarge = order.exports.some((name) => (statSync(name, { throwIfNoEntry: false })?.size ?? 0) > aloneBytes);
  if (isLarge) return runOnThread(order, onProgress);
  // The modules of the thread are loaded there alone.
  return (await import('./run-import.ts')).runImport(order, onProgress);
}

function runOnThread(order: ImportOrder, onProgress: (at: ImportProgress) => void): Promise<ImportOutcome> {
  return new Promise((resolve, reject) => {
    const resourceLimits = {
      maxYoungGenerationSizeMb: YOUNG_MEGABYTES,
      // With less room to grow into, garbage is swept up earlier.
      ...(order.exports.every(isStreamed) && { maxOldGenerationSizeMb: STREAMED_MEGABYTES }),
    };
    const thread = new Worker(THREAD, { workerData: order, resourceLimits });
    thread.on('message', (message: ThreadMessage) => {
      if (message.kind === 'progress') onProgress(message.at);
      else if (message.kind === 'done') resolve(message.outcome);
      else if (message.kind === 'failed') reject(ImportFailure.copy(message.message, message.fix));
      else reject(message.error instanceof Error ? Object.assign(message.error, message.facts) : message.error);
    });
    thread.on('error', reject);
    thread.on('exit', (code) => reject(new Error(`the thread of the import ended with ${code}`)));
  });
}

function isStreamed(path: string): boolean {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false;
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    readSync(file, head, 0, HEAD_BYTES, 0);
    return /wordpress\.org\/export\/|<wp:wxr_version>/.test(head.toString('latin1').replaceAll('\0', ''));
  } finally {
    closeSync(file);
  }
}
