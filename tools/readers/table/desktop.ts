/** Programs of a desktop, run without one: a display and a message bus of their own, and folders of their own. */

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runAside } from './run-program.ts';

/** Before an argument list of a program: what gives it a display and a bus. */
const DESKTOP = ['-a', 'dbus-run-session', '--'];

/** Whether the program ended well. Its folders `config`, `data` and `cache` are made in the folder, and kept there. */
function runOnDesktop(
  folder: string,
  command: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  for (const name of ['config', 'data', 'cache', 'run'])
    mkdirSync(join(folder, name), { recursive: true, mode: 0o700 });
  return runAside('xvfb-run', [...DESKTOP, ...command], { ...environmentIn(folder), ...more });
}

/** Whether Liferea ran, updated what was subscribed to, and subscribed to the addresses. `data/liferea/liferea.db` is its database. */
export function runLiferea(folder: string, addresses: readonly string[]): Promise<boolean> {
  const list = join(folder, 'config/liferea/feedlist.opml');
  mkdirSync(join(folder, 'config/liferea'), { recursive: true, mode: 0o700 });
  // Without a list it subscribes to examples on the net.
  if (!existsSync(list))
    writeFileSync(list, '<?xml version="1.0"?><opml version="1.0"><head><title/></head><body/></opml>');
  return runOnDesktop(folder, ['sh', join(import.meta.dirname, 'liferea.sh'), ...addresses]);
}

/** Folders of its own, no settings of the user's, and nothing of the desktop. */
function environmentIn(folder: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    LANG: 'C.UTF-8',
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_DATA_HOME: join(folder, 'data'),
    XDG_CACHE_HOME: join(folder, 'cache'),
    XDG_RUNTIME_DIR: join(folder, 'run'),
    GSETTINGS_BACKEND: 'memory',
    NO_AT_BRIDGE: '1',
    LIBGL_ALWAYS_SOFTWARE: '1',
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
  };
}
