/** The index of names: which files are called so, and where in public they are now. */

import type { StateObject } from './json-object.ts';

export interface NameState extends StateObject {
  readonly name: string;
  /** In order of their keys, each once. */
  readonly holders: readonly NameHolder[];
  /** A text that is new with each change of a holder. */
  readonly change: string;
  /** The last change of which all linking articles were told. */
  readonly told: string;
  /** Whether an article links to the name, or once did. Otherwise nobody has to be told. */
  readonly isLinked: boolean;
}

export interface NameHolder {
  /** Content key. */
  readonly key: string;
  /** Absolute address; null if nothing of the file is public any more. */
  readonly url: string | null;
  /** New with each change of what the file's record says of its names and its address. */
  readonly id: string;
}

/** What a record says of the names by which links find its file. */
export interface NamedFile {
  readonly id: string;
  readonly names: readonly string[];
  /** Absolute address of the file's one article; null where nothing, or more than one, is shown. */
  readonly url: string | null;
  /** Former names, which the index may still list. */
  readonly left: readonly string[];
  /** Whether the index is known to agree with this, and all linking articles were told. */
  readonly isSettled: boolean;
}

/** Of more files with one name, the latest can't be found by it. */
const HOLDERS_MAX = 1_000;

/**
 * The holders, with the present facts of one of them; null if there is no room for it. A holder that is gone makes room
 * for one that is there.
 */
export function withHolder(holders: readonly NameHolder[], holder: NameHolder): readonly NameHolder[] | null {
  const others = holders.filter(({ key }) => key !== holder.key);
  const kept = others.length < HOLDERS_MAX || holder.url === null ? others : others.filter(({ url }) => url !== null);
  if (kept.length >= HOLDERS_MAX) return null;
  return [...kept, holder].sort((a, b) => (a.key < b.key ? -1 : 1));
}
