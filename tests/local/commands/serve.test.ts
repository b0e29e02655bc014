import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findFreePort } from '../../support/loopback.ts';

const FEEDWRIGHT = fileURLToPath(new URL('../../../bin/feedwright.ts', import.meta.url));

let base: string;
let port: number;
let child: ChildProcess;
let said: string;

beforeEach(async () => {
  base = mkdtempSync(join(tmpdir(), 'feedwright-serve-'));
  mkdirSync(join(base, 'content'));
  put('one.md', 'One');
  port = await findFreePort();
  said = '';
  child = start();
});

afterEach(() => {
  child.kill('SIGKILL');
  rmSync(base, { recursive: true });
});

describe('serve', () => {
  it('publishes, serves, publishes what changes, and ends in order', async () => {
    await vi.waitFor(() => expect(said).toContain(`Open       http://localhost:${port}/`), WAIT);
    const atom = () => fetch(`http://localhost:${port}/atom.xml`).then((response) => response.text());
    expect(await atom()).toContain(`<id>`);
    expect(await atom()).toContain(`http://localhost:${port}/one/`);
    expect(await (await fetch(`http://localhost:${port}/`)).text()).toContain('<a class="u-url p-name" href="/one/">');
    expect(await (await fetch(`http://localhost:${port}/one/`)).text()).toContain('<h1 class="p-name">One</h1>');
    expect(await (await fetch(`http://localhost:${port}/_preview/`)).text()).toContain('href="/_preview/preview.css"');

    const ofAtom = await (await fetch(`http://localhost:${port}/_preview/document/?path=atom.xml`)).text();
    expect(ofAtom).toContain('Valid by the rules of its format');
    expect(ofAtom).toContain('<td>0 B</td><td>304</td>');
    expect((await fetch(`http://localhost:${port}/_preview/document/?path=one/index.html`)).status).toBe(404);

    put('two.md', 'Two');
    await vi.waitFor(async () => expect(await atom()).toContain('Two'), WAIT);
    rmSync(join(base, 'content/two.md'));
    await vi.waitFor(async () => expect(await atom()).not.toContain('Two'), WAIT);
    put('site.yaml', null, 'title: [');
    await vi.waitFor(() => expect(said).toContain('content/site.yaml:1: error site-unreadable'), WAIT);
    put('site.yaml', null, 'title: Sound');
    await vi.waitFor(() => expect(said).toContain('\n  1 problem solved, none left\n'), WAIT);

    const latin1 = Buffer.from(join(base, 'content/caf\u00e9.md'), 'latin1');
    writeFileSync(latin1, '---\ntitle: Old\ndate: 2026-01-01\n---\nText.\n');
    symlinkSync('parts/three.txt.part', join(base, 'content/three.md'));
    await vi.waitFor(() => expect(said.match(/warning file-left-out/g)).toHaveLength(2), WAIT);
    expect(await (await fetch(`http://localhost:${port}/_preview/`)).text()).toContain('file-left-out');
    renameSync(latin1, join(base, 'content/caf\u00e9.md'));
    mkdirSync(join(base, 'content/parts'));
    put('parts/three.txt.part', 'Three');
    await vi.waitFor(async () => expect(await atom()).toContain('Old'), WAIT);
    await vi.waitFor(async () => expect(await atom()).toContain('Three'), WAIT);
    await vi.waitFor(async () => {
      expect(await (await fetch(`http://localhost:${port}/_preview/`)).text()).not.toContain('file-left-out');
    }, WAIT);

    const second = start();
    expect(await exitOf(second)).toBe(3);
    expect(said).toContain(`content is being served from here already, by process ${child.pid}.`);
    expect(readdirSync(join(base, 'content')).sort()).toEqual([
      'caf\u00e9.md',
      'one.md',
      'parts',
      'site.yaml',
      'three.md',
    ]);
    child.kill('SIGINT');
    expect(await exitOf(child)).toBe(0);
  });
});

const WAIT = { timeout: 15_000, interval: 20 };

function put(name: string, title: string | null, text = `---\ntitle: ${title}\ndate: 2026-01-01\n---\nText.\n`): void {
  writeFileSync(join(base, 'content', name), text);
}

function start(): ChildProcess {
  const started = spawn(process.execPath, [FEEDWRIGHT, 'serve', 'content', '--port', String(port)], { cwd: base });
  for (const stream of [started.stdout, started.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk;
    });
  }
  return started;
}

function exitOf(started: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => started.on('close', resolve));
}
