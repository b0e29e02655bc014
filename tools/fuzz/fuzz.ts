/**
 * `npm run fuzz -- --minutes N [--target NAME]… [--seed S]`: gives every target an equal part of the time, one after the
 * other, and prints what was found. `--target NAME --input FILE` runs one input from the sources, for a look at its cause.
 */

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runCampaign } from './engine/campaign.ts';
import type { Finding, Tally } from './engine/fuzzer.ts';
import { tryInput } from './engine/target.ts';
import { FUZZ_FOLDER, readRegressions, saveFinding } from './findings.ts';
import { loadTarget, TARGET_NAMES, targetFile } from './targets.ts';

const MINUTE_MS = 60_000;
const PROGRESS_MS = 30_000;
const INPUT_CHARACTERS_SHOWN = 300;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    target: { type: 'string', multiple: true, default: [] },
    seed: { type: 'string', default: '1' },
    input: { type: 'string' },
  },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed);
const names = values.target.length === 0 ? TARGET_NAMES : TARGET_NAMES.filter((name) => values.target.includes(name));
if (!(minutes > 0) || !Number.isSafeInteger(seed) || names.length < values.target.length) {
  console.error(`Usage: --minutes N --seed S --target NAME, with the targets ${TARGET_NAMES.join(', ')}`);
  process.exit(2);
}

if (values.input !== undefined) await replay(names[0] ?? '', values.input);
else await runAll();

async function replay(name: string, file: string): Promise<void> {
  const target = await loadTarget(name);
  const input = new Uint8Array(readFileSync(file));
  const { offences, ms } = await tryInput(target, input, { again: true });
  for (const offence of offences) console.log(`- ${offence}`);
  console.log(`${name}: ${input.length} bytes, ${ms.toFixed(1)} ms, ${offences.length} offences`);
  if (offences.some((offence) => offence.startsWith('throws '))) await target.run(input);
  process.exit(offences.length === 0 ? 0 : 1);
}

async function runAll(): Promise<void> {
  let findings = 0;
  console.log(tableRow(['target', 'executions', 'a second', 'corpus', 'branches', 'slowest', 'findings']));
  for (const name of names) {
    const started = performance.now();
    let toldAt = started;
    let found = 0;
    const row = (tally: Tally): string => {
      const { executions, corpus, branches, slowestMs } = tally;
      const rate = Math.round((executions * 1_000) / (performance.now() - started));
      return tableRow([name, executions, rate, corpus, branches, `${Math.round(slowestMs)} ms`, found]);
    };
    const tally = await runCampaign({
      target: name,
      module: targetFile(name),
      seed,
      ms: (minutes * MINUTE_MS) / names.length,
      folder: FUZZ_FOLDER,
      regressions: readRegressions(name).map(({ input }) => input),
      find: (finding) => {
        found += 1;
        show(name, finding);
      },
      progress: (soFar) => {
        if (performance.now() - toldAt < PROGRESS_MS) return;
        toldAt = performance.now();
        console.log(row(soFar));
      },
    });
    console.log(`${row(tally)}  done`);
    findings += found;
  }
  console.log(`${findings} findings`);
  process.exitCode = findings === 0 ? 0 : 1;
}

function show(target: string, finding: Finding): void {
  const file = saveFinding(target, finding);
  const text = JSON.stringify(new TextDecoder().decode(finding.input).slice(0, INPUT_CHARACTERS_SHOWN));
  console.log(
    `${target}: ${finding.offences.join('\n  ')}\n  ${text}\n  npm run fuzz -- --target ${target} --input ${file}`,
  );
}

function tableRow(cells: readonly (string | number)[]): string {
  return cells.map((cell, index) => (index === 0 ? String(cell).padEnd(16) : String(cell).padStart(11))).join('');
}
