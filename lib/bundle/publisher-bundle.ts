/** The publisher as Lambda runs it: ES modules, built by esbuild alone. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, buildSync } from 'esbuild';
import { LICENCES_FILE, renderLicences } from './licences.ts';

/** The file that Lambda loads, and which loads the others; its handler is `index.handler`. */
export const BUNDLE_FILE = 'index.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Packages in CommonJS call `require`, which an ES module doesn't have. */
const REQUIRE = "import{createRequire}from'node:module';const require=createRequire(import.meta.url);";

/**
 * Lambda hands credentials over in the environment, where the SDK looks first. What reads them from the files of a person's
 * machine, or trades them for others, is imported late and never there: 90 kB.
 */
const CREDENTIALS_OF_PERSONS = [
  '@aws-sdk/nested-clients',
  '@aws-sdk/token-providers',
  // Of servers.
  '@smithy/credential-provider-imds',
  ...['ini', 'login', 'process', 'sso', 'web-identity'].map((kind) => `@aws-sdk/credential-provider-${kind}`),
];

/** Packages that are imported at once, and never called. What stands in for them throws. */
const UNUSED = {
  'xml-js': './lib/bundle/unused-xml-js.ts',
  '@smithy/core/event-streams': './lib/bundle/unused-event-streams.ts',
};

/** Builds the bundle into a folder. The same sources give the same bytes, on any machine. */
export function buildPublisher(outputFolder: string): void {
  buildBundle('lambda/aws/handler.ts', outputFolder);
}

/**
 * Builds one source file, with all that it imports, as the publisher is built.
 *
 * @param entryPoint relative to the project's folder
 * @throws where esbuild can't build it, or a package's licence is not allowed
 */
export function buildBundle(entryPoint: string, outputFolder: string): void {
  const options = bundleOptions(outputFolder);
  const { metafile } = buildSync({
    ...options,
    external: [...options.external, ...CREDENTIALS_OF_PERSONS],
    entryPoints: { index: entryPoint },
    chunkNames: '[name]-[hash]',
    target: 'node24',
  });
  dropUnusedBanners(outputFolder);
  writeFileSync(join(outputFolder, LICENCES_FILE), renderLicences([metafile], ROOT));
}

/** Takes `require` out of files that have no code in CommonJS: most have none. */
export function dropUnusedBanners(folder: string): void {
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.mjs'))) {
    const file = join(folder, name);
    const rest = readFileSync(file, 'utf8').replace(`${REQUIRE}\n`, '');
    if (!/\brequire\b/.test(rest)) writeFileSync(file, rest);
  }
}

/** How everything is bundled that runs outside the clone. */
export function bundleOptions(outputFolder: string) {
  return {
    metafile: true,
    absWorkingDir: ROOT,
    outdir: outputFolder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // The SDK imports it in browsers alone, to name them: 34 kB that no Lambda can come to.
    external: ['bowser'],
    alias: UNUSED,
    // A module that is imported late lies in a file of its own, which a start doesn't read.
    splitting: true,
    minify: true,
    // Words of other languages stay as they are, instead of escapes.
    charset: 'utf8',
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    // Files that are read from source are put in (`imports` in package.json).
    conditions: ['bundled', 'module'],
    banner: { js: REQUIRE },
    // They stand in a file of their own.
    legalComments: 'none',
    logLevel: 'silent',
  } as const satisfies BuildOptions;
}
