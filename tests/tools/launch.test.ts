import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const SCRIPT = 'bin/feedwright.ts';
const LAUNCHER = fileURLToPath(new URL('../../tools/launch.mjs', import.meta.url));

/** A clone with one package, and an npm that installs it, or fails, as told. */
let clone: string;

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'feedwright-launch-'));
  for (const folder of ['tools', 'bin', 'npm']) mkdirSync(join(clone, folder));
  copyFileSync(LAUNCHER, join(clone, 'tools/launch.mjs'));
  write('package-lock.json', renderLock('1.0.0'));
  write('bin/feedwright.ts', 'console.log("ran", ...process.argv.slice(2));\nprocess.exit(7);\n');
});

afterEach(() => rmSync(clone, { recursive: true }));

// The npm of these tests is a shell script.
describe.skipIf(process.platform === 'win32')('the launcher', () => {
  it('installs what is missing, says so on standard error, and keeps the exit code', async () => {
    installBy('cp package-lock.json "$fresh"');
    const first = await launch(SCRIPT, 'build', 'a b');
    expect(first).toMatchObject({ code: 7, out: 'ran build a b\n' });
    expect(first.err).toMatch(/^Installing packages .*…\n$/);
    const second = await launch(SCRIPT, 'serve', 'content');
    expect(second).toMatchObject({ code: 7, out: 'ran serve content\n', err: '' });
  });

  it('installs again when package-lock.json asks for another version', async () => {
    installBy('cp package-lock.json "$fresh"');
    await launch(SCRIPT);
    write('package-lock.json', renderLock('1.0.1'));
    expect((await launch(SCRIPT)).err).toContain('Installing packages');
    expect((await launch(SCRIPT)).err).toBe('');
  });

  it('installs once when two start at the same time', async () => {
    installBy('sleep 0.4', 'cp package-lock.json "$fresh"');
    const [first, second] = await Promise.all([launch(SCRIPT), launch(SCRIPT)]);
    expect([first.code, second.code]).toEqual([7, 7]);
    expect(readFileSync(join(clone, 'calls'), 'utf8')).toBe('ci\n');
  });

  it('takes the lock of a start that was killed', async () => {
    installBy('cp package-lock.json "$fresh"');
    mkdirSync(join(clone, '.feedwright'));
    const gone = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await new Promise((resolve) => gone.on('close', resolve));
    write('.feedwright/install.lock', String(gone.pid));
    expect(await launch(SCRIPT)).toMatchObject({ code: 7 });
    expect(existsSync(join(clone, '.feedwright/install.lock'))).toBe(false);
  });

  it.each([
    ['npm error code ENOTFOUND', 'The package registry could not be reached.'],
    ['npm error code EACCES', 'Mend the permissions'],
    ['npm error code ENOSPC', 'The disk is full.'],
    ['npm error code EUSAGE', 'package.json and package-lock.json disagree.'],
    ['npm error something new', 'npm says why below.'],
  ])('shows npm failing with "%s", and what to do', async (said, advice) => {
    installBy(`echo "${said}" >&2`, 'exit 1');
    const { code, out, err } = await launch(SCRIPT);
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toContain(advice);
    expect(err).toContain(said);
  });

  it('says when there is no npm', async () => {
    const { code, err } = await launch(SCRIPT);
    expect(code).toBe(3);
    expect(err).toContain('npm was not found.');
  });

  it('says how it is called', async () => {
    expect(await launch()).toMatchObject({ code: 2, err: expect.stringContaining('usage:') });
  });
});

/** As the package `node` has it: the Node of these tests, which may be another one that calls itself 24. */
const RUNTIME = [
  'mkdir -p node_modules/node/bin',
  `printf '#!/bin/sh\\n[ "$1" = --version ] && exec echo v24.0.0\\nexec "${process.execPath}" "$@"\\n' > node_modules/node/bin/node`,
  'chmod +x node_modules/node/bin/node',
];

function installBy(...lines: readonly string[]): void {
  const script = [
    '#!/bin/sh',
    'echo "$1" >> calls',
    'mkdir -p node_modules',
    'fresh=node_modules/.package-lock.json',
    ...RUNTIME,
    ...lines,
    '',
  ];
  writeFileSync(join(clone, 'npm/npm'), script.join('\n'), { mode: 0o755 });
}

function renderLock(version: string): string {
  return JSON.stringify({ packages: { '': {}, 'node_modules/a': { version }, 'node_modules/b': { optional: true } } });
}

function write(path: string, text: string): void {
  writeFileSync(join(clone, path), text);
}

interface Launched {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function launch(...args: readonly string[]): Promise<Launched> {
  return new Promise((resolve, reject) => {
    // The script's own commands are in the system's folders; where there is no script, no npm may be found there.
    const hasNpm = existsSync(join(clone, 'npm/npm'));
    const path = [join(clone, 'npm'), ...(hasNpm ? ['/usr/bin', '/bin'] : [])];
    const child = spawn(process.execPath, [join(clone, 'tools/launch.mjs'), ...args], {
      cwd: clone,
      env: { PATH: path.join(delimiter) },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}
