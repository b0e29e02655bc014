/**
 * Readers that are programs of their own: those in Python and Perl, sfeed, and two that people read with, newsboat and
 * Liferea, which subscribe to a document where it is served. Whatever is not installed is skipped, and said to be.
 */

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FeedFormat } from '../../lambda/model/document.ts';
import type { Reading } from './reading.ts';
import { runLiferea } from './table/desktop.ts';
import { folderOf, isInstalled } from './table/install.ts';
import { queryAll, run, runAside } from './table/run-program.ts';

/** A document as a file and at its address on this machine. */
export interface ServedDocument {
  readonly format: FeedFormat;
  readonly file: string;
  readonly url: string;
}

/** Readings by document, in order; or why there are none. */
type Result = { readonly readings: readonly (readonly Reading[])[] } | { readonly skipped: string };

export interface ExternalReader {
  readonly name: string;
  readonly formats: readonly FeedFormat[];
  /** Whether it reads nothing but podcasts, or can't read their RSS, and then why. */
  readonly podcasts?: { readonly kind: 'only' } | { readonly kind: 'none'; readonly reason: string };
  readonly readAll: (documents: readonly ServedDocument[]) => Promise<Result>;
}

const XML: readonly FeedFormat[] = ['rss', 'atom'];

export const EXTERNAL_READERS: readonly ExternalReader[] = [
  { name: 'feedparser', formats: XML, readAll: byPython('feedparser') },
  { name: 'fastfeedparser', formats: XML, readAll: byPython('fastfeedparser') },
  { name: 'atoma', formats: [...XML, 'json'], readAll: byPython('atoma') },
  { name: 'podcastparser', formats: ['rss'], podcasts: { kind: 'only' }, readAll: byPython('podcastparser') },
  {
    name: 'XML::Feed',
    formats: XML,
    podcasts: { kind: 'none', reason: 'XML::RSS dies of a podcast:guid in the channel' },
    readAll: readByPerl,
  },
  { name: 'sfeed', formats: XML, readAll: readBySfeed },
  { name: 'newsboat', formats: XML, readAll: readByNewsboat },
  { name: 'Liferea', formats: XML, readAll: readByLiferea },
];

/** READERS_PYTHON names a Python in which the parsers are installed; else it is that of the table's readers, or `python3`. */
function byPython(reader: string): ExternalReader['readAll'] {
  return async (documents) => {
    const script = join(import.meta.dirname, 'python-readers.py');
    const jobs = documents.map(({ format, file }) => `${JSON.stringify({ reader, format, file })}\n`).join('');
    return resultOf(run(process.env.READERS_PYTHON ?? pythonOfTable() ?? 'python3', [script], jobs));
  };
}

function pythonOfTable(): string | null {
  return isInstalled('pypi') ? join(folderOf('pypi'), 'venv/bin/python') : null;
}

async function readByPerl(documents: readonly ServedDocument[]): Promise<Result> {
  const files = documents.map(({ file }) => `${file}\n`).join('');
  return resultOf(run('perl', [join(import.meta.dirname, 'perl-reader.pl')], files));
}

function resultOf(output: string | null): Result {
  if (output === null) return { skipped: 'it is not installed, or failed' };
  const lines = output.split('\n').filter((line) => line !== '');
  const results = lines.map((line) => JSON.parse(line) as { readings?: readonly Reading[]; skipped?: string });
  const skipped = results.find((result) => result.skipped !== undefined)?.skipped;
  return skipped === undefined ? { readings: results.map(({ readings = [] }) => readings) } : { skipped };
}

/** Fields between tabs; what would end one is escaped. */
async function readBySfeed(documents: readonly ServedDocument[]): Promise<Result> {
  const outputs = documents.map(({ file }) => run('sh', ['-c', 'sfeed < "$0"', file], ''));
  if (outputs.includes(null)) return { skipped: 'it is not installed, or failed' };
  const decode = (text: string) =>
    text.replace(/\\([nt\\])/g, (_, letter) => ({ n: '\n', t: '\t' })[letter as 'n'] ?? '\\');
  const readLine = (line: string): Reading => {
    const [published, title, link, content = '', , id] = line.split('\t');
    return { id, title: title || undefined, link, published: Number(published), content: decode(content) };
  };
  return { readings: outputs.map((output) => (output ?? '').split('\n').filter(Boolean).map(readLine)) };
}

/** Subscribes to each document anew: it takes entries of one id in two feeds for one. */
async function readByNewsboat(documents: readonly ServedDocument[]): Promise<Result> {
  const readings: (readonly Reading[])[] = [];
  for (const { url } of documents) {
    const folder = mkdtempSync(join(tmpdir(), 'feedwright-newsboat-'));
    try {
      const [urls, cache, config] = ['urls', 'cache.db', 'config'].map((name) => join(folder, name));
      writeFileSync(String(urls), `${url}\n`);
      writeFileSync(String(config), '');
      const environment = { ...process.env, HOME: folder };
      const output = await runAside(
        'newsboat',
        ['-u', `${urls}`, '-c', `${cache}`, '-C', `${config}`, '-x', 'reload'],
        environment,
      );
      if (!output || !existsSync(String(cache))) return { skipped: 'it is not installed, or failed' };
      readings.push(
        queryAll(String(cache), 'SELECT guid, title, author, url, pubDate, content FROM rss_item').map((row) => ({
          id: String(row.guid),
          title: String(row.title) || undefined,
          link: String(row.url),
          published: Number(row.pubDate),
          content: String(row.content),
        })),
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return { readings };
}

/** Runs Liferea on a display and a message bus of its own, subscribes over the bus, and reads what it has stored. */
async function readByLiferea(documents: readonly ServedDocument[]): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'feedwright-liferea-'));
  try {
    const addresses = documents.map(({ url }) => url);
    if (!(await runLiferea(folder, addresses))) {
      return { skipped: 'Liferea, xvfb-run or dbus-run-session is not installed, or failed' };
    }
    const database = join(folder, 'data/liferea/liferea.db');
    const rows = queryAll(
      database,
      `SELECT subscription.source AS feed, items.source_id, items.title, items.source, items.date, items.description
       FROM items JOIN subscription ON subscription.node_id = items.node_id`,
    );
    return {
      readings: documents.map(({ url }) =>
        rows
          .filter((row) => row.feed === url)
          .map((row) => ({
            id: String(row.source_id),
            title: row.title === null ? undefined : String(row.title),
            link: String(row.source),
            published: Number(row.date),
            content: String(row.description),
          })),
      ),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
