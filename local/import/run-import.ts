/** One import with all that it needs of the world: files, the network, a folder. What comes of it is plain data. */

import { mkdirSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { fetchPage } from '../old-feed/read-old-feed.ts';
import { openFeed } from './feed/feed-source.ts';
import { type ImportResult, importPosts } from './importing.ts';
import { createFetcher, type Fetcher } from './media/fetcher.ts';
import { createPictures } from './media/pictures.ts';
import { openFiles, openSource } from './recognise.ts';

const MEGABYTE = 1024 * 1024;
const OWN_FILE_BYTES_MAX = 500 * MEGABYTE;
const OTHER_FILE_BYTES_MAX = 50 * MEGABYTE;

export interface ImportOrder {
  /** Paths, or one address. */
  readonly exports: readonly string[];
  readonly folder: string;
  /** Ends with a slash. */
  readonly url: string | null;
  readonly drafts: boolean;
  readonly types: readonly string[];
  readonly markdown: boolean;
  readonly fetch: boolean;
}

export type ImportOutcome = Omit<ImportResult, 'report'> & {
  readonly failedCount: number;
  /** The report as a terminal shows it. */
  readonly lines: readonly string[];
  /** The same without titles of what is private. */
  readonly writtenLines: readonly string[];
};

/** `reading` counts megabytes, `importing` posts. */
export interface ImportProgress {
  readonly phase: 'reading' | 'importing';
  readonly done: number;
  readonly total: number;
}

/** Throws an `ImportFailure` where the export can't be read. */
export async function runImport(order: ImportOrder, onProgress: (at: ImportProgress) => void): Promise<ImportOutcome> {
  const { folder, types, drafts } = order;
  const address = order.exports.find((name) => /^https?:\/\//i.test(name)) ?? null;
  const files = address === null ? await openFiles(order.exports) : null;
  const trusted = [address, order.url].flatMap((each) => (each === null ? [] : [new URL(each).host]));
  const fetcher = createFetcher(trusted);
  const toMarkdown = order.markdown ? (await import('./html/to-markdown.ts')).toMarkdown : null;
  const bytes = (files?.names ?? []).reduce((sum, name) => sum + (files?.size(name) ?? 0), 0);
  let read = 0;
  try {
    const { report, ...result } = await importPosts({
      folder,
      url: order.url,
      drafts,
      toMarkdown,
      openSource: async (known) => {
        const options = { ...known, drafts, types };
        const onBytes = (count: number) => {
          read += count;
          onProgress({ phase: 'reading', done: Math.floor(read / MEGABYTE), total: Math.ceil(bytes / MEGABYTE) });
        };
        const source =
          files === null
            ? await openFeed(
                { kind: 'address', address: address ?? '', fetch: (page) => fetchPage(fetcher, page) },
                options,
              )
            : await openSource(files, options, onBytes);
        mkdirSync(folder, { recursive: true });
        return source;
      },
      onPost: (done, total) => onProgress({ phase: 'importing', done, total }),
      createPictures: (bases, report) => {
        const fetch = order.fetch ? (...asked: Asked) => fetchFile(fetcher, ...asked) : null;
        return createPictures({ folder, bases, files, report, fetch });
      },
    });
    const lines = report.lines({ titles: true });
    return { ...result, failedCount: report.failedCount, lines, writtenLines: report.lines({ titles: false }) };
  } finally {
    await files?.close();
  }
}

type Asked = readonly [address: string, isOwn: boolean, refused: (why: string) => void];

async function fetchFile(
  fetcher: Fetcher,
  address: string,
  isOwn: boolean,
  refused: (why: string) => void,
): Promise<Readable | null> {
  try {
    const answer = await fetcher.get(address, { bytesMax: isOwn ? OWN_FILE_BYTES_MAX : OTHER_FILE_BYTES_MAX });
    const isPage = /^(?:text\/html|application\/xhtml\+xml)$/.test(answer.type);
    const isPicture = /^image\//.test(answer.type) && answer.type !== 'image/svg+xml';
    if (answer.status === 200 && !isPage && (isOwn || isPicture)) return answer.body;
    answer.body.destroy();
    refused(answer.status === 200 ? `it is no picture (${answer.type || 'of no type'})` : `status ${answer.status}`);
    return null;
  } catch (error) {
    refused(error instanceof Error ? error.message : String(error));
    return null;
  }
}
