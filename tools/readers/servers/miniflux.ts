/** Miniflux by its API. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findFreePort } from '../../../tests/support/loopback.ts';
import { folderOf } from '../table/install.ts';
import { createDatabase } from './postgres.ts';
import { callJson, type ReaderServer, type ServerEntry, startServer } from './server.ts';

/** Of a server that nobody else reaches and that lives for minutes. */
export const ACCOUNT = { name: 'reader', password: 'reads-alone' } as const;

interface Entry {
  readonly id: number;
  readonly hash: string;
  readonly title: string;
  readonly url: string;
  readonly author: string;
  readonly published_at: string;
  readonly content: string;
  readonly status: 'read' | 'unread' | 'removed';
  readonly tags: readonly string[] | null;
  readonly enclosures: readonly { readonly url: string }[] | null;
}

export async function openMiniflux(): Promise<ReaderServer | null> {
  const program = join(folderOf('miniflux'), 'miniflux.app');
  const database = existsSync(program) ? createDatabase() : null;
  if (database === null) return null;
  const port = await findFreePort();
  const origin = `http://127.0.0.1:${port}`;
  const server = await startServer(
    program,
    [],
    {
      PATH: process.env.PATH,
      DATABASE_URL: `host=${database.host} user=${database.user} dbname=${database.name} sslmode=disable`,
      LISTEN_ADDR: `127.0.0.1:${port}`,
      BASE_URL: origin,
      RUN_MIGRATIONS: '1',
      CREATE_ADMIN: '1',
      ADMIN_USERNAME: ACCOUNT.name,
      ADMIN_PASSWORD: ACCOUNT.password,
      FETCHER_ALLOW_PRIVATE_NETWORKS: '1',
      // It refreshes when it is told to.
      DISABLE_SCHEDULER_SERVICE: '1',
    },
    `${origin}/healthcheck`,
  );
  const authorization = `Basic ${Buffer.from(`${ACCOUNT.name}:${ACCOUNT.password}`).toString('base64')}`;
  const call = <Result>(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown) =>
    callJson<Result>(`${origin}/v1/${path}`, method, { body, headers: { authorization } });
  let feed = 0;
  return {
    origin,
    async subscribe(address) {
      const [category] = await call<{ id: number }[]>('GET', 'categories');
      feed = (await call<{ feed_id: number }>('POST', 'feeds', { feed_url: address, category_id: category?.id }))
        .feed_id;
      return true;
    },
    // A feed that it can't fetch is answered with an error, and it keeps its entries.
    refresh: () =>
      call<null>('PUT', `feeds/${feed}/refresh`).then(
        () => undefined,
        () => undefined,
      ),
    async entries() {
      const { entries } = await call<{ entries: readonly Entry[] }>('GET', 'entries?limit=1000&order=id');
      return entries.map(shownEntry);
    },
    home: async () => (await call<{ site_url: string }>('GET', `feeds/${feed}`)).site_url,
    readAll: () => call('PUT', `feeds/${feed}/mark-all-as-read`),
    close: () => server.stop(),
  };
}

function shownEntry({ hash, title, url, author, published_at, content, status, tags, enclosures }: Entry): ServerEntry {
  return {
    id: hash,
    title,
    link: url,
    published: Date.parse(published_at) / 1000,
    text: content,
    isNew: status === 'unread',
    author,
    tags: tags ?? [],
    files: (enclosures ?? []).map((enclosure) => enclosure.url),
  };
}
