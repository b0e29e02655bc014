/**
 * `npm run audit`: what npm's advisories say of the packages in the lock file. Where the service can't be reached, that is
 * said, and is no failure: nothing was found, but nothing was looked at either.
 */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const WAIT_MS_MAX = 60_000;

interface Report {
  readonly metadata?: { readonly vulnerabilities: Readonly<Record<string, number>> };
  readonly vulnerabilities?: Readonly<Record<string, { readonly name: string; readonly severity: string }>>;
}

/** Npm answers in JSON, also where it fails. */
function audit(): Report | null {
  const { stdout } = spawnSync('npm', ['audit', '--json', '--fetch-retries=0'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    encoding: 'utf8',
    timeout: WAIT_MS_MAX,
    shell: process.platform === 'win32',
  });
  try {
    return JSON.parse(stdout) as Report;
  } catch {
    // Npm itself didn't come so far.
    return null;
  }
}

const report = audit();
const found = Object.values(report?.vulnerabilities ?? {});
if (report?.metadata === undefined) {
  console.log('The registry gave no answer about advisories: nothing was checked.');
} else {
  for (const { name, severity } of found) console.log(`${severity}: ${name}`);
  console.log(found.length === 0 ? 'No advisory is about a package in use.' : 'Details and what to do: npm audit');
  process.exitCode = found.length === 0 ? 0 : 1;
}
