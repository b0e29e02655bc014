import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StoreError } from '../../../lambda/store/store.ts';
import { StateBusyError } from '../../../local/store/sqlite-failure.ts';
import { openSqliteStore } from '../../../local/store/sqlite-store.ts';
import { describeStore } from '../../contract/store.ts';

describeStore(
  'SQLite',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'feedwright-sqlite-'));
    const { store, close } = openSqliteStore(join(folder, 'state.db'));
    return {
      store,
      async close() {
        close();
        await rm(folder, { recursive: true });
      },
    };
  },
  { sharesBytes: true },
);

describe('openSqliteStore', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'feedwright-state-'));
    file = join(folder, 'state.db');
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('keeps what was written, and its version, for the next time', async () => {
    const first = openSqliteStore(file);
    await first.store.write('a', bytes('one'));
    const facts = await first.store.inspect('a');
    first.close();
    const second = openSqliteStore(file);
    expect(await second.store.inspect('a')).toEqual(facts);
    second.close();
  });

  it('leaves one file when it is closed', async () => {
    const { store, close } = openSqliteStore(file);
    await store.write('a', bytes('one'));
    close();
    expect([`${file}-wal`, `${file}-shm`, `${file}.owner`].filter(existsSync)).toEqual([]);
  });

  it('settles when it is closed', async () => {
    const first = openSqliteStore(file);
    await first.store.write('a', bytes('one'));
    first.close();
    const second = openSqliteStore(file);
    expect(await second.store.inspect('a')).not.toBeNull();
    second.close();
  });

  it('never gives a version again, not even after everything was removed and the file opened anew', async () => {
    const versions = new Set<string>();
    for (let round = 0; round < 3; round++) {
      const { store, close } = openSqliteStore(file);
      const result = await store.write('a', bytes('same'));
      if (result.kind === 'written') versions.add(result.version);
      await store.remove('a');
      close();
    }
    expect(versions.size).toBe(3);
  });

  it('applies writes in the order they were asked for', async () => {
    const { store, close } = openSqliteStore(file);
    const absent = { condition: { kind: 'absent' } } as const;
    const results = await Promise.all([
      store.write('a', bytes('one'), absent),
      store.write('a', bytes('two'), absent),
      store.remove('a'),
      store.write('a', bytes('three'), absent),
    ]);
    expect(results.map(({ kind }) => kind)).toEqual(['written', 'conflict', 'removed', 'written']);
    close();
  });

  it('takes its clock from outside', async () => {
    const { store, close } = openSqliteStore(file, { now: () => 1_234 });
    await store.write('a', bytes('one'));
    expect(await store.inspect('a')).toMatchObject({ modifiedAt: 1_234 });
    close();
  });

  describe('a file that is in use', () => {
    it('is refused to a second publisher, which is told who has it', () => {
      const { close } = openSqliteStore(file);
      expect(() => openSqliteStore(file)).toThrow(StateBusyError);
      expect(() => openSqliteStore(file)).toThrow(`process ${process.pid}`);
      close();
      openSqliteStore(file).close();
    });

    it('is refused to another process too, and free as soon as that one is killed', async () => {
      const owner = spawn(process.execPath, ['--input-type=module', '-e', HOLD_OPEN, file], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(owner.stdout, 'data');
      expect(() => openSqliteStore(file)).toThrow(`process ${owner.pid}`);
      owner.kill('SIGKILL');
      await once(owner, 'exit');
      expect(existsSync(`${file}.owner`)).toBe(true);
      const { store, close } = openSqliteStore(file);
      expect(await store.read('written-before-the-end')).toMatchObject({ lengthBytes: 3 });
      expect(await store.read('never-settled')).toBeNull();
      expect(await readFile(`${file}.owner`, 'utf8')).toBe(`${process.pid}\n`);
      close();
    });
  });

  describe('a file that is none of ours', () => {
    it('is refused when it is no database', async () => {
      await writeFile(file, 'these are somebody’s notes, '.repeat(100));
      expect(() => openSqliteStore(file)).toThrow('is damaged');
      expect(await readFile(file, 'utf8')).toContain('somebody’s notes');
    });

    it('is refused when it is another program’s database', async () => {
      const other = new DatabaseSync(file);
      other.exec('CREATE TABLE songs (title TEXT)');
      other.close();
      const before = await stat(file);
      expect(() => openSqliteStore(file)).toThrow('another program');
      expect((await stat(file)).size).toBe(before.size);
    });

    it('is refused when a newer publisher made it', async () => {
      openSqliteStore(file).close();
      const newer = new DatabaseSync(file);
      newer.exec('PRAGMA user_version = 99');
      newer.close();
      expect(() => openSqliteStore(file)).toThrow('newer Feedwright');
    });

    it('is refused when its folder is not there', () => {
      expect(() => openSqliteStore(join(folder, 'nowhere', 'state.db'))).toThrow(StoreError);
    });
  });

  it('says so when the file is damaged in the middle', async () => {
    const { store, close } = openSqliteStore(file);
    await Promise.all(Array.from({ length: 500 }, (_, index) => store.write(`key/${index}`, bytes('x'.repeat(1_000)))));
    close();
    await overwriteFrom(file, 8_192);
    const readEverything = async () => {
      const damaged = openSqliteStore(file);
      try {
        for (let index = 0; index < 500; index++) await damaged.store.read(`key/${index}`);
      } finally {
        damaged.close();
      }
    };
    await expect(readEverything()).rejects.toThrow('is damaged');
    await expect(readEverything()).rejects.toMatchObject({ kind: 'fatal' });
  });
});

/** A publisher that opens the file, writes, says so and stays. */
const HOLD_OPEN = `
  import { openSqliteStore } from ${JSON.stringify(new URL('../../../local/store/sqlite-store.ts', import.meta.url).href)};
  const { store, settle } = openSqliteStore(process.argv[1]);
  await store.write('written-before-the-end', Buffer.from('yes'));
  settle();
  await store.write('never-settled', Buffer.from('no'));
  console.log('open');
  setInterval(() => {}, 1_000);
`;

async function overwriteFrom(file: string, offset: number): Promise<void> {
  const { size } = await stat(file);
  const handle = await open(file, 'r+');
  await handle.write(Buffer.alloc(size - offset, 0x5a), 0, size - offset, offset);
  await handle.close();
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
