/**
 * Asks real readers what a move shows: each subscribes to an old feed on the loopback and reads all of it; then the same
 * address gives the new feed, and what is unread, or mailed, is counted. `feedwright rehearse` says the same beforehand.
 *
 *   node tools/readers/move-trial.ts                     a blog of Jekyll's, with its ids (ids: jekyll) and without
 *   node tools/readers/move-trial.ts old.xml new.xml     these documents
 */

import { spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { build } from '../../local/library.ts';
import { startLoopback } from '../../tests/support/loopback.ts';

const POSTS_COUNT = 10;
const RUN_MS_MAX = 60_000;
const SITE = 'title: Saltmarsh\nurl: https://saltmarsh.example/\npermalink: /:year/:month/:day/:title/\n';

interface MoveTrial {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** Subscribes at an address, reads all of it, has the document exchanged, and counts what is new; null where it is not installed. */
type Reader = (address: string, exchange: () => void, folder: string) => Promise<number | null>;

const READERS: Readonly<Record<string, Reader>> = {
  newsboat: countInNewsboat,
  rss2email: countInRss2email,
  sfeed: countInSfeed,
  elfeed: countInElfeed,
};

const [oldFile, newFile] = process.argv.slice(2);
const trials =
  oldFile === undefined || newFile === undefined
    ? await jekyllTrials()
    : [{ name: newFile, before: readFileSync(oldFile, 'utf8'), after: readFileSync(newFile, 'utf8') }];
for (const trial of trials) {
  const counts: string[] = [];
  for (const [name, count] of Object.entries(READERS))
    counts.push(`${name} ${(await runTrial(trial, count)) ?? 'not here'}`);
  process.stdout.write(`${trial.name}: shown again by ${counts.join(', ')}\n`);
}

async function runTrial({ before, after }: MoveTrial, count: Reader): Promise<number | null> {
  const folder = mkdtempSync(join(tmpdir(), 'feedwright-move-'));
  let document = before;
  const server = await startLoopback((_, response) => {
    response.setHeader('Content-Type', 'application/xml');
    response.end(document);
  });
  try {
    const exchange = (): void => {
      document = after;
    };
    return await count(`${server.origin}/feed.xml`, exchange, folder);
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What jekyll-feed writes of a folder of posts, and what is published of the same folder. */
async function jekyllTrials(): Promise<readonly MoveTrial[]> {
  const folder = mkdtempSync(join(tmpdir(), 'feedwright-move-'));
  try {
    mkdirSync(join(folder, 'content/_posts'), { recursive: true });
    const entries = Array.from({ length: POSTS_COUNT }, (_, index) => {
      const day = String(index + 1).padStart(2, '0');
      const post = `---\ntitle: Tide ${day}\n---\nThe tide of day ${day}.\n`;
      writeFileSync(join(folder, `content/_posts/2026-01-${day}-tide-${day}.md`), post);
      const address = `https://saltmarsh.example/2026/01/${day}/tide-${day}`;
      return `<entry><title type="html">Tide ${day}</title><link href="${address}/" rel="alternate"/>
<published>2026-01-${day}T00:00:00+00:00</published><updated>2026-01-${day}T00:00:00+00:00</updated>
<id>${address}</id><content type="html">&lt;p&gt;The tide of day ${day}.&lt;/p&gt;</content></entry>`;
    });
    const before = `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">
<link href="https://saltmarsh.example/feed.xml" rel="self"/><updated>2026-01-${POSTS_COUNT}T00:00:00+00:00</updated>
<id>https://saltmarsh.example/feed.xml</id><title type="html">Saltmarsh</title>
${entries.toReversed().join('\n')}</feed>`;
    const after = async (name: string, settings: string): Promise<MoveTrial> => {
      writeFileSync(join(folder, 'content/site.yaml'), SITE + settings);
      await build({ folder: join(folder, 'content'), out: join(folder, name) });
      return { name, before, after: readFileSync(join(folder, name, 'atom.xml'), 'utf8') };
    };
    return [await after('ids: jekyll', 'ids: jekyll\n'), await after('ids: made', '')];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function countInNewsboat(address: string, exchange: () => void, folder: string): Promise<number | null> {
  const [urls, cache, config] = ['urls', 'cache.db', 'config'].map((name) => join(folder, name));
  writeFileSync(`${urls}`, `${address}\n`);
  writeFileSync(`${config}`, '');
  const reload = () => run('newsboat', ['-u', `${urls}`, '-c', `${cache}`, '-C', `${config}`, '-x', 'reload'], folder);
  if (!(await reload()) || !existsSync(`${cache}`)) return null;
  const inCache = <Result>(action: (database: DatabaseSync) => Result): Result => {
    const database = new DatabaseSync(`${cache}`);
    try {
      return action(database);
    } finally {
      database.close();
    }
  };
  inCache((database) => database.exec('UPDATE rss_item SET unread = 0'));
  exchange();
  await reload();
  return inCache((database) => {
    const row = database.prepare('SELECT count(*) AS count FROM rss_item WHERE unread = 1').get();
    return Number(row?.count);
  });
}

async function countInRss2email(address: string, exchange: () => void, folder: string): Promise<number | null> {
  const config = join(folder, 'r2e.cfg');
  const mails = join(folder, 'mails/inbox/new');
  const settings = { 'email-protocol': 'maildir', 'maildir-path': join(folder, 'mails'), 'maildir-mailbox': 'inbox' };
  const r2e = (...args: readonly string[]) =>
    run('r2e', ['-c', config, '-d', join(folder, 'r2e.json'), ...args], folder);
  if (!(await r2e('new', 'reader@localhost.example'))) return null;
  let written = readFileSync(config, 'utf8');
  for (const [name, value] of Object.entries(settings))
    written = written.replace(new RegExp(`^${name} *=.*$`, 'm'), `${name} = ${value}`);
  writeFileSync(config, written);
  mkdirSync(join(folder, 'mails'));
  await r2e('add', 'old', address);
  await r2e('run');
  const mailsBefore = countFiles(mails);
  if (mailsBefore === 0) throw new Error('rss2email mailed nothing of the old feed.');
  exchange();
  await r2e('run');
  return countFiles(mails) - mailsBefore;
}

async function countInSfeed(address: string, exchange: () => void, folder: string): Promise<number | null> {
  const config = join(folder, 'sfeedrc');
  const items = join(folder, 'feeds/old');
  writeFileSync(config, `sfeedpath="${join(folder, 'feeds')}"\nfeeds() {\n\tfeed "old" "${address}"\n}\n`);
  await run('sfeed_update', [config], folder);
  if (!existsSync(items)) return null;
  const known = countLines(items);
  exchange();
  await run('sfeed_update', [config], folder);
  return countLines(items) - known;
}

async function countInElfeed(address: string, exchange: () => void, folder: string): Promise<number | null> {
  const load = `(progn (package-initialize) (require 'elfeed)
(setq elfeed-feeds '("${address}") elfeed-db-directory "${join(folder, 'elfeed')}" elfeed-use-curl t elfeed-log-level 'error)
(setq url-show-status nil) (elfeed-db-load) (elfeed-update)
(let ((n 0)) (while (and (> (elfeed-queue-count-total) 0) (< n 300)) (accept-process-output nil 0.1) (setq n (1+ n)))))`;
  const count =
    '(let ((n 0)) (with-elfeed-db-visit (e _) (when (elfeed-tagged-p (quote unread) e) (setq n (1+ n)))) n)';
  const read = '(with-elfeed-db-visit (e _) (elfeed-untag e (quote unread)))';
  const output = join(folder, 'count');
  const emacs = (action: string) =>
    run(
      'emacs',
      [
        '--batch',
        '--eval',
        load,
        '--eval',
        `(write-region (format "%d" ${count}) nil "${output}")`,
        '--eval',
        `(progn ${action} (elfeed-db-save))`,
      ],
      folder,
    );
  if (!(await emacs(read)) || !existsSync(output)) return null;
  if (Number(readFileSync(output, 'utf8')) === 0) throw new Error('elfeed has nothing of the old feed.');
  exchange();
  await emacs('nil');
  return Number(readFileSync(output, 'utf8'));
}

/** Whether it ran to its end without an error. What it says goes into a file beside its own. */
function run(command: string, args: readonly string[], folder: string): Promise<boolean> {
  return new Promise((resolve) => {
    const environment = { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder };
    const child = spawn(command, args, { env: environment, timeout: RUN_MS_MAX });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part) => appendFileSync(join(folder, 'said'), part));
    child.once('error', () => resolve(false));
    child.once('close', (code) => {
      if (code !== 0 && process.env.SAY !== undefined) process.stderr.write(readFileSync(join(folder, 'said')));
      resolve(code === 0);
    });
  });
}

function countFiles(folder: string): number {
  return existsSync(folder) ? readdirSync(folder).length : 0;
}

function countLines(file: string): number {
  return readFileSync(file, 'utf8').split('\n').filter(Boolean).length;
}
