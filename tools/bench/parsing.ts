/** From files to safe HTML: real posts where a collection of them is there, else the sample publication. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isArticleKey, parseArticles } from '../../lambda/article/parse.ts';
import type { Site } from '../../lambda/model/site.ts';
import { type Contender, compareCalls, formatNumber, formatRatio, formatSpread } from './measure.ts';
import { createPost } from './posts.ts';
import type { Section, Table } from './report.ts';

const FILES_MAX = 400;
const SYNTHETIC_COUNT = 200;

interface File {
  readonly key: string;
  readonly body: Uint8Array;
  readonly text: string;
}

export type PeerParser = (text: string) => unknown;

export async function benchParsing(root: string, site: Site, peer: PeerParser | null): Promise<Section> {
  const corpus = join(root, '..', 'shared', 'corpus');
  const real = readFiles(existsSync(corpus) ? corpus : join(root, 'content'));
  const synthetic = Array.from({ length: SYNTHETIC_COUNT }, (_, index) => createPost(index)).map(({ path, text }) => ({
    key: path,
    body: new TextEncoder().encode(text),
    text,
  }));
  return {
    title: 'Parsing and sanitising posts',
    about:
      'Milliseconds of processor time a post, from the bytes of the file. Feedwright also finds dates, people, tags, ' +
      'media and summaries, makes every address absolute, resolves template code, and repairs the markup.',
    tables: [
      await compare('Real posts', real, site, peer),
      await compare('The posts of these benchmarks', synthetic, site, peer),
    ],
  };
}

async function compare(heading: string, files: readonly File[], site: Site, peer: PeerParser | null): Promise<Table> {
  const ours: Contender = {
    name: 'Feedwright',
    run: () => {
      for (const { key, body } of files) parseArticles({ key, body, site });
    },
  };
  const theirs: readonly Contender[] =
    peer === null
      ? []
      : [
          {
            name: 'gray-matter, marked, sanitize-html',
            run: () => {
              for (const { text } of files) tryParse(peer, text);
            },
          },
        ];
  const found = await compareCalls([ours, ...theirs], { turns: 5, turnMs: 1 });
  const oursMs = found.get('Feedwright')?.median ?? Number.NaN;
  const bytes = files.reduce((sum, { body }) => sum + body.byteLength, 0);
  return {
    heading: `${heading}: ${files.length} files, ${formatNumber(bytes / files.length / 1_000)} kB each on average`,
    columns: ['', 'ms a post', 'MB/s', 'against ours'],
    rows: [...found].map(([name, { median, min, max }]) => [
      name,
      formatSpread({ median: median / files.length, min: min / files.length, max: max / files.length }),
      formatNumber(bytes / 1_000 / median),
      formatRatio(median, oursMs),
    ]),
  };
}

/** A file that the others can't read counts for them as read. */
function tryParse(parse: PeerParser, text: string): void {
  try {
    parse(text);
  } catch {
    // Broken front matter: ours reports it.
  }
}

function readFiles(folder: string): readonly File[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md') && isArticleKey(entry.name))
    .slice(0, FILES_MAX)
    .map((entry) => {
      const body = readFileSync(join(entry.parentPath, entry.name));
      return { key: entry.name, body, text: body.toString('utf8') };
    });
}
