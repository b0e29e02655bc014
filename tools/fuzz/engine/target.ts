/** A target of the fuzzer: a piece of the publisher that takes bytes from outside, and the judge of its results. */

import type { Arbitrary } from 'fast-check';

export interface FuzzTarget<Outcome = unknown> {
  readonly name: string;
  /** Inputs that mean well, or that somebody else's publisher once fell over. */
  seeds(): readonly Uint8Array[];
  /** Words of the format. */
  readonly dictionary: readonly string[];
  /** Inputs of the format's own shape, for property tests. */
  readonly inputs: Arbitrary<Uint8Array>;
  /** The outcome of an input. The same input must give the same outcome again. */
  run(input: Uint8Array): Outcome | Promise<Outcome>;
  /** The offences of an outcome: one sentence each. */
  judge(outcome: Outcome, input: Uint8Array): readonly string[];
}

/** The CPU time that a reader may take: other work on the machine doesn't count. */
const RUN_MS_MAX = 2_000;
const SENTENCE_CHARACTERS_MAX = 500;

export interface Trial {
  /** The offences of the input's outcome; empty when there are none. */
  readonly offences: readonly string[];
  /** CPU time of the run. */
  readonly ms: number;
}

export interface TrialOptions {
  /** Told as soon as the input has been run, before it is judged: by then the branches are those of the run. */
  readonly ran?: () => void;
  /** Whether the input is run again, to see that the same becomes of it. */
  readonly again?: boolean;
}

/** Runs a target on one input and judges it. Whatever is thrown is an offence. */
export async function tryInput(target: FuzzTarget, input: Uint8Array, options: TrialOptions = {}): Promise<Trial> {
  const before = process.threadCpuUsage();
  try {
    const outcome = await target.run(input);
    const { user, system } = process.threadCpuUsage(before);
    options.ran?.();
    const ms = (user + system) / 1_000;
    const offences = [...target.judge(outcome, input)];
    if (ms > RUN_MS_MAX) offences.push(`takes ${Math.round(ms)} ms`);
    if (options.again === true && asText(await target.run(input)) !== asText(outcome)) {
      offences.push('gives something else the second time');
    }
    return { offences: offences.map(shorten), ms };
  } catch (error) {
    options.ran?.();
    return { offences: [shorten(`throws ${describe(error)}`)], ms: 0 };
  }
}

/** The part that two offences with one cause have in common: everything but the particular values. */
export function signatureOf(offence: string): string {
  return offence.replace(/["“«`<].*/s, '…').replace(/\d+/g, '0');
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function shorten(sentence: string): string {
  return sentence.length > SENTENCE_CHARACTERS_MAX ? `${sentence.slice(0, SENTENCE_CHARACTERS_MAX)}…` : sentence;
}

function asText(outcome: unknown): string {
  return JSON.stringify(outcome, (_, value: unknown) => (value instanceof Map ? [...value] : value));
}
