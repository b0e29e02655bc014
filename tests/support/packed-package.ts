/** The package as somebody has it who installed it: packed into a tarball, and installed from that alone. */

import { spawnSync } from 'node:child_process';
import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The command of the package, in the folder where it is installed. */
export const PROGRAM = 'node_modules/feedwright/dist/feedwright.mjs';

export interface Packed {
  readonly filename: string;
  /** Of the archive, in bytes; `unpackedSize` of all its files. */
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

/** Packs the package and installs it into a folder, which has nothing else then. Takes no network. */
export function installPackage(folder: string): Packed {
  const said = npm(ROOT, 'pack', '--json', '--pack-destination', folder);
  const [packed] = JSON.parse(said.slice(said.indexOf('['))) as [Packed];
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  // A cache of its own: what lies in that of this machine does not count.
  npm(folder, 'install', '--offline', '--no-audit', '--no-fund', '--cache', join(folder, 'cache'), packed.filename);
  return packed;
}

/** Lends a folder the CDK of this clone: what `feedwright/cdk` takes from the app that uses it. */
export function lendPeers(folder: string): void {
  for (const peer of ['aws-cdk-lib', 'constructs']) {
    const place = join(folder, 'node_modules', peer);
    if (!existsSync(place)) symlinkSync(join(ROOT, 'node_modules', peer), place, 'junction');
  }
}

function npm(cwd: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm ${args[0]} failed:\n${stdout}\n${stderr}`);
  return stdout;
}
