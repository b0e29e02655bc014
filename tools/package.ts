/**
 * What `npm pack` does first: builds `dist/`, which is all that the package `feedwright` holds beside its documents. There
 * each program is bundled with what it uses, so that an installation brings no other package along. Node runs no TypeScript
 * below node_modules.
 */

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { buildEdgeFunction, EDGE_FUNCTIONS } from '../lib/bundle/edge-function-code.ts';
import { LICENCES_FILE, renderLicences } from '../lib/bundle/licences.ts';
import { PREBUILT } from '../lib/bundle/prebuilt-code.ts';
import { buildPublisher, bundleOptions } from '../lib/bundle/publisher-bundle.ts';
import { joinChunks } from './join-chunks.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DIST = join(ROOT, 'dist');
/** The oldest that package.json names in `engines`. */
const TARGET = 'node22.13';
/** Files in `dist/` that are programs of their own, or are imported by name, by their sources. */
const PROGRAMS = {
  feedwright: 'bin/feedwright.ts',
  index: 'local/library.ts',
  'parse-worker': 'local/publication/parse-worker.ts',
  'import-thread': 'local/import/import-thread.ts',
};

/** What is loaded at the start, by a build in which nothing changed, by one in which something did, and by its threads. */
const PURPOSES = [
  ['bin/command-line.ts'],
  ['local/commands/build.ts'],
  ['lambda/work/article/article-work.ts', 'lambda/work/lane-work.ts'],
  ['local/publication/parse-worker.ts'],
];

/** The construct, in a folder of its own with the code that it takes along. */
const CDK = join(DIST, 'cdk');
const CONSTRUCT = 'lib/library.ts';

async function buildPackage(): Promise<void> {
  rmSync(DIST, { recursive: true, force: true });
  const options = bundleOptions(DIST);
  const programs = await build({
    ...options,
    entryPoints: PROGRAMS,
    target: TARGET,
    define: { FEEDWRIGHT_PROGRAM: JSON.stringify(fingerprintSources()) },
  });
  await joinChunks({ options, metafile: programs.metafile, target: TARGET, purposes: PURPOSES });
  // Files that programs read while they run: each looks beside itself.
  for (const file of listFiles(join(ROOT, 'local')).filter((path) => /\.(?:css|js)$/.test(path)))
    cpSync(file, join(DIST, basename(file)));
  // For `require`, which takes ES modules from Node 22.12 on.
  writeFileSync(join(DIST, 'index.cjs'), "module.exports = require('./index.mjs');\n");
  const constructs = await buildConstruct();
  writeFileSync(join(DIST, LICENCES_FILE), renderLicences([programs.metafile, ...constructs], ROOT));
  writeTypes([PROGRAMS.index, CONSTRUCT]);
}

/** Another one for each change of what programs are built from. */
function fingerprintSources(): string {
  const hash = createHash('sha256');
  const files = ['bin', 'lambda', 'local'].flatMap((folder) => listFiles(join(ROOT, folder))).sort();
  for (const file of [...files, join(ROOT, 'package-lock.json')])
    hash
      .update(`${relative(ROOT, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('base64url');
}

/** For CDK apps of both kinds. The Lambda's bundle has its licences beside it. */
async function buildConstruct() {
  buildPublisher(join(CDK, PREBUILT.publisher));
  mkdirSync(join(CDK, PREBUILT.edge));
  for (const name of EDGE_FUNCTIONS) writeFileSync(join(CDK, PREBUILT.edge, `${name}.js`), buildEdgeFunction(name));
  const common = {
    entryPoints: { index: CONSTRUCT },
    external: ['aws-cdk-lib', 'constructs'],
    plugins: [prebuilt],
    splitting: false,
    target: TARGET,
  };
  const esm = await build({ ...bundleOptions(CDK), ...common, banner: {} });
  const cjs = await build({
    ...bundleOptions(CDK),
    ...common,
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    banner: {},
    define: { 'import.meta.dirname': '__dirname' },
  });
  return [esm.metafile, cjs.metafile];
}

/** In the package the code of a stack is found, not built. */
const prebuilt: Plugin = {
  name: 'prebuilt',
  setup({ onResolve }) {
    onResolve({ filter: /\/built-code\.ts$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, dirname(path), 'prebuilt-code.ts'),
    }));
  },
};

/** For each entry the declarations of what it exports, for those who import it and for those who require it. */
function writeTypes(entries: readonly string[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'feedwright-types-'));
  try {
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    const config = {
      extends: join(ROOT, 'tsconfig.json'),
      compilerOptions: {
        noEmit: false,
        declaration: true,
        emitDeclarationOnly: true,
        rootDir: ROOT,
        outDir: folder,
        typeRoots: [join(ROOT, 'node_modules/@types')],
      },
      include: ['lambda', 'lib', 'local'].map((each) => join(ROOT, each)),
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', folder]);
    if (status !== 0) throw new Error(`The types could not be built.\n${stdout}`);
    for (const path of followImports(folder, entries)) {
      const text = readFileSync(join(folder, path.replace(/\.ts$/, '.d.ts')), 'utf8');
      for (const kind of ['mts', 'cts']) {
        const file = join(DIST, 'types', path.replace(/\.ts$/, `.d.${kind}`));
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text.replace(RELATIVE_IMPORT, `$1.${kind.replace('t', 'j')}'`));
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const RELATIVE_IMPORT = /((?:\bfrom |\bimport\()'\.[^']*)\.ts'/g;

/** The sources whose declarations belong to those of the entries. */
function followImports(folder: string, entries: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>(entries);
  // A set gives what is added while it is gone through.
  for (const path of found) {
    const text = readFileSync(join(folder, path.replace(/\.ts$/, '.d.ts')), 'utf8');
    for (const [words] of text.matchAll(RELATIVE_IMPORT)) {
      found.add(posix.join(posix.dirname(path), words.slice(words.indexOf("'") + 1, -1)));
    }
  }
  return found;
}

function listFiles(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

await buildPackage();
