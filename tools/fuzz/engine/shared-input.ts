/** The input that a thread is busy with, where another thread can see it: what is left of a run that never ends. */

import { INPUT_BYTES_MAX } from './mutations.ts';

const HEAD_BYTES = 8;

export interface SharedInput {
  readonly buffer: SharedArrayBuffer;
  write(input: Uint8Array): void;
  read(): Uint8Array;
  /** How many inputs were written. */
  count(): number;
}

export function shareInput(
  buffer: SharedArrayBuffer = new SharedArrayBuffer(HEAD_BYTES + INPUT_BYTES_MAX),
): SharedInput {
  const head = new Int32Array(buffer, 0, 2);
  const body = new Uint8Array(buffer, HEAD_BYTES);
  return {
    buffer,
    write(input) {
      body.set(input.subarray(0, INPUT_BYTES_MAX));
      Atomics.store(head, 1, Math.min(input.length, INPUT_BYTES_MAX));
      Atomics.add(head, 0, 1);
    },
    read: () => new Uint8Array(body.subarray(0, Atomics.load(head, 1))),
    count: () => Atomics.load(head, 0),
  };
}
