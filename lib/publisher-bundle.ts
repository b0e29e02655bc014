/** The publisher as Lambda runs it: one ES module, built by the esbuild of this project. */

import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

/** The file that Lambda loads; its handler is `index.handler`. */
export const BUNDLE_FILE = 'index.mjs';

/** Packages in CommonJS ask for Node's modules by `require`, which an ES module hasn't. */
const REQUIRE =
  "import{createRequire as feedwrightRequire}from'node:module';const require=feedwrightRequire(import.meta.url);";

/** Builds the bundle into a folder. The same sources give the same bytes, on any machine. */
export function buildPublisher(outputFolder: string): void {
  const root = fileURLToPath(new URL('..', import.meta.url));
  buildSync({
    absWorkingDir: root,
    entryPoints: { index: 'lambda/handler.ts' },
    outdir: outputFolder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    alias: {
      '@aws-sdk/credential-provider-node': './lib/bundle/environment-credentials.ts',
      postcss: './lib/bundle/no-style-parser.ts',
    },
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: REQUIRE },
    legalComments: 'none',
    logLevel: 'error',
  });
}
