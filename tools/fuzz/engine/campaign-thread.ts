/** The thread in which a target is fuzzed, so that a run that never ends can be noticed, and ended. */

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { createBranches } from './branches.ts';
import { type Finding, fuzz, type Tally } from './fuzzer.ts';
import { COUNTERS_MAX, instrumentModule } from './instrument.ts';
import { shareInput } from './shared-input.ts';
import type { FuzzTarget } from './target.ts';

export interface ThreadTask {
  readonly target: string;
  /** Path of the module that exports it. */
  readonly module: string;
  readonly seed: number;
  /** Of fuzzing; instrumenting comes before it. */
  readonly ms: number;
  /** Folder of what is kept from one campaign to the next. */
  readonly folder: string;
  readonly input: SharedArrayBuffer;
  readonly regressions: readonly Uint8Array[];
}

export type ThreadNews =
  | { readonly kind: 'tally'; readonly tally: Tally }
  | { readonly kind: 'finding'; readonly finding: Finding }
  | { readonly kind: 'end'; readonly tally: Tally };

const TALLY_MS = 2_000;

const task: ThreadTask = workerData;
const shared = shareInput(task.input);
const corpusFolder = join(task.folder, 'corpus', task.target);
mkdirSync(corpusFolder, { recursive: true });

const { target, counterCount, counters, tokens } = await loadInstrumented();
const known = readdirSync(corpusFolder)
  .sort()
  .map((name) => readFileSync(join(corpusFolder, name)))
  .sort((a, b) => a.length - b.length);
const endsAt = Date.now() + task.ms;
let toldAt = 0;
const tally = await fuzz({
  target,
  branches: createBranches(counters, counterCount),
  seed: task.seed,
  known: [...task.regressions, ...known],
  tokens,
  begin: shared.write,
  keep: (input) => {
    const name = createHash('sha256').update(input).digest('hex').slice(0, 16);
    writeFileSync(join(corpusFolder, name), input);
  },
  find: (finding) => tell({ kind: 'finding', finding }),
  goesOn: (soFar) => {
    const now = Date.now();
    if (now - toldAt > TALLY_MS) {
      toldAt = now;
      tell({ kind: 'tally', tally: soFar });
    }
    return now < endsAt;
  },
});
tell({ kind: 'end', tally });

function tell(news: ThreadNews): void {
  parentPort?.postMessage(news);
}

async function loadInstrumented() {
  const counters = new Uint8Array(COUNTERS_MAX);
  Object.assign(globalThis, { branchCounters: counters });
  const { code, counterCount, tokens } = await instrumentModule(
    `export { target } from ${JSON.stringify(task.module)};`,
    dirname(task.module),
  );
  const programs = join(task.folder, 'programs');
  mkdirSync(programs, { recursive: true });
  const program = join(programs, `${task.target}.mjs`);
  writeFileSync(program, code);
  const { target } = (await import(pathToFileURL(program).href)) as { readonly target: FuzzTarget };
  return { target, counterCount, counters, tokens };
}
