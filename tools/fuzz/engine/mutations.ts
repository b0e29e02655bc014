/** Ways of making another input from one that is known: by bytes, by words of the format, by lines, by pieces of others. */

import type { Random } from '../../../tests/simulation/random.ts';

export const INPUT_BYTES_MAX = 8 * 1024;

/** The sources that mutations draw from. */
export interface Material {
  readonly random: Random;
  readonly tokens: readonly Uint8Array[];
  /** Some other known input. */
  other(): Uint8Array;
}

type Mutation = (input: Uint8Array, material: Material) => Uint8Array;

const MUTATIONS_MAX = 6;
const REPETITIONS_MAX = 200;
const PIECE_BYTES_MAX = 64;

/** One input made of another by a few mutations. */
export function mutate(input: Uint8Array, material: Material): Uint8Array {
  const { random } = material;
  let mutated = input;
  // One at a time leads on most often; several at once get over what no single one does.
  let left = random.chance(0.5) ? 1 : 1 + random.below(MUTATIONS_MAX);
  while (left > 0) {
    mutated = random.pick(MUTATIONS)(mutated, material).subarray(0, INPUT_BYTES_MAX);
    left -= 1;
  }
  return mutated;
}

const MUTATIONS: readonly Mutation[] = [
  changeByte,
  changeByte,
  insertBytes,
  removePiece,
  removePiece,
  repeatPiece,
  movePiece,
  insertToken,
  insertToken,
  replaceByToken,
  replaceByToken,
  embrace,
  changeNumber,
  insertOther,
  splice,
  moveLine,
  removeLine,
];

const ODD_BYTES = [0x00, 0x09, 0x0a, 0x0d, 0x1b, 0x20, 0x22, 0x26, 0x27, 0x3c, 0x3e, 0x5c, 0x7f, 0x80, 0xc3, 0xff];
const ODD_NUMBERS = [
  ...['0', '-1', '1', '255', '256', '65535', '65536', '2147483647', '2147483648', '4294967296', '1e400', '1.5'],
  ...['9007199254740993', '99999999999999999999', '-0', '0x10', '00', 'NaN', 'Infinity', '1969', '9999', '12', '31'],
];
const PAIRS: readonly (readonly [string, string])[] = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['<', '>'],
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['**', '**'],
  ['<b>', '</b>'],
  ['<!--', '-->'],
  ['{{', '}}'],
  ['{%', '%}'],
];

function changeByte(input: Uint8Array, { random }: Material): Uint8Array {
  if (input.length === 0) return input;
  const changed = new Uint8Array(input);
  const at = random.below(input.length);
  const byte = changed[at] ?? 0;
  changed[at] = random.chance(0.4) ? byte ^ (1 << random.below(8)) : oddByte(random);
  return changed;
}

function insertBytes(input: Uint8Array, { random }: Material): Uint8Array {
  const bytes = Uint8Array.from({ length: 1 + random.below(4) }, () => oddByte(random));
  return replace(input, random.below(input.length + 1), 0, bytes);
}

function oddByte(random: Random): number {
  return random.chance(0.5) ? random.pick(ODD_BYTES) : random.below(256);
}

function removePiece(input: Uint8Array, { random }: Material): Uint8Array {
  const { at, length } = pieceOf(input, random);
  return replace(input, at, length, NOTHING);
}

function repeatPiece(input: Uint8Array, { random }: Material): Uint8Array {
  const { at, length } = pieceOf(input, random);
  const piece = input.subarray(at, at + length);
  const most = Math.ceil(INPUT_BYTES_MAX / Math.max(1, length));
  const times = Math.min(most, random.chance(0.8) ? 1 + random.below(4) : random.below(REPETITIONS_MAX));
  return replace(input, at, 0, join(Array.from({ length: times }, () => piece)));
}

function movePiece(input: Uint8Array, { random }: Material): Uint8Array {
  const { at, length } = pieceOf(input, random);
  const piece = input.slice(at, at + length);
  const rest = replace(input, at, length, NOTHING);
  return replace(rest, random.below(rest.length + 1), 0, piece);
}

function insertToken(input: Uint8Array, { random, tokens }: Material): Uint8Array {
  return replace(input, random.below(input.length + 1), 0, tokenOf(random, tokens));
}

function replaceByToken(input: Uint8Array, { random, tokens }: Material): Uint8Array {
  const { at, length } = pieceOf(input, random);
  return replace(input, at, Math.min(length, 8), tokenOf(random, tokens));
}

function tokenOf(random: Random, tokens: readonly Uint8Array[]): Uint8Array {
  return tokens.length === 0 ? NOTHING : random.pick(tokens);
}

/** Puts something around a piece that is opened and closed, sometimes only one end of it. */
function embrace(input: Uint8Array, { random }: Material): Uint8Array {
  const { at, length } = pieceOf(input, random);
  const [open, close] = random.pick(PAIRS);
  const piece = input.subarray(at, at + length);
  return replace(input, at, length, join([bytesOf(open), piece, random.chance(0.8) ? bytesOf(close) : NOTHING]));
}

function changeNumber(input: Uint8Array, { random }: Material): Uint8Array {
  if (input.length === 0) return input;
  const from = random.below(input.length);
  let at = from;
  while (at < input.length && !isDigit(input[at])) at += 1;
  let end = at;
  while (end < input.length && isDigit(input[end])) end += 1;
  return at === end ? input : replace(input, at, end - at, bytesOf(random.pick(ODD_NUMBERS)));
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function insertOther(input: Uint8Array, { random, other }: Material): Uint8Array {
  const source = other();
  const { at, length } = pieceOf(source, random);
  return replace(input, random.below(input.length + 1), 0, source.subarray(at, at + length));
}

function splice(input: Uint8Array, { random, other }: Material): Uint8Array {
  const source = other();
  return join([input.subarray(0, random.below(input.length + 1)), source.subarray(random.below(source.length + 1))]);
}

const NEWLINE = 0x0a;

function moveLine(input: Uint8Array, { random }: Material): Uint8Array {
  const [from, end] = lineAt(input, random.below(input.length + 1));
  const [to] = lineAt(input, random.below(input.length + 1));
  return replace(input, to, 0, input.slice(from, end));
}

function removeLine(input: Uint8Array, { random }: Material): Uint8Array {
  const [from, end] = lineAt(input, random.below(input.length + 1));
  return replace(input, from, end - from, NOTHING);
}

/** Where the line around a place begins, and where the next one does. */
function lineAt(input: Uint8Array, place: number): readonly [number, number] {
  const from = place === 0 ? 0 : input.lastIndexOf(NEWLINE, place - 1) + 1;
  const next = input.indexOf(NEWLINE, place);
  return [from, next === -1 ? input.length : next + 1];
}

const NOTHING = new Uint8Array();

function pieceOf(input: Uint8Array, random: Random): { readonly at: number; readonly length: number } {
  const at = random.below(input.length + 1);
  const most = Math.min(input.length - at, random.chance(0.9) ? PIECE_BYTES_MAX : INPUT_BYTES_MAX);
  return { at, length: random.below(most + 1) };
}

function replace(input: Uint8Array, at: number, length: number, by: Uint8Array): Uint8Array {
  return join([input.subarray(0, at), by, input.subarray(at + length)]);
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

const encoder = new TextEncoder();

function bytesOf(text: string): Uint8Array {
  return encoder.encode(text);
}
