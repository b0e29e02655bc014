import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../../local/main.ts';

const NOW = Date.UTC(2026, 5, 1, 12);
const DAY_MS = 24 * 60 * 60 * 1000;
const FILE_COUNT = 60;

let base: string;
let state: string;
let kept: string;
let notes: string[];

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'feedwright-rebuild-'));
  state = join(base, 'state.db');
  kept = join(base, 'kept.db');
  mkdirSync(join(base, 'content'));
  put('site.yaml', 'title: Tides\nurl: https://tides.example\n');
  for (let index = 0; index < FILE_COUNT; index += 1) {
    put(`post-${index}.md`, `---\ntitle: Post ${index}\ndate: 2026-01-01T00:${10 + (index % 50)}:00Z\n---\nWords.\n`);
  }
  put('undated.md', '---\ntitle: Undated\ntags: [sea]\n---\nWords.\n');
  expect(await run('build', NOW)).toBe(0);
  copyFileSync(state, kept);
  cpSync(join(base, 'public'), join(base, 'kept'), { recursive: true });
});

beforeEach(() => {
  notes = [];
  for (const name of readdirSync(base)) if (name.startsWith('state.db')) rmSync(join(base, name));
  copyFileSync(kept, state);
  rmSync(join(base, 'public'), { recursive: true });
  cpSync(join(base, 'kept'), join(base, 'public'), { recursive: true });
});

afterAll(() => rmSync(base, { recursive: true }));

describe('rebuild of a folder', () => {
  it('says that nothing was damaged, and writes no document', async () => {
    const before = readSite();
    expect(await run('repair')).toBe(0);
    expect(notes).toContain('Mended: nothing, the state was whole.');
    expect(readSite()).toEqual(before);
  });

  it('mends objects that can not be read, of which a build says what to do', async () => {
    const before = readSite();
    const database = new DatabaseSync(state);
    database.exec(`UPDATE objects SET body = x'7b22' WHERE CAST(key AS TEXT) IN
      ('feeds/all/root.json', 'articles/undated.md.json', 'local/work-note.json', 'local/outlines.json')`);
    database.close();
    expect(await run('build')).toBe(3);
    expect(notes.join('\n')).toContain('feedwright repair');
    expect(await run('repair')).toBe(0);
    expect(notes.join('\n')).toMatch(/Mended: 1 damaged feed, 1 record from the feeds that show it/);
    expect(readSite()).toEqual(before);
    expect(await run('build')).toBe(0);
  });

  it('saves what it can from a file that SQLite can not read in places', async () => {
    const before = readSite();
    const bytes = readFileSync(state);
    const page = bytes.readUInt16BE(16);
    // Not the first pages: without the schema nothing could be read.
    const pages = bytes.length / page;
    for (const part of [0.3, 0.55, 0.8]) {
      const start = Math.floor(part * pages) * page;
      bytes.fill(0xa5, start, start + page);
    }
    writeFileSync(state, bytes);
    expect(await run('repair')).toBe(0);
    expect(notes.join('\n')).toMatch(/was damaged: \d+ objects could be saved/);
    expect(readFileSync(`${state}.damaged`)).toEqual(bytes);
    expect(existsSync(`${state}.rebuild`)).toBe(false);
    // Pages that an article of unknown date was cut into for a moment stay for their thirty days.
    expect([...readSite().keys()]).toEqual(expect.arrayContaining([...before.keys()]));
    expect(readTitles()).toHaveLength(FILE_COUNT + 1);
    notes = [];
    expect(await run('repair')).toBe(0);
    expect(notes).toContain('Mended: nothing, the state was whole.');
  });

  it('begins anew where nothing can be read, and keeps the file', async () => {
    writeFileSync(state, 'This is no database, and it is longer than the header of one would be. '.repeat(20));
    expect(await run('build')).toBe(3);
    expect(notes.join('\n')).toMatch(/is damaged\. .*feedwright repair/s);
    expect(await run('repair')).toBe(0);
    expect(notes.join('\n')).toMatch(/was damaged: nothing could be saved.*kept as .*state\.db\.damaged/);
    expect(existsSync(`${state}.damaged`)).toBe(true);
    expect(readTitles()).toHaveLength(FILE_COUNT + 1);
    expect(readSite().get('feed.json')).toContain('2026-06-02T12:00:00Z');
  });

  it('says what is wrong with settings that never were good', async () => {
    rmSync(state);
    const settings = readFileSync(join(base, 'content/site.yaml'), 'utf8');
    put('site.yaml', 'titel: Tides\n');
    expect(await run('repair')).toBe(3);
    expect(notes.join('\n')).toContain('site.yaml:1: error site-field-unknown');
    expect(notes.join('\n')).not.toMatch(/failed|Mended/);
    put('site.yaml', settings);
  });

  it('takes over the file of a rebuild that was killed between the two names', async () => {
    const before = readSite();
    copyFileSync(kept, `${state}.rebuild`);
    rmSync(state);
    expect(await run('repair')).toBe(0);
    expect(readSite()).toEqual(before);
  });
});

async function run(command: 'build' | 'repair', now = NOW + DAY_MS): Promise<number> {
  const terminal = {
    print: () => undefined,
    note: (text: string) => void notes?.push(text),
    style: (_style: string, text: string) => text,
    startProgress: () => ({ update: () => undefined, stop: () => undefined }),
  };
  const args = [command, join(base, 'content'), '--out', join(base, 'public'), '--state', state];
  return main(args, {}, { terminal, now: () => now, waitForInterrupt: async () => undefined });
}

function readTitles(): readonly string[] {
  const { items } = JSON.parse(readSite().get('feed.json') ?? '') as { items: readonly { title: string }[] };
  return items.map(({ title }) => title);
}

function put(name: string, text: string): void {
  writeFileSync(join(base, 'content', name), text);
}

function readSite(): ReadonlyMap<string, string> {
  const root = join(base, 'public');
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(root.length + 1), readFileSync(path, 'utf8')];
    }),
  );
}
