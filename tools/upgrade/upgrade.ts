/**
 * `npm run test:upgrade -- [folder …]`: builds folders with a former version, then with the present one on the same state
 * and output. Prints every id, address and date that subscribers would see changed; exit code 1 if there is one. Without
 * folders: the sample publication.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FORMER_COMMIT, installFormerVersion } from './former-version.ts';
import { comparePublished, readPublished } from './published-entries.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const URL_OF_SITE = 'https://example.org/';

const named = process.argv.slice(2).map((folder) => resolve(folder));
const former = installFormerVersion();
try {
  const folders = named.length > 0 ? named : [join(ROOT, 'content')];
  if (!folders.map((folder) => upgrade(folder)).every((isSame) => isSame)) process.exitCode = 1;
} finally {
  former.remove();
}

function upgrade(folder: string): boolean {
  const place = mkdtempSync(join(tmpdir(), 'feedwright-upgrade-'));
  try {
    const out = join(place, 'public');
    build(former.root, folder, out);
    const before = readFeeds(out);
    build(ROOT, folder, out);
    const differences = comparePublished(before, readFeeds(out));
    for (const difference of differences) console.log(difference);
    const count = [...before.values()].reduce((sum, entries) => sum + entries.length, 0);
    const counts = `${count} entries in ${before.size} documents`;
    console.log(`${basename(folder)}: ${counts}, ${FORMER_COMMIT} and now: ${differences.length} differences`);
    return differences.length === 0;
  } finally {
    rmSync(place, { recursive: true });
  }
}

function build(root: string, folder: string, out: string): void {
  const args = [join(root, 'bin/feedwright.ts'), 'build', folder, '--out', out, '--url', URL_OF_SITE];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0 && status !== 1) throw new Error(`build ended with ${status}:\n${stderr}`);
}

function readFeeds(out: string): ReturnType<typeof readPublished> {
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  const paths = files.map((file) => join(file.parentPath, file.name)).filter((path) => /\.(?:json|xml)$/.test(path));
  return readPublished(new Map(paths.map((path) => [relative(out, path), readFileSync(path, 'utf8')])));
}
