/** Tiny Tiny RSS by its command line, and what it keeps in PostgreSQL. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findFreePort } from '../../../tests/support/loopback.ts';
import { runAside } from '../table/run-program.ts';
import { createDatabase } from './postgres.ts';
import { programOf, type ReaderServer, type ServerEntry, startServer, writeList } from './server.ts';

/** As PostgreSQL puts it into JSON. */
const ENTRIES = `SELECT coalesce(json_agg(entry), '[]') FROM (
  SELECT e.guid AS id, e.title, e.link, extract(epoch FROM e.updated)::bigint AS published, e.content AS text, e.author,
    u.unread AS "isNew", string_to_array(u.tag_cache, ',') AS tags,
    (SELECT coalesce(json_agg(f.content_url ORDER BY f.id), '[]') FROM ttrss_enclosures f WHERE f.post_id = e.id) AS files
  FROM ttrss_entries e JOIN ttrss_user_entries u ON u.ref_id = e.id ORDER BY e.id) AS entry`;

export async function openTtRss(folder: string): Promise<ReaderServer | null> {
  const program = programOf('tt-rss');
  const database = program === null ? null : createDatabase();
  if (program === null || database === null) return null;
  const cache = join(folder, 'cache');
  for (const name of ['feeds', 'images', 'export', 'upload']) mkdirSync(join(cache, name), { recursive: true });
  mkdirSync(join(folder, 'lock'));
  const port = await findFreePort();
  const origin = `http://127.0.0.1:${port}`;
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    NO_PROXY: '*',
    // As in the image that it comes in: it may run as root.
    container: 'yes',
    // As in its own tests: it may fetch from this machine, and from any port.
    IS_INTEGRATION_TESTING: 'yes',
    TTRSS_DB_HOST: database.host,
    TTRSS_DB_USER: database.user,
    TTRSS_DB_NAME: database.name,
    TTRSS_DB_PASS: '',
    TTRSS_SELF_URL_PATH: origin,
    TTRSS_SINGLE_USER_MODE: 'true',
    TTRSS_CACHE_DIR: cache,
    TTRSS_LOCK_DIRECTORY: join(folder, 'lock'),
    TTRSS_PHP_EXECUTABLE: '/usr/bin/php',
  };
  const query = (text: string): string => {
    const place = ['-h', database.host, '-U', database.user, '-d', database.name];
    const { status, stdout, stderr } = spawnSync('psql', [...place, '-X', '-A', '-t', '-c', text], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`psql failed: ${stderr}`);
    return stdout.trim();
  };
  const update = (...options: readonly string[]) => runAside('php', [join(program, 'update.php'), ...options], env);
  if (!(await update('--update-schema=force-yes'))) return null;
  const server = await startServer('php', ['-S', `127.0.0.1:${port}`, '-t', program], env, `${origin}/`);
  const refresh = async () => {
    // Within half a minute it would read what it has fetched before.
    rmSync(join(cache, 'feeds'), { recursive: true, force: true });
    mkdirSync(join(cache, 'feeds'));
    for (const id of query('SELECT id FROM ttrss_feeds').split('\n').filter(Boolean))
      await update('--quiet', '--update-feed', id);
  };
  return {
    origin,
    async subscribe(address) {
      const list = writeList(folder, address);
      await update('--opml-import', `admin:${list}`);
      // It comes with a feed of its own news.
      query(`DELETE FROM ttrss_feeds WHERE feed_url <> '${address}'`);
      await refresh();
      return query('SELECT count(*) FROM ttrss_feeds') === '1';
    },
    refresh,
    entries: async () => JSON.parse(query(ENTRIES)) as readonly ServerEntry[],
    home: async () => query('SELECT site_url FROM ttrss_feeds LIMIT 1'),
    async readAll() {
      query('UPDATE ttrss_user_entries SET unread = false');
    },
    close: () => server.stop(),
  };
}
