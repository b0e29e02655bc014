/** Pages of a feed after any changes: they are those of a fresh cut. Three bytes of an input are one change. */

import fc from 'fast-check';
import type { PlacedEntry } from '../../../lambda/model/entry.ts';
import { apply, changesOf, freshPages, type Pages, type Step, W } from '../../../tests/support/placed-pages.ts';
import type { FuzzTarget } from '../engine/target.ts';

interface Outcome {
  readonly byChanges: readonly (readonly string[])[];
  readonly fresh: readonly (readonly string[])[];
}

const STEP_BYTES = 3;
/** Keys and times from this byte on also end a batch. */
const BATCH_END = 128;
const KEYS = 64;
const STEPS_MAX = 400;

export const target: FuzzTarget<Outcome> = {
  name: 'pages',
  seeds: () => [Uint8Array.from({ length: STEPS_MAX * STEP_BYTES }, (_, index) => (index * 89) % 251)],
  dictionary: [],
  inputs: fc.uint8Array({ maxLength: STEPS_MAX * STEP_BYTES }),
  run(input) {
    const present = new Map<string, PlacedEntry>();
    let pages: Pages = { archive: [], newest: [] };
    for (const batch of readBatches(input)) pages = apply(pages, changesOf(batch, present));
    return { byChanges: keysOf(pages), fresh: keysOf(freshPages([...present.values()])) };
  },
  judge: ({ byChanges, fresh }) => [
    ...(JSON.stringify(byChanges) === JSON.stringify(fresh) ? [] : ['other pages than a fresh cut gives']),
    ...fresh.slice(0, -1).flatMap((page) => (page.length > W ? [] : [`a page of ${page.length}`])),
  ],
};

function readBatches(input: Uint8Array): readonly (readonly Step[])[] {
  const batches: Step[][] = [[]];
  for (let at = 0; at + STEP_BYTES <= Math.min(input.length, STEPS_MAX * STEP_BYTES); at += STEP_BYTES) {
    const [key = 0, time = 0, gone = 0] = input.subarray(at, at + STEP_BYTES);
    batches.at(-1)?.push({ key: key % KEYS, at: time, gone: gone % 4 === 0 });
    if (key >= BATCH_END) batches.push([]);
  }
  return batches.filter((batch) => batch.length > 0);
}

/** The keys page by page, the newest page last. */
function keysOf({ archive, newest }: Pages): readonly (readonly string[])[] {
  return [...archive.map(({ entries }) => entries), newest].map((entries) => entries.map(({ key }) => key));
}
