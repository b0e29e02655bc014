/** `feedwright import <export> --out <folder>`: what another program has exported becomes a folder of articles. */

import { statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Readable } from 'node:stream';
import type { ImportCommand } from '../cli/command-line.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { countIfAny } from '../cli/problem-lines.ts';
import type { Terminal } from '../cli/terminal.ts';
import { UsageError } from '../cli/usage.ts';
import { openFeed } from '../import/feed/feed-source.ts';
import type { ExportFiles } from '../import/files/export-files.ts';
import { type ImportResult, importPosts, REPORT_NAME } from '../import/importing.ts';
import { createFetcher, type Fetcher } from '../import/media/fetcher.ts';
import { createPictures } from '../import/media/pictures.ts';
import { ImportFailure } from '../import/model/import-failure.ts';
import { openFiles, openSource } from '../import/recognise.ts';
import type { CommandContext } from './context.ts';
import { makeFolder } from './folders.ts';

const MEGABYTE = 1024 * 1024;
const FEED_BYTES_MAX = 64 * MEGABYTE;
const OWN_FILE_BYTES_MAX = 500 * MEGABYTE;
const OTHER_FILE_BYTES_MAX = 50 * MEGABYTE;

export async function importExport(command: ImportCommand, { terminal }: CommandContext): Promise<number> {
  const { folder } = command;
  if (statSync(folder, { throwIfNoEntry: false })?.isFile()) throw new UsageError('output-is-file', folder);
  const address = command.exports.find((name) => /^https?:\/\//i.test(name)) ?? null;
  if (address !== null && command.exports.length > 1)
    throw new UsageError('argument-unexpected', address, 'import one feed at a time');
  try {
    const files = address === null ? await openFiles(command.exports) : null;
    const result = await run(command, address, files, terminal);
    await files?.close();
    return tell(result, command, terminal);
  } catch (error) {
    if (!(error instanceof ImportFailure)) throw error;
    terminal.note(`feedwright: ${error.message}\n  ${error.fix}`);
    return EXIT.nothing;
  }
}

async function run(
  command: ImportCommand,
  address: string | null,
  files: ExportFiles | null,
  terminal: Terminal,
): Promise<ImportResult> {
  const { folder, types, drafts } = command;
  const trusted = [address, command.url].flatMap((each) => (each === null ? [] : [new URL(each).host]));
  const fetcher = createFetcher(trusted);
  const toMarkdown = command.markdown ? (await import('../import/html/to-markdown.ts')).toMarkdown : null;
  const reading = terminal.startProgress('Reading (MB)', 'timed');
  const total = Math.ceil((files?.names ?? []).reduce((sum, name) => sum + (files?.size(name) ?? 0), 0) / MEGABYTE);
  let read = 0;
  let importing: ReturnType<Terminal['startProgress']> | null = null;
  try {
    return await importPosts({
      folder,
      url: command.url,
      drafts,
      toMarkdown,
      openSource: async (known) => {
        const options = { ...known, drafts, types };
        const onBytes = (count: number) => {
          read += count;
          reading.update(Math.floor(read / MEGABYTE), total);
        };
        const source =
          files === null
            ? await openFeed(
                { kind: 'address', address: address ?? '', fetch: (page) => fetchPage(fetcher, page) },
                options,
              )
            : await openSource(files, options, onBytes);
        makeFolder(folder);
        reading.stop();
        importing = terminal.startProgress('Importing', 'timed');
        return source;
      },
      onPost: (done, all) => importing?.update(done, all),
      createPictures: (_, bases, report) =>
        createPictures({
          folder,
          bases,
          files,
          report,
          fetch: command.fetch ? (...asked) => fetchFile(fetcher, ...asked) : null,
        }),
    });
  } finally {
    reading.stop();
    (importing as ReturnType<Terminal['startProgress']> | null)?.stop();
  }
}

/** Null where the server says that there is nothing. */
async function fetchPage(fetcher: Fetcher, address: string) {
  const fix = 'Check the address; import again later if the server is busy. Nothing was written.';
  try {
    const answer = await fetcher.get(address, { bytesMax: FEED_BYTES_MAX });
    if (answer.status === 404 || answer.status === 410) return null;
    if (answer.status !== 200) throw new ImportFailure(address, `answers with status ${answer.status}.`, fix);
    const chunks: Buffer[] = [];
    for await (const chunk of answer.body) chunks.push(chunk as Buffer);
    return { body: Buffer.concat(chunks), address: answer.address };
  } catch (error) {
    if (error instanceof ImportFailure) throw error;
    throw new ImportFailure(
      address,
      `can’t be fetched: ${error instanceof Error ? error.message : String(error)}.`,
      fix,
    );
  }
}

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

function tell(result: ImportResult, { folder }: ImportCommand, terminal: Terminal): number {
  const { counts, report, pages, drafts, pictures, blocks, program } = result;
  const written = counts.new + counts.changed;
  const facts = [
    `${counts.new} new`,
    `${counts.changed} changed`,
    `${counts.unchanged} as they were`,
    countIfAny(counts.edited + counts.removed + counts.known, 'left alone', 'left alone'),
    countIfAny(pages, 'page without a place in feeds', 'pages without a place in feeds'),
    countIfAny(drafts, 'draft'),
    countIfAny(pictures, 'file beside them', 'files beside them'),
  ].filter((fact) => fact !== '');
  const headline = `${program}: ${written} articles written into ${relative('', folder) || '.'} (${facts.join(', ')}).`;
  const markdown =
    blocks === null
      ? []
      : [
          `Markdown: ${blocks.all - blocks.kept} of ${blocks.all} blocks; ${blocks.kept} stayed HTML, which reads the same.`,
        ];
  const file = join(folder, REPORT_NAME);
  writeFileSync(file, `${[headline, ...markdown, ...report.lines({ titles: false })].join('\n')}\n`);
  for (const line of [headline, ...markdown, ...report.lines({ titles: true })]) terminal.print(line);
  terminal.note(`This report is in ${relative('', file)}. Next: feedwright serve ${relative('', folder) || '.'}`);
  return report.failedCount > 0 ? EXIT.problems : EXIT.published;
}
