/** FreshRSS by its command line, and what it keeps in SQLite. */

import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findFreePort } from '../../../tests/support/loopback.ts';
import { changeDatabase, queryAll, runAside } from '../table/run-program.ts';
import { programOf, type ReaderServer, startServer, writeList } from './server.ts';

const USER = 'reader';

export async function openFreshRss(folder: string): Promise<ReaderServer | null> {
  const program = programOf('freshrss');
  if (program === null) return null;
  const data = join(folder, 'data');
  // Its commands want to find these.
  for (const name of ['cache', 'favicons', 'users/_', 'PubSubHubbub/feeds', 'PubSubHubbub/keys', 'tokens'])
    mkdirSync(join(data, name), { recursive: true });
  const env = { PATH: process.env.PATH, HOME: folder, DATA_PATH: data, NO_PROXY: '*' };
  const cli = (name: string, ...options: readonly string[]) =>
    runAside('php', [join(program, 'cli', `${name}.php`), ...options], env);
  const port = await findFreePort();
  const origin = `http://127.0.0.1:${port}`;
  const installation = ['--default-user', USER, '--auth-type', 'none', '--base-url', origin, '--db-type', 'sqlite'];
  if (!(await cli('do-install', ...installation))) return null;
  if (!(await cli('create-user', '--user', USER))) return null;
  const server = await startServer('php', ['-S', `127.0.0.1:${port}`, '-t', join(program, 'p')], env, `${origin}/`);
  const database = join(data, 'users', USER, 'db.sqlite');
  // It comes with a feed of its own releases.
  changeDatabase(database, 'DELETE FROM feed');
  const refresh = async () => {
    // It would keep to an hour between two looks, and to what it has fetched before.
    changeDatabase(database, 'UPDATE feed SET lastUpdate = 0');
    rmSync(join(data, 'cache'), { recursive: true, force: true });
    mkdirSync(join(data, 'cache'));
    await cli('actualize-user', '--user', USER);
  };
  return {
    origin,
    async subscribe(address) {
      const list = writeList(folder, address);
      if (!(await cli('import-for-user', '--user', USER, '--filename', list)) || !existsSync(database)) return false;
      await refresh();
      return queryAll(database, 'SELECT id FROM feed').length === 1;
    },
    refresh,
    async entries() {
      const rows = queryAll(
        database,
        'SELECT guid, title, author, link, date, content, is_read, tags, attributes FROM entry',
      );
      return rows.map((row) => ({
        id: String(row.guid),
        title: decode(String(row.title)),
        link: decode(String(row.link)),
        published: Number(row.date),
        text: String(row.content),
        isNew: row.is_read === 0,
        author: decode(String(row.author)).replaceAll(';', ', ').replace(/^, /, ''),
        tags: decode(String(row.tags ?? ''))
          .split('#')
          .map((tag) => tag.trim())
          .filter(Boolean),
        files: enclosuresOf(row.attributes),
      }));
    },
    home: async () => decode(String(queryAll(database, 'SELECT website FROM feed')[0]?.website ?? '')),
    async readAll() {
      changeDatabase(database, 'UPDATE entry SET is_read = 1');
    },
    close: () => server.stop(),
  };
}

/** Each once, as it shows them. */
function enclosuresOf(attributes: unknown): readonly string[] {
  const { enclosures = [] } = JSON.parse(String(attributes || '{}')) as { enclosures?: readonly { url: string }[] };
  return [...new Set(enclosures.map(({ url }) => decode(url)))];
}

/** It keeps texts as they stand in HTML. */
function decode(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#039;', "'")
    .replaceAll('&amp;', '&');
}
