/**
 * The way in for every script of package.json: plain JavaScript that any Node from 18 on runs, so that a fresh clone
 * needs nothing but npm. It installs what is missing, makes sure that Node 24 (the Lambda's runtime, from the npm
 * package `node`) is there, and hands over to it: same terminal, same signals, same exit code.
 *
 * Everything it says goes to standard error, so that `--json` output stays clean.
 */

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
/** Node keeps here what it has compiled: a start takes half the time. */
const COMPILE_CACHE = join(ROOT, '.feedwright', 'compiled');
const RUNTIME_MAJOR = 24;
const INSTALL_MS_MAX = 15 * 60_000;
const OUTPUT_LINES_MAX = 40;
const PARENT_WATCH_MS = 300;

const COMMANDS = {
  serve: (args) => ['bin/feedwright.ts', 'serve', ...args],
  feedwright: (args) => ['bin/feedwright.ts', ...args],
  test: (args) => ['node_modules/vitest/vitest.mjs', 'run', ...args],
  check: (args) => ['local/quality.ts', ...args],
  deploy: (args) => ['local/deploy.ts', ...args],
  size: (args) => ['tests/bench/bundle.ts', ...args],
  bench: (args) => ['tests/bench/bench.ts', ...args],
  'bench:scale': (args) => ['tests/bench/scale.ts', ...args],
  synth: (args) => ['node_modules/aws-cdk/bin/cdk', 'synth', '--quiet', ...args],
};

async function launch([name, ...args]) {
  if (!Object.hasOwn(COMMANDS, name ?? '')) {
    fail(2, `usage: node local/launch.mjs <${Object.keys(COMMANDS).join('|')}> …`);
  }
  if (!isInstalled()) await installOnce();
  const node = findRuntime();
  process.exitCode = await run(node, COMMANDS[name](args));
}

/**
 * Whether node_modules holds what package-lock.json asks for. npm writes node_modules/.package-lock.json as the last
 * step of an installation, so one that was interrupted counts as missing, and `npm ci` by hand counts as well.
 */
function isInstalled() {
  const wanted = readJson('package-lock.json');
  const found = readJson('node_modules/.package-lock.json');
  if (wanted === null)
    fail(3, 'package-lock.json is missing or damaged.', 'Restore it: git checkout package-lock.json');
  if (found === null) return false;
  return Object.entries(wanted.packages).every(([path, entry]) => {
    if (path === '' || entry.optional || entry.devOptional || entry.peer) return true;
    return found.packages[path]?.version === entry.version;
  });
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
  } catch {
    return null;
  }
}

/** Installs under a lock, because two first starts at once would delete each other's files. */
async function installOnce() {
  const release = await takeInstallLock();
  try {
    if (!isInstalled()) await install();
  } finally {
    release();
  }
}

async function install() {
  const progress = startProgress('Installing packages (only the first time)');
  const npm = await runQuietly('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  progress.stop(npm.code === 0 ? 'Packages installed' : null);
  if (npm.code === 0 && isInstalled()) return;
  fail(3, 'The packages could not be installed.', adviseOn(npm), npm.output);
}

/** npm, without the output that only matters when it fails, and without our own node_modules/.bin on its PATH. */
function runQuietly(command, args) {
  const isLocal = (folder) => folder.endsWith(join('node_modules', '.bin'));
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !isLocal(folder));
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, PATH: path.join(delimiter) },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
      timeout: INSTALL_MS_MAX,
    });
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).split('\n').slice(-OUTPUT_LINES_MAX).join('\n');
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ code: 1, output: `${error.code} ${error.message}` }));
    child.on('close', (code, signal) => resolve({ code: code ?? 1, output: signal ? `${output}\n${signal}` : output }));
  });
}

/** What to do about a failed installation, judged by what npm wrote. */
function adviseOn({ output }) {
  const advice = [
    [
      /^ENOENT spawn|ENOENT.*spawn npm/m,
      'npm was not found. Install Node.js with npm (https://nodejs.org), then try again.',
    ],
    [
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET|network/i,
      'The package registry could not be reached. Check the network (or the proxy: npm config get proxy), then try again.',
    ],
    [
      /EACCES|EPERM|EROFS/,
      `This user may not write to ${ROOT} or to npm's cache. Mend the permissions (without sudo npm), then try again.`,
    ],
    [/ENOSPC/, 'The disk is full. Make room, then try again.'],
    [/EUSAGE|in sync/, 'package.json and package-lock.json disagree. Run: npm install'],
    [
      /SIGTERM/,
      `npm took longer than ${INSTALL_MS_MAX / 60_000} minutes and was stopped. Check the network, then try again.`,
    ],
  ].find(([pattern]) => pattern.test(output));
  return advice?.[1] ?? 'npm says why below. Run npm ci to see all of it.';
}

/** The Node that runs everything: the package's, else this machine's own when it is new enough. */
function findRuntime() {
  const windows = process.platform === 'win32';
  const packaged = join(ROOT, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');
  if (majorOf(packaged) === RUNTIME_MAJOR) return packaged;
  const own = Number(process.versions.node.split('.')[0]);
  if (own >= RUNTIME_MAJOR) return process.execPath;
  return fail(
    3,
    `Node ${RUNTIME_MAJOR} is missing: the npm package "node" was installed, but its install script did not run.`,
    'This happens where npm may not run install scripts (ignore-scripts). Run, in this folder:\n' +
      '    npm rebuild node --ignore-scripts=false\n' +
      `  or use Node ${RUNTIME_MAJOR} or newer yourself (https://nodejs.org). This is Node ${process.versions.node}.`,
  );
}

function majorOf(node) {
  if (!existsSync(node)) return null;
  const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  return Number(/^v(\d+)\./.exec(stdout ?? '')?.[1] ?? Number.NaN);
}

/** Runs Node in this terminal and gives its exit code; a death by signal is 128 + its number, as in a shell. */
function run(node, args) {
  const [script, ...rest] = args;
  const isTool = !script.startsWith('bin/');
  const child = spawn(node, [join(ROOT, script), ...rest], {
    stdio: 'inherit',
    // The tools look for their settings in the folder they are started in; the publisher takes its paths from there.
    cwd: isTool ? ROOT : process.cwd(),
    env: {
      ...process.env,
      ...(isTool ? { CDK_DISABLE_CLI_TELEMETRY: 'true' } : { NODE_COMPILE_CACHE: COMPILE_CACHE }),
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  if (process.env.npm_lifecycle_event !== undefined) endWithParent(child);
  return new Promise((resolve) => {
    child.on('error', (error) => fail(3, `${node} could not be started: ${error.message}`));
    child.on('close', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

/**
 * `kill` on an npm that runs a script reaches npm and its shell, but not us. That the shell is gone shows in our
 * parent's number; without this, the server would run on and keep its port.
 */
function endWithParent(child) {
  const parent = process.ppid;
  const timer = setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), PARENT_WATCH_MS);
  timer.unref();
}

/**
 * A lock file that names its holder. It appears complete (by a link), and one whose holder is gone may be taken.
 * Gives the function that releases it.
 */
async function takeInstallLock() {
  const folder = join(ROOT, '.feedwright');
  const lock = join(folder, 'install.lock');
  const mine = join(folder, `install.${process.pid}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(mine, String(process.pid));
  const deadline = Date.now() + INSTALL_MS_MAX;
  let waiting = null;
  while (!tryLink(mine, lock)) {
    if (isAbandoned(lock)) {
      moveAway(lock, `${mine}.old`);
      continue;
    }
    waiting ??= startProgress('Waiting for another start that is installing packages');
    if (Date.now() > deadline)
      fail(3, 'Another start has been installing for too long.', `If none is running, delete ${lock}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  waiting?.stop(null);
  rmSync(mine);
  const release = () => rmSync(lock, { force: true });
  process.once('exit', release);
  return release;
}

function tryLink(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function isAbandoned(lock) {
  try {
    if (Date.now() - statSync(lock).mtimeMs > INSTALL_MS_MAX) return true;
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

/** Takes an abandoned lock out of the way; one that turns out to be a newer, live one is put back. */
function moveAway(lock, to) {
  try {
    renameSync(lock, to);
    if (!isAbandoned(to)) tryLink(to, lock);
    rmSync(to);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

/** A line that counts the seconds in a terminal; elsewhere one plain line at the start and one at the end. */
function startProgress(text) {
  const startedAt = Date.now();
  const seconds = () => `${Math.round((Date.now() - startedAt) / 1000)} s`;
  const terminal = process.stderr.isTTY === true;
  const draw = () => process.stderr.write(`\r\u001b[K${text} … ${seconds()}`);
  if (terminal) draw();
  else process.stderr.write(`${text} …\n`);
  const timer = terminal ? setInterval(draw, 1000) : null;
  return {
    stop(done) {
      if (timer !== null) clearInterval(timer);
      if (terminal) process.stderr.write('\r\u001b[K');
      if (done !== null) process.stderr.write(`${done} in ${seconds()}.\n`);
    },
  };
}

function fail(code, message, advice, details) {
  const lines = [message, advice === undefined ? null : `  ${advice}`, details ? `\n${details.trim()}` : null];
  process.stderr.write(`${lines.filter((line) => line !== null).join('\n')}\n`);
  process.exit(code);
}

await launch(process.argv.slice(2));
