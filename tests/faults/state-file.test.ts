/** The state file of one machine: full disk in the middle of a commit, damage, and somebody else who has it open. */

import { existsSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openSqliteStore } from '../../local/store/sqlite-store.ts';
import { type Builds, createBuilds } from './builds.ts';

const COUNT = 4;

let builds: Builds;
beforeEach(() => {
  builds = createBuilds();
  for (let index = 0; index < COUNT; index += 1) builds.put(index);
});
afterEach(() => {
  vi.restoreAllMocks();
  builds.remove();
});

/** Lets some commits through and refuses those that follow, as SQLite does when the disk is full. */
function refuseCommits(after: number, errcode: number): void {
  const exec = DatabaseSync.prototype.exec;
  let left = after;
  vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (this: DatabaseSync, sql: string) {
    if (sql === 'COMMIT' && this.location()?.endsWith('state.db') && left-- <= 0) {
      throw Object.assign(new Error('database or disk is full'), { errcode, code: 'ERR_SQLITE_ERROR' });
    }
    return exec.call(this, sql);
  });
}

describe('a state file without room', () => {
  it.each([0, 1, 2, 3, 4, 5])(
    'after %i commits says so, loses nothing, and the next build does the rest',
    async (after) => {
      expect((await builds.build()).code).toBe(0);
      const before = builds.read();
      builds.put(COUNT);
      builds.put(1, 'Another title');
      refuseCommits(after, 13);
      const { code, noted } = await builds.build();
      vi.restoreAllMocks();
      expect(code).toBe(3);
      expect(noted).toMatch(/There is no room left for the state file .*state\.db\. Make some, and run this again/);
      expect([...builds.read().keys()]).toEqual(expect.arrayContaining([...before.keys()]));
      expect((await builds.build()).code).toBe(0);
      const titles = [...(builds.read().get('rss.xml') ?? '').matchAll(/<item>\s*<title>([^<]*)/g)].map(
        ([, title]) => title,
      );
      expect(titles).toEqual(['Post 4', 'Post 3', 'Post 2', 'Another title', 'Post 0']);
      expect((await builds.build()).code).toBe(0);
    },
  );
});

describe('a state file that is damaged', () => {
  it.each([
    ['cut short', () => truncateSync(builds.state, 5_000)],
    ['overwritten', () => writeFileSync(builds.state, 'Not a database. '.repeat(2_000))],
    ['a page of zeros at its beginning', () => writeFileSync(builds.state, new Uint8Array(4_096), { flag: 'r+' })],
  ])('(%s) is told of, with what to do; nothing public changes, then or afterwards', async (_, damage) => {
    expect((await builds.build()).code).toBe(0);
    const before = builds.read();
    damage();
    const { code, noted } = await builds.build();
    expect(code).toBe(3);
    expect(noted).toMatch(/is damaged\. Restore it, or run `feedwright repair` with the folder/);
    expect(builds.read()).toEqual(before);
    expect((await builds.build('rebuild')).code).toBe(0);
    expect(existsSync(`${builds.state}.damaged`)).toBe(true);
    expect(builds.read()).toEqual(before);
    expect((await builds.build()).code).toBe(0);
  });

  it('(empty, as after a crash of the system) is made anew by itself', async () => {
    expect((await builds.build()).code).toBe(0);
    const before = builds.read();
    writeFileSync(builds.state, '');
    expect((await builds.build()).code).toBe(0);
    expect(builds.read()).toEqual(before);
  });

  it('(gone) is made anew by itself', async () => {
    expect((await builds.build()).code).toBe(0);
    const before = builds.read();
    rmSync(builds.state);
    expect((await builds.build()).code).toBe(0);
    expect(builds.read()).toEqual(before);
  });
});

describe('a state file that another publisher has open', () => {
  it('is refused with its process, and free when that ends', async () => {
    expect((await builds.build()).code).toBe(0);
    const before = builds.read();
    const other = openSqliteStore(builds.state);
    builds.put(COUNT);
    const { code, noted } = await builds.build();
    expect(code).toBe(3);
    expect(noted).toContain(`(process ${process.pid}) has the state file ${builds.state} open. Wait until it ends`);
    expect(builds.read()).toEqual(before);
    other.close();
    expect((await builds.build()).code).toBe(0);
    expect(builds.read().get('rss.xml')).toContain('Post 4');
  });

  it('as a backup program has it is waited for no longer than a second', async () => {
    expect((await builds.build()).code).toBe(0);
    const program = new DatabaseSync(builds.state);
    program.exec('BEGIN IMMEDIATE');
    expect((await builds.build()).noted).toContain('has the state file');
    program.exec('COMMIT');
    program.close();
    expect((await builds.build()).code).toBe(0);
  });
});
