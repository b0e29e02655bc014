/**
 * `npm run check`: everything that has to hold before a change is good, each with one line of result. All checks run,
 * also after one has failed; what a failed one said is shown.
 */

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const CHECKS = [
  ['types', ['node_modules/typescript/bin/tsc', '--noEmit']],
  ['lint and format', ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.']],
  ['dead code', ['node_modules/knip/bin/knip.js', '--no-progress']],
  ['house rules', ['node_modules/vitest/vitest.mjs', 'run', 'tests/house.test.ts']],
  ['tests', ['node_modules/vitest/vitest.mjs', 'run', '--exclude', 'tests/house.test.ts']],
] as const;

let failures = 0;
for (const [name, command] of CHECKS) {
  const startedAt = performance.now();
  const { code, output } = await run(command);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (code === 0) continue;
  failures += 1;
  console.log(`${output.trimEnd()}\n`);
}
console.log(failures === 0 ? 'All checks passed.' : `${failures} of ${CHECKS.length} checks failed.`);
process.exitCode = failures === 0 ? 0 : 1;

function run(command: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk;
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
