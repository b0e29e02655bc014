/** The package as somebody has it who installed it: from its tarball, with no network and nothing of this clone. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXAMPLES, runExamples } from '../support/library-examples.ts';
import { installPackage, lendPeers, type Packed, PROGRAM, ROOT } from '../support/packed-package.ts';

const PACK_MS_MAX = 180_000;
const PACKED_BYTES_MAX = 1_500_000;
const UNPACKED_BYTES_MAX = 4_000_000;

let folder: string;
let packed: Packed;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'feedwright-package-'));
  packed = installPackage(folder);
}, PACK_MS_MAX);

afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: readonly string[]) {
  return spawnSync(process.execPath, [PROGRAM, ...args], { cwd: folder, encoding: 'utf8' });
}

function evaluate(file: string, source: string): string {
  writeFileSync(join(folder, file), source);
  // Node 22 calls its SQLite experimental.
  const args = ['--disable-warning=ExperimentalWarning', file];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  return stdout + stderr;
}

describe('the package', () => {
  it('is small, holds what it needs, and brings no other along', () => {
    expect(packed.size).toBeLessThan(PACKED_BYTES_MAX);
    expect(packed.unpackedSize).toBeLessThan(UNPACKED_BYTES_MAX);
    const strange = packed.files.filter(
      ({ path }) => !/^(?:dist\/|docs\/[^/]+\.md$|[A-Z]+(?:\.md)?$|package\.json$)/.test(path),
    );
    expect(strange).toEqual([]);
    expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['feedwright']);
    const licences = readFileSync(join(folder, 'node_modules/feedwright/dist/LICENSES.txt'), 'utf8');
    for (const name of ['markdown-it', 'chokidar', '@aws-sdk/client-s3'])
      expect(licences).toMatch(new RegExp(`^${name} `, 'm'));
  });

  it('begins a publication, builds it and checks it, on standard error nothing but its own words', () => {
    expect(run('init', 'mine')).toMatchObject({ status: 0 });
    const built = run('build', 'mine/content', '--out', 'mine/.public', '--url', 'https://example.org/');
    expect(built.stderr).toBe('');
    expect(built.stdout).toMatch(/^1 entry in 1 feed/);
    expect(readFileSync(join(folder, 'mine/.public/atom.xml'), 'utf8')).toContain('<title>Hello</title>');
    const checked = run('check', 'mine/content', '--feeds');
    expect(checked.status).toBe(0);
    expect(checked.stderr).toBe('1 warning\n3 feed documents, each valid.\n');
    expect(run('--version').stdout).toBe(`feedwright ${readVersion()}\n`);
  });

  it('reads few files where nothing changed, and looks at no settings that it knows', () => {
    const looks =
      "import { registerHooks } from 'node:module';\nregisterHooks({ load(url, context, next) { if (url.startsWith('file:')) console.error(url); return next(url, context); } });\n";
    writeFileSync(join(folder, 'looks.mjs'), looks);
    const build = ['build', 'mine/content', '--out', 'mine/.public', '--url', 'https://example.org/'];
    run(...build);
    const { stderr } = spawnSync(process.execPath, ['--import', './looks.mjs', PROGRAM, ...build], {
      cwd: folder,
      encoding: 'utf8',
    });
    const files = stderr.split('\n').filter((line) => line.includes('/dist/'));
    expect(files.length).toBeGreaterThan(3);
    expect(files.length).toBeLessThan(20);
    expect(files.filter((file) => /article-work|lane-work|parse/.test(file))).toEqual([]);
  });

  it('keeps what Node compiled beside itself, else in the cache of the user, and else does without', () => {
    const { NODE_COMPILE_CACHE: _, ...env } = process.env;
    const start = (cache: string) =>
      spawnSync(process.execPath, [PROGRAM, '--version'], {
        cwd: folder,
        env: { ...env, XDG_CACHE_HOME: join(folder, cache) },
        encoding: 'utf8',
      });
    const own = join(folder, 'node_modules/feedwright/.feedwright');
    start('unused');
    expect(readdirSync(join(own, 'compiled'))).toHaveLength(1);
    expect(existsSync(join(folder, 'unused'))).toBe(false);
    rmSync(own, { recursive: true });
    // A place that nobody may write to.
    writeFileSync(own, '');
    writeFileSync(join(folder, 'closed'), '');
    expect(start('user-cache')).toMatchObject({ status: 0, stderr: '' });
    expect(readdirSync(join(folder, 'user-cache/feedwright/compiled'))).toHaveLength(1);
    expect(start('closed')).toMatchObject({ status: 0, stderr: '', stdout: `feedwright ${readVersion()}\n` });
    rmSync(own);
  });

  it('reads articles on threads', () => {
    mkdirSync(join(folder, 'many'));
    for (let index = 0; index < 300; index += 1)
      writeFileSync(join(folder, `many/${index}.md`), `---\ntitle: Number ${index}\ndate: 2026-01-01\n---\nText.\n`);
    const { stdout } = run('build', 'many', '--out', 'many-public', '--json', '--url', 'https://example.org/');
    expect(JSON.parse(stdout)).toMatchObject({ published: 300, problems: [] });
  });

  it('serves a folder, with its preview', async () => {
    const child = spawn(process.execPath, [PROGRAM, 'serve', 'mine/content'], { cwd: folder });
    try {
      const address = await addressOf(child);
      expect(await (await fetch(`${address}atom.xml`)).text()).toContain('<title>Hello</title>');
      expect((await fetch(`${address}_preview/preview.css`)).headers.get('content-type')).toContain('text/css');
      expect((await fetch(`${address}_preview/preview.js`)).status).toBe(200);
    } finally {
      child.kill('SIGINT');
      await once(child, 'close');
    }
  });

  it('can be imported and required', () => {
    const use = "build({ folder: 'mine/content', out: 'used' }).then(({ feeds }) => console.log(feeds.length))";
    expect(evaluate('use.mjs', `import { build } from 'feedwright';\n${use};\n`)).toBe('1\n');
    expect(evaluate('use.cjs', `const { build } = require('feedwright');\n${use};\n`)).toBe('1\n');
  });

  it.each(['import', 'require'] as const)('does what docs/library.md says, by %s', (kind) => {
    const printed = runExamples(folder, kind, 'feedwright');
    expect(Object.fromEntries(printed)).toEqual(Object.fromEntries(EXAMPLES.map(({ name, prints }) => [name, prints])));
  });

  it('has types that need no other package', () => {
    const types = join(folder, 'node_modules/feedwright/dist/types');
    const others = readdirSync(types, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.d\.[mc]ts$/.test(path) && !path.startsWith('lib'))
      .flatMap(
        (path) => readFileSync(join(types, path), 'utf8').match(/^(?:im|ex)port .*from '(?!\.|node:).*/gm) ?? [],
      );
    expect(others).toEqual([]);
  });
});

const STACKS = `const app = new App();
const stack = new Stack(app, 'Mine');
new Feedwright(stack, 'One');
new Feedwright(stack, 'Two', { dashboard: false });
const { directory, stacks } = app.synth();
const assets = process.getBuiltinModule('fs').readdirSync(directory).filter((name) => name.startsWith('asset.'));
console.log(assets.length, stacks[0].messages.length);
`;

describe('the construct', () => {
  it.each([
    ['app.mjs', "import { App, Stack } from 'aws-cdk-lib';\nimport { Feedwright } from 'feedwright/cdk';\n"],
    ['app.cjs', "const { App, Stack } = require('aws-cdk-lib');\nconst { Feedwright } = require('feedwright/cdk');\n"],
  ])('is synthesised by an app of others, without esbuild and without a word: %s', (file, imports) => {
    lendPeers(folder);
    // Both have the same code of the publisher.
    expect(evaluate(file, imports + STACKS)).toBe('1 0\n');
  });
});

function readVersion(): string {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version;
}

function addressOf(child: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer) => {
      said += chunk;
      const [address] = /http:\/\/(?:127\.0\.0\.1|localhost):\d+\//.exec(said) ?? [];
      if (address !== undefined) resolve(address);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.on('close', () => reject(new Error(`It ended: ${said}`)));
  });
}
