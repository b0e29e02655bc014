/**
 * The fingerprint of what a manuscript says. Line ends, comments, the order of fields and quotation marks are gone by
 * then, and no settings or renderer had a hand in it: so it tells a touch of the file from an edit, whatever else changed.
 */

import { type FieldValue, isMap } from '../model/fields.ts';
import { fingerprintOf } from '../text/fingerprint.ts';
import type { Manuscript } from './source/manuscript.ts';

export function fingerprintWording({ fields, heading, lead, body }: Manuscript): string {
  const said = [...fields].map(([name, { value }]): Said => [name, plain(value)]);
  return fingerprintOf(JSON.stringify([inOrder(said), heading, lead, body.text.trim()]));
}

type Said = readonly [name: string, value: unknown];

function plain(value: FieldValue): unknown {
  if (value === null || typeof value === 'string') return value;
  return isMap(value) ? inOrder([...value].map(([name, inner]): Said => [name, plain(inner)])) : value.map(plain);
}

function inOrder(said: readonly Said[]): readonly Said[] {
  return said.toSorted(([a], [b]) => (a < b ? -1 : 1));
}
