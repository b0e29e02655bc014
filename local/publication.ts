/**
 * The publisher on one machine: its ports wired to a content folder, a state store and a site folder, with an
 * in-process queue that is worked off before anything is reported.
 */

import { randomUUID } from 'node:crypto';
import { publicAddress, subscriptionPath } from '../lambda/addresses.ts';
import { createPublisher, type Overview } from '../lambda/publish.ts';
import type { FeedFormat } from '../lambda/render/document.ts';
import type { Store } from '../lambda/store/store.ts';
import type { DocumentCounts } from '../lambda/work/documents.ts';
import { createLocalQueue } from './store/local-queue.ts';

export interface PublicationOptions {
  readonly content: Store;
  readonly state: Store;
  readonly site: Store;
  /** Ends with a slash. Null for the one in site.yaml. */
  readonly url: string | null;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface Publication {
  /** Brings everything up to date with the content folder, and publishes what has become due. */
  refresh(onProgress?: ProgressListener): Promise<WorkReport>;
  /** Looks at these keys of the content folder again. */
  look(keys: readonly string[]): Promise<WorkReport>;
  /** Publishes what has become due. */
  tick(): Promise<WorkReport>;
  overview(): Promise<Overview>;
}

export type ProgressListener = (done: number, total: number) => void;

/** What one run of the publisher did. */
export interface WorkReport {
  /** Entries, each counted once however often it was looked at. */
  readonly published: number;
  readonly removed: number;
  readonly documents: DocumentCounts;
  /** How many source files and feeds were looked at. */
  readonly looked: number;
  /** What the platform or the publisher itself failed at; an author's mistake is no failure. */
  readonly failures: readonly unknown[];
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

export function listFeeds({ site, feeds }: Overview): FeedAddresses[] {
  if (site === null) return [];
  return feeds.map(({ name, title, entries }) => {
    const addressIn = (format: FeedFormat): string => publicAddress(site.url, subscriptionPath(name, format));
    return { name, title, entries, rss: addressIn('rss'), atom: addressIn('atom'), json: addressIn('json') };
  });
}
