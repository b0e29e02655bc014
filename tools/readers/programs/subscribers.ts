/**
 * Programs that people read with, each with a folder of its own: subscribed once, then reloaded. After each reload everything
 * that is there counts as read.
 */

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { folderOf } from '../table/install.ts';
import { queryAll, runAside, runForOutput } from '../table/run-program.ts';
import { byGpodder, byLiferea } from './desktop-subscribers.ts';
import { SERVER_SUBSCRIBERS } from './server-subscribers.ts';
import type { SeenEntry, Subscriber } from './subscriber.ts';

export const SUBSCRIBERS: readonly Subscriber[] = [
  { name: 'newsboat', version: '2.21.0', reload: byNewsboat },
  { name: 'sfeed', version: '1.7', reload: bySfeed },
  { name: 'rss2email', version: '3.14', isMail: true, reload: byRss2email },
  { name: 'reader', version: '3.26', reload: byReader },
  { name: 'elfeed', version: '3.4.1', reload: byElfeed },
  { name: 'Liferea', version: '1.14.4', reload: byLiferea },
  { name: 'gPodder', version: '3.11.1', reload: byGpodder },
  ...SERVER_SUBSCRIBERS,
];

async function byNewsboat(folder: string, address: string): Promise<readonly SeenEntry[] | null> {
  const [urls, cache, config] = ['urls', 'cache.db', 'config'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  if (!existsSync(urls)) writeFileSync(urls, `${address}\n`);
  writeFileSync(config, '');
  const options = ['-u', urls, '-c', cache, '-C', config, '-x', 'reload'];
  if (!(await runAside('newsboat', options, { ...process.env, HOME: folder })) || !existsSync(cache)) return null;
  const rows = queryAll(
    cache,
    'SELECT guid, title, author, url, pubDate, content, enclosure_url, unread FROM rss_item WHERE deleted = 0',
  );
  const database = new DatabaseSync(cache);
  database.exec('UPDATE rss_item SET unread = 0');
  database.close();
  return rows.map((row) => ({
    id: String(row.guid),
    title: String(row.title),
    link: String(row.url),
    published: Number(row.pubDate),
    text: String(row.content),
    author: String(row.author),
    files: row.enclosure_url ? [String(row.enclosure_url)] : [],
    isNew: row.unread === 1,
  }));
}

/** A line for each entry in a file; what was there at the last reload is kept beside it. */
async function bySfeed(folder: string, address: string): Promise<readonly SeenEntry[] | null> {
  const [feeds, config, seen] = ['feeds', 'sfeedrc', 'seen'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  if (!existsSync(config)) writeFileSync(config, `sfeedpath="${feeds}"\nfeeds() {\n  feed "it" "${address}"\n}\n`);
  mkdirSync(feeds, { recursive: true });
  if (!(await runAside('sfeed_update', [config], { ...process.env, HOME: folder }))) return null;
  if (!existsSync(join(feeds, 'it'))) return null;
  const lines = readFileSync(join(feeds, 'it'), 'utf8').split('\n').filter(Boolean);
  const before = existsSync(seen) ? readFileSync(seen, 'utf8').split('\n') : [];
  writeFileSync(seen, lines.join('\n'));
  return lines.map((line) => {
    const [date, title = '', link = '', text = '', , id = '', author = '', enclosure = ''] = line.split('\t');
    const isNew = !before.some(
      (other) => other.split('\t').slice(1, 6).join('\t') === line.split('\t').slice(1, 6).join('\t'),
    );
    const files = enclosure === '' ? [] : [enclosure];
    return { id, title, link, published: date === '' ? null : Number(date), text, author, files, isNew };
  });
}

/** The mails since the last reload. */
async function byRss2email(folder: string, address: string): Promise<readonly SeenEntry[] | null> {
  const r2e = join(folderOf('pypi'), 'venv/bin/r2e');
  const [config, mail] = [join(folder, 'config'), join(folder, 'mail/new')];
  const options = ['-c', config, '-d', join(folder, 'db.json')];
  const env = { ...process.env, HOME: folder, NO_PROXY: '*' };
  if (!existsSync(config)) {
    for (const name of ['cur', 'new', 'tmp']) mkdirSync(join(folder, 'mail', name), { recursive: true });
    writeFileSync(
      config,
      `[DEFAULT]\nfrom = a@b.example\nto = c@d.example\nemail-protocol = maildir\nmaildir-path = ${folder}/mail\nmaildir-mailbox = \nuse-8bit = True\n`,
    );
    if (!(await runAside(r2e, [...options, 'add', 'it', address], env))) return null;
  }
  if (!(await runAside(r2e, [...options, 'run'], env))) return null;
  const entries = readdirSync(mail).map((name) => readMail(readFileSync(join(mail, name), 'utf8')));
  for (const name of readdirSync(mail)) rmSync(join(mail, name));
  return entries;
}

function readMail(text: string): SeenEntry {
  const field = (name: string) =>
    new RegExp(`^${name}: (.*(?:\\n[ \\t].*)*)`, 'm').exec(text)?.[1]?.replace(/\n\s+/g, ' ') ?? '';
  const published = Date.parse(field('Date')) / 1000;
  return { id: field('X-RSS-ID'), title: field('Subject'), link: field('X-RSS-URL'), published, text, isNew: true };
}

async function byReader(folder: string, address: string): Promise<readonly SeenEntry[] | null> {
  const python = join(folderOf('pypi'), 'venv/bin/python');
  const script = join(import.meta.dirname, 'reader-program.py');
  const output = await runForOutput(python, [script, join(folder, 'reader.sqlite'), address]);
  return output === null ? null : (JSON.parse(output) as readonly SeenEntry[]);
}

async function byElfeed(folder: string, address: string): Promise<readonly SeenEntry[] | null> {
  const script = join(import.meta.dirname, 'elfeed-program.el');
  const output = await runForOutput('emacs', ['--batch', '-l', script, join(folder, 'elfeed'), address]);
  return output === null ? null : (JSON.parse(output) as readonly SeenEntry[]);
}
