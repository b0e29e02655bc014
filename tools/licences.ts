/**
 * `npm run licences`: what every installed package is licensed under, by the lock file: those that run in production (and
 * what they bring along), then those that only build and test. What is in the Lambda's bundle, and its texts, is in
 * `LICENSES.txt` beside it.
 */

import { type LockedPackage, readLock } from './lock-file.ts';

const packages = readLock();
print(
  'In production',
  packages.filter(({ dev }) => !dev),
);
print(
  'For building and testing only',
  packages.filter(({ dev }) => dev),
);

function print(title: string, of: readonly LockedPackage[]): void {
  console.log(`${title}: ${of.length} packages`);
  const byLicence = [...Map.groupBy(of, ({ licence }) => licence)].sort(([, a], [, b]) => b.length - a.length);
  for (const [licence, group] of byLicence) {
    console.log(`\n  ${licence} (${group.length})`);
    for (const { name, version } of group) console.log(`    ${name} ${version}`);
  }
  console.log('');
}
