/**
 * `npm run bench`: Feedwright and its peers side by side, from one run. The peers are packages of this folder only,
 * installed when they are first needed; Hugo takes part where it is installed (Debian: `apt-get install hugo`).
 *
 *   npm run bench -- --only rendering,parsing    some sections
 *   npm run bench -- --quick                     small publications only
 *   npm run bench -- --huge                      one upload among 100,000 articles too: a quarter of an hour more
 *   npm run bench -- --write                     also into docs/benchmarks.md
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Site } from '../../lambda/model/site.ts';
import { parseSite } from '../../lambda/site/parse-site.ts';
import { benchBuilds } from './builds.ts';
import { benchHandler } from './handler.ts';
import { benchParsing, type PeerParser } from './parsing.ts';
import { benchPolling } from './polling.ts';
import { benchRendering, type PeerRenderers } from './rendering.ts';
import { renderSection, type Section } from './report.ts';
import { benchStart } from './start.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PEERS = join(ROOT, 'tools', 'bench', 'peers');
const REPORT = join(ROOT, 'docs', 'benchmarks.md');

const SETTINGS = 'title: Bench\nurl: https://example.org/\n';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      write: { type: 'boolean' },
      quick: { type: 'boolean' },
      huge: { type: 'boolean' },
    },
  });
  const handlerCounts = [100, 500, ...(values.quick ? [] : [2_000, 10_000]), ...(values.huge ? [100_000] : [])];
  const hasPeers = installPeers();
  const site = readSettings();
  const folder = mkdtempSync(join(tmpdir(), 'feedwright-bench-'));
  const builds = { root: ROOT, folder: join(folder, 'builds'), hasPeers };
  const sections: Readonly<Record<string, () => Section | Promise<Section>>> = {
    rendering: async () =>
      benchRendering(site, await importPeer<PeerRenderers>(hasPeers, 'rendering.mjs', 'renderers')),
    parsing: async () => benchParsing(ROOT, site, await importPeer<PeerParser>(hasPeers, 'parsing.mjs', 'parsePost')),
    builds: () => benchBuilds({ ...builds, counts: values.quick ? [100] : [100, 1_000, 10_000] }),
    handler: () => benchHandler({ root: ROOT, hasPeers, counts: handlerCounts }),
    start: () => benchStart(ROOT),
    polling: async () => benchPolling(site, await importPeer<PeerRenderers>(hasPeers, 'rendering.mjs', 'renderers')),
  };
  const wanted = values.only?.split(',') ?? Object.keys(sections);
  const parts = [describeMachine(hasPeers)];
  try {
    console.log(parts[0]);
    for (const name of wanted) {
      const bench = sections[name];
      if (bench === undefined)
        throw new Error(`There is no section ${name}; there are ${Object.keys(sections).join(', ')}.`);
      const text = renderSection(await bench());
      console.log(text);
      parts.push(text);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  if (values.write) writeFileSync(REPORT, `${parts.join('\n').trim()}\n`);
}

/** Into the bench folder, unless they are there as its lock file asks for. Gives whether they are there. */
function installPeers(): boolean {
  const installed = join(PEERS, 'node_modules', '.package-lock.json');
  const lock = join(PEERS, 'package-lock.json');
  if (existsSync(installed) && isInstalled(lock, installed)) return true;
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: PEERS, stdio: 'inherit' });
  if (npm.status === 0) return true;
  console.error('The peers could not be installed, so Feedwright is measured alone.');
  return false;
}

function isInstalled(lock: string, installed: string): boolean {
  const found = readLock(installed);
  return Object.entries(readLock(lock)).every(
    ([path, wanted]) => path === '' || wanted.optional === true || wanted.version === found[path]?.version,
  );
}

type Packages = Readonly<Record<string, { readonly version?: string; readonly optional?: boolean }>>;

function readLock(file: string): Packages {
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly packages: Packages }).packages;
}

async function importPeer<T>(hasPeers: boolean, file: string, name: string): Promise<T | null> {
  if (!hasPeers) return null;
  const module = (await import(join(PEERS, file))) as Readonly<Record<string, T>>;
  return module[name] ?? null;
}

function readSettings(): Site {
  const { site } = parseSite(new TextEncoder().encode(SETTINGS), { url: null, fallbackUrl: null });
  if (site === null) throw new Error('The settings of the benchmarks are wrong.');
  return site;
}

function describeMachine(hasPeers: boolean): string {
  const cores = cpus();
  const { dependencies } = JSON.parse(readFileSync(join(PEERS, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const hugo = spawnSync('hugo', ['version'], { encoding: 'utf8' }).stdout?.split(' ')[1] ?? 'not installed';
  const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).stdout.trim();
  const peers = Object.entries(dependencies).map(([name, version]) => `${name} ${version}`);
  return [
    '# Benchmarks',
    '',
    'Written by `npm run bench -- --write`; the medians of several turns, the least and the greatest in brackets. Ratios',
    'within one table hold better than figures, and figures of another machine are other figures.',
    '',
    `- ${new Date().toISOString().slice(0, 10)}, Feedwright at commit ${commit}, Node ${process.versions.node}`,
    `- ${platform()} ${arch()}, ${cores.length} × ${cores[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    `- peers: ${hasPeers ? peers.join(', ') : 'not installed'}; Hugo ${hugo}`,
    '',
  ].join('\n');
}

await main();
