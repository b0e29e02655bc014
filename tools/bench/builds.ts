/** Whole publications as whole processes: built from nothing, after one article changed, and when none did. */

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  compareProcesses,
  formatNumber,
  formatRatio,
  formatSpread,
  type ProcessContender,
  type ProcessSpread,
} from './measure.ts';
import { createPost, writePosts } from './posts.ts';
import type { Section, Table } from './report.ts';

export interface BuildsOptions {
  /** The repository. */
  readonly root: string;
  /** Where to build; its contents are removed. */
  readonly folder: string;
  readonly counts: readonly number[];
  /** Whether the packages of the bench folder are installed. */
  readonly hasPeers: boolean;
}

/** A generator with a publication of its own. */
interface Generator {
  readonly name: string;
  /** Puts the publication there. */
  readonly create: (folder: string, count: number) => void;
  readonly contentFolder: string;
  /** Folders that the first build leaves and the next one would use. */
  readonly leaves: readonly string[];
  readonly process: (folder: string) => Omit<ProcessContender, 'name' | 'prepare'>;
}

const OURS = 'Feedwright, feeds and pages of feeds';
const TURNS = 3;

export function benchBuilds(options: BuildsOptions): Section {
  const tables = options.counts.flatMap((count) => compareBuilds(options, count));
  return {
    title: 'Building a publication',
    about: [
      'Posts of 5 kB in 20 tags, each in two; whole processes; seconds. *Feedwright* gives 21 feeds (and those of the',
      'folders) in RSS, Atom and JSON with their whole history in archive pages, sanitised, and a page beside each; with',
      '*pages* also one for every article. *Hugo* gives 21 RSS feeds and nothing else, once with all posts in each and',
      'once with the newest 30. *Eleventy* gives 21 RSS feeds with all posts, and a page for every post. *The usual',
      'script* gives 21 RSS feeds of the newest 30. Only Feedwright sanitises, and only it keeps what it has done: the',
      'others do everything again after a change.',
    ].join('\n'),
    tables,
  };
}

function compareBuilds({ root, folder, counts: _, hasPeers }: BuildsOptions, count: number): readonly Table[] {
  const generators = [
    ours(root, OURS, 'pages:\n  articles: false\n'),
    ours(root, 'Feedwright, with pages', ''),
    ...(spawnSync('hugo', ['version']).status === 0
      ? [hugo(root, 'Hugo, all posts', {}), hugo(root, 'Hugo, newest 30', { HUGO_PARAMS_LIMIT: '30' })]
      : []),
    ...(hasPeers ? [eleventy(root), usualScript(root)] : []),
  ];
  rmSync(folder, { recursive: true, force: true });
  const contenders = generators.map((generator, index) => {
    const own = join(folder, String(index));
    mkdirSync(own, { recursive: true });
    generator.create(own, count);
    return { ...generator, own };
  });
  const label = formatNumber(count);
  const contender = ({ name, process, own }: (typeof contenders)[number], prepare: () => void): ProcessContender => ({
    name,
    ...process(own),
    prepare,
  });
  const full = compareProcesses(
    contenders.map((each) => contender(each, () => clear(each.own, each.leaves))),
    TURNS,
  );
  let edits = 0;
  const changed = compareProcesses(
    contenders.map((each) => contender(each, () => changePost(join(each.own, each.contentFolder), count, ++edits))),
    TURNS,
  );
  const unchanged = compareProcesses(
    contenders.filter(({ name }) => name.startsWith('Feedwright')).map((each) => contender(each, () => undefined)),
    TURNS,
  );
  rmSync(folder, { recursive: true, force: true });
  return [
    tableOf(`${label} posts from nothing`, full),
    tableOf(`${label} posts, one changed`, changed),
    tableOf(`${label} posts, none changed`, unchanged),
  ];
}

function ours(root: string, name: string, settings: string): Generator {
  return {
    name,
    contentFolder: 'content',
    leaves: ['out', 'state.db', 'state.db-wal'],
    create(folder, count) {
      mkdirSync(join(folder, 'content'));
      writePosts(join(folder, 'content'), count);
      writeFileSync(join(folder, 'content', 'site.yaml'), `title: Bench\nurl: https://example.org/\n${settings}`);
    },
    process: (folder) => ({
      command: process.execPath,
      args: [join(root, 'bin', 'feedwright.ts'), 'build', 'content', '--out', 'out', '--state', 'state.db'],
      cwd: folder,
      // As the launcher sets it.
      env: { NODE_COMPILE_CACHE: join(root, '.feedwright', 'compiled') },
    }),
  };
}

function hugo(root: string, name: string, env: Readonly<Record<string, string>>): Generator {
  return {
    name,
    contentFolder: 'content',
    leaves: ['public', 'resources'],
    create(folder, count) {
      cpSync(join(root, 'tools', 'bench', 'peers', 'hugo'), folder, { recursive: true });
      mkdirSync(join(folder, 'content'));
      writePosts(join(folder, 'content'), count);
    },
    process: (folder) => ({ command: 'hugo', args: ['--quiet'], cwd: folder, env }),
  };
}

function eleventy(root: string): Generator {
  const peers = join(root, 'tools', 'bench', 'peers');
  return {
    name: 'Eleventy',
    contentFolder: '.',
    leaves: ['_site'],
    create(folder, count) {
      cpSync(join(peers, 'eleventy'), folder, { recursive: true });
      writePosts(folder, count);
      writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
      symlinkSync(join(peers, 'node_modules'), join(folder, 'node_modules'));
    },
    process: (folder) => ({
      command: process.execPath,
      args: [join(peers, 'node_modules', '@11ty', 'eleventy', 'cmd.cjs'), '--quiet'],
      cwd: folder,
    }),
  };
}

function usualScript(root: string): Generator {
  return {
    name: 'The usual script',
    contentFolder: 'content',
    leaves: ['out'],
    create(folder, count) {
      mkdirSync(join(folder, 'content'));
      writePosts(join(folder, 'content'), count);
    },
    process: (folder) => ({
      command: process.execPath,
      args: [join(root, 'tools', 'bench', 'peers', 'usual-script.mjs'), 'content', 'out'],
      cwd: folder,
    }),
  };
}

function clear(folder: string, names: readonly string[]): void {
  for (const name of names) {
    if (existsSync(join(folder, name))) rmSync(join(folder, name), { recursive: true });
  }
}

/** One of the newest posts, as most edits are. */
function changePost(folder: string, count: number, edit: number): void {
  const { path, text } = createPost(count - 5);
  writeFileSync(join(folder, path), `${text}\nEdited for the ${edit}th time.\n`);
}

function tableOf(heading: string, found: ReadonlyMap<string, ProcessSpread>): Table {
  const first = found.get(OURS)?.wallSeconds.median ?? Number.NaN;
  return {
    heading,
    columns: ['', 'wall s', 'processor s', 'peak MiB', 'wall against our first'],
    rows: [...found].map(([name, { wallSeconds, cpuSeconds, peakMebibytes }]) => [
      name,
      formatSpread(wallSeconds),
      formatSpread(cpuSeconds),
      formatNumber(peakMebibytes.median),
      formatRatio(wallSeconds.median, first),
    ]),
  };
}
