/** The publisher as Lambda runs it: one ES module, built by the esbuild of this project. */

import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

/** The file that Lambda loads; its handler is `index.handler`. */
export const BUNDLE_FILE = 'index.mjs';

/** Packages in CommonJS ask for Node's modules by `require`, which an ES module hasn't. */
const REQUIRE =
  "import{createRequire as feedwrightRequire}from'node:module';const require=feedwrightRequire(import.meta.url);";

/** What packages bring along and the publisher never calls. Each stand-in says so, should it be called all the same. */
const STAND_INS = {
  '@aws-sdk/credential-provider-node': './lib/bundle/environment-credentials.ts',
  '@smithy/core/event-streams': './lib/bundle/no-event-streams.ts',
  dayjs: './lib/bundle/no-dates.ts',
  postcss: './lib/bundle/no-style-parser.ts',
  'xml-js': './lib/bundle/no-xml-tree.ts',
};

/** Builds the bundle into a folder. The same sources give the same bytes, on any machine. */
export function buildPublisher(outputFolder: string): void {
  buildBundle('lambda/handler.ts', outputFolder);
}

/** Builds one source file, with all that it imports, as the publisher is built. */
export function buildBundle(entryPoint: string, outputFolder: string): void {
  const root = fileURLToPath(new URL('..', import.meta.url));
  buildSync({
    absWorkingDir: root,
    entryPoints: { index: entryPoint },
    outdir: outputFolder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    alias: { ...STAND_INS, ...copyOf('htmlparser2', ['entities', 'entities/decode']) },
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: REQUIRE },
    legalComments: 'none',
    logLevel: 'error',
  });
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
