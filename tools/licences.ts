/**
 * `npm run licences`: what every installed package is licensed under, by the lock file. They build and test; those of which
 * code is handed on are in `LICENSES.txt`, with their texts, in the Lambda's bundle and in the package.
 */

import { readLock } from './lock-file.ts';

const packages = readLock();
console.log(`Installed: ${packages.length} packages`);
const byLicence = [...Map.groupBy(packages, ({ licence }) => licence)].sort(([, a], [, b]) => b.length - a.length);
for (const [licence, group] of byLicence) {
  console.log(`\n  ${licence} (${group.length})`);
  for (const { name, version } of group) console.log(`    ${name} ${version}`);
}
