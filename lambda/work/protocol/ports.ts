/** What the publisher needs from where it runs. */

import type { ArticleFile } from '../../article/parse.ts';
import type { ParsedArticles } from '../../model/article.ts';
import type { Hub } from '../../store/hub.ts';
import type { WorkQueue } from '../../store/queue.ts';
import type { Store } from '../../store/store.ts';

export interface Ports {
  /** Articles, assets, site.yaml. Only read. */
  readonly content: Store;
  /** What the publisher remembers. Only it reads and writes there. */
  readonly state: Store;
  /** The public documents: what readers and browsers get. */
  readonly public: Store;
  readonly queue: WorkQueue;
  /** Tells hubs of changes; null where no hub is told, as in a build that is not served yet. */
  readonly hub: Hub | null;
  /**
   * Whether a file only counts as gone if a message tells of that very file, as while removals are held: the files that
   * are gone are about to be counted. @default it is not
   */
  readonly doubtsRemovals?: () => boolean;
  /** Reads an article as `parseArticles` does, perhaps on another thread. @default this one */
  readonly parse?: (file: ArticleFile) => Promise<ParsedArticles>;
  /**
   * How long an article that may be a renamed one waits for the former one to go, in milliseconds. @default a quarter
   * of an hour
   */
  readonly renameWaitMs?: number;
  /** How long changes are gathered before the sitemaps are made; 0 to make them at once. Milliseconds. */
  readonly sitemapDelayMs: number;
  /** The base address from outside (`--url`, the environment); null to take that of site.yaml. */
  readonly url: string | null;
  /** The base address when site.yaml has none either: the CDN's. Null: that of this machine. */
  readonly fallbackUrl: string | null;
  /** The path at which documents are served, with its slashes; an address in site.yaml with another is refused. @default any is right */
  readonly basePath?: string;
  /** Lines of site.yaml that count where the file itself is silent. @default none */
  readonly siteDefaults?: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** A text that is different at every call. */
  readonly nonce: () => string;
}
