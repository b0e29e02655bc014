/**
 * The list of takedowns: what was taken down, and stays down until somebody restores it. It lies beside the articles, in
 * one small JSON file that people can read and that is never public. It belongs to the settings: whoever reads those
 * obeys the list.
 *
 * An article is held when the list has its key, one of its ids, its address, or a hash of its bytes or text. So it stays
 * down under another name, with another id, or as one of the items of a file.
 */

import { createHash } from 'node:crypto';
import { createProblem, type Problem } from '../model/problem.ts';
import { isObject, parseJson } from '../text/json.ts';

/** Key of the list in the content store. */
export const TAKEDOWNS_KEY = '.takedowns.json';

export interface Takedown {
  /** Content key of the file. */
  readonly key: string;
  /** Ids of its entries, in every form in which they were claimed. */
  readonly ids: readonly string[];
  /** Addresses of its entries: paths of this site, and whole addresses of those that are at home elsewhere. */
  readonly addresses: readonly string[];
  /** SHA-256 in hex: of the file, of each item in it, and of each text that is long enough to be told by (`hashText`). */
  readonly hashes: readonly string[];
  /** When it was taken down: ISO 8601, in UTC. */
  readonly at: string;
  /** Who did it; null where that is not known. */
  readonly by: string | null;
}

/** The list that is in force, where there is anything to obey. */
export interface Takedowns {
  readonly list: readonly Takedown[];
  /** Whether there may be takedowns that this list lacks: then nothing new is published. */
  readonly isPartial: boolean;
}

type ParsedTakedowns =
  | { readonly kind: 'list'; readonly list: readonly Takedown[] }
  /** What is wrong, as the end of a sentence. */
  | { readonly kind: 'unreadable'; readonly fault: string };

const SCHEMA = 1;
/** The list travels with the settings, which all work reads. This is room for about a thousand takedowns. */
export const TAKEDOWNS_BYTES_MAX = 512 * 1024;
const ABOUT = 'Written by feedwright takedown. What is listed stays down until feedwright takedown --restore.';

/** Shorter texts are often not one article's own: a note, or the sentence that a paywall leaves. Letters and digits. */
const TEXT_CHARACTERS_MIN = 200;

export function parseTakedowns(body: Uint8Array): ParsedTakedowns {
  if (body.byteLength > TAKEDOWNS_BYTES_MAX) {
    return { kind: 'unreadable', fault: `has more than ${TAKEDOWNS_BYTES_MAX / 1024} kB` };
  }
  const value = parseJson(new TextDecoder().decode(body));
  if (!isObject(value)) return { kind: 'unreadable', fault: 'is not a valid JSON object' };
  if (typeof value.schema === 'number' && value.schema > SCHEMA) {
    return { kind: 'unreadable', fault: 'was written by a newer version of Feedwright' };
  }
  if (!Array.isArray(value.takedowns)) return { kind: 'unreadable', fault: 'has no list “takedowns”' };
  const list: Takedown[] = [];
  for (const [index, each] of value.takedowns.entries()) {
    const takedown = readTakedown(each);
    if (takedown === null) return { kind: 'unreadable', fault: `has a mistake in takedown ${index + 1}` };
    list.push(takedown);
  }
  return { kind: 'list', list };
}

function readTakedown(value: unknown): Takedown | null {
  if (!isObject(value)) return null;
  const { key, ids = [], addresses = [], hashes = [], at = '', by = null } = value;
  const isFit = typeof key === 'string' && key !== '' && typeof at === 'string' && (by === null || isText(by));
  if (!isFit || !areTexts(ids) || !areTexts(addresses) || !areTexts(hashes)) return null;
  return { key, ids, addresses, hashes, at, by };
}

/** The bytes of the file; null when they would be more than it may have. */
export function renderTakedowns(list: readonly Takedown[]): Uint8Array | null {
  const text = JSON.stringify({ about: ABOUT, schema: SCHEMA, takedowns: list }, null, 2);
  const body = new TextEncoder().encode(`${text}\n`);
  return body.byteLength > TAKEDOWNS_BYTES_MAX ? null : body;
}

/** The list with one more takedown. Of a file that is listed already, what was known stays known. */
export function addTakedown(list: readonly Takedown[], takedown: Takedown): readonly Takedown[] {
  const before = list.find(({ key }) => key === takedown.key);
  if (before === undefined) return [...list, takedown];
  const unite = (a: readonly string[], b: readonly string[]): readonly string[] => [...new Set([...a, ...b])];
  const united: Takedown = {
    ...before,
    ids: unite(before.ids, takedown.ids),
    addresses: unite(before.addresses, takedown.addresses),
    hashes: unite(before.hashes, takedown.hashes),
  };
  return list.map((each) => (each === before ? united : each));
}

/** @param name a key, an id or an address (a path of this site, with or without the slash at its end, or a whole one) */
export function namesTakedown(name: string, { key, ids, addresses }: Takedown): boolean {
  const slashed = name.endsWith('/') ? name : `${name}/`;
  return key === name || ids.includes(name) || addresses.includes(name) || addresses.includes(slashed);
}

/** What is known of an article, or of any other file, that may have been taken down. */
export interface Suspect {
  readonly key: string;
  readonly ids?: readonly string[];
  readonly addresses?: readonly string[];
  /** As in the list; asked for only where there is one to compare with. */
  readonly hashes?: () => readonly string[];
}

type TakedownTrait = 'key' | 'id' | 'address' | 'text';

export interface TakedownMatch {
  readonly takedown: Takedown;
  /** What the two have in common. */
  readonly trait: TakedownTrait;
}

/** The takedown that a suspect is held by; null when there is none. */
export function findTakedown(
  list: readonly Takedown[],
  { key, ids = [], addresses = [], hashes = () => [] }: Suspect,
): TakedownMatch | null {
  if (list.length === 0) return null;
  const known = hashes();
  for (const takedown of list) {
    if (takedown.key === key) return { takedown, trait: 'key' };
    if (ids.some((id) => takedown.ids.includes(id))) return { takedown, trait: 'id' };
    if (addresses.some((address) => takedown.addresses.includes(address))) return { takedown, trait: 'address' };
    if (known.some((hash) => takedown.hashes.includes(hash))) return { takedown, trait: 'text' };
  }
  return null;
}

/** The hash of a file, or of an item in it, as it stands. */
export function hashBytes(body: Uint8Array | string): string {
  return createHash('sha256').update(body).digest('hex');
}

/**
 * The hash of what a text says, whatever its markup: another export of the same article has it too. None for a text that
 * is too short to be one article's own.
 */
export function hashText(html: string): readonly string[] {
  const plain = html.replace(/<[^>]*>|&#?\w+;/g, ' ').toLowerCase();
  const letters = plain.replace(/[^\p{L}\p{N}]+/gu, '');
  return letters.length < TEXT_CHARACTERS_MIN ? [] : [hashBytes(`text ${letters}`)];
}

/** The list in force, from the one before and the file as it is now; with what is wrong with the file. */
export function settleTakedowns(
  before: Takedowns | null,
  body: Uint8Array | null,
): { readonly takedowns: Takedowns | null; readonly problems: readonly Problem[] } {
  if (body === null) {
    // Restoring the last takedown leaves an empty list, so a list that is gone was lost.
    return { takedowns: before, problems: before === null ? [] : [listFault('is gone')] };
  }
  const parsed = parseTakedowns(body);
  if (parsed.kind === 'list') {
    return { takedowns: parsed.list.length === 0 ? null : { list: parsed.list, isPartial: false }, problems: [] };
  }
  return { takedowns: { list: before?.list ?? [], isPartial: true }, problems: [listFault(parsed.fault)] };
}

function listFault(fault: string): Problem {
  return createProblem('takedowns-unreadable', {
    path: TAKEDOWNS_KEY,
    line: null,
    message: `The list of takedowns ${fault}. The last good list stays in force.`,
    fix: 'Put back the file as it was before; to restore everything, write {"schema": 1, "takedowns": []} into it.',
  });
}

/** The takedowns of some files that are no articles, by content key. */
export function findFilesDown(
  takedowns: Takedowns | null | undefined,
  keys: readonly string[],
): ReadonlyMap<string, Takedown> {
  const found = keys.flatMap((key) => {
    const match = findTakedown(takedowns?.list ?? [], { key });
    return match === null ? [] : [[key, match.takedown] as const];
  });
  return new Map(found);
}

const TRAITS: Readonly<Record<TakedownTrait, string>> = {
  key: 'This file',
  id: 'An article with its id',
  address: 'The article at its address',
  text: 'Its content',
};

/** Why an article is held. */
export function articleDown(path: string, { takedown, trait }: TakedownMatch): Problem {
  const as = takedown.key === path ? '' : ` as ${takedown.key}`;
  return createProblem('taken-down', {
    path,
    line: null,
    message: `${TRAITS[trait]} was taken down${as}${describeTakedown(takedown)}, so it is not published.`,
    fix: `Delete the file, or restore it: feedwright takedown --restore ${takedown.key}`,
  });
}

/** Why an article is shown without a file that it names. */
export function fileDown(path: string, takedown: Takedown): Problem {
  return createProblem('taken-down', {
    path,
    line: null,
    message: `The article refers to ${takedown.key}, which was taken down${describeTakedown(takedown)}.`,
    fix: `Remove the reference, or restore the file: feedwright takedown --restore ${takedown.key}`,
  });
}

/** The person who took it down, and the time, as far as they are known; begins with a space. */
export function describeTakedown({ by, at }: Takedown): string {
  return `${by === null ? '' : ` by ${by}`}${at === '' ? '' : ` on ${at}`}`;
}

/** Why an article that is new has to wait. */
export function newHeld(path: string): Problem {
  return createProblem('taken-down', {
    path,
    line: null,
    message: `${TAKEDOWNS_KEY} can't be read, and this may be what it lists: nothing new is published until then.`,
    fix: `Mend ${TAKEDOWNS_KEY}; this is published by itself then.`,
  });
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function areTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText);
}
