/**
 * The edge functions as CloudFront takes them: one script each, with a function called `handler`. esbuild refuses or
 * rewrites whatever the runtime's language lacks.
 */

import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

/** Each with the source of it; `canonical-request` wants `var CANONICAL_HOST=…` in front. */
const SOURCES = {
  'viewer-request': 'viewer-request.ts',
  'viewer-response': 'viewer-response.ts',
  'canonical-request': 'viewer-request.ts',
} as const;

export type EdgeFunctionName = keyof typeof SOURCES;

export const EDGE_FUNCTIONS = Object.keys(SOURCES) as readonly EdgeFunctionName[];

/** CloudFront's own limit, in bytes of the script. */
export const EDGE_CODE_BYTES_MAX = 10_240;

/** Builds the script of an edge function. */
export function buildEdgeFunction(name: EdgeFunctionName): string {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL(`../edge/${SOURCES[name]}`, import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    charset: 'utf8',
    minifySyntax: true,
    minifyWhitespace: true,
    // Features of cloudfront-js-2.0 beyond ECMAScript 5.1, as far as ours use them.
    target: 'es5',
    supported: { 'const-and-let': true, arrow: true, 'template-literal': true },
    // The code for several domains is left out where there is one.
    define: name === 'canonical-request' ? {} : { CANONICAL_HOST: 'undefined' },
    logLevel: 'error',
  });
  const script = outputFiles[0]?.text ?? '';
  // Modules don't exist there: the runtime calls `handler` by its name.
  const code = script.replace(/export\{\s*handler\s*\};?\s*$/, '');
  if (code.length === script.length) throw new Error(`The edge function ${name} exports no handler.`);
  if (Buffer.byteLength(code) > EDGE_CODE_BYTES_MAX) throw new Error(`The edge function ${name} is over 10 KB.`);
  return code;
}
