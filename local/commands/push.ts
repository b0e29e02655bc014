/** `feedwright push`: brings the content bucket up to what a folder holds, writing only what differs. */

import { createHash } from 'node:crypto';
import { typeFromName } from '../../lambda/article/media/media-types.ts';
import { mapBounded } from '../../lambda/store/bounded.ts';
import { listAll, type ObjectFacts, type Store, StoreError } from '../../lambda/store/store.ts';
import type { PushOptions } from '../command-line.ts';
import { EXIT } from '../exit-codes.ts';
import { isVisiblePath } from '../store/folder-path.ts';
import { createFolderStore } from '../store/folder-store.ts';
import { UsageError } from '../usage.ts';
import type { CommandContext } from './context.ts';
import { type Environment, openDeployment } from './deployment.ts';
import { assertContentFolder } from './folders.ts';
import { planUpload } from './push-order.ts';

const UPLOADS_AT_ONCE_MAX = 8;

export async function push(
  options: PushOptions,
  environment: Environment,
  { terminal }: Pick<CommandContext, 'terminal'>,
): Promise<number> {
  assertContentFolder(options.folder);
  const deployment = openDeployment(options.stack, environment);
  const progress = terminal.startProgress(options.dryRun ? 'Comparing' : 'Uploading');
  try {
    const folder = createFolderStore({ root: options.folder, readOnly: true });
    const report = await pushFolder(folder, deployment.content, { ...options, onProgress: progress.update });
    progress.stop();
    const would = options.dryRun ? 'would be ' : '';
    for (const key of report.uploaded) terminal.print(`${would}uploaded ${key}`);
    for (const key of report.removed) terminal.print(`${would}removed ${key}`);
    terminal.print(
      `${deployment.settings.contentBucket}: ${report.uploaded.length} ${would}uploaded, ` +
        `${report.removed.length} ${would}removed, ${report.unchangedCount} unchanged`,
    );
    if (report.extra.length > 0) {
      terminal.note(`${report.extra.length} in the bucket are not in the folder; --delete removes them.`);
    }
    return EXIT.published;
  } finally {
    progress.stop();
    deployment.close();
  }
}

export interface PushReport {
  readonly uploaded: readonly string[];
  readonly removed: readonly string[];
  readonly unchangedCount: number;
  /** In the bucket, not in the folder, and left there. */
  readonly extra: readonly string[];
}

export interface FolderPushOptions {
  readonly delete: boolean;
  readonly dryRun: boolean;
  readonly onProgress?: (doneCount: number, totalCount: number) => void;
}

/** Uploads what differs, and removes what the folder has not, if asked. */
export async function pushFolder(folder: Store, bucket: Store, options: FolderPushOptions): Promise<PushReport> {
  const present = new Map<string, ObjectFacts>();
  for await (const facts of listAll(bucket, '')) present.set(facts.key, facts);
  const files: ObjectFacts[] = [];
  for await (const facts of listAll(folder, '')) files.push(facts);
  if (options.delete && files.length === 0) throw new UsageError('folder-empty');

  const uploaded: string[] = [];
  let doneCount = 0;
  const stages = await planUpload(
    folder,
    bucket,
    files.map(({ key }) => key),
  );
  for (const keys of stages) {
    await mapBounded(keys, UPLOADS_AT_ONCE_MAX, async (key) => {
      if (await upload(folder, bucket, key, present.get(key) ?? null, options.dryRun)) uploaded.push(key);
      doneCount += 1;
      options.onProgress?.(doneCount, files.length);
    });
  }

  const names = new Set(files.map(({ key }) => key));
  // What no folder could show is no less there for it, and is somebody else's.
  const extra = [...present.keys()].filter((key) => !names.has(key) && isVisiblePath(key));
  const removed = options.delete ? extra : [];
  if (!options.dryRun) await mapBounded(removed, UPLOADS_AT_ONCE_MAX, (key) => bucket.remove(key));
  return {
    uploaded: uploaded.sort(),
    removed,
    unchangedCount: files.length - uploaded.length,
    extra: options.delete ? [] : extra,
  };
}

/** Whether the file differed from what is in the bucket, and so was, or in a dry run would be, uploaded. */
async function upload(
  folder: Store,
  bucket: Store,
  key: string,
  there: ObjectFacts | null,
  dryRun: boolean,
): Promise<boolean> {
  const file = await folder.read(key);
  // It went while we were at work: the next push sees that.
  if (file === null || isSame(there, file.body)) return false;
  if (dryRun) return true;
  const result = await bucket.write(key, file.body, {
    condition: { kind: 'different' },
    headers: { contentType: typeFromName(key) ?? 'application/octet-stream' },
  });
  if (result.kind === 'conflict') throw new StoreError('retry', `Somebody else wrote ${key} at the same time.`);
  return result.kind === 'written';
}

/** An ETag is the MD5 of what was put in one piece; of other objects the upload itself finds out. */
function isSame(there: ObjectFacts | null, body: Uint8Array): boolean {
  if (there === null || there.lengthBytes !== body.byteLength) return false;
  return there.version === `"${createHash('md5').update(body).digest('hex')}"`;
}
