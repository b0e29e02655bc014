/** The thread of a large import: it carries out the order that it was started with, and tells how far it is. */

import { parentPort, workerData } from 'node:worker_threads';
import { ImportFailure } from './model/import-failure.ts';
import { type ImportOrder, type ImportOutcome, type ImportProgress, runImport } from './run-import.ts';

export type ThreadMessage =
  | { readonly kind: 'progress'; readonly at: ImportProgress }
  | { readonly kind: 'done'; readonly outcome: ImportOutcome }
  | { readonly kind: 'failed'; readonly message: string; readonly fix: string }
  /** A refusal of the system, or a defect of ours. */
  | { readonly kind: 'thrown'; readonly error: unknown; readonly facts: Readonly<Record<string, unknown>> };

/** Messages come seldom: they are for people. */
const PROGRESS_MS = 50;

const say = (message: ThreadMessage): void => parentPort?.postMessage(message);
let saidAt = 0;
try {
  const outcome = await runImport(workerData as ImportOrder, (at) => {
    const now = performance.now();
    if (now - saidAt < PROGRESS_MS) return;
    saidAt = now;
    say({ kind: 'progress', at });
  });
  say({ kind: 'done', outcome });
} catch (error) {
  if (error instanceof ImportFailure) say({ kind: 'failed', message: error.message, fix: error.fix });
  // Fields that a copy of an error loses.
  else say({ kind: 'thrown', error, facts: { ...(error as object) } });
}
