import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CheckResult } from '../../../local/commands/check.ts';
import { runCommand } from '../../support/run-command.ts';

const NOW = Date.UTC(2026, 5, 1, 12);

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'feedwright-check-'));
  mkdirSync(join(base, 'content'));
  put('site.yaml', 'title: Tides\nurl: https://tides.example\n');
  put('one.md', '---\ntitle: One\ndate: 2026-01-01\n---\nFirst.\n');
  put('draft.md', '---\ntitle: Draft\ndraft: true\n---\nHush.\n');
});
afterEach(() => rmSync(base, { recursive: true }));

const put = (name: string, text: string) => writeFileSync(join(base, 'content', name), text);

describe('check --json', () => {
  it('prints one object, with the paths of the files as the folder was typed', async () => {
    put('bad.md', '---\ntitle: Bad\ndate: 2026-02-31\n---\nWords.\n');
    const folder = join(base, 'content');
    const { code, printed } = await runCommand(['check', folder, '--json', '--feeds'], NOW);
    const result: CheckResult = JSON.parse(printed);
    expect(code).toBe(1);
    expect(result.problems).toEqual([
      expect.objectContaining({ key: 'bad.md', path: join(folder, 'bad.md'), code: 'date-impossible', line: 3 }),
    ]);
    expect(result.counts).toMatchObject({ published: 1, drafts: 1, scheduled: 0, broken: 1 });
    expect(result.feeds).toEqual({ documents: expect.any(Number), faults: [] });
    expect((JSON.parse((await runCommand(['check', folder, '--json'], NOW)).printed) as CheckResult).feeds).toBeNull();
  });
});
