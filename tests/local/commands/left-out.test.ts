import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../../local/main.ts';

const SETTINGS = 'title: Tides\nurl: https://tides.example\n';

let base: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'feedwright-left-out-'));
  mkdirSync(join(base, 'content'));
  put('site.yaml', SETTINGS);
  put('one.md', article('One'));
});

afterEach(() => rmSync(base, { recursive: true }));

describe('build and check', () => {
  it('warn of what they leave out until it is mended', async () => {
    const old = Buffer.from(join(base, 'content/caf\u00e9.md'), 'latin1');
    writeFileSync(old, article('Old'));
    symlinkSync('nowhere.md', join(base, 'content/link.md'));
    symlinkSync('nowhere.md', join(base, 'content/.#draft.md'));
    for (const _ of ['built', 'unchanged']) {
      expect(await build()).toMatchObject({
        code: 0,
        problems: [
          { severity: 'warning', code: 'file-left-out', path: 'caf\ufffd.md' },
          { severity: 'warning', code: 'file-left-out', path: 'link.md' },
        ],
      });
    }
    // Broken settings have everything checked once more.
    put('site.yaml', 'titel: Tides\n');
    expect((await run('check', join(base, 'content'))).printed.match(/file-left-out/g)).toHaveLength(2);
    put('site.yaml', SETTINGS);
    renameSync(old, join(base, 'content/caf\u00e9.md'));
    rmSync(join(base, 'content/link.md'));
    expect(await build()).toMatchObject({ code: 0, published: 1, problems: [] });
  });
});

function put(name: string, text: string): void {
  writeFileSync(join(base, 'content', name), text);
}

function article(title: string): string {
  return `---\ntitle: ${title}\ndate: 2026-01-01\n---\nText.\n`;
}

async function build() {
  const { code, printed } = await run('build', join(base, 'content'), '--out', join(base, 'public'), '--json');
  return { code, ...JSON.parse(printed) };
}

async function run(...args: readonly string[]) {
  let printed = '';
  const terminal = {
    print: (line: string) => {
      printed += `${line}\n`;
    },
    note: () => {},
    style: (_: string, text: string) => text,
    startProgress: () => ({ update() {}, stop() {} }),
  };
  const now = () => Date.UTC(2026, 5, 1, 12);
  const code = await main(args, {}, { terminal, now, waitForInterrupt: async () => {} });
  return { code, printed };
}
