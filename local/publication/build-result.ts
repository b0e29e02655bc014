/** The result of a build: `build --json` prints it, and the function `build` of the package gives it. */

import type { HeldRemovals } from '../../lambda/model/mass-removal.ts';
import type { Problem } from '../../lambda/model/problem.ts';
import type { GeneratorReport } from '../generators/generator-site.ts';

export interface BuildResult {
  /** Entries that are new or changed in this build. */
  readonly published: number;
  readonly unchanged: number;
  readonly removed: number;
  /** Removals that wait for a person; null when there are none. */
  readonly held: HeldRemovals | null;
  readonly drafts: number;
  readonly scheduled: number;
  /** How long the build took, in milliseconds. */
  readonly ms: number;
  readonly problems: readonly Problem[];
  /** The settings that were taken from a generator whose whole site the folder is; null where it is a folder of articles. */
  readonly generator: GeneratorReport | null;
  readonly feeds: readonly FeedAddresses[];
  readonly documents: { readonly written: number; readonly unchanged: number };
}

/** A feed and the absolute addresses of its subscription documents. */
export interface FeedAddresses {
  readonly name: string;
  readonly title: string;
  readonly entries: number;
  readonly rss: string;
  readonly atom: string;
  readonly json: string;
}
