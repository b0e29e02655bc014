/** A report of one run of the publisher, counted from the outcome of each article and each feed. */

import type { HeldRemovals } from '../../lambda/model/mass-removal.ts';
import type { ArticleOutcome, DocumentCounts } from '../../lambda/publish.ts';

/** A report of one run of the publisher. */
export interface WorkReport {
  /** Entries that are new or changed, each counted once however often it was looked at. */
  readonly published: number;
  readonly removed: number;
  readonly documents: DocumentCounts;
  /** Of each source file that changed what is published: how many entries are new or changed, and how many gone. */
  readonly files: readonly { readonly key: string; readonly published: number; readonly removed: number }[];
  /** How many entries went because their files are gone. */
  readonly vanished: number;
  /** How many files could not be published because the file system forbids reading them or their assets. */
  readonly unreadable: number;
  /** How many source files and feeds were looked at. */
  readonly looked: number;
  /** Removals that wait for a person, since there are so many; null when none waits. */
  readonly held: HeldRemovals | null;
}

export interface Tally {
  addArticles(outcomes: readonly ArticleOutcome[]): void;
  addDocuments(counts: DocumentCounts): void;
  report(): WorkReport;
}

/** One file may be worked on several times in a run (a claim that comes free wakes it): its greatest counts stand. */
export function createTally(): Tally {
  const files = new Map<string, { readonly published: number; readonly removed: number }>();
  let documents: DocumentCounts = { written: 0, unchanged: 0 };
  let feeds = 0;
  const sum = (count: 'published' | 'removed'): number =>
    [...files.values()].reduce((total, file) => total + file[count], 0);
  return {
    addArticles(outcomes) {
      for (const outcome of outcomes) {
        const before = files.get(outcome.key) ?? { published: 0, removed: 0 };
        const counts = outcome.change === 'failed' ? before : outcome.counts;
        files.set(outcome.key, {
          published: Math.max(before.published, counts.published),
          removed: Math.max(before.removed, counts.removed),
        });
      }
    },
    addDocuments({ written, unchanged }) {
      documents = { written: documents.written + written, unchanged: documents.unchanged + unchanged };
      feeds += 1;
    },
    report: () => ({
      vanished: 0,
      unreadable: 0,
      held: null,
      published: sum('published'),
      removed: sum('removed'),
      documents,
      files: [...files]
        .map(([key, counts]) => ({ key, ...counts }))
        .filter(({ published, removed }) => published + removed > 0),
      looked: files.size + feeds,
    }),
  };
}
