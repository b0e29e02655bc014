/**
 * The outlines of all records, kept from one start to the next, so that a command that changed one article reads the
 * records of that one. Only a copy: each goes by the version of its record, and without them everything is read.
 */

import { encodeJson, readJson, STATE_SCHEMA, type StateObject } from '../../lambda/state/json-object.ts';
import type { KnownOutlines } from '../../lambda/state/outline.ts';
import type { Store } from '../../lambda/store/store.ts';

interface OutlinesObject extends StateObject {
  readonly outlines: readonly (readonly [string, KnownOutlines extends Map<string, infer Known> ? Known : never])[];
}

const OUTLINES_KEY = 'local/outlines.json';

export async function readOutlines(state: Store): Promise<KnownOutlines> {
  const stored = await readJson<OutlinesObject>(state, OUTLINES_KEY);
  return new Map(stored?.value.outlines);
}

export async function writeOutlines(state: Store, known: KnownOutlines): Promise<void> {
  const object: OutlinesObject = { schema: STATE_SCHEMA, nonce: '', outlines: [...known] };
  await state.write(OUTLINES_KEY, encodeJson(object));
}
