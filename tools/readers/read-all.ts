/**
 * Has every reader that is there read the sample publication, and texts of which every character counts:
 *
 *     npm run readers [-- --install] [-- --write]
 *
 * Then each is asked what it shows of a publication of everything that readers have shown wrongly, which gives the table of
 * docs/readers.md: what is worse than there is a fault. `--install` installs all readers of the table into a cache folder
 * (READERS_CACHE names another one), as root those from Debian too; `--write` writes the page anew.
 *
 * The publication is published at an address of this machine, where newsboat and Liferea subscribe to it. Each reading is
 * compared with what the publication says; what differs and is not in the table of known differences is a fault.
 * READERS_PYTHON names a Python that has feedparser, fastfeedparser, atoma and podcastparser.
 *
 * The exit code is 0 when there is no fault, else 1. What was skipped is named at the end.
 */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EXTERNAL_READERS } from './external-readers.ts';
import { knownReason } from './known-differences.ts';
import { NPM_READERS } from './npm-readers.ts';
import { servePublication, type TestServer } from './publication-server.ts';
import { type Comparison, compareReadings, type Difference, type TestDocument } from './reading.ts';
import { SERVER_READERS } from './servers/readers.ts';
import { askReaders } from './table/ask.ts';
import { GROUPS, type GroupName } from './table/consumers.ts';
import { installGroups } from './table/install.ts';
import { PROGRAMS } from './table/programs.ts';
import { joinSections, splitSections } from './table/sections.ts';
import { mergeRows, parseTable, renderTable, worsened } from './table/table.ts';

const PAGE = join(import.meta.dirname, '../../docs/readers.md');

process.exitCode = await main();

async function main(): Promise<number> {
  const options = { install: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } } as const;
  const { values } = parseArgs({ options });
  if (values.install) installGroups(Object.keys(GROUPS) as GroupName[], (line) => console.log(line));
  const agreeing = await compareAll();
  const showing = await compareTable(values.write);
  return Math.max(agreeing, showing);
}

/** 0, or 1 where a reader shows less than the page says. */
async function compareTable(isWritten: boolean): Promise<number> {
  const sections = splitSections(existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '');
  const page = sections.readers;
  const { rows, absent } = await askReaders(Object.keys(GROUPS) as GroupName[], (line) => console.log(line), [
    ...PROGRAMS,
    ...SERVER_READERS,
  ]);
  if (isWritten) writeFileSync(PAGE, joinSections({ ...sections, readers: renderTable(mergeRows(page, rows)) }));
  const worse = worsened(parseTable(page), rows);
  for (const line of worse) console.log(`WORSE ${line}`);
  if (absent.length > 0) {
    const ofDebian = PROGRAMS.flatMap(({ install = [] }) => install).join(' ');
    console.log(`NOT ASKED: ${absent.join(', ')}`);
    console.log(`To install them: npm run readers -- --install; from Debian also: apt-get install ${ofDebian}`);
  }
  console.log(`${rows.length} readers asked, ${worse.length} cells are worse than docs/readers.md says.`);
  return worse.length === 0 || isWritten ? 0 : 1;
}

async function compareAll(): Promise<number> {
  const server = await servePublication();
  try {
    const lines = [...(await readByNpm(server)), ...(await readByOthers(server))];
    for (const { text } of lines) console.log(text);
    const faults = lines.reduce((sum, { faultCount }) => sum + faultCount, 0);
    console.log(faults === 0 ? 'All readers agree.' : `${faults} faults.`);
    return faults === 0 ? 0 : 1;
  } finally {
    await server.close();
  }
}

interface Line {
  readonly text: string;
  readonly faultCount: number;
}

async function readByNpm({ documents }: TestServer): Promise<readonly Line[]> {
  const lines: Line[] = [];
  for (const { name, read } of NPM_READERS) {
    for (const document of documents) {
      const readings = await read[document.format]?.(document.text);
      if (readings !== undefined) lines.push(describe(name, document, compareReadings(document.entries, readings)));
    }
  }
  return lines;
}

async function readByOthers({ documents }: TestServer): Promise<readonly Line[]> {
  const lines: Line[] = [];
  for (const { name, formats, podcasts, readAll } of EXTERNAL_READERS) {
    const mine = documents.filter(({ format, isPodcast }) => {
      if (podcasts?.kind === 'only') return isPodcast && formats.includes(format);
      return formats.includes(format) && !(podcasts?.kind === 'none' && isPodcast && format === 'rss');
    });
    if (podcasts?.kind === 'none')
      lines.push({ text: `${name} reads no podcasts in RSS: ${podcasts.reason}`, faultCount: 0 });
    const result = await readAll(mine);
    if ('skipped' in result) {
      lines.push({ text: `SKIPPED ${name}: ${result.skipped}`, faultCount: 0 });
      continue;
    }
    for (const [index, document] of mine.entries()) {
      lines.push(describe(name, document, compareReadings(document.entries, result.readings[index] ?? [])));
    }
  }
  return lines;
}

function describe(reader: string, document: TestDocument, { differences, told }: Comparison): Line {
  const faults = differences.filter((difference) => knownReason(reader, document, difference) === undefined);
  const known = differences.length - faults.length;
  const head = `${faults.length === 0 ? 'ok' : 'FAULT'} ${reader}, ${document.path}: ${document.entries.length} entries`;
  const notes = `${told.join(', ')}${known === 0 ? '' : `; ${known} known differences`}`;
  return { text: [`${head} (${notes})`, ...faults.map(tell)].join('\n'), faultCount: faults.length };
}

function tell({ field, entry, expected, actual }: Difference): string {
  return `  ${field} of ${entry}:\n    ${JSON.stringify(expected)}\n    ${JSON.stringify(actual)}`;
}
