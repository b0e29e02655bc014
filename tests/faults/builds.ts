/** A folder of articles, and what `feedwright build` makes of it. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from '../../local/main.ts';
import { TEST_NOW } from '../support/publication.ts';

const ENTRY_POINT = fileURLToPath(new URL('../../bin/feedwright.ts', import.meta.url));

export interface Builds {
  readonly base: string;
  readonly out: string;
  readonly state: string;
  /** Publishes as a process of its own, which leaves no file open. */
  spawn(): { readonly code: number | null; readonly noted: string };
  /** Writes an article with a date. */
  put(index: number, title?: string): void;
  build(command?: 'build' | 'rebuild'): Promise<{ readonly code: number; readonly noted: string }>;
  /** The public files by path, without what is hidden. */
  read(): ReadonlyMap<string, string>;
  remove(): void;
}

/** @param place folder for the output and the state; a new one unless named */
export function createBuilds(place: string | null = null): Builds {
  const base = mkdtempSync(join(tmpdir(), 'feedwright-faults-'));
  const out = join(place ?? base, 'public');
  const state = join(place ?? base, 'state.db');
  mkdirSync(join(base, 'content'));
  writeFileSync(join(base, 'content/site.yaml'), 'title: Faults\nurl: https://faults.example\nautomatic: false\n');
  const argsOf = (command: string) => [command, join(base, 'content'), '--out', out, '--state', state];
  return {
    base,
    out,
    state,
    put(index, title = `Post ${index}`) {
      const date = new Date(Date.UTC(2026, 0, 1 + index)).toISOString();
      const text = `---\ntitle: ${title}\ndate: ${date}\n---\n${'Words. '.repeat(40)}\n`;
      writeFileSync(join(base, `content/p${index}.md`), text);
    },
    async build(command = 'build') {
      let noted = '';
      const terminal = {
        print: () => undefined,
        note: (line: string) => {
          noted += `${line}\n`;
        },
        style: (_: string, text: string) => text,
        startProgress: () => ({ update: () => undefined, stop: () => undefined }),
      };
      const code = await main(
        argsOf(command),
        {},
        { terminal, now: () => TEST_NOW, waitForInterrupt: async () => undefined },
      );
      return { code, noted };
    },
    spawn() {
      const { status, stderr } = spawnSync(process.execPath, [ENTRY_POINT, ...argsOf('build')], { encoding: 'utf8' });
      return { code: status, noted: stderr };
    },
    read() {
      const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      const paths = files.map((entry) => join(entry.parentPath, entry.name)).filter((path) => !path.includes('/.'));
      return new Map(paths.map((path) => [path.slice(out.length + 1), readFileSync(path, 'utf8')]));
    },
    remove: () => rmSync(base, { recursive: true, force: true }),
  };
}
