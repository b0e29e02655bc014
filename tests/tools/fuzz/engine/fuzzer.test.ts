import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBranches } from '../../../../tools/fuzz/engine/branches.ts';
import { type Finding, fuzz, type Tally } from '../../../../tools/fuzz/engine/fuzzer.ts';
import type { FuzzTarget } from '../../../../tools/fuzz/engine/target.ts';

const COUNTERS = new Uint8Array(8);
const EXECUTIONS_MAX = 60_000;
const KEY = [0x1b, 0x5c, 0x7f];

/** Falls over three bytes that only feedback leads to: each right one is a branch of its own. */
const target: FuzzTarget<number> = {
  name: 'a lock',
  seeds: () => [new TextEncoder().encode('hello')],
  dictionary: [],
  inputs: fc.uint8Array({ maxLength: 4 }),
  run(input) {
    const right = KEY.findIndex((byte, index) => input[index] !== byte);
    const depth = right === -1 ? KEY.length : right;
    for (let level = 0; level <= depth; level += 1) COUNTERS[level] = 1;
    if (depth === KEY.length) throw new Error('open');
    return depth;
  },
  judge: () => [],
};

async function pick(seed: number): Promise<{ readonly findings: readonly Finding[]; readonly tally: Tally }> {
  const findings: Finding[] = [];
  const tally = await fuzz({
    target,
    branches: createBranches(COUNTERS, COUNTERS.length),
    seed,
    known: [],
    tokens: [],
    begin: () => {},
    keep: () => {},
    find: (finding) => findings.push(finding),
    goesOn: ({ executions }) => findings.length === 0 && executions < EXECUTIONS_MAX,
  });
  return { findings, tally };
}

describe('fuzz', () => {
  it('finds what chance alone would not, by the branches that inputs take; the same for the same seed', async () => {
    const { findings, tally } = await pick(1);
    expect(findings).toEqual([{ offences: ['throws Error: open'], input: Uint8Array.from(KEY) }]);
    expect(tally).toMatchObject({ corpus: 4, branches: 4 });
    expect((await pick(1)).tally.executions).toBe(tally.executions);
  });
});
