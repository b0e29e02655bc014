/**
 * The way into the project for a fresh clone, which has nothing but npm: plain JavaScript that any Node from 18 on runs.
 * `node tools/launch.mjs <script> …` installs what is missing, finds Node 24 (the Lambda's runtime, from the npm package
 * `node`) and hands over to it: same terminal, same signals, same exit code. It speaks on standard error only.
 */

import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const LOCK = join(ROOT, '.feedwright', 'install.lock');
const RUNTIME_MAJOR = 24;
const POLL_MS = 300;

/** What to do when npm fails, by what it wrote. npm's own words follow. */
const ADVICE = [
  [/npm ENOENT|ENOENT.*npm/, 'npm was not found. Install Node.js with npm (https://nodejs.org), then try again.'],
  [/ENOSPC/, 'The disk is full. Make room, then try again.'],
  [/EACCES|EPERM|EROFS/, `This user may not write to ${ROOT} or to npm's cache. Mend the permissions (without sudo).`],
  [/EUSAGE|in sync/, 'package.json and package-lock.json disagree. Run: npm install'],
  [/ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|ENETUNREACH|network/i, 'The package registry could not be reached. Check it.'],
];

let isWaiting = false;
const [script, ...args] = process.argv.slice(2);
if (script === undefined) fail(2, 'usage: node tools/launch.mjs <script of the project> …');
while (!isInstalled()) await installOnce();
process.exitCode = await handOver(findRuntime());

/**
 * Whether node_modules holds what package-lock.json asks for. npm writes node_modules/.package-lock.json last, so an
 * installation that was interrupted counts as missing, and `npm ci` by hand counts as well.
 */
function isInstalled() {
  const read = (path) => JSON.parse(readFileSync(join(ROOT, path), 'utf8')).packages;
  try {
    const found = read('node_modules/.package-lock.json');
    const isThere = ([path, { version, optional, devOptional, peer }]) =>
      path === '' || optional || devOptional || peer || found[path]?.version === version;
    return Object.entries(read('package-lock.json')).every(isThere);
  } catch {
    return false;
  }
}

/** Installs, or waits for another start that does: two at once would delete each other's files. */
async function installOnce() {
  mkdirSync(dirname(LOCK), { recursive: true });
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!isHeld()) return rmSync(LOCK, { force: true });
    if (!isWaiting) process.stderr.write(`Another start installs packages (if none does, delete ${LOCK}) …\n`);
    isWaiting = true;
    return new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  process.once('exit', () => rmSync(LOCK, { force: true }));
  install();
  rmSync(LOCK, { force: true });
}

/** A lock that was just made may not name its holder yet. */
function isHeld() {
  try {
    return process.kill(Number(readFileSync(LOCK, 'utf8')), 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function install() {
  process.stderr.write('Installing packages (only the first time, a minute or so) …\n');
  // Our own node_modules/.bin stays off the PATH: its Node may be half installed.
  const folders = (process.env.PATH ?? '').split(delimiter);
  const PATH = folders.filter((folder) => !folder.endsWith(join('node_modules', '.bin'))).join(delimiter);
  const options = { cwd: ROOT, env: { ...process.env, PATH }, encoding: 'utf8', shell: process.platform === 'win32' };
  const flags = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, error, stdout, stderr } = spawnSync('npm', flags, options);
  if (status === 0 && isInstalled()) return;
  const said = [error?.message, stdout, stderr].join('');
  const advice = ADVICE.find(([pattern]) => pattern.test(said))?.[1] ?? 'npm says why below.';
  fail(3, 'The packages could not be installed.', advice, said.trim());
}

/** The Node that runs everything: the package's, else this machine's own when it is new enough. */
function findRuntime() {
  const packaged = join(ROOT, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const { stdout } = spawnSync(packaged, ['--version'], { encoding: 'utf8' });
  if (stdout?.startsWith(`v${RUNTIME_MAJOR}.`)) return packaged;
  if (Number.parseInt(process.versions.node, 10) >= RUNTIME_MAJOR) return process.execPath;
  const what = `Node ${RUNTIME_MAJOR} is missing: the npm package "node" is there, but its install script did not run.`;
  const fix = `Run: npm rebuild node --ignore-scripts=false, or use Node ${RUNTIME_MAJOR} or newer.`;
  return fail(3, what, `${fix} This is ${process.version}.`);
}

/** Runs Node in this terminal and gives its exit code; a death by signal is 128 + its number, as in a shell. */
function handOver(node) {
  // Tools look for their settings in the project; the publisher takes its paths from where it was started.
  const isPublisher = script.startsWith('bin/');
  const env = { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true' };
  if (isPublisher) env.NODE_COMPILE_CACHE = join(ROOT, '.feedwright', 'compiled');
  const cwd = isPublisher ? process.cwd() : ROOT;
  const child = spawn(node, [join(ROOT, script), ...args], { stdio: 'inherit', cwd, env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // `kill` on an npm that runs a script does not reach us. Without a look at our parent, a server would keep its port.
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== parent && child.kill(), POLL_MS).unref();
  return new Promise((resolve) => {
    child.on('close', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

function fail(code, ...lines) {
  process.stderr.write(`${lines.join('\n  ').trimEnd()}\n`);
  process.exit(code);
}
