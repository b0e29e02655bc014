#!/usr/bin/env node
/**
 * The command line's way in: has Node keep what it compiles for the next start, which is a quarter of a run that finds nothing to
 * do, then loads the program.
 */

import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Beside the program, where an upgrade takes it along; where that can't be written, in the user's own cache. Not in the temporary
 * folder, as Node would: what is run from there, others may have put there. Without either, each start compiles.
 */
function keepCompiled(): void {
  // The oldest Node that this may be run with knows no such cache; it is told so later.
  const { enableCompileCache: enable, constants } = module;
  const folder = fileURLToPath(new URL('../.feedwright/compiled', import.meta.url));
  if (enable?.(folder).status !== constants?.compileCacheStatus?.FAILED) return;
  try {
    enable?.(join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'feedwright', 'compiled'));
  } catch {
    // Somebody without a home.
  }
}

keepCompiled();
await import('./command-line.ts');
