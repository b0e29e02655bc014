/** The subscription documents of all feeds, each with its length and what is wrong with it. */

import { FEED_FORMATS, subscriptionPath } from '../../lambda/model/addresses.ts';
import type { FeedFormat } from '../../lambda/model/document.ts';
import { mapBounded } from '../../lambda/store/bounded.ts';
import type { Store } from '../../lambda/store/store.ts';
import { type DocumentReport, inspectDocument, judgeDocuments } from '../check/feed-documents.ts';

const READS_AT_ONCE_MAX = 16;

export interface ListedDocument {
  readonly feed: string;
  readonly format: FeedFormat;
  readonly path: string;
  /** Null while it is not there. */
  readonly lengthBytes: number | null;
  /** Its mistakes. */
  readonly findings: readonly string[];
}

export interface DocumentInspector {
  /** In the order of the feeds. */
  list(feeds: readonly { readonly name: string }[], siteUrl: string): Promise<readonly ListedDocument[]>;
  /** One document, an archive page too, with the documents that it links to; null when it is not there. */
  judge(path: string, siteUrl: string): Promise<InspectedDocument | null>;
}

export interface InspectedDocument {
  readonly findings: readonly string[];
  /** Absolute addresses. */
  readonly pages: readonly string[];
}

/** Each version of a document is read and inspected once. */
export function createDocumentInspector(documents: Store): DocumentInspector {
  const known = new Map<string, { readonly version: string; readonly report: DocumentReport }>();

  /** The length and report of what is at the path now; null when there is nothing. */
  async function look(path: string): Promise<{ readonly lengthBytes: number; readonly report: DocumentReport } | null> {
    const facts = await documents.inspect(path);
    const before = known.get(path);
    if (facts !== null && before?.version === facts.version) return { ...facts, report: before.report };
    const object = facts === null ? null : await documents.read(path);
    if (object === null) {
      known.delete(path);
      return null;
    }
    const report = inspectDocument(path, object.body);
    known.set(path, { version: object.version, report });
    return { lengthBytes: object.lengthBytes, report };
  }

  async function judgeAll(
    looks: ReadonlyMap<string, DocumentReport>,
    siteUrl: string,
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    const linked = new Set<string>();
    judgeDocuments(looks, siteUrl, (path) => {
      linked.add(path);
      return true;
    });
    const there = await mapBounded([...linked], READS_AT_ONCE_MAX, async (path) =>
      looks.has(path) || (await documents.inspect(path)) !== null ? [path] : [],
    );
    const present = new Set(there.flat());
    return judgeDocuments(looks, siteUrl, (path) => present.has(path));
  }

  return {
    async list(feeds, siteUrl) {
      const wanted = feeds.flatMap(({ name }) =>
        FEED_FORMATS.map((format) => ({ feed: name, format, path: subscriptionPath(name, format) })),
      );
      const looks = await mapBounded(wanted, READS_AT_ONCE_MAX, async ({ path }) => look(path));
      const reports = looks.flatMap((each, index) =>
        each === null ? [] : [[wanted[index]?.path ?? '', each.report] as const],
      );
      const judged = await judgeAll(new Map(reports), siteUrl);
      return wanted.map((each, index) => ({
        ...each,
        lengthBytes: looks[index]?.lengthBytes ?? null,
        findings: judged.get(each.path) ?? ['it is not there'],
      }));
    },
    async judge(path, siteUrl) {
      const [own, beside] = [await look(path), await look(path.replace(/[^/]+$/, 'atom.xml'))];
      if (own === null) return null;
      const reports = new Map([[path, own.report]]);
      if (beside !== null) reports.set(path.replace(/[^/]+$/, 'atom.xml'), beside.report);
      const judged = await judgeAll(reports, siteUrl);
      return { findings: judged.get(path) ?? [], pages: own.report.pages };
    },
  };
}
