/** The project as it was at a former commit, installed in a folder of its own. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** The last commit before ids, names of files and dates were made to outlast an upgrade. */
export const FORMER_COMMIT = '1c06b2b';

export interface FormerVersion {
  /** Ends without a slash. */
  readonly root: string;
  remove(): void;
}

/** @throws where the repository's history does not reach so far, or npm can't install */
export function installFormerVersion(commit: string = FORMER_COMMIT): FormerVersion {
  const folder = mkdtempSync(join(tmpdir(), 'feedwright-former-'));
  const root = join(folder, 'feedwright');
  execFileSync('git', ['clone', '--quiet', ROOT, root]);
  execFileSync('git', ['checkout', '--quiet', commit], { cwd: root });
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: 'ignore' });
  return { root, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
