/** The index of names: which files are called so, and where in public they are now. */

import type { StateObject } from './json-object.ts';

export interface NameState extends StateObject {
  readonly name: string;
  /** In order of their keys, each once. */
  readonly holders: readonly NameHolder[];
  /** A text that is new with each change of a holder. */
  readonly change: string;
  /** The last change of which all who link to the name were told. */
  readonly told: string;
  /** Whether somebody links to the name, or did. Where nobody does, nobody has to be told. */
  readonly isLinked: boolean;
}

export interface NameHolder {
  /** Content key. */
  readonly key: string;
  /** Absolute address; null where nothing of the file is public any more. */
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
  /** Names that it had before, and of which the index may not know yet that they are its own no more. */
  readonly left: readonly string[];
  /** Whether the index is known to say just this, and all were told. */
  readonly isSettled: boolean;
}

/** More files of one name can't be found by it: those that came last. */
const HOLDERS_MAX = 1_000;

/**
 * The holders with one of them as it is now; null where there is no room for it. What is gone makes room for what is there.
 */
export function withHolder(holders: readonly NameHolder[], holder: NameHolder): readonly NameHolder[] | null {
  const others = holders.filter(({ key }) => key !== holder.key);
  const kept = others.length < HOLDERS_MAX || holder.url === null ? others : others.filter(({ url }) => url !== null);
  if (kept.length >= HOLDERS_MAX) return null;
  return [...kept, holder].sort((a, b) => (a.key < b.key ? -1 : 1));
}
