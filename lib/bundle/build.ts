/**
 * Builds a bundle in a process of its own, `node lib/bundle/build.ts <source file> <output folder>`: the CDK wants its
 * assets at once, and esbuild takes plugins only when it may answer later. `publisher-bundle.ts` starts it.
 */

import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { LICENCES_FILE, renderLicences } from './licences.ts';
import { trim } from './trim.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Packages in CommonJS ask for Node's modules by `require`, which an ES module hasn't. */
const REQUIRE =
  "import{createRequire as feedwrightRequire}from'node:module';const require=feedwrightRequire(import.meta.url);";

/** What packages bring along and the publisher never calls. Each stand-in says so, should it be called all the same. */
const STAND_INS = {
  '@aws-sdk/credential-provider-node': './lib/bundle/environment-credentials.ts',
  '@smithy/core/event-streams': './lib/bundle/no-event-streams.ts',
};

async function main([entryPoint = '', outputFolder = '']: readonly string[]): Promise<void> {
  const { metafile } = await build({
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
    banner: { js: REQUIRE },
    // They stand in a file of their own.
    legalComments: 'none',
    logLevel: 'error',
  });
  writeFileSync(join(outputFolder, LICENCES_FILE), renderLicences(metafile, ROOT));
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
