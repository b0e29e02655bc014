import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FolderWatcher, watchFolder } from '../../../local/publication/watcher.ts';

let root: string;
let watcher: FolderWatcher;
let told: string[][];
let suspected: Set<string>;
let work: () => Promise<void>;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'feedwright-watcher-'));
  mkdirSync(join(root, '.git'));
  mkdirSync(join(root, 'notes'));
  writeFileSync(join(root, 'notes/old.md'), 'old');
  told = [];
  suspected = new Set();
  work = async () => {};
  watcher = await watchFolder(root, {
    async changed(keys) {
      told.push([...keys].sort());
      await work();
    },
    suspicious: (key) => suspected.add(key),
    polling: (reason) => {
      throw reason;
    },
  });
});

afterEach(async () => {
  await watcher.close();
  rmSync(root, { recursive: true });
});

describe('watchFolder', () => {
  it('tells what was written, removed and moved, by key, and not what was there before', async () => {
    writeFileSync(join(root, 'notes/new.md'), 'new');
    await seen('notes/new.md');
    rmSync(join(root, 'notes/new.md'));
    renameSync(join(root, 'notes/old.md'), join(root, 'moved.md'));
    await seen('moved.md', 'notes/old.md');
    mkdirSync(join(root, 'deep/er'), { recursive: true });
    writeFileSync(join(root, 'deep/er/a b.md'), 'deep');
    await seen('deep/er/a b.md');
  });

  it('names new folders, and names that are not UTF-8, as worth a look', async () => {
    mkdirSync(join(root, 'new'));
    writeFileSync(Buffer.from(join(root, 'notes/caf\u00e9.md'), 'latin1'), 'x');
    await vi.waitFor(() => expect([...suspected].sort()).toEqual(['new', 'notes/caf\ufffd.md']), { timeout: 5_000 });
    expect(told).toEqual([]);
  });

  it('does not look at hidden files', async () => {
    writeFileSync(join(root, '.git/index'), 'x');
    writeFileSync(join(root, '.draft.md.swp'), 'x');
    writeFileSync(join(root, 'seen.md'), 'x');
    await seen('seen.md');
    expect(told.flat()).toEqual(['seen.md']);
  });

  it('looks at hidden files that say what holds for their folder', async () => {
    writeFileSync(join(root, 'notes/.meta.yml'), 'draft: true');
    writeFileSync(join(root, '.eleventyignore'), 'notes');
    await seen('.eleventyignore', 'notes/.meta.yml');
  });

  it('tells nothing but what lies in the folder when that is moved away', async () => {
    const elsewhere = `${root}-elsewhere`;
    renameSync(root, elsewhere);
    await seen('notes/old.md');
    writeFileSync(join(elsewhere, 'notes/new.md'), 'new');
    await new Promise((wait) => setTimeout(wait, 400));
    renameSync(elsewhere, root);
    expect(told.flat().filter((key) => key === '' || key.startsWith('..'))).toEqual([]);
  });

  it('gathers what changes while the last changes are worked on', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    work = () => promise;
    writeFileSync(join(root, 'a.md'), '1');
    await seen('a.md');
    writeFileSync(join(root, 'b.md'), '1');
    writeFileSync(join(root, 'c.md'), '1');
    await new Promise((wait) => setTimeout(wait, 400));
    expect(told).toEqual([['a.md']]);
    resolve();
    await seen('b.md', 'c.md');
    expect(told).toEqual([['a.md'], ['b.md', 'c.md']]);
  });
});

function seen(...keys: readonly string[]): Promise<void> {
  return vi.waitFor(() => expect(told.flat()).toEqual(expect.arrayContaining([...keys])), { timeout: 10_000 });
}
