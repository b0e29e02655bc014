import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { prepareLooks } from '../../../lambda/store/looks.ts';
import type { Listing, Store } from '../../../lambda/store/store.ts';
import { createFolderStore } from '../../../local/store/folder-store.ts';
import { createFolderListings } from '../../../local/store/folder-walk.ts';

/** A part of a listing holds a thousand files. */
const FILE_COUNT = 3_500;

describe('a listing in parts', () => {
  let root: string;
  let store: Store;

  beforeEach(() => {
    root = fs.mkdtempSync(join(tmpdir(), 'feedwright-walk-'));
    store = createFolderStore({ root });
    fs.mkdirSync(join(root, 'posts/drawer'), { recursive: true });
    for (let number = 1_000; number < 1_000 + FILE_COUNT; number += 1) put(`posts/${number}.md`);
    // Whatever changes a folder from now on gives it another time.
    for (const folder of ['.', 'posts', 'posts/drawer']) fs.utimesSync(join(root, folder), 1e9, 1e9);
  });

  afterEach(() => fs.rmSync(root, { recursive: true }));

  it('reads each folder once', async () => {
    const read = fs.readdirSync;
    const folders: string[] = [];
    fs.readdirSync = ((path: string, ...rest: []) => {
      folders.push(path);
      return read(path, ...rest);
    }) as typeof read;
    syncBuiltinESMExports();
    try {
      expect(await keysOf()).toHaveLength(FILE_COUNT);
      expect(folders.map((folder) => join(folder, '.')).sort()).toEqual(
        ['.', 'posts', 'posts/drawer'].map((folder) => join(root, folder)),
      );
    } finally {
      fs.readdirSync = read;
      syncBuiltinESMExports();
    }
  });

  it('shows what came and went meanwhile', async () => {
    const { next } = await store.list({ prefix: '' });
    expect(next).toBe('posts/1999.md');
    put('posts/2000a.md');
    put('posts/drawer/new.md');
    put('zebra.md');
    fs.rmSync(join(root, 'posts/2001.md'));
    fs.rmSync(join(root, 'posts/2002.md'));
    fs.mkdirSync(join(root, 'posts/2002.md'));
    put('posts/2002.md/index.md');
    const later = await keysOf(next ?? '');
    expect(later.slice(0, 4)).toEqual(['posts/2000.md', 'posts/2000a.md', 'posts/2002.md/index.md', 'posts/2003.md']);
    expect(later.slice(-2)).toEqual(['posts/drawer/new.md', 'zebra.md']);
    expect(await keysOf()).toHaveLength(FILE_COUNT + 2);
  });

  it('ends where its folder is gone meanwhile', async () => {
    const { next } = await store.list({ prefix: 'posts/' });
    fs.rmSync(join(root, 'posts'), { recursive: true });
    expect(await store.list({ prefix: 'posts/', after: next ?? '' })).toEqual({ objects: [], next: null });
  });

  function put(path: string): void {
    fs.writeFileSync(join(root, path), 'x');
  }

  async function keysOf(after = ''): Promise<readonly string[]> {
    const keys: string[] = [];
    for (let from: string | null = after; from !== null; ) {
      const listing: Listing = await store.list({ prefix: '', after: from });
      keys.push(...listing.objects.map(({ key }) => key));
      from = listing.next;
    }
    return keys;
  }
});

describe('the names in a folder', () => {
  let root: string;
  let ahead: number;
  let listFolder: ReturnType<typeof createFolderListings>;

  beforeEach(() => {
    root = fs.mkdtempSync(join(tmpdir(), 'feedwright-names-'));
    fs.mkdirSync(join(root, 'posts/drawer'), { recursive: true });
    fs.writeFileSync(join(root, 'posts/a.md'), 'x');
    fs.writeFileSync(join(root, 'posts/.meta.yml'), 'x');
    ahead = 10_000;
    listFolder = createFolderListings(root, () => Date.now() + ahead);
  });

  afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

  it('are what only looks can tell more of', () => {
    const listing = listFolder('posts/');
    expect([...(listing?.unseen ?? [])].sort()).toEqual(['posts/.meta.yml', 'posts/a.md', 'posts/drawer']);
    expect(listing?.folders.has('posts/drawer/')).toBe(true);
    expect(listing?.objects.size).toBe(0);
  });

  it('are read again once one comes or goes', () => {
    const before = listFolder('posts/');
    expect(listFolder('posts/')).toBe(before);
    fs.writeFileSync(join(root, 'posts/b.md'), 'x');
    expect(listFolder('posts/')?.unseen?.has('posts/b.md')).toBe(true);
    fs.rmSync(join(root, 'posts/b.md'));
    expect(listFolder('posts/')?.unseen?.has('posts/b.md')).toBe(false);
  });

  it('are not told while they may change within one instant of the file system', () => {
    ahead = 0;
    expect(listFolder('posts/')).toBeNull();
  });

  it('are none in a folder that is not there, or is a file', () => {
    for (const folder of ['gone/', 'posts/a.md/']) expect(listFolder(folder)?.unseen?.size).toBe(0);
  });

  it('give the same looks as each name alone', async () => {
    const store = { ...createFolderStore({ root }), listFolder: async (folder: string) => listFolder(folder) };
    fs.symlinkSync('a.md', join(root, 'posts/link.md'));
    fs.symlinkSync('/etc', join(root, 'posts/outside'));
    const names = ['a.md', '.meta.yml', 'drawer', 'link.md', 'b.md', 'drawer/c.md', 'outside/hosts', 'gone/d.md'];
    const keys = [...names.map((name) => `posts/${name}`), 'a', 'b', 'c', 'd', 'e'];
    const look = await prepareLooks(store, keys);
    for (const key of keys) expect(await look(key), key).toEqual(await store.inspect(key));
  });
});
