/** What a folder's own file says, through the commands of one machine. */

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../../local/main.ts';

let base: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'feedwright-folder-files-'));
  put('site.yaml', 'title: Tides\nurl: https://tides.example\n');
  put('one.md', article('One', 'Open.'));
});

afterEach(() => rmSync(base, { recursive: true }));

describe('build and check', () => {
  it('keep out what systems hold back by files of their folders', async () => {
    put('mkdocs/.meta.yml', 'draft: true\n');
    put('mkdocs/a.md', article('A', 'sanderling'));
    put('zola/_index.md', '+++\ndraft = true\n+++\n');
    put('zola/deep/a.md', article('B', 'sanderling'));
    put('eleventy/eleventy.11tydata.json', '{ "permalink": false }');
    put('eleventy/a.md', article('C', 'sanderling'));
    put('.eleventyignore', 'left-out\n');
    put('left-out/a.md', article('D', 'sanderling'));
    put('_config.yml', 'exclude: [plans]\ndefaults:\n  - { scope: { path: lab }, values: { published: false } }\n');
    put('plans/_posts/2026-01-01-a.md', article('E', 'sanderling'));
    put('lab/a.md', article('F', 'sanderling'));
    put('nikola/a.meta', '.. title: G\n.. date: 2026-01-01\n.. status: private\n');
    put('nikola/a.md', 'Some sanderling.\n');
    put('bundle/_index.md', '---\ntitle: Trips\n---\n');
    put('bundle/trip/index.md', article('H', 'Open.'));
    put('bundle/trip/part.md', article('I', 'sanderling'));
    // Whatever refers to it.
    put('two.md', article('Two', '[rules](mkdocs/.meta.yml)'));
    expect(await build()).toMatchObject({ code: 0, published: 3, drafts: 8 });
    expect(findPublic('sanderling')).toEqual([]);
    expect(findPublic('draft: true')).toEqual([]);
    expect((await run('check', join(base, 'content'))).code).toBe(0);
  });

  it('keep to themselves the notes of a vault that do not say that they are public', async () => {
    put('.obsidian/community-plugins.json', '["digitalgarden"]');
    put('.obsidian/plugins/digitalgarden/data.json', '{ "token": "sanderling" }');
    put('one.md', '---\ntitle: One\ndate: 2026-01-01\ndg-publish: true\n---\n[x](.obsidian/community-plugins.json)\n');
    put('two.md', article('Two', 'sanderling'));
    put('Journal/2026-01-02.md', 'A sanderling ran.\n');
    expect(await build()).toMatchObject({ code: 0, published: 1, drafts: 2 });
    expect([...findPublic('sanderling'), ...findPublic('digitalgarden"')]).toEqual([]);
  });

  it('notice a hidden file that comes, changes and goes', async () => {
    put('notes/a.md', article('A', 'sanderling'));
    expect(await build()).toMatchObject({ published: 2 });
    put('notes/.meta.yml', 'draft: true\n');
    expect(await build()).toMatchObject({ removed: 1, drafts: 1 });
    expect(findPublic('sanderling')).toEqual([]);
    put('notes/.meta.yml', 'tags: [mud]\n');
    expect(await build()).toMatchObject({ published: 1, drafts: 0 });
    put('notes/.meta.yml', 'draft: true\n');
    expect(await build()).toMatchObject({ removed: 1 });
    rmSync(join(base, 'content/notes/.meta.yml'));
    expect(await build()).toMatchObject({ published: 1 });
    expect(findPublic('sanderling')).not.toEqual([]);
  });

  it('hold back what is new under a file that is code, and say so once', async () => {
    put('notes/notes.11tydata.js', 'module.exports = { draft: process.env.SECRET };\n');
    put('notes/a.md', article('A', 'sanderling'));
    put('notes/b.md', article('B', 'sanderling'));
    expect(await build()).toMatchObject({
      code: 1,
      problems: [{ severity: 'error', code: 'folder-file-unclear', path: 'notes/notes.11tydata.js' }],
    });
    expect(findPublic('sanderling')).toEqual([]);
  });
});

function put(name: string, text: string): void {
  const path = join(base, 'content', name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function article(title: string, text: string): string {
  return `---\ntitle: ${title}\ndate: 2026-01-01\n---\n${text}\n`;
}

/** The public files that hold a text. */
function findPublic(text: string): readonly string[] {
  const files = readdirSync(join(base, 'public'), { recursive: true, withFileTypes: true }).filter((each) =>
    each.isFile(),
  );
  const paths = files
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => !path.includes('.feedwright'));
  return paths.filter((path) => readFileSync(path, 'utf8').includes(text));
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
