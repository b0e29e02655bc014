/**
 * A disk that is full, can only be read, or fails: what was published stays as it was, the message says what to do, and
 * the next build does what is left. The refusals are made here; where the system lets, a real small disk is filled too.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BrokenDisk, breakDisk } from './broken-disk.ts';
import { type Builds, createBuilds } from './builds.ts';

const BEFORE_COUNT = 4;
const AFTER_COUNT = 8;
const DISK_BYTES = 1024 * 1024;

let builds: Builds;
let disk: BrokenDisk | null = null;

beforeEach(() => {
  builds = createBuilds();
  for (let index = 0; index < BEFORE_COUNT; index += 1) builds.put(index);
});
afterEach(() => {
  disk?.mend();
  disk = null;
  builds.remove();
});

const undisturbed = new Map<number, ReadonlyMap<string, string>>();

/** What a folder has that never met a fault. */
async function buildElsewhere(count: number): Promise<ReadonlyMap<string, string>> {
  const known = undisturbed.get(count);
  if (known !== undefined) return known;
  const other = createBuilds();
  for (let index = 0; index < count; index += 1) other.put(index);
  await other.build();
  const documents = other.read();
  undisturbed.set(count, documents);
  other.remove();
  return documents;
}

function expectWhole(documents: ReadonlyMap<string, string>): void {
  for (const [path, text] of documents) {
    if (path.endsWith('.json')) expect(() => JSON.parse(text), path).not.toThrow();
    else
      expect(text.trimEnd(), path).toMatch(
        /<\/(?:rss|feed|opml|html|urlset|sitemapindex)>$|^User-agent|^\/\* Feedwright \*\/[\s\S]*}$/,
      );
  }
}

describe.each([
  ['ENOSPC', 'there is no room left on the disk. Make some, and run this again.'],
  ['EROFS', 'the file system can only be read. Name a place that can be written.'],
  ['EACCES', 'the file system does not permit it. See who may write there.'],
  ['EIO', 'the disk can’t be read or written.'],
])('a site folder that refuses writes with %s', (code, reason) => {
  it('keeps what was published, is told of, and is up to date after the next build', async () => {
    expect((await builds.build()).code).toBe(0);
    const before = builds.read();
    for (let index = BEFORE_COUNT; index < AFTER_COUNT; index += 1) builds.put(index);
    disk = breakDisk(code, (path) => path.startsWith(builds.out));
    const { code: exit, noted } = await builds.build();
    expect(disk.refusedCount).toBeGreaterThan(0);
    disk.mend();
    expect(exit).toBe(3);
    expect(noted).toContain(reason);
    expect(noted).toContain('What was published before stays. The next run does what is left.');
    expect(noted).not.toMatch(/^\s+at /m);
    expect(noted.split('\n').length).toBeLessThan(20);
    expect(builds.read()).toEqual(before);
    expect((await builds.build()).code).toBe(0);
    expect(builds.read()).toEqual(await buildElsewhere(AFTER_COUNT));
  });
});

it('a disk that fills up in the middle leaves whole documents only, wherever it does', async () => {
  const expected = await buildElsewhere(AFTER_COUNT);
  let isFull = true;
  for (let room = 0; isFull; room += 7) {
    builds.remove();
    builds = createBuilds();
    for (let index = 0; index < AFTER_COUNT; index += 1) builds.put(index);
    let left = room;
    disk = breakDisk('ENOSPC', (path, name) => path.startsWith(builds.out) && name === 'writeFileSync' && left-- <= 0);
    isFull = (await builds.build()).code === 3;
    expect(disk.refusedCount > 0).toBe(isFull);
    disk.mend();
    expectWhole(builds.read());
    expect((await builds.build()).code, `room for ${room}`).toBe(0);
    expect(builds.read()).toEqual(expected);
  }
});

it('an output folder that can not be made is named, with what to do', async () => {
  disk = breakDisk('EROFS', (path) => path.startsWith(builds.out));
  const { code, noted } = await builds.build();
  expect(code).toBe(3);
  expect(noted).toContain(builds.out);
  expect(noted).toContain('the file system can only be read. Name a place that can be written.');
});

describe('a real small disk', () => {
  let place = '';
  let isMounted = false;

  beforeAll(() => {
    place = mkdtempSync(join(tmpdir(), 'feedwright-disk-'));
    const options = ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', place];
    isMounted = spawnSync('mount', options, { stdio: 'ignore' }).status === 0;
  });
  afterAll(() => {
    if (isMounted) spawnSync('umount', [place]);
    rmSync(place, { recursive: true });
  });

  it('that may only be read, or is full, says so, keeps what was published, and heals by itself', async ({ skip }) => {
    if (!isMounted) return skip('only who may mount has a disk of its own');
    builds.remove();
    builds = createBuilds(place);
    for (let index = 0; index < BEFORE_COUNT; index += 1) builds.put(index);
    expect(builds.spawn().code).toBe(0);
    const before = builds.read();
    for (let index = BEFORE_COUNT; index < AFTER_COUNT; index += 1) builds.put(index);

    spawnSync('mount', ['-o', 'remount,ro', place]);
    expect(builds.spawn()).toMatchObject({ code: 3, noted: expect.stringMatching(/may only be read.*run this again/) });
    expect(builds.read()).toEqual(before);

    spawnSync('mount', ['-o', 'remount,rw', place]);
    fill(place);
    expect(builds.spawn()).toMatchObject({ code: 3, noted: expect.stringMatching(/no room left.*run this again/) });
    expect(builds.read()).toEqual(before);

    for (const name of readdirSync(place).filter((each) => each.startsWith('filler'))) rmSync(join(place, name));
    expect(builds.spawn().code).toBe(0);
    expect(builds.read()).toEqual(await buildElsewhere(AFTER_COUNT));
  });
});

/** Until not one byte more fits. */
function fill(place: string): void {
  for (const bytes of [64 * 1024, 4 * 1024, 512]) {
    for (let count = 0; count < DISK_BYTES / bytes; count += 1) {
      try {
        writeFileSync(join(place, `filler-${bytes}-${count}`), new Uint8Array(bytes));
      } catch {
        break;
      }
    }
  }
}
