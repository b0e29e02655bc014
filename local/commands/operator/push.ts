/**
 * `feedwright push`: brings the content bucket up to what a folder holds, writing only what differs. What was taken down
 * is not uploaded: neither what the bucket's list of takedowns names, nor what the folder's own does.
 */

import { createHash } from 'node:crypto';
import { typeFromName } from '../../../lambda/article/media/media-types.ts';
import type { HeldRemovals } from '../../../lambda/model/mass-removal.ts';
import { articleDown, TAKEDOWNS_KEY } from '../../../lambda/site/takedowns.ts';
import { mapBounded } from '../../../lambda/store/bounded.ts';
import { listAll, type ObjectFacts, type Store, StoreError } from '../../../lambda/store/store.ts';
import { isSettingsKey } from '../../../lambda/work/article/folder-work.ts';
import { readStoredSite } from '../../../lambda/work/protocol/site-work.ts';
import type { PushOptions } from '../../cli/arguments/command-line.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { describeHeld } from '../../cli/held-lines.ts';
import { UsageError } from '../../cli/usage.ts';
import { isVisiblePath } from '../../store/folder-path.ts';
import { createFolderStore } from '../../store/folder-store.ts';
import type { CommandContext } from '../context.ts';
import { type Deployment, openDeployment, type Variables } from '../deployment/deployment.ts';
import { assertStackThere } from '../deployment/queues.ts';
import { assertContentFolder } from '../folders.ts';
import { bucketList, folderList, type ListFile, readList } from '../takedown/takedown-list.ts';
import { planUpload } from './push-order.ts';
import { findRemovals } from './push-removals.ts';

const UPLOADS_AT_ONCE_MAX = 8;
const NAMED_COUNT_MAX = 10;

export async function push(
  options: PushOptions,
  environment: Variables,
  { terminal, now }: Pick<CommandContext, 'terminal' | 'now'>,
): Promise<number> {
  assertContentFolder(options.folder);
  const began = new Date(now()).toISOString();
  const deployment = openDeployment(options.stack, environment);
  const progress = terminal.startProgress(options.dryRun ? 'Comparing' : 'Uploading');
  try {
    await assertStackThere(deployment);
    const folder = createFolderStore({ root: options.folder, readOnly: true });
    const guard = await createGuard(deployment, folderList(options.folder));
    const report = await pushFolder(folder, deployment.content, { ...options, guard, onProgress: progress.update });
    progress.stop();
    const would = options.dryRun ? 'would be ' : '';
    for (const key of report.uploaded) terminal.print(`${would}uploaded ${key}`);
    for (const key of report.removed) terminal.print(`${would}removed ${key}`);
    terminal.print(
      `${deployment.environment.contentBucket}: ${report.uploaded.length} ${would}uploaded, ` +
        `${report.removed.length} ${would}removed, ${report.unchangedCount} unchanged`,
    );
    if (report.removed.length > 0 && !options.dryRun) {
      terminal.note(`The way back of what was removed: feedwright undelete --since ${began}`);
    }
    if (report.extra.length > 0) {
      terminal.note(`${report.extra.length} in the bucket are not in the folder; --delete removes them.`);
    }
    for (const { key, reason } of report.held) terminal.note(`not uploaded ${key}: ${reason}`);
    const what = { things: 'files in the bucket', place: options.folder, goOn: 'push again with --delete' };
    const waiting = report.heldRemovals === null ? [] : describeHeld(report.heldRemovals, what, options.remove);
    for (const line of waiting) terminal.note(line);
    if (guard.fault === null) return waiting.length === 0 ? EXIT.published : EXIT.problems;
    terminal.note(`feedwright: ${guard.fault}\n  ${LIST_FIX}`);
    return EXIT.problems;
  } finally {
    progress.stop();
    deployment.close();
  }
}

const LIST_FIX = `Nothing new was uploaded. Put back ${TAKEDOWNS_KEY} as it was before, then push again.`;

/** Keeps files that were taken down from being uploaded. */
export interface PushGuard {
  /** Why not even what is new may be uploaded; null when the lists of takedowns are sound. */
  readonly fault: string | null;
  /** Why a file is not uploaded; null when it may be. */
  readonly hold: (key: string, body: Uint8Array, isNew: boolean) => string | null;
}

/** Obeys the lists of the bucket and of the folder. */
export async function createGuard(stores: Pick<Deployment, 'content' | 'state'>, own: ListFile): Promise<PushGuard> {
  const site = (await readStoredSite(stores))?.site ?? null;
  const lists = [
    { place: 'the content bucket', ...(await readList(bucketList(stores))) },
    { place: 'the folder', ...(await readList(own)) },
  ];
  const broken = lists.find(({ fault }) => fault !== null);
  const list = lists.flatMap((each) => each.list);
  // It can read articles, which takes a while to load.
  const { findFileTakedown } =
    list.length === 0 ? { findFileTakedown: () => null } : await import('../takedown/takedown-traits.ts');
  return {
    fault: broken === undefined ? null : `the list of takedowns in ${broken.place} ${broken.fault}`,
    hold(key, body, isNew) {
      const found = findFileTakedown(list, { key, body, site });
      if (found !== null) return articleDown(key, found).message;
      return broken !== undefined && isNew ? `${TAKEDOWNS_KEY} can't be read, and this may be what it lists.` : null;
    },
  };
}

export interface PushReport {
  readonly uploaded: readonly string[];
  readonly removed: readonly string[];
  readonly unchangedCount: number;
  /** In the bucket, not in the folder, and left there. */
  readonly extra: readonly string[];
  /** In the folder, and not uploaded. */
  readonly held: readonly { readonly key: string; readonly reason: string }[];
  /** Removals that wait for a person, since there are so many; here files are counted. */
  readonly heldRemovals: HeldRemovals | null;
}

export interface FolderPushOptions {
  readonly delete: boolean;
  /** How many removals a person has named. @default none */
  readonly remove?: number | null;
  readonly dryRun: boolean;
  /** @default nothing was taken down */
  readonly guard?: PushGuard;
  readonly onProgress?: (doneCount: number, totalCount: number) => void;
}

/** Uploads what differs, and removes what the folder has not, if asked. */
export async function pushFolder(folder: Store, bucket: Store, options: FolderPushOptions): Promise<PushReport> {
  const present = new Map<string, ObjectFacts>();
  for await (const facts of listAll(bucket, '')) present.set(facts.key, facts);
  const files: ObjectFacts[] = [];
  for await (const facts of listAll(folder, '')) files.push(facts);
  const { remove = null } = options;
  if (options.delete && files.length === 0 && remove === null) throw new UsageError('folder-empty');

  const uploaded: string[] = [];
  const held: { readonly key: string; readonly reason: string }[] = [];
  let doneCount = 0;
  const stages = await planUpload(
    folder,
    bucket,
    files.map(({ key }) => key),
  );
  for (const keys of stages) {
    await mapBounded(keys, UPLOADS_AT_ONCE_MAX, async (key) => {
      const result = await upload({ folder, bucket, key, there: present.get(key) ?? null }, options);
      if (result.kind === 'uploaded') uploaded.push(key);
      if (result.kind === 'held') held.push({ key, reason: result.reason });
      doneCount += 1;
      options.onProgress?.(doneCount, files.length);
    });
  }

  const names = new Set(files.map(({ key }) => key));
  // A key that no folder could hold belongs to somebody else.
  const extra = [...present.keys()].filter((key) => !names.has(key) && isVisiblePath(key));
  const news = uploaded.filter((key) => !present.has(key));
  const { free: removed, held: lost } = options.delete
    ? await findRemovals({ folder, bucket }, extra, visible(present), news, remove)
    : { free: [], held: [] };
  if (!options.dryRun) await mapBounded(removed, UPLOADS_AT_ONCE_MAX, (key) => bucket.remove(key));
  return {
    uploaded: uploaded.sort(),
    removed,
    unchangedCount: files.length - uploaded.length - held.length,
    extra: options.delete ? [] : extra,
    held: held.sort((a, b) => (a.key < b.key ? -1 : 1)),
    heldRemovals:
      lost.length === 0
        ? null
        : { count: lost.length, publishedCount: visible(present).size, files: lost.slice(0, NAMED_COUNT_MAX) },
  };
}

function visible(present: ReadonlyMap<string, ObjectFacts>): ReadonlyMap<string, ObjectFacts> {
  return new Map([...present].filter(([key]) => isVisiblePath(key)));
}

interface Upload {
  readonly folder: Store;
  readonly bucket: Store;
  readonly key: string;
  /** The object that the bucket has at the key. */
  readonly there: ObjectFacts | null;
}

type UploadResult =
  /** It differed from what is in the bucket, and was, or in a dry run would be, uploaded. */
  { readonly kind: 'uploaded' | 'unchanged' } | { readonly kind: 'held'; readonly reason: string };

async function upload(
  { folder, bucket, key, there }: Upload,
  { dryRun, guard }: Pick<FolderPushOptions, 'dryRun' | 'guard'>,
): Promise<UploadResult> {
  const file = await folder.read(key);
  // It went while we were at work: the next push sees that.
  if (file === null) return { kind: 'unchanged' };
  if (isSame(there, file.body)) return { kind: 'unchanged' };
  const reason = isSettingsKey(key) ? null : (guard?.hold(key, file.body, there === null) ?? null);
  if (reason !== null) return { kind: 'held', reason };
  if (dryRun) return { kind: 'uploaded' };
  const result = await bucket.write(key, file.body, {
    condition: { kind: 'different' },
    headers: { contentType: typeFromName(key) ?? 'application/octet-stream' },
  });
  if (result.kind === 'conflict') throw new StoreError('retry', `Somebody else wrote ${key} at the same time.`);
  return { kind: result.kind === 'written' ? 'uploaded' : 'unchanged' };
}

/** An ETag is the MD5 of what was put in one piece; of other objects the upload itself finds out. */
function isSame(there: ObjectFacts | null, body: Uint8Array): boolean {
  if (there === null || there.lengthBytes !== body.byteLength) return false;
  return there.version === `"${createHash('md5').update(body).digest('hex')}"`;
}
