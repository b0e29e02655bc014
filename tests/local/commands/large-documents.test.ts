import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runCommand } from '../../support/run-command.ts';

let base: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'feedwright-large-'));
});

afterEach(() => rmSync(base, { recursive: true }));

it('build tells of feed documents that readers complain of, and no more when the settings mend it', async () => {
  const folder = join(base, 'content');
  mkdirSync(folder);
  const text = 'The tide comes in, and the tide goes out.\n\n'.repeat(1_000);
  for (let day = 10; day < 25; day += 1) {
    writeFileSync(join(folder, `p${day}.md`), `---\ntitle: P${day}\ndate: 2026-01-${day}\n---\n${text}`);
  }
  const site = 'title: Tides\nurl: https://tides.example\n';
  writeFileSync(join(folder, 'site.yaml'), site);
  const large = (output: string) =>
    [...output.matchAll(/The document (\S+) has more than 512 kB/g)].map(([, name]) => name);
  const output = await build(folder);
  expect(output).toContain('"code": "document-too-large"');
  expect(large(output)).toEqual(['rss.xml', 'atom.xml', 'feed.json']);
  writeFileSync(join(folder, 'site.yaml'), `${site}content: summary\n`);
  expect(large(await build(folder))).toEqual([]);
});

async function build(folder: string): Promise<string> {
  const args = ['build', folder, '--out', join(base, 'out'), '--json'];
  return (await runCommand(args, Date.UTC(2026, 5, 1))).printed;
}
