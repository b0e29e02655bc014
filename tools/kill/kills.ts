/**
 * Kills `feedwright build` and `serve` with SIGKILL at random moments of an import, and compares what the next build
 * makes with what an undisturbed one made. The moments come from a seed; what a process has done by then does not.
 */

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRandom } from '../../tests/simulation/random.ts';

const ENTRY_POINT = fileURLToPath(new URL('../../bin/feedwright.ts', import.meta.url));
const URL_OPTIONS = ['--url', 'https://example.org/'];
const DAY_MS = 86_400_000;
const RUN_MS_MAX = 300_000;

export interface KillOptions {
  readonly articleCount: number;
  /** How many processes are killed; every second one is `serve`. */
  readonly times: number;
  readonly seed: number;
  /** Told of each process, and of what is different after it. */
  readonly onKill?: (about: string, differences: readonly string[]) => void;
}

/** The differences after a kill, one line each; empty when there are none. */
export async function killManyTimes({ articleCount, times, seed, onKill }: KillOptions): Promise<readonly string[]> {
  const base = mkdtempSync(join(tmpdir(), 'feedwright-kill-'));
  try {
    writeContent(join(base, 'content'), articleCount);
    const startedAt = performance.now();
    const expected = await finish(base, 'undisturbed');
    const wholeMs = performance.now() - startedAt;
    const random = createRandom(seed);
    const differences: string[] = [];
    for (let index = 0; index < times; index += 1) {
      const command = index % 2 === 0 ? 'build' : 'serve';
      const killedAfterMs = Math.round(random.next() * wholeMs);
      const about = `${command} ${index}, killed after ${killedAfterMs} of ${Math.round(wholeMs)} ms`;
      const place = String(index);
      await (command === 'build' ? killBuild(base, place, killedAfterMs) : killServe(base, place, killedAfterMs));
      const found = compare(expected, await finish(base, place));
      differences.push(...found.map((path) => `${about}: ${path}`));
      rmSync(join(base, place), { recursive: true, force: true });
      onKill?.(about, found);
    }
    return differences;
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

/** Articles with their dates, in some feeds, and every tenth with a picture. */
function writeContent(folder: string, articleCount: number): void {
  mkdirSync(folder);
  writeFileSync(join(folder, 'site.yaml'), 'title: Killed\nid: killed\nauthors: [Ada Writer]\n');
  for (let index = 0; index < articleCount; index += 1) {
    const date = new Date(Date.UTC(2020, 0, 1) + index * DAY_MS).toISOString();
    const picture = index % 10 === 0 ? `image: p${index}.png\n` : '';
    if (picture !== '') writeFileSync(join(folder, `p${index}.png`), `picture ${index}`);
    const head = `title: P${index}\ndate: ${date}\ntags: [t${index % 7}, sea]\n${picture}`;
    writeFileSync(join(folder, `p${index}.md`), `---\n${head}---\n\nText of ${index}.\n`);
  }
}

/** Builds to the end, and gives the hash of every document by its path. */
async function finish(base: string, place: string): Promise<ReadonlyMap<string, string>> {
  const out = join(base, place, 'public');
  mkdirSync(join(base, place), { recursive: true });
  const code = await run(['build', join(base, 'content'), '--out', out, ...URL_OPTIONS], base, RUN_MS_MAX);
  if (code !== 0) throw new Error(`The build after a kill ended with ${code}.`);
  // A file that a killed process was still moving into place is no document; it is removed an hour later.
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.parentPath.endsWith('.feedwright'),
  );
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(out.length + 1), createHash('sha256').update(readFileSync(path)).digest('hex')];
    }),
  );
}

async function killBuild(base: string, place: string, afterMs: number): Promise<void> {
  mkdirSync(join(base, place));
  await run(['build', join(base, 'content'), '--out', join(base, place, 'public'), ...URL_OPTIONS], base, afterMs);
}

/** Moves the files that `serve` has left behind to where the next build finds them. */
async function killServe(base: string, place: string, afterMs: number): Promise<void> {
  const folder = join(base, place);
  mkdirSync(folder);
  const code = await run(['serve', join(base, 'content'), ...URL_OPTIONS], folder, afterMs);
  if (code !== null) throw new Error(`The server ended by itself, with ${code}.`);
  const workshop = join(folder, '.feedwright');
  for (const name of listFolder(workshop)) {
    cpSync(join(workshop, name, 'public'), join(folder, 'public'), { recursive: true, preserveTimestamps: true });
    for (const file of listFolder(join(workshop, name)).filter((each) => each.startsWith('state.db'))) {
      cpSync(join(workshop, name, file), join(folder, file.replace('state.db', 'public.feedwright.db')));
    }
  }
}

function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Killed before it had made anything.
    return [];
  }
}

/** Gives the exit code; null for a process that was killed. */
function run(args: readonly string[], cwd: string, killAfterMs: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [ENTRY_POINT, ...args], { cwd, stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(timer);
      resolve(code);
    });
  });
}

function compare(expected: ReadonlyMap<string, string>, present: ReadonlyMap<string, string>): readonly string[] {
  const paths = new Set([...expected.keys(), ...present.keys()]);
  return [...paths].filter((path) => expected.get(path) !== present.get(path));
}
