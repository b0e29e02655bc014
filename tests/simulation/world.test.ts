/** What the publisher imports late takes real time, so a history would not be the same twice: `world.ts` imports it beforehand. */

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const LAMBDA = fileURLToPath(new URL('../../lambda/', import.meta.url));
const WORLD = fileURLToPath(new URL('world.ts', import.meta.url));

function importsOf(path: string, pattern: RegExp): readonly string[] {
  return [...readFileSync(path, 'utf8').matchAll(pattern)].map(([, name = '']) => resolve(dirname(path), name));
}

it('has imported all that the publisher imports late', () => {
  const files = readdirSync(LAMBDA, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('aws'))
    .map((name) => join(LAMBDA, name));
  const late = new Set(files.flatMap((path) => importsOf(path, /\bimport\('([^']+\.ts)'\)/g)));
  const known = new Set(importsOf(WORLD, /^import (?:.* from )?'([^']+)';$/gm));
  expect(late.size).toBeGreaterThan(5);
  expect([...late].filter((path) => !known.has(path))).toEqual([]);
});
