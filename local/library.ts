/**
 * The library for programs that publish by themselves (`import … from 'feedwright'`): a build as a function, the publisher on
 * stores of one's own, and its parts. docs/library.md has an example of each. Nothing is printed.
 */

import { resolve } from 'node:path';
import type { HostName } from './hosting/host-names.ts';
import type { BuildResult } from './publication/build-result.ts';

export type { Article, ParsedArticles } from '../lambda/model/article.ts';
export type { FeedFormat } from '../lambda/model/document.ts';
export type { Problem } from '../lambda/model/problem.ts';
export { type Store, StoreError } from '../lambda/store/store.ts';
export type * from './library/feed-model.ts';
export { type ArticleSettings, parseArticles } from './library/parse-articles.ts';
export {
  createPublisher,
  type PublishedState,
  type PublisherPorts,
  type StorePublisher,
} from './library/publishing.ts';
export { Feed, type RenderedFeed, renderFeed } from './library/render-feed.ts';
export { type BucketStoreOptions, type ClosableStore, openBucketStore, openFileStore } from './library/stores.ts';
export { type FeedVerdict, validateFeed } from './library/validate-feed.ts';
export type { BuildResult, FeedAddresses } from './publication/build-result.ts';
export { createFolderStore, type FolderStoreOptions } from './store/folder-store.ts';
export { createMemoryStore, type MemoryStoreOptions } from './store/memory-store.ts';

export interface BuildRequest {
  /** The folder with the articles and site.yaml. */
  readonly folder: string;
  /** Where the public documents go: a folder, made if it is not there, or `s3://bucket/folder`. */
  readonly out: string;
  /** The server of the bucket. @default Amazon S3, or what `AWS_ENDPOINT_URL` names */
  readonly endpoint?: string;
  /** Its region. @default `AWS_REGION` */
  readonly region?: string;
  /** The state file. @default `<out>.feedwright.db` */
  readonly state?: string;
  /** The web server whose rules are written as well (`build --for`). @default none */
  readonly host?: HostName;
  /** Base address of the site. @default that in site.yaml */
  readonly url?: string;
  /** How many entries may go at once, when the result of an earlier build has held them back. @default none */
  readonly remove?: number;
  /** The time at which is published, in milliseconds since the epoch. @default the clock's */
  readonly now?: () => number;
}

/**
 * Publishes what changed since the last build. Mistakes in articles are no failure: `problems` of the result has them, and
 * all else is published.
 *
 * @throws where nothing could be published: a folder that is not there, a state file that another build uses, a full disk
 */
export async function build(request: BuildRequest): Promise<BuildResult> {
  const { folder, out, endpoint, region, state = null, remove = null, now = Date.now } = request;
  const { parseBucketPlace } = await import('./cli/arguments/bucket-address.ts');
  const { parseBaseAddress } = await import('./cli/arguments/option-values.ts');
  const { workOnFolder } = await import('./commands/build.ts');
  const options = {
    folder: resolve(folder),
    out: /^s3:/i.test(out) ? out : resolve(out),
    bucket: parseBucketPlace(out, new Map(Object.entries({ endpoint, region }).filter(hasValue)), process.env),
    state,
    url: parseBaseAddress(request.url, 'url'),
    remove,
    json: false,
    host: request.host ?? null,
  };
  const { result } = await workOnFolder(options, now, (publication) => publication.refresh(undefined, remove));
  return result;
}

/** As `build`, with the folder first. */
export function publish(folder: string, options: Omit<BuildRequest, 'folder'>): Promise<BuildResult> {
  return build({ folder, ...options });
}

function hasValue(entry: [string, string | undefined]): entry is [string, string] {
  return entry[1] !== undefined;
}
