/** What a build says of a folder that most of its files are gone from, and how it is told to go on. */

import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TEST_NOW } from '../../support/publication.ts';
import { runCommand } from '../../support/run-command.ts';

let base = '';
let content = '';
let out = '';

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'feedwright-held-'));
  content = join(base, 'content');
  out = join(base, 'public');
  mkdirSync(join(content, 'more'), { recursive: true });
  writeFileSync(join(content, 'site.yaml'), 'title: Tides\nurl: https://tides.example\n');
  const names = ['one', 'two', ...Array.from({ length: 12 }, (_, index) => `more/m${index}`)];
  for (const name of names) {
    writeFileSync(join(content, `${name}.md`), `---\ntitle: ${name}\ndate: 2026-01-03\n---\nWords.\n`);
  }
});

afterEach(() => rmSync(base, { recursive: true }));

const build = (...args: readonly string[]) => runCommand(['build', content, '--out', out, ...args], TEST_NOW);

describe('build', () => {
  it('keeps what is public when most of the folder is gone, says how much it is, and takes the number', async () => {
    await build();
    const published = readFileSync(join(out, 'atom.xml'));
    renameSync(join(content, 'more'), join(base, 'elsewhere'));
    for (const args of [[], ['--remove', '11']]) {
      const { code, noted } = await build(...args);
      expect(code).toBe(1);
      expect(noted).toContain('12 of 14 entries would be removed: their files are gone from');
      expect(noted).toContain('more/m0.md, more/m1.md, ');
      expect(noted).toContain('build again with --remove 12');
      expect(noted.includes('--remove 11 is another number')).toBe(args.length > 0);
      expect(readFileSync(join(out, 'atom.xml'))).toEqual(published);
    }
    const { code, printed } = await build('--json');
    expect(code).toBe(1);
    expect(JSON.parse(printed)).toMatchObject({ removed: 0, held: { count: 12, publishedCount: 14 } });
    expect((await build('--remove', '12')).code).toBe(0);
    expect(existsSync(join(out, 'more/m0/index.html'))).toBe(false);
    expect(JSON.parse((await build('--json')).printed)).toMatchObject({ unchanged: 2, held: null });
  });
});
