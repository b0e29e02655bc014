/** Publishes a folder into memory, as a first build would, or one that goes on from a state file, and keeps what readers are given. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { folderAddress } from '../../lambda/address/folder-address.ts';
import { readQueryAddress, splitQuery } from '../../lambda/address/former/written-query.ts';
import { decodePercent } from '../../lambda/address/percent-encoding.ts';
import { FEED_FORMATS, pagePath, subscriptionPath } from '../../lambda/model/addresses.ts';
import type { Overview } from '../../lambda/publish.ts';
import { readRedirectPage } from '../../lambda/render/redirect-page.ts';
import type { Store } from '../../lambda/store/store.ts';
import { openGeneratorSite } from '../generators/open-site.ts';
import { createLeftOutFiles } from '../publication/left-out-files.ts';
import { createPublication, type ProgressListener } from '../publication/publication.ts';
import { createFolderStore } from '../store/folder-store.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { openSqliteStore } from '../store/sqlite-store.ts';

export interface TrialBuild {
  readonly overview: Overview;
  /** The feed documents by path. */
  readonly feeds: ReadonlyMap<string, Uint8Array>;
  /** Where a path with its query leads in the end: an absolute address, null where nothing is. */
  leadTo(address: string): string | null;
}

export interface TrialOptions {
  readonly folder: string;
  /** Null for a first build. */
  readonly state: string | null;
  /** Null for the one in site.yaml. */
  readonly url: string | null;
  readonly now: () => number;
}

/** Neither the folder nor the state file is changed. */
export async function buildTrial(options: TrialOptions, onProgress: ProgressListener): Promise<TrialBuild> {
  const { folder, now, url } = options;
  const opened = openState(options);
  try {
    const feeds = new Map<string, Uint8Array>();
    const redirects = new Map<string, string>();
    const paths = new Set<string>();
    const leftOut = createLeftOutFiles(folder);
    const content = createFolderStore({ root: folder, readOnly: true, onLeftOut: leftOut.suspect });
    const generatorSite = await openGeneratorSite(folder, content, opened.store);
    const publication = createPublication({
      content,
      generatorSite,
      leftOut,
      state: opened.store,
      public: keepDocuments(createMemoryStore({ now }), { feeds, redirects, paths }),
      // The documents are not those of the state, so all of them are made.
      outputToken: { read: async () => null, write: async () => {} },
      url,
      now,
    });
    await publication.refresh(onProgress);
    const overview = await publication.overview();
    return { overview, feeds, leadTo: (address) => leadTo(address, overview.site?.url ?? '', { redirects, paths }) };
  } finally {
    opened.close();
  }
}

interface KeptDocuments {
  readonly feeds: Map<string, Uint8Array>;
  /** By path: where the page there leads. */
  readonly redirects: Map<string, string>;
  readonly paths: Set<string>;
}

/** Of pages and files only the paths are kept. */
function keepDocuments(store: Store, { feeds, redirects, paths }: KeptDocuments): Store {
  return {
    ...store,
    write(path, body, options) {
      const target = options?.headers?.metadata?.redirect === undefined ? null : readRedirectPage(body);
      paths.add(path);
      redirects.delete(path);
      if (target !== null) redirects.set(path, target);
      const isFeed = FEED_FORMATS.some((format) => path.endsWith(subscriptionPath('all', format)));
      if (isFeed) feeds.set(path, body.slice());
      return store.write(path, isFeed ? body : new Uint8Array(0), options);
    },
    remove(path, options) {
      feeds.delete(path);
      redirects.delete(path);
      paths.delete(path);
      return store.remove(path, options);
    },
  };
}

function leadTo(address: string, siteUrl: string, { redirects, paths }: Omit<KeptDocuments, 'feeds'>): string | null {
  if (URL.parse(address) === null || URL.parse(siteUrl) === null) return null;
  const { pathname, search } = new URL(address);
  const base = new URL(siteUrl).pathname;
  if (!pathname.startsWith(base)) return null;
  const { path, query } = splitQuery(pathname.slice(base.length - 1) + search);
  const plain = folderAddress(path);
  const place = (query === null ? null : readQueryAddress(plain, query)) ?? plain;
  if (decodePercent(place) === null) return null;
  const key = pagePath(place);
  if (!paths.has(key)) return null;
  return redirects.get(key) ?? new URL(place.slice(1), siteUrl).href;
}

/** A copy, since a build writes into its state. */
function openState({ state, now }: TrialOptions): { readonly store: Store; close(): void } {
  if (state === null) return { store: createMemoryStore({ now }), close() {} };
  const folder = mkdtempSync(join(tmpdir(), 'feedwright-rehearsal-'));
  const copy = join(folder, 'state.db');
  const close = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const database = new DatabaseSync(state, { readOnly: true });
    try {
      database.prepare('VACUUM INTO ?').run(copy);
    } finally {
      database.close();
    }
    const opened = openSqliteStore(copy);
    return {
      store: opened.store,
      close() {
        opened.close();
        close();
      },
    };
  } catch (error) {
    close();
    throw error;
  }
}
