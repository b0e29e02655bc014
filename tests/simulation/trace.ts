/** What happened in one history: a hash of all its steps in their order, and how often each kind of step went which way. */

export type Outcome = (typeof OUTCOMES)[number];

export const OUTCOMES = ['done', 'error', 'lost', 'crash-before', 'crash-after'] as const;

/** By step: how often it ended in each of `OUTCOMES`. */
export type Coverage = Map<string, number[]>;

export interface Trace {
  readonly coverage: Coverage;
  readonly note: (at: number, process: string, step: string, outcome: Outcome, detail: string) => void;
  /** The same for the same history. */
  readonly digest: () => string;
}

export function createTrace(): Trace {
  const coverage: Coverage = new Map();
  const hash = createHash();
  return {
    coverage,
    note(at, process, step, outcome, detail) {
      const index = OUTCOMES.indexOf(outcome);
      hash.addNumber(at * 1_000);
      hash.addNumber(index);
      hash.addText(process);
      hash.addText(step);
      hash.addText(detail);
      countStep(coverage, step, index, 1);
    },
    digest: hash.digest,
  };
}

export function addCoverage(to: Coverage, from: Coverage): void {
  for (const [step, counts] of from) {
    for (const [index, count] of counts.entries()) countStep(to, step, index, count);
  }
}

function countStep(coverage: Coverage, step: string, index: number, by: number): void {
  const known = coverage.get(step);
  const counts = known ?? OUTCOMES.map(() => 0);
  if (known === undefined) coverage.set(step, counts);
  counts[index] = (counts[index] ?? 0) + by;
}

/** FNV-1a, twice over, for 64 bits. */
function createHash() {
  let a = 0x811c9dc5;
  let b = 0x01234567;
  const addNumber = (value: number): void => {
    a = Math.imul(a ^ value, 0x01000193);
    b = Math.imul(b ^ value, 0x01000197);
  };
  return {
    addNumber,
    addText(text: string): void {
      for (let index = 0; index < text.length; index += 1) addNumber(text.charCodeAt(index));
    },
    digest: (): string => [a, b].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join(''),
  };
}
