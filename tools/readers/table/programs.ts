/** Programs that people read with, and that have their own way to be asked: sfeed prints, newsboat subscribes. */

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FeedFormat } from '../../../lambda/model/document.ts';
import { queryAll, run, runAside } from './run-program.ts';
import type { Answer, Job } from './shown.ts';

export interface Program {
  readonly name: string;
  readonly version: string;
  readonly formats: readonly FeedFormat[];
  /** Its package of Debian. */
  readonly install?: string;
  readonly answer: (job: Job) => Promise<Answer>;
}

const XML: readonly FeedFormat[] = ['rss', 'atom'];

export const PROGRAMS: readonly Program[] = [
  { name: 'sfeed', version: '1.7', formats: XML, install: 'sfeed', answer: bySfeed },
  { name: 'newsboat', version: '2.21.0', formats: XML, install: 'newsboat', answer: byNewsboat },
];

async function bySfeed({ file }: Job): Promise<Answer> {
  const output = run('sh', ['-c', 'sfeed < "$0"', file], '');
  if (output === null) return { absent: 'it is not installed' };
  const entries = output
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [date = '', title = '', link = '', text = '', , id = '', author = '', enclosure = '', tags = ''] =
        line.split('\t');
      const files = enclosure === '' ? [] : [enclosure];
      return { id, title, link, published: Number(date), author, files, tags: tags.split('|').filter(Boolean), text };
    });
  return { shown: { entries } };
}

/** It keeps what it has read in a database. */
async function byNewsboat({ url }: Job): Promise<Answer> {
  const folder = mkdtempSync(join(tmpdir(), 'feedwright-newsboat-'));
  const cache = join(folder, 'cache.db');
  try {
    writeFileSync(join(folder, 'urls'), `${url}\n`);
    writeFileSync(join(folder, 'config'), '');
    const options = ['-u', join(folder, 'urls'), '-c', cache, '-C', join(folder, 'config'), '-x', 'reload'];
    const isDone = await runAside('newsboat', options, { ...process.env, HOME: folder });
    if (!isDone || !existsSync(cache)) return { absent: 'it is not installed' };
    const [feed] = queryAll(cache, 'SELECT url FROM rss_feed');
    const rows = queryAll(cache, 'SELECT guid, title, author, url, pubDate, enclosure_url, content FROM rss_item');
    const entries = rows.map((row) => ({
      id: String(row.guid),
      title: String(row.title),
      link: String(row.url),
      published: Number(row.pubDate),
      author: String(row.author),
      text: String(row.content),
      files: row.enclosure_url ? [String(row.enclosure_url)] : [],
    }));
    return { shown: { home: feed === undefined ? null : String(feed.url), entries } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
