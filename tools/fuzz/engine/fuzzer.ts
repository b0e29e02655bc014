/**
 * The loop: takes an input that is known, changes it a little, runs the target on it, and keeps what took a branch that
 * no input took before. It begins with inputs that mean well, and with inputs of the format's shape.
 */

import fc from 'fast-check';
import { createRandom } from '../../../tests/simulation/random.ts';
import type { Branches } from './branches.ts';
import { minimise } from './minimise.ts';
import { INPUT_BYTES_MAX, mutate } from './mutations.ts';
import { type FuzzTarget, signatureOf, type Trial, tryInput } from './target.ts';

export interface Fuzzing {
  readonly target: FuzzTarget;
  readonly branches: Branches;
  readonly seed: number;
  /** Inputs found earlier, tried before anything else. */
  readonly known: readonly Uint8Array[];
  /** More words than the target's own. */
  readonly tokens: readonly string[];
  /** Told before each run. */
  readonly begin: (input: Uint8Array) => void;
  readonly keep: (input: Uint8Array) => void;
  readonly find: (finding: Finding) => void;
  /** Told now and then; it ends when this says so. */
  readonly goesOn: (tally: Tally) => boolean;
}

export interface Finding {
  readonly offences: readonly string[];
  readonly input: Uint8Array;
}

export interface Tally {
  readonly executions: number;
  readonly corpus: number;
  readonly branches: number;
  /** CPU time of the slowest run. */
  readonly slowestMs: number;
}

/** Property tests take this share of what is tried beside mutations. */
const SHAPED_SHARE = 0.15;
const MUTANTS_OF_ONE = 8;
/** One in so many inputs is run twice. */
const AGAIN_EVERY = 16;
const TOLD_EVERY = 50;
const FINDINGS_MAX = 40;
const ENCODER = new TextEncoder();

export async function fuzz(fuzzing: Fuzzing): Promise<Tally> {
  const { target, branches } = fuzzing;
  const random = createRandom(fuzzing.seed);
  const corpus: Uint8Array[] = [];
  const signatures = new Set<string>();
  let executions = 0;
  let slowestMs = 0;

  const tally = (): Tally => ({ executions, corpus: corpus.length, branches: branches.taken(), slowestMs });

  async function run(input: Uint8Array): Promise<Trial> {
    executions += 1;
    fuzzing.begin(input);
    branches.reset();
    let isNew = false;
    const again = executions % AGAIN_EVERY === 0;
    const trial = await tryInput(target, input, {
      again,
      ran: () => {
        isNew = branches.isNew();
      },
    });
    slowestMs = Math.max(slowestMs, trial.ms);
    if (isNew) {
      corpus.push(input);
      fuzzing.keep(input);
    }
    return trial;
  }

  async function take(input: Uint8Array): Promise<void> {
    const { offences } = await run(input);
    const [first] = offences;
    if (first === undefined || signatures.has(signatureOf(first)) || signatures.size >= FINDINGS_MAX) return;
    signatures.add(signatureOf(first));
    const small = await minimise(input, async (less) => {
      fuzzing.begin(less);
      const trial = await tryInput(target, less);
      return trial.offences[0] !== undefined && signatureOf(trial.offences[0]) === signatureOf(first);
    });
    fuzzing.find({ offences: (await tryInput(target, small)).offences, input: small });
  }

  const pick = (): Uint8Array => {
    if (corpus.length === 0) return new Uint8Array();
    // An input that was found late leads on more often, and of two inputs the shorter one is as good.
    const newest = Math.max(0, Math.floor(corpus.length * 0.8));
    const one = random.chance(0.3)
      ? (corpus[newest + random.below(corpus.length - newest)] ?? corpus[0])
      : random.pick(corpus);
    const two = random.pick(corpus);
    return one !== undefined && one.length <= two.length ? one : two;
  };

  const words = [...new Set([...target.dictionary, ...fuzzing.tokens])].map((word) => ENCODER.encode(word));
  const material = { random, tokens: words, other: pick };
  for (const input of [...fuzzing.known, ...target.seeds()]) {
    if (input.length > INPUT_BYTES_MAX) continue;
    if (!fuzzing.goesOn(tally())) return tally();
    await take(input);
  }
  const shaped = drawShaped(target, fuzzing.seed);
  for (let round = 0; ; round += 1) {
    if (round % TOLD_EVERY === 0 && !fuzzing.goesOn(tally())) return tally();
    if (random.chance(SHAPED_SHARE)) await take(shaped());
    const base = pick();
    for (let mutant = 0; mutant < MUTANTS_OF_ONE; mutant += 1) await take(mutate(base, material));
  }
}

const DRAWN_AT_ONCE = 100;

/** Inputs of the format's shape, without end, the same ones for the same seed. */
function drawShaped(target: FuzzTarget, seed: number): () => Uint8Array {
  let drawn: Uint8Array[] = [];
  let portion = 0;
  return () => {
    if (drawn.length === 0) {
      drawn = fc.sample(target.inputs, { seed: seed + portion, numRuns: DRAWN_AT_ONCE });
      portion += 1;
    }
    return drawn.pop() ?? new Uint8Array();
  };
}
