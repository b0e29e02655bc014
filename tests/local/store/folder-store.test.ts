import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listAll, type Store, StoreError } from '../../../lambda/store/store.ts';
import { createFolderStore } from '../../../local/store/folder-store.ts';
import { describeStore } from '../../contract/store.ts';

describeStore('folder', async () => {
  const root = await mkdtemp(join(tmpdir(), 'feedwright-folder-'));
  return { store: createFolderStore({ root }), close: () => rm(root, { recursive: true }) };
});

describe('createFolderStore', () => {
  let home: string;
  let root: string;
  let store: Store;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'feedwright-folder-'));
    root = join(home, 'root');
    store = createFolderStore({ root });
  });

  afterEach(() => rm(home, { recursive: true }));

  it('is empty when there is no folder, and makes it with the first write', async () => {
    expect(await keysOf(store)).toEqual([]);
    expect(await store.read('a')).toBeNull();
    expect(await store.remove('a')).toEqual({ kind: 'removed' });
    expect(existsSync(root)).toBe(false);
    await store.write('a/b.txt', bytes('hello'));
    expect(await readFile(join(root, 'a/b.txt'), 'utf8')).toBe('hello');
  });

  it('sees files with adopted ids, and nothing else in their hidden folder', async () => {
    for (const name of ['00.yaml', 'ff.yaml', 'notes.md', '00.yaml.part', '.00.yaml']) {
      await put(root, `.adopted/${name}`, 'hello');
    }
    expect(await keysOf(store)).toEqual(['.adopted/00.yaml', '.adopted/ff.yaml']);
    expect(await store.read('.adopted/00.yaml')).toMatchObject({ lengthBytes: 5 });
    expect(await store.read('.adopted/notes.md')).toBeNull();
  });

  it('works again after somebody has removed the folder', async () => {
    await store.write('a', bytes('one'));
    await rm(root, { recursive: true });
    expect(await store.read('a')).toBeNull();
    expect(await store.write('a', bytes('two'))).toMatchObject({ kind: 'written' });
  });

  it('sees what others put there', async () => {
    await put(root, 'a/b.txt', 'hello');
    expect(await store.read('a/b.txt')).toMatchObject({ lengthBytes: 5 });
    const before = await store.inspect('a/b.txt');
    await writeFile(join(root, 'a/b.txt'), 'world!');
    expect((await store.inspect('a/b.txt'))?.version).not.toBe(before?.version);
  });

  it('sees what others wrote in place, of the same length, with the time set back', async () => {
    await put(root, 'a.txt', 'hello');
    const { atime, mtime } = await stat(join(root, 'a.txt'));
    const before = await store.inspect('a.txt');
    await new Promise((resolve) => setTimeout(resolve, 20));
    await writeFile(join(root, 'a.txt'), 'world');
    await utimes(join(root, 'a.txt'), atime, mtime);
    expect((await store.inspect('a.txt'))?.version).not.toBe(before?.version);
  });

  it('touches neither file nor folder when the bytes are the same', async () => {
    await store.write('a/b.txt', bytes('hello'));
    await utimes(join(root, 'a/b.txt'), 1_000_000, 1_000_000);
    const times = async () =>
      Promise.all(['a/b.txt', 'a', '.feedwright', '.'].map(async (path) => (await stat(join(root, path))).mtimeMs));
    const before = await times();
    const different = { condition: { kind: 'different' } } as const;
    expect(await store.write('a/b.txt', bytes('hello'), different)).toMatchObject({ kind: 'unchanged' });
    expect(await times()).toEqual(before);
  });

  it('removes the folders that a removal leaves empty, and no others', async () => {
    await store.write('a/b/c/d.txt', bytes('1'));
    await store.write('a/e.txt', bytes('2'));
    await store.remove('a/b/c/d.txt');
    expect(readdirSync(join(root, 'a'))).toEqual(['e.txt']);
    await store.remove('a/e.txt');
    expect(readdirSync(root)).toEqual(['.feedwright']);
  });

  it('leaves no unfinished files behind, and sweeps up those of a process that was killed', async () => {
    await store.write('a', bytes('1'));
    await store.write('a', bytes('2'), { condition: { kind: 'absent' } });
    expect(readdirSync(join(root, '.feedwright'))).toEqual(['lock']);
    await put(root, '.feedwright/999-old-0', 'half');
    await put(root, '.feedwright/999-new-0', 'half');
    await utimes(join(root, '.feedwright/999-old-0'), 1_000_000, 1_000_000);
    await createFolderStore({ root }).write('b', bytes('3'));
    expect(readdirSync(join(root, '.feedwright'))).toEqual(['999-new-0', 'lock']);
  });

  it('only reads when asked to', async () => {
    await put(root, 'a.txt', 'hello');
    const content = createFolderStore({ root, readOnly: true });
    expect(await content.read('a.txt')).toMatchObject({ lengthBytes: 5 });
    await expect(content.write('a.txt', bytes('x'))).rejects.toMatchObject({ kind: 'fatal' });
    await expect(content.remove('a.txt')).rejects.toThrow('only read');
    expect(readdirSync(root)).toEqual(['a.txt']);
  });

  describe('what is hidden', () => {
    const hidden = [
      '.env',
      '.git/config',
      'posts/.draft.md',
      'node_modules/x/README.md',
      'a/node_modules/b.md',
      '.feedwright/lock',
    ];

    it('is not listed, not read and not written', async () => {
      for (const key of hidden) await put(root, key, 'secret');
      await put(root, 'posts/a.md', 'public');
      expect(await keysOf(store)).toEqual(['posts/a.md']);
      for (const key of hidden) {
        expect(await store.read(key)).toBeNull();
        expect(await store.inspect(key)).toBeNull();
        await expect(store.write(key, bytes('x'))).rejects.toThrow(StoreError);
      }
    });

    it.each(['../outside.txt', 'a/../../outside.txt', '/etc/hosts', 'a//b', 'a/', './a', 'a/./b', '..'])(
      'refuses the path %j',
      async (key) => {
        await put(home, 'outside.txt', 'secret');
        for (const attempt of [store.read(key), store.inspect(key), store.write(key, bytes('x')), store.remove(key)]) {
          await expect(attempt).rejects.toMatchObject({ name: 'StoreError', kind: 'fatal' });
        }
        expect(await readFile(join(home, 'outside.txt'), 'utf8')).toBe('secret');
      },
    );

    it('is a special file too; a named pipe keeps nobody waiting', async () => {
      await put(root, 'a.txt', 'hello');
      execFileSync('sh', ['-c', 'mkfifo "$0"', join(root, 'pipe')]);
      expect(await keysOf(store)).toEqual(['a.txt']);
      expect(await store.read('pipe')).toBeNull();
    });
  });

  describe('symbolic links', () => {
    it('to a file within the folder are that file', async () => {
      await put(root, 'real/a.txt', 'hello');
      await symlink('real/a.txt', join(root, 'link.txt'));
      expect(await keysOf(store)).toEqual(['link.txt', 'real/a.txt']);
      expect(await store.read('link.txt')).toMatchObject({ key: 'link.txt', lengthBytes: 5 });
    });

    it.each([
      ['out of the folder', '../secret.txt'],
      ['to what is hidden', '.env'],
      ['to nothing', 'nowhere.txt'],
      ['to themselves', 'link.txt'],
    ])('%s are not there', async (_, target) => {
      await put(home, 'secret.txt', 'secret');
      await put(root, '.env', 'secret');
      await symlink(target, join(root, 'link.txt'));
      expect(await keysOf(store)).toEqual([]);
      expect(await store.read('link.txt')).toBeNull();
    });

    it('to folders are not followed', async () => {
      await put(home, 'outside/a.txt', 'secret');
      await put(root, 'inside/a.txt', 'hello');
      await symlink('../outside', join(root, 'out'));
      await symlink('inside', join(root, 'in'));
      await symlink('.', join(root, 'circle'));
      expect(await keysOf(store)).toEqual(['inside/a.txt']);
      for (const key of ['out/a.txt', 'in/a.txt', 'circle/inside/a.txt']) {
        expect(await store.read(key)).toBeNull();
        expect(await keysOf(store, key)).toEqual([]);
      }
      await expect(store.write('out/b.txt', bytes('x'))).rejects.toThrow(/its folder is really .*symbolic link/);
      expect(existsSync(join(home, 'outside/b.txt'))).toBe(false);
    });

    it('may lead to the folder itself', async () => {
      await put(root, 'a.txt', 'hello');
      await symlink('root', join(home, 'other-name'));
      const linked = createFolderStore({ root: join(home, 'other-name') });
      expect(await keysOf(linked)).toEqual(['a.txt']);
      await linked.write('b/c.txt', bytes('x'));
      expect(await keysOf(store)).toEqual(['a.txt', 'b/c.txt']);
    });
  });

  describe('what a folder can’t hold', () => {
    it('is a file under a file, and a file where a folder is', async () => {
      await store.write('a', bytes('file'));
      await expect(store.write('a/b', bytes('x'))).rejects.toThrow('a part of its path is a file');
      await store.write('c/d', bytes('file'));
      await expect(store.write('c', bytes('x'))).rejects.toThrow('there is a folder of this name');
      expect(await store.read('a/b')).toBeNull();
      expect(await store.read('c')).toBeNull();
      expect(await store.remove('c')).toEqual({ kind: 'removed' });
      expect(await keysOf(store)).toEqual(['a', 'c/d']);
      expect(readdirSync(join(root, '.feedwright'))).toEqual(['lock']);
    });

    it('is a name of more than 255 bytes', async () => {
      const name = 'x'.repeat(256);
      await expect(store.write(name, bytes('x'))).rejects.toThrow('255 bytes');
      expect(await store.read(name)).toBeNull();
      expect(await store.inspect(name)).toBeNull();
      expect(await store.remove(name)).toEqual({ kind: 'removed' });
    });
  });

  it('lists thousands of files in their order, and looks only where the prefix leads', async () => {
    const keys = Array.from({ length: 1_200 }, (_, index) => `${2000 + (index % 20)}/${index % 5}.md/${index}.md`);
    for (const folder of new Set(keys.map(dirname))) mkdirSync(join(root, folder), { recursive: true });
    for (const key of keys) writeFileSync(join(root, key), 'x');
    expect(await keysOf(store)).toEqual(keys.toSorted());
    expect(await keysOf(store, '2003/3')).toEqual(keys.filter((key) => key.startsWith('2003/3')).sort());
    expect(await keysOf(store, '2003/../2003/')).toEqual([]);
    expect(await keysOf(store, '/etc/')).toEqual([]);
  });

  it('holds its conditions between processes', async () => {
    await store.write('count', bytes('0'));
    const processes = Array.from({ length: 3 }, () =>
      spawn(process.execPath, ['--input-type=module', '-e', COUNT_UP, root], {
        stdio: 'inherit',
      }),
    );
    const exits = await Promise.all(processes.map((each) => once(each, 'exit')));
    expect(exits.map(([code]) => code)).toEqual([0, 0, 0]);
    expect(new TextDecoder().decode((await store.read('count'))?.body)).toBe('90');
  });
});

/** Adds one thirty times, each time by reading, adding and swapping. */
const COUNT_UP = `
  import { createFolderStore } from ${JSON.stringify(new URL('../../../local/store/folder-store.ts', import.meta.url).href)};
  const store = createFolderStore({ root: process.argv[1] });
  for (let done = 0; done < 30; ) {
    const { body, version } = await store.read('count');
    const next = Buffer.from(String(Number(Buffer.from(body).toString()) + 1));
    const result = await store.write('count', next, { condition: { kind: 'version', version } });
    if (result.kind === 'written') done += 1;
  }
`;

async function put(folder: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

async function keysOf(store: Store, prefix = ''): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key } of listAll(store, prefix)) keys.push(key);
  return keys;
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
