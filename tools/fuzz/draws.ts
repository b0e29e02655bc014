/**
 * Values drawn from bytes: the same bytes, the same values, and a small change of the bytes is a small change of what is
 * drawn. So a loop that knows only bytes can look for entries and pages. Bytes that have run out are zeros.
 */

import { ODD_TEXTS } from './seeds.ts';

export interface Draws {
  /** A whole number, 0 ≤ x < bound. */
  below(bound: number): number;
  chance(): boolean;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  /** Odd texts, and texts that stand in the bytes themselves. */
  text(): string;
  list<Item>(countMax: number, draw: () => Item): readonly Item[];
  maybe<Item>(draw: () => Item): Item | null;
}

const TEXT_PARTS_MAX = 4;
const PART_BYTES_MAX = 24;

export function createDraws(bytes: Uint8Array): Draws {
  const decoder = new TextDecoder();
  let at = 0;
  const byte = (): number => bytes[at++] ?? 0;
  const below = (bound: number): number => (bound <= 256 ? byte() : byte() * 256 + byte()) % bound;
  const part = (): string => {
    if (byte() % 2 === 0) return ODD_TEXTS[below(ODD_TEXTS.length)] ?? '';
    const length = below(PART_BYTES_MAX);
    at += length;
    return decoder.decode(bytes.subarray(at - length, at));
  };
  const list = <Item>(countMax: number, draw: () => Item): readonly Item[] =>
    Array.from({ length: below(countMax + 1) }, draw);
  return {
    below,
    chance: () => byte() % 2 === 1,
    pick: (items) => items[below(items.length)] ?? items[0],
    text: () => list(TEXT_PARTS_MAX, part).join(''),
    list,
    maybe: (draw) => (byte() % 2 === 1 ? draw() : null),
  };
}
