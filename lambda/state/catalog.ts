/** The feeds there are, for what spans feeds: the OPML file, the overview. */

import type { Store } from '../store/store.ts';
import { readJson, STATE_SCHEMA, type StateObject, type Stored } from './json-object.ts';
import { CATALOG_KEY } from './keys.ts';

/** The message group of catalog work; a message's `key` is the name of a feed to look at. */
export const CATALOG_FEED = '@catalog';

export interface Catalog extends StateObject {
  /** In order of their names. */
  readonly feeds: readonly CatalogRow[];
}

export interface CatalogRow {
  readonly name: string;
  readonly title: string;
  /** A tag's feed that became empty keeps its documents, but is not offered to new subscribers. */
  readonly offered: boolean;
}

export async function readCatalog(state: Store): Promise<Stored<Catalog>> {
  const stored = await readJson<Catalog>(state, CATALOG_KEY);
  return stored ?? { value: { schema: STATE_SCHEMA, nonce: '', feeds: [] }, version: null };
}
