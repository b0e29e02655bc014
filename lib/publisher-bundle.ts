/** The publisher as Lambda runs it: ES modules, built by the esbuild of this project. */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The file that Lambda loads, and which loads the others; its handler is `index.handler`. */
export const BUNDLE_FILE = 'index.mjs';

const BUILDER = fileURLToPath(new URL('bundle/build.ts', import.meta.url));

/** Builds the bundle into a folder. The same sources give the same bytes, on any machine. */
export function buildPublisher(outputFolder: string): void {
  buildBundle('lambda/handler.ts', outputFolder);
}

/** Builds one source file, with all that it imports, as the publisher is built. */
export function buildBundle(entryPoint: string, outputFolder: string): void {
  const { status, stderr, error } = spawnSync(process.execPath, [BUILDER, entryPoint, outputFolder], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${entryPoint} could not be bundled: ${error?.message ?? stderr}`);
}
