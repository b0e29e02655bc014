/** The sample publication in `content/`, as tests publish it. */

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const CONTENT = fileURLToPath(new URL('../../content/', import.meta.url));

/** The day on which it is published: one of its articles is still to come. */
export const SAMPLE_NOW = Date.UTC(2026, 10, 20, 12);

/** Every file by its key; keys are in code-unit order. */
export function readSample(): ReadonlyMap<string, Uint8Array> {
  const paths = readdirSync(CONTENT, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(CONTENT, join(entry.parentPath, entry.name)).replaceAll(sep, '/'));
  return new Map(paths.sort().map((key) => [key, readFileSync(join(CONTENT, key))]));
}
