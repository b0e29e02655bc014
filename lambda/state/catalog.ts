/** The feeds there are, for what spans feeds: the OPML file, the overview. */

import type { StateObject } from './json-object.ts';

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
