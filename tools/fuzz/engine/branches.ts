/** Which branches inputs have taken, and about how often: what makes one input worth keeping beside another. */

export interface Branches {
  /** Forgets the last run. */
  reset(): void;
  /** Whether the last run did something that no run before it did; from now on it is known. */
  isNew(): boolean;
  /** Branches that any run has taken. */
  taken(): number;
}

/** @param counters the bytes in which an instrumented program counts */
export function createBranches(counters: Uint8Array, counterCount: number): Branches {
  const used = counters.subarray(0, Math.ceil(counterCount / WORD_BYTES) * WORD_BYTES);
  const words = new Uint32Array(used.buffer, used.byteOffset, used.length / WORD_BYTES);
  /** For each branch a bit for every magnitude in which it was taken. */
  const known = new Uint8Array(used.length);
  return {
    reset: () => void used.fill(0),
    isNew() {
      let isNew = false;
      for (let word = 0; word < words.length; word += 1) {
        if (words[word] === 0) continue;
        for (let index = word * WORD_BYTES; index < (word + 1) * WORD_BYTES; index += 1) {
          const bit = magnitude(used[index] ?? 0);
          const before = known[index] ?? 0;
          if ((before & bit) !== bit) {
            known[index] = before | bit;
            isNew = true;
          }
        }
      }
      return isNew;
    },
    taken: () => known.reduce((count, bits) => count + (bits === 0 ? 0 : 1), 0),
  };
}

const WORD_BYTES = 4;

/** One bit for about how often: 1, 2, 3, 4–7, 8–15, 16–31, 32–127, more. */
function magnitude(count: number): number {
  if (count < 4) return count === 0 ? 0 : 1 << (count - 1);
  if (count < 8) return 8;
  if (count < 16) return 16;
  if (count < 32) return 32;
  return count < 128 ? 64 : 128;
}
