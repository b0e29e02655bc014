/**
 * Builds a bundle in a process of its own, `node lib/bundle/build.ts <source file> <output folder>`: the CDK wants its
 * assets at once, and esbuild takes plugins only when it may answer later. `publisher-bundle.ts` starts it.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { minifySync } from 'rolldown/utils';
import { LICENCES_FILE, renderLicences } from './licences.ts';
import { trim } from './trim.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What packages bring along and the publisher never calls. Each stand-in says so, should it be called all the same. */
const STAND_INS = {
  '@aws-sdk/credential-provider-node': './lib/bundle/environment-credentials.ts',
  '@smithy/core/event-streams': './lib/bundle/no-event-streams.ts',
};

async function main([entryPoint = '', outputFolder = '']: readonly string[]): Promise<void> {
  const { metafile, outputFiles } = await build({
    metafile: true,
    absWorkingDir: ROOT,
    entryPoints: { index: entryPoint },
    outdir: outputFolder,
    outExtension: { '.js': '.mjs' },
    chunkNames: '[name]-[hash]',
    bundle: true,
    // What is imported late lies in files of its own, which a start doesn't read.
    splitting: true,
    minify: true,
    // Words of other languages as they are, and not as escapes.
    charset: 'utf8',
    alias: { ...STAND_INS, ...copyOf('htmlparser2', ['entities', 'entities/decode']) },
    plugins: [trim],
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    // They stand in a file of their own.
    legalComments: 'none',
    logLevel: 'error',
    write: false,
  });
  for (const { path, text } of outputFiles) {
    // A package in CommonJS that asks for one of Node's modules, which an ES module can't.
    if (text.includes('Dynamic require of "')) throw new Error(`${path} has a \`require\` that would fail.`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, minifyAgain(path, text));
  }
  writeFileSync(join(outputFolder, LICENCES_FILE), renderLicences(metafile, ROOT));
}

/** Another minifier sees what esbuild leaves, one part in a hundred. */
function minifyAgain(path: string, text: string): string {
  const { code, errors } = minifySync(path, text, { module: true, compress: true, mangle: { toplevel: true } });
  const [error] = errors;
  if (error !== undefined) throw new Error(`${path} could not be minified: ${error.message}`);
  return code;
}

/**
 * Has every importer take the copy of a package that one of them has: npm installs a second beside a newer version, and
 * each has the same large table.
 */
function copyOf(importer: string, modules: readonly string[]): Record<string, string> {
  const require = createRequire(import.meta.url);
  const from = createRequire(require.resolve(importer));
  return Object.fromEntries(modules.map((name) => [name, from.resolve(name)]));
}

await main(process.argv.slice(2));
