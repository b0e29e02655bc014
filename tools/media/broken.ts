/** Damaged files: cut at ten places, and with other bytes twenty times. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ASSET_HEAD_BYTES, type AssetFacts, readAsset } from '../../lambda/article/media/media.ts';
import { createRandom } from '../../tests/simulation/random.ts';
import { askHeaders } from './judges.ts';

const CUTS = 10;
const SEEDS = 20;
const CHANGES_MAX = 8;
/** Most of what a format says stands near its ends. */
const ENDS_BYTES = 2_048;
const READ_MS_MAX = 500;
const PARTS_MAX = 16;

export interface Read {
  readonly facts: AssetFacts;
  /** How often something besides the beginning was asked for. */
  readonly parts: number;
}

/** As the publisher reads it: a beginning, then what is asked for. */
export function readByParts(name: string, bytes: Uint8Array): Read {
  const reading = readAsset(name, { head: bytes.subarray(0, ASSET_HEAD_BYTES), lengthBytes: bytes.byteLength });
  let parts = 0;
  for (let step = reading.next(new Uint8Array()); ; parts += 1) {
    if (step.done === true) return { facts: step.value, parts };
    const { from, bytes: count } = step.value;
    step = reading.next(bytes.slice(from, from + count));
  }
}

/** What is wrong with how damaged copies of a file are read. A value that ffprobe doesn't share is counted, for the damage may be in what both read. */
export interface Damage {
  readonly faults: readonly string[];
  readonly copies: number;
  /** Durations that differ from that of the whole file. */
  readonly changed: number;
  /** Of these, ones that ffprobe reads otherwise. */
  readonly doubted: readonly string[];
}

export function readDamaged(folder: string, name: string, bytes: Buffer): Damage {
  const faults: string[] = [];
  const doubted: string[] = [];
  let changed = 0;
  const whole = readByParts(name, bytes).facts.durationSeconds;
  const copies = [...cuts(bytes), ...flips(bytes)];
  for (const { how, copy } of copies) {
    const fault = faultOf(name, copy);
    if (fault !== null) faults.push(`${name} ${how}: ${fault}`);
    const seconds = fault === null ? readByParts(name, copy).facts.durationSeconds : null;
    if (seconds === null || seconds === whole) continue;
    changed += 1;
    const damaged = `damaged-${name}`;
    writeFileSync(join(folder, damaged), copy);
    const said = askHeaders(folder, damaged);
    if (said.length > 0 && said.every((each) => Math.abs(each - seconds) > 1)) {
      doubted.push(`${name} ${how}: ${seconds}, and ffprobe ${said.map((each) => each.toFixed(1)).join(' or ')}`);
    }
  }
  return { faults, copies: copies.length, changed, doubted };
}

interface Copy {
  readonly how: string;
  readonly copy: Buffer;
}

function cuts(bytes: Buffer): readonly Copy[] {
  return Array.from({ length: CUTS }, (_, index) => {
    const length = Math.floor((bytes.byteLength * index) / CUTS + Math.min(40 * index, bytes.byteLength / CUTS / 2));
    return { how: `cut to ${length} bytes`, copy: bytes.subarray(0, length) };
  });
}

function flips(bytes: Buffer): readonly Copy[] {
  return Array.from({ length: SEEDS }, (_, seed) => {
    const random = createRandom(seed);
    const copy = Buffer.from(bytes);
    const places = Array.from({ length: 1 + random.below(CHANGES_MAX) }, () => {
      const place = random.below(Math.min(ENDS_BYTES, bytes.byteLength));
      return [place, bytes.byteLength - 1 - place, random.below(bytes.byteLength)][random.below(3)] ?? 0;
    });
    for (const place of places) copy[place] = random.below(256);
    return { how: `with other bytes at ${places.join(', ')}`, copy };
  });
}

/** Null where it is read to an end as it should be, whatever it holds. */
function faultOf(name: string, copy: Buffer): string | null {
  const start = process.cpuUsage();
  try {
    const { facts, parts } = readByParts(name, copy);
    const { user, system } = process.cpuUsage(start);
    const numbers = [facts.durationSeconds, facts.width, facts.height];
    if (!numbers.every((number) => number === null || (Number.isInteger(number) && number > 0)))
      return 'no whole number';
    if (parts > PARTS_MAX) return `${parts} parts`;
    return (user + system) / 1_000 > READ_MS_MAX ? 'it took long' : null;
  } catch (error) {
    return String(error);
  }
}
