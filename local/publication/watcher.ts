/**
 * Watches a content folder and tells which keys have changed: gathered over a moment, since editors write a file in
 * several steps, and never while the last changes are still being worked on.
 */

import { realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import { isInHiddenFolder, isReadFolder } from '../../lambda/site/folder/folder-file.ts';
import { TAKEDOWNS_KEY } from '../../lambda/site/takedowns.ts';
import { isHiddenName } from '../store/folder-path.ts';
import { REPLACEMENT } from '../store/left-out.ts';

/** How long nothing more must happen before changes are told. */
const QUIET_MS = 50;
/** How long changes are held back at most, however many more come. */
const PATIENCE_MS_MAX = 300;
const POLLING_MS = 500;

export interface FolderWatcher {
  close(): Promise<void>;
}

export interface WatchListener {
  /** The keys that changed; the next call comes only after this one has resolved. It must not reject. */
  changed(keys: readonly string[]): Promise<void>;
  /** A folder that is new, or a name that can't be read as one. It must not reject. */
  suspicious(key: string): void;
  /** The system can't watch (often a limit on watched files): the folder is looked through every so often instead. */
  polling(reason: unknown): void;
}

/** Resolves once every change from here on will be told. */
export async function watchFolder(folder: string, listener: WatchListener): Promise<FolderWatcher> {
  const root = realpathSync(folder);
  const gatherer = createGatherer(listener.changed);
  const telling =
    (tell: (key: string) => void) =>
    (path: string): void => {
      const key = relative(root, path).split(sep).join('/');
      // When the folder itself is moved away, its own path is told, and what lies beside it.
      if (key !== '' && !/^\.\.(\/|$)/.test(key)) tell(key);
    };
  const note = telling(gatherer.add);
  const suspect = telling(listener.suspicious);
  let watcher: FSWatcher;
  try {
    watcher = await startWatching(root, { note, suspect }, 'auto');
  } catch (reason) {
    listener.polling(reason);
    watcher = await startWatching(root, { note, suspect }, 'polling');
  }
  watcher.on('error', (reason) => listener.polling(reason));
  return {
    async close() {
      gatherer.stop();
      await watcher.close();
    },
  };
}

async function startWatching(
  root: string,
  { note, suspect }: Readonly<Record<'note' | 'suspect', (path: string) => void>>,
  backend: 'auto' | 'polling',
): Promise<FSWatcher> {
  const watcher = watch(root, {
    backend,
    ignoreInitial: true,
    followSymlinks: false,
    pollingInterval: POLLING_MS,
    ignored: (path) => isHiddenBelow(root, path),
  });
  for (const event of ['add', 'change', 'unlink'] as const) watcher.on(event, note);
  watcher.on('addDir', suspect);
  // A name that is not UTF-8 can't be looked up as it is told, so nothing else tells of it.
  watcher.on('raw', (_, name, details) => {
    const { watchedPath } = details as { readonly watchedPath?: string };
    if (watchedPath !== undefined && name?.includes(REPLACEMENT)) suspect(join(watchedPath, name));
  });
  try {
    await new Promise<void>((resolve, reject) => {
      watcher.once('ready', resolve);
      watcher.once('error', reject);
    });
  } catch (error) {
    await watcher.close();
    throw error;
  }
  return watcher;
}

/** A path needs no watching if the content store neither lists it nor gives it by name. */
function isHiddenBelow(root: string, path: string): boolean {
  const below = relative(root, path);
  const names = below.split(/[/\\]/);
  const key = names.join('/');
  if (key === TAKEDOWNS_KEY || isReadFolder(`${key}/`) || isInHiddenFolder(key)) return false;
  return names.some((name) => name !== '..' && isHiddenName(name));
}

interface Gatherer {
  add(key: string): void;
  stop(): void;
}

function createGatherer(changed: WatchListener['changed']): Gatherer {
  let keys = new Set<string>();
  let firstAt = 0;
  let timer: NodeJS.Timeout | null = null;
  let isBusy = false;

  function wait(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (isBusy || keys.size === 0) return;
    const left = firstAt + PATIENCE_MS_MAX - performance.now();
    timer = setTimeout(tell, Math.max(0, Math.min(QUIET_MS, left)));
  }

  async function tell(): Promise<void> {
    const told = [...keys];
    keys = new Set();
    isBusy = true;
    await changed(told);
    isBusy = false;
    wait();
  }

  return {
    add(key) {
      if (keys.size === 0) firstAt = performance.now();
      keys.add(key);
      wait();
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
      keys.clear();
      isBusy = true;
    },
  };
}
