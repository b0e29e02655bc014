/**
 * `npm run release -- [--dry-run]`: releases the version of package.json. Looks whether it can be, runs every check, packs the
 * package, writes its bill of materials, and tags. Publishes nothing and pushes nothing: RELEASING.md says what comes after.
 */

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LICENCES_FILE } from '../../lib/bundle/licences.ts';
import { PREBUILT } from '../../lib/bundle/prebuilt-code.ts';
import { narrowBill, readBundled } from './bill-of-materials.ts';
import { findObstacles, type ReleaseFacts, readSection, tagOf } from './release-facts.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** The folder of the archives that are released: ignored by git. */
const RELEASES = join(ROOT, '.feedwright', 'releases');
const OUTPUT_BYTES_MAX = 256 * 1024 * 1024;

interface Step {
  readonly title: string;
  run(): void;
}

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

function ask(command: string, ...args: readonly string[]): string {
  return execFileSync(command, args, { cwd: ROOT, encoding: 'utf8', maxBuffer: OUTPUT_BYTES_MAX }).trim();
}

function perform(command: string, ...args: readonly string[]): void {
  const { status } = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${[command, ...args].join(' ')} ended with ${status}.`);
}

const lines = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');

function readFacts(): ReleaseFacts {
  const { version } = JSON.parse(read('package.json'));
  const lock = JSON.parse(read('package-lock.json'));
  return {
    version,
    lockVersions: [lock.version, lock.packages[''].version],
    changelog: read('CHANGELOG.md'),
    tags: lines(ask('git', 'tag', '--list')),
    branch: ask('git', 'branch', '--show-current'),
    changedFiles: lines(ask('git', 'status', '--porcelain')).map((line) => line.slice(3)),
  };
}

function planSteps({ version, changelog }: ReleaseFacts): readonly Step[] {
  const archive = join(RELEASES, `feedwright-${version}.tgz`);
  const bill = join(RELEASES, `feedwright-${version}.cdx.json`);
  return [
    { title: 'npm run check, which runs every test', run: () => perform('npm', 'run', 'check') },
    { title: 'npm run audit: no known weakness', run: () => perform('npm', 'run', 'audit') },
    {
      title: `npm pack: ${archive}`,
      run() {
        mkdirSync(RELEASES, { recursive: true });
        perform('npm', 'pack', '--pack-destination', RELEASES);
        if (!existsSync(archive)) throw new Error(`npm pack has made no ${archive}.`);
      },
    },
    { title: `bill of materials: ${bill}`, run: () => writeFileSync(bill, renderBill()) },
    {
      title: `git tag ${tagOf(version)}`,
      run: () =>
        perform('git', 'tag', '--annotate', tagOf(version), '--message', readSection(changelog, version) ?? ''),
    },
  ];
}

/** Of the package that was built last. */
function renderBill(): string {
  const licences = [`dist/${LICENCES_FILE}`, `dist/cdk/${PREBUILT.publisher}/${LICENCES_FILE}`].map(read).join('\n');
  const installed = JSON.parse(ask('npm', 'sbom', '--sbom-format', 'cyclonedx'));
  const { name } = JSON.parse(read('package.json'));
  return `${JSON.stringify(narrowBill(installed, readBundled(licences), name), null, 2)}\n`;
}

function release(isDry: boolean): number {
  const facts = readFacts();
  const obstacles = findObstacles(facts);
  for (const obstacle of obstacles) console.error(obstacle);
  for (const { title, run } of planSteps(facts)) {
    console.log(isDry || obstacles.length > 0 ? `would do: ${title}` : title);
    if (!isDry && obstacles.length === 0) run();
  }
  if (obstacles.length > 0) return 1;
  console.log(
    isDry ? `${facts.version} can be released.` : `${facts.version} is tagged. RELEASING.md says what comes next.`,
  );
  return 0;
}

process.exitCode = release(process.argv.includes('--dry-run'));
