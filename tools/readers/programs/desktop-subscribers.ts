/** Programs of a desktop, which keep what they have read in a database that can be looked into. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runLiferea } from '../table/desktop.ts';
import { changeDatabase, queryAll, runAside } from '../table/run-program.ts';
import type { SeenEntry } from './subscriber.ts';

/** It updates all that it is subscribed to when it starts. */
export async function byLiferea(folder: string, address: string): Promise<readonly SeenEntry[] | null> {
  const database = join(folder, 'data/liferea/liferea.db');
  const isKnown = existsSync(database);
  if (!(await runLiferea(folder, isKnown ? [] : [address])) || !existsSync(database)) return null;
  const rows = queryAll(database, 'SELECT item_id, source_id, title, source, date, description, read FROM items');
  const facts = queryAll(database, 'SELECT item_id, key, value FROM metadata ORDER BY nr');
  const valuesOf = (item: unknown, key: string) =>
    facts.flatMap((fact) => (fact.item_id === item && fact.key === key ? [String(fact.value)] : []));
  changeDatabase(database, 'UPDATE items SET read = 1');
  return rows.map((row) => ({
    id: String(row.source_id),
    title: String(row.title ?? ''),
    link: String(row.source),
    published: Number(row.date),
    text: String(row.description),
    author: [...valuesOf(row.item_id, 'author'), ...valuesOf(row.item_id, 'creator')].join(', '),
    files: valuesOf(row.item_id, 'enclosure'),
    isNew: row.read === 0,
  }));
}

/** By its own command line. What was removed for good is not shown. */
export async function byGpodder(folder: string, address: string): Promise<readonly SeenEntry[] | null> {
  const database = join(folder, 'gpodder/Database');
  const env = { ...process.env, HOME: folder, GPODDER_HOME: join(folder, 'gpodder'), NO_PROXY: '*' };
  const command = existsSync(database) ? ['update'] : ['subscribe', address];
  if (!(await runAside('gpo', ['--quiet', ...command], env)) || !existsSync(database)) return null;
  const rows = queryAll(
    database,
    'SELECT guid, title, link, url, published, description_html, description, is_new FROM episode WHERE state != 2',
  );
  changeDatabase(database, 'UPDATE episode SET is_new = 0');
  return rows.map((row) => ({
    id: String(row.guid),
    title: String(row.title),
    link: String(row.link),
    published: Number(row.published),
    text: String(row.description_html || row.description),
    files: [String(row.url)],
    isNew: row.is_new === 1,
  }));
}
