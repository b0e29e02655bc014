/** The feeds there are, for what spans feeds: the OPML file, the overview. */

import type { Store } from '../store/store.ts';
import { readJson, STATE_SCHEMA, type StateObject, type Stored } from './json-object.ts';
import { CATALOG_KEY } from './keys.ts';

export interface Catalog extends StateObject {
  /** In order of their names. */
  readonly feeds: readonly CatalogRow[];
}

export interface CatalogRow {
  readonly name: string;
  readonly title: string;
  /** False for a tag's feed that became empty: it keeps its documents, but is not offered to new subscribers. */
  readonly offered: boolean;
  /** Set where it has no documents, since it never had enough entries for that. */
  readonly withheld?: true;
}

export async function readCatalog(state: Store): Promise<Stored<Catalog>> {
  const stored = await readJson<Catalog>(state, CATALOG_KEY);
  return stored ?? { value: { schema: STATE_SCHEMA, nonce: '', feeds: [] }, version: null };
}
