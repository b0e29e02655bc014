/**
 * What the latest publications did: which entries are new, changed or gone, and which documents were written. Kept in
 * memory, from the start of the server on.
 */

import { readJson } from '../../lambda/state/json-object.ts';
import { recordKey } from '../../lambda/state/keys.ts';
import type { ArticleRecord } from '../../lambda/state/record.ts';
import { mapBounded } from '../../lambda/store/bounded.ts';
import type { Store } from '../../lambda/store/store.ts';
import type { WorkReport } from '../publication/work-report.ts';

const RUNS_COUNT_MAX = 5;
const FILES_COUNT_MAX = 100;
const DOCUMENTS_COUNT_MAX = 400;
const READS_AT_ONCE_MAX = 16;

/** One publication. */
export interface PublicationRun {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Its cause: changed files, or the time. */
  readonly about: string;
  /** How many entries are new or changed, and how many gone. */
  readonly published: number;
  readonly removed: number;
  /** Up to `FILES_COUNT_MAX` of the files that changed what is published. */
  readonly files: readonly ChangedFile[];
  /** Paths of public documents, up to `DOCUMENTS_COUNT_MAX`. */
  readonly documents: readonly ChangedDocument[];
  readonly documentCount: number;
}

export interface ChangedFile {
  /** In the content folder. */
  readonly key: string;
  readonly removed: number;
  /** The entries that are shown of it now, where any is new or changed. */
  readonly entries: readonly { readonly title: string; readonly url: string; readonly change: 'new' | 'changed' }[];
}

export interface ChangedDocument {
  readonly path: string;
  readonly change: 'written' | 'removed';
}

export interface Journal {
  /** A store of public documents whose writes are noted. */
  readonly documents: Store;
  /** Ends the publication that is being noted; one that changed nothing is not kept. */
  close(report: WorkReport, about: string, at: number): Promise<void>;
  /** The newest first. */
  runs(): readonly PublicationRun[];
}

export function createJournal(documents: Store, state: Store): Journal {
  let runs: readonly PublicationRun[] = [];
  let noted = new Map<string, ChangedDocument['change']>();
  return {
    documents: {
      ...documents,
      async write(path, body, options) {
        const result = await documents.write(path, body, options);
        if (result.kind === 'written') noted.set(path, 'written');
        return result;
      },
      async remove(path, options) {
        const wasThere = (await documents.inspect(path)) !== null;
        const result = await documents.remove(path, options);
        if (result.kind === 'removed' && wasThere) noted.set(path, 'removed');
        return result;
      },
    },
    async close({ published, removed, files }, about, at) {
      const changes = noted;
      noted = new Map();
      if (changes.size === 0 && published === 0 && removed === 0) return;
      const sorted = [...changes].sort(([a], [b]) => (a < b ? -1 : 1));
      const run: PublicationRun = {
        at,
        about,
        published,
        removed,
        files: await mapBounded(files.slice(0, FILES_COUNT_MAX), READS_AT_ONCE_MAX, (file) => describe(state, file)),
        documents: sorted.slice(0, DOCUMENTS_COUNT_MAX).map(([path, change]) => ({ path, change })),
        documentCount: changes.size,
      };
      runs = [run, ...runs].slice(0, RUNS_COUNT_MAX);
    },
    runs: () => runs,
  };
}

/** A file whose source changed after it was first published has changed entries, else new ones. */
async function describe(state: Store, { key, published, removed }: WorkReport['files'][number]): Promise<ChangedFile> {
  const record = published === 0 ? null : await readJson<ArticleRecord>(state, recordKey(key));
  const facts = Object.values(record?.value.facts ?? {});
  const changeOf = (id: string): 'new' | 'changed' =>
    (facts.find((each) => each.id === id)?.changed ?? null) === null ? 'new' : 'changed';
  const shown = record?.value.shown ?? [];
  return {
    key,
    removed,
    entries: shown.map(({ entry }) => ({ title: entry.title, url: entry.url, change: changeOf(entry.id) })),
  };
}
