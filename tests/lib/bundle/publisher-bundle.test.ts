/** The bundle that Lambda loads, as files. What it does is tested in tests/aws. */

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LICENCES_FILE, renderLicences } from '../../../lib/bundle/licences.ts';
import { BUNDLE_FILE, buildBundle, buildPublisher } from '../../../lib/bundle/publisher-bundle.ts';

const BUILD_MS_MAX = 30_000;
/** Of all that Lambda may load. What to do when it is more: docs/decisions/011. */
const BUNDLE_BYTES_MAX = 1_250_000;
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'feedwright-files-'));
  buildPublisher(join(folder, 'one'));
}, BUILD_MS_MAX);

afterAll(() => rmSync(folder, { recursive: true }));

const read = (build: string, file: string) => readFileSync(join(folder, build, file), 'utf8');

/** A file with all that it imports at once, and not late. */
function readAtStart(file: string, known = new Map<string, string>()): ReadonlyMap<string, string> {
  if (known.has(file)) return known;
  const text = read('one', file);
  known.set(file, text);
  for (const [, name = ''] of text.matchAll(/\b(?:from|import)\s*"\.\/([\w.-]+\.mjs)"/g)) readAtStart(name, known);
  return known;
}

describe('buildPublisher', () => {
  it(
    'gives the same bytes each time',
    () => {
      buildPublisher(join(folder, 'two'));
      const files = readdirSync(join(folder, 'one'));
      expect(readdirSync(join(folder, 'two'))).toEqual(files);
      for (const file of files) expect(read('two', file), file).toBe(read('one', file));
    },
    BUILD_MS_MAX,
  );

  it(`has at most ${BUNDLE_BYTES_MAX / 1_000} kB of code`, () => {
    const files = readdirSync(join(folder, 'one')).filter((file) => file !== LICENCES_FILE);
    const bytes = files.map((file) => statSync(join(folder, 'one', file)).size);
    expect(bytes.reduce((total, each) => total + each, 0)).toBeLessThanOrEqual(BUNDLE_BYTES_MAX);
  });

  it('has what only some work takes in files that a start does not read', () => {
    const texts = [...readAtStart(BUNDLE_FILE).values()];
    // Words of the parsers of articles and of YAML, and of what renders.
    for (const words of ['Save the file as UTF-8.', 'deficient indentation', 'http://www.w3.org/2005/Atom']) {
      expect(
        readdirSync(join(folder, 'one')).some((file) => read('one', file).includes(words)),
        words,
      ).toBe(true);
      expect(
        texts.some((text) => text.includes(words)),
        words,
      ).toBe(false);
    }
  });
});

describe('the licences of what is bundled', () => {
  it('name every package that code is taken from, with its text, in a file that a start does not read', () => {
    const text = read('one', LICENCES_FILE);
    for (const [name, words] of [
      ['@aws-sdk/client-s3', 'Apache License'],
      ['smol-toml', 'Redistribution and use in source and binary forms'],
      ['markdown-it', 'Vitaly Puzrin'],
      ['js-yaml', 'Permission is hereby granted, free of charge'],
      ['htmlparser2', 'Felix'],
    ] as const) {
      expect(text).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\((?:MIT|Apache-2\\.0|BSD-[23]-Clause)\\)$`, 'm'));
      expect(text).toContain(words);
    }
    expect(text).not.toMatch(/^(?:esbuild|vitest|aws-cdk-lib|dayjs|postcss) /m);
    expect([...readAtStart(BUNDLE_FILE).values()].join('')).not.toContain(LICENCES_FILE);
  });

  it('stop the build where one is not allowed', () => {
    const root = join(folder, 'strange');
    mkdirSync(join(root, 'node_modules/strange'), { recursive: true });
    const manifest = { name: 'strange', version: '1.0.0', license: 'AGPL-3.0-only' };
    writeFileSync(join(root, 'node_modules/strange/package.json'), JSON.stringify(manifest));
    const output = { inputs: { 'node_modules/strange/index.js': { bytesInOutput: 1 } } };
    const metafile = { inputs: {}, outputs: { 'index.mjs': { ...output, bytes: 1, imports: [], exports: [] } } };
    expect(() => renderLicences([metafile], root)).toThrow('strange 1.0.0 is under AGPL-3.0-only');
  });
});

describe('buildBundle', () => {
  it('says what is wrong', () => {
    expect(() => buildBundle('lambda/nowhere.ts', join(folder, 'none'))).toThrow('lambda/nowhere.ts');
  });
});
