/**
 * The code that a stack takes along, as it lies in the package `feedwright`: it takes the place of built-code.ts there
 * (tools/package.ts), so that a stack is synthesised without esbuild and without the sources.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type * as built from './built-code.ts';

/** Where tools/package.ts puts them, beside the file that this becomes a part of. */
export const PREBUILT = { publisher: 'publisher', edge: 'edge' } as const;

export const publisherCode: typeof built.publisherCode = () =>
  Code.fromAsset(join(import.meta.dirname, PREBUILT.publisher));

export const edgeFunctionCode: typeof built.edgeFunctionCode = (name) =>
  readFileSync(join(import.meta.dirname, PREBUILT.edge, `${name}.js`), 'utf8');
