/** Where findings lie: new ones in a folder beside the project's sources, those that were mended among the tests. */

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Finding } from './engine/fuzzer.ts';

/** Git ignores it: what was found, the inputs that took new branches, and instrumented programs. */
export const FUZZ_FOLDER = fileURLToPath(new URL('../../.fuzz/', import.meta.url));
const REGRESSIONS = fileURLToPath(new URL('regressions/', import.meta.url));

export interface Regression {
  readonly name: string;
  readonly input: Uint8Array;
}

/** Inputs that once did harm to a target; each file is one. */
export function readRegressions(target: string): readonly Regression[] {
  const folder = join(REGRESSIONS, target);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name: name.replaceAll('-', ' '), input: new Uint8Array(readFileSync(join(folder, name))) }));
}

/** Keeps a finding, and says where. */
export function saveFinding(target: string, { offences, input }: Finding): string {
  const folder = join(FUZZ_FOLDER, 'findings', target);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, createHash('sha256').update(input).digest('hex').slice(0, 12));
  writeFileSync(file, input);
  writeFileSync(`${file}.txt`, `${offences.join('\n')}\n`);
  return file;
}
