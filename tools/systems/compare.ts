/**
 * Builds the small sites of tests/systems with the programs that they were written for, and compares what these publish with
 * what Feedwright does: titles, dates, addresses, authors, tags, what is published at all, and texts.
 *
 *     npm run systems [-- hugo jekyll …] [--install] [--write]
 *
 * `--install` installs the programs into a folder outside the repository (SYSTEMS_CACHE names another; Jekyll comes from Debian, as
 * root). `--write` writes the differences into tests/systems/differences/, keeps the reasons that are there, and makes the tables
 * of docs/coming-from/ anew. The exit code is 1 where a difference has no reason, or one that is known is not there any more;
 * programs that are not installed are named at the end.
 */

import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { renderPart, writePart } from './coming-from.ts';
import { compareEntries, type Judged, judge, type Known, type TheirEntry } from './differences.ts';
import { CACHE, isInstalled, PROGRAMS, type Program, readTold, type ToldEntry } from './programs.ts';
import {
  filesOf,
  publishSite,
  readSite,
  SITE_NAMES,
  SITES_FOLDER,
  type SiteReading,
  textOfHtml,
} from './site-entries.ts';

const COMMAND_MS_MAX = 290_000;
const PROBES = join(import.meta.dirname, 'probes');
const DOCS = join(import.meta.dirname, '../../docs/coming-from');

process.exitCode = await main();

async function main(): Promise<number> {
  const options = { install: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const programs = PROGRAMS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  if (values.install) for (const program of programs) install(program);
  const asked = programs.filter(isInstalled);
  let faults = 0;
  for (const program of asked) faults += await compareSite(program, values.write);
  if (values.write) await writePages();
  const absent = programs.filter((program) => !asked.includes(program)).map(({ name }) => name);
  if (absent.length > 0) console.log(`NOT INSTALLED (--install): ${absent.join(', ')}`);
  console.log(`${asked.length} programs asked, ${faults} differences without a reason or gone.`);
  return faults === 0 ? 0 : 1;
}

function install(program: Program): void {
  const folder = join(CACHE, program.group);
  mkdirSync(folder, { recursive: true });
  for (const command of isInstalled(program) ? [] : program.install) run(command, folder);
  console.log(`${program.version}: ${isInstalled(program) ? 'is there' : 'could not be installed'}`);
}

/** The number of faults. */
async function compareSite(program: Program, isWritten: boolean): Promise<number> {
  const folder = join(SITES_FOLDER, program.name);
  const told = build(program, folder);
  if (told === null) return 1;
  const publication = await publishSite(folder);
  const reading = await readSite(publication);
  const texts = filesOf(folder).filter((file) => /\.(?:md|mdx|html)$/.test(file));
  const sources = new Map(texts.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
  const found = compareEntries(told.map(readEntry), reading, sources);
  const place = differencesPlace(program.name);
  const judged = judge(found, existsSync(place) ? (JSON.parse(readFileSync(place, 'utf8')) as Known).differences : []);
  print(program, told.length, judged);
  if (isWritten) {
    mkdirSync(join(place, '..'), { recursive: true });
    const known: Known = { program: program.version, differences: judged.found };
    writeFileSync(place, `${JSON.stringify(known, null, 2)}\n`);
  }
  return judged.unexplained.length + (isWritten ? 0 : judged.gone.length);
}

function differencesPlace(site: string): string {
  return join(SITES_FOLDER, 'differences', `${site}.json`);
}

/** The documents that a program publishes from a copy of its site; null where it fails. */
function build(program: Program, folder: string): readonly ToldEntry[] | null {
  const copy = mkdtempSync(join(tmpdir(), `${program.name}-`));
  const group = join(CACHE, program.group);
  try {
    cpSync(folder, copy, { recursive: true });
    if (program.moved !== undefined) renameSync(join(copy, program.moved[0]), join(copy, program.moved[1]));
    const probe = join(PROBES, program.name);
    if (existsSync(probe)) cpSync(probe, copy, { recursive: true });
    if (program.isNode === true) {
      if (!existsSync(join(copy, 'package.json'))) cpSync(join(group, 'package.json'), join(copy, 'package.json'));
      symlinkSync(join(group, 'node_modules'), join(copy, 'node_modules'));
    }
    return run(program.build, copy, { GROUP: group }) ? readTold(program, copy) : null;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function run(command: string, cwd: string, environment: Readonly<Record<string, string>> = {}): boolean {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
    cwd,
    // Some programs need the Node that this runs on.
    env: { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}`, TZ: 'UTC', ...environment },
    encoding: 'utf8',
    timeout: COMMAND_MS_MAX,
  });
  if (status === 0) return true;
  console.log(`FAILED (${status}): ${command}\n${`${stdout}\n${stderr}`.trim().split('\n').slice(-15).join('\n')}`);
  return false;
}

function readEntry({ title, date, url, authors, tags, html }: ToldEntry): TheirEntry {
  return {
    title: title ?? '',
    date: date === null || date === '' ? null : new Date(date).toISOString().replace('.000Z', 'Z'),
    address: decodeURIComponent(url ?? ''),
    authors: authors.flatMap((name) => (typeof name === 'string' && name !== '' ? [name] : [])),
    tags,
    text: textOfHtml(html ?? ''),
  };
}

function print({ version }: Program, entries: number, { found, gone }: Judged): void {
  console.log(`\n== ${version}: ${entries} entries, ${found.length} differences`);
  for (const { file, field, theirs, ours, reason } of found) {
    console.log(
      `${file} · ${field}\n  there: ${theirs}\n  here:  ${ours}\n  ${reason === '' ? 'WITHOUT A REASON' : reason}`,
    );
  }
  for (const { file, field, theirs } of gone) console.log(`GONE: ${file} · ${field} · there: ${theirs}`);
}

async function writePages(): Promise<void> {
  for (const site of SITE_NAMES) {
    const place = join(DOCS, `${site}.md`);
    const page = existsSync(place) ? readFileSync(place, 'utf8') : '';
    const reading: SiteReading = await readSite(await publishSite(join(SITES_FOLDER, site)));
    const known = existsSync(differencesPlace(site)) ? JSON.parse(readFileSync(differencesPlace(site), 'utf8')) : null;
    const written = writePart(page, renderPart(site, reading, known));
    if (written === null) console.log(`${place} has no place for its tables`);
    else writeFileSync(place, written);
  }
}
