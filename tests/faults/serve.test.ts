/** `feedwright serve` on a site folder in which something can't be written for a while. */

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const ENTRY_POINT = fileURLToPath(new URL('../../bin/feedwright.ts', import.meta.url));
const WAIT = { timeout: 25_000, interval: 50 };

let base: string;
let child: ChildProcess;
let said: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'feedwright-serve-fault-'));
  mkdirSync(join(base, 'content'));
  put('one', 'One');
  said = '';
  child = spawn(process.execPath, [ENTRY_POINT, 'serve', 'content'], { cwd: base });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      said += chunk;
    });
  }
});
afterEach(() => {
  child.kill('SIGKILL');
  rmSync(base, { recursive: true });
});

it('serve says what it can not write, does the rest, and tries again until it can', async () => {
  await vi.waitFor(() => expect(said).toContain('Ctrl-C ends'), WAIT);
  const address = /http:\/\/localhost:\d+\//.exec(said)?.[0] ?? '';
  const read = async (path: string) => (await fetch(address + path)).text();
  const [name = ''] = readdirSync(join(base, '.feedwright'));
  const blocked = join(base, '.feedwright', name, 'public/rss.xml');
  rmSync(blocked);
  mkdirSync(join(blocked, 'in-the-way'), { recursive: true });
  put('two', 'Two');
  await vi.waitFor(() => expect(said).toContain('rss.xml: there is a folder of this name'), WAIT);
  expect(said).not.toMatch(/^\s+at /m);
  await vi.waitFor(async () => expect(await read('two/')).toContain('Two'), WAIT);
  rmSync(blocked, { recursive: true });
  await vi.waitFor(async () => expect(await read('rss.xml')).toContain('<title>Two</title>'), WAIT);
  expect(await read('rss.xml')).toContain('<title>One</title>');
  await vi.waitFor(() => expect(said).toContain('Another try: '), WAIT);
}, 60_000);

function put(name: string, title: string): void {
  writeFileSync(join(base, `content/${name}.md`), `---\ntitle: ${title}\ndate: 2026-01-01\n---\nText.\n`);
}
