/** Makes a finding small, so that a person can see what it is about. */

const TRIES_MAX = 1_500;

/**
 * A short input of which the same is wrong: pieces are left out, from large to small, as long as it stays so.
 *
 * @param isSame whether of an input the same is wrong
 */
export async function minimise(
  input: Uint8Array,
  isSame: (input: Uint8Array) => Promise<boolean>,
): Promise<Uint8Array> {
  let small = input;
  let tries = 0;
  for (let length = Math.ceil(input.length / 2); length >= 1; length = Math.floor(length / 2)) {
    for (let at = 0; at < small.length && tries < TRIES_MAX; ) {
      const less = without(small, at, length);
      tries += 1;
      if (await isSame(less)) small = less;
      else at += length;
    }
  }
  return small;
}

function without(input: Uint8Array, at: number, length: number): Uint8Array {
  const end = Math.min(input.length, at + length);
  const less = new Uint8Array(input.length - (end - at));
  less.set(input.subarray(0, at));
  less.set(input.subarray(end), at);
  return less;
}
