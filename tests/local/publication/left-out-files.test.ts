import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listAll } from '../../../lambda/store/store.ts';
import { createLeftOutFiles, type LeftOutFiles } from '../../../local/publication/left-out-files.ts';
import { createFolderStore } from '../../../local/store/folder-store.ts';

let home: string;
let root: string;
let leftOut: LeftOutFiles;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'feedwright-left-out-'));
  root = join(home, 'root');
  put('kept.md');
  leftOut = createLeftOutFiles(root);
});

afterEach(() => rmSync(home, { recursive: true }));

describe('what a content folder leaves out', () => {
  it('is told of names that are not UTF-8, each with what it would be in Latin-1', async () => {
    for (const name of ['caf\u00e9.md', 'caf\u00e8.md', 'caf\u00ea.bak']) writeFileSync(latin1(name), 'x');
    mkdirSync(latin1('d\u00e9'));
    mkdirSync(join(root, 'in'));
    writeFileSync(latin1('in/\u00e9.md'), 'x');
    put('really \ufffd.md');
    expect(await list()).toEqual(['kept.md', 'really \ufffd.md']);
    const messages = leftOut.problems().map(({ path, message }) => `${path}: ${message}`);
    const why = (what: string, name: string) =>
      `The name of this ${what} is not UTF-8 (as Latin-1 it reads “${name}”), so`;
    expect(messages.sort()).toEqual([
      `caf\ufffd.md: ${why('file', 'caf\u00e8.md')} it is left out.`,
      `caf\ufffd.md: ${why('file', 'caf\u00e9.md')} it is left out.`,
      `d\ufffd: ${why('folder', 'd\u00e9')} all that is in it is left out.`,
      `in/\ufffd.md: ${why('file', '\u00e9.md')} it is left out.`,
    ]);
  });

  it.each([
    ['../outside.md', 'outside of the content folder'],
    ['nowhere.md', 'which is not there'],
    ['link.md', 'which is not there'],
    ['.hidden.md', 'which is hidden'],
    ['folder', 'Links to folders are not followed'],
    ['..', 'Links to folders are not followed'],
    ['/', 'Links to folders are not followed'],
  ])('is a link to %s', async (target, reason) => {
    put('../outside.md');
    put('.hidden.md');
    put('folder/a.md');
    symlinkSync(target, join(root, 'link.md'));
    await list();
    expect(leftOut.problems()).toMatchObject([
      { severity: 'warning', path: 'link.md', message: expect.stringContaining(reason) },
    ]);
  });

  it('is what has too long a path for a key, and a folder below which everything has', async () => {
    const deep = Array.from({ length: 5 }, (_, index) => `${index}`.repeat(190)).join('/');
    put(`${deep}/${'x'.repeat(80)}.md`);
    put(`${deep}/${'y'.repeat(80)}/a.md`);
    put(`${deep}/a.md`);
    expect(await list()).toEqual([`${deep}/a.md`, 'kept.md']);
    expect(leftOut.problems().map(({ message }) => message)).toEqual([
      'The path of this file has 1038 bytes, more than 1024, so it is left out.',
      'The path of this folder has 1035 bytes, more than 1024, so all that is in it is left out.',
    ]);
  });

  it('is nothing that nobody would publish: hidden names, editors’ files, what is no article', async () => {
    mkdirSync(join(root, '_layouts'));
    for (const name of [
      '.#a.md',
      '.a',
      'node_modules',
      'README.md',
      '_layouts/a.html',
      '_includes',
      'a.md~',
      'Makefile.am',
    ])
      symlinkSync('nowhere', join(root, name));
    symlinkSync('kept.md', join(root, 'sound.md'));
    expect(await list()).toEqual(['kept.md', 'sound.md']);
    expect(leftOut.problems()).toEqual([]);
  });

  it('is site.yaml and a picture as well', async () => {
    for (const name of ['site.yaml', 'a.jpg']) symlinkSync('../shared', join(root, name));
    await list();
    expect(leftOut.problems().map(({ path }) => path)).toEqual(['a.jpg', 'site.yaml']);
  });

  it('is reviewed until it is mended', async () => {
    writeFileSync(latin1('caf\u00e9.md'), 'x');
    symlinkSync('target.txt', join(root, 'link.md'));
    symlinkSync('.', join(root, 'circle'));
    await list();
    expect([...leftOut.review()].sort()).toEqual(['caf\ufffd.md', 'circle', 'link.md']);
    expect(leftOut.review()).toEqual([]);
    put('target.txt');
    renameSync(latin1('caf\u00e9.md'), join(root, 'caf\u00e9.md'));
    unlinkSync(join(root, 'circle'));
    expect([...leftOut.review()].sort()).toEqual(['caf\ufffd.md', 'circle', 'link.md']);
    expect(leftOut.problems()).toEqual([]);
    expect(leftOut.review()).toEqual([]);
  });
});

function put(path: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), 'x');
}

/** What a system that knows no UTF-8 writes. */
function latin1(path: string): Buffer {
  return Buffer.concat([Buffer.from(`${root}/`), Buffer.from(path, 'latin1')]);
}

async function list(): Promise<readonly string[]> {
  const keys: string[] = [];
  const store = createFolderStore({ root, readOnly: true, onLeftOut: leftOut.suspect });
  for await (const { key } of listAll(store, '')) keys.push(key);
  return keys;
}
