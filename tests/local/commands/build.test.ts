/** What a build says at the end, and how it names files. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../support/run-command.ts';

const NOW = Date.UTC(2026, 5, 1, 12);

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'feedwright-build-'));
  mkdirSync(join(base, 'content'));
});
afterEach(() => rmSync(base, { recursive: true }));

const put = (name: string, text: string) => writeFileSync(join(base, 'content', name), text);
const build = (folder = join(base, 'content')) => runCommand(['build', folder, '--out', join(base, 'public')], NOW);
const SITE = 'title: Tides\nurl: https://tides.example\n';

describe('a build after which nothing is public', () => {
  it.each<[string, Readonly<Record<string, string>>, RegExp]>([
    [
      'the settings',
      { 'site.yaml': 'title: [\n', 'a.md': '# A\n' },
      /site\.yaml has errors; until it is mended, no article/,
    ],
    [
      'every file',
      { 'site.yaml': SITE, 'a.md': '---\ntitle: A\ndate: 2026-02-31\n---\nA.\n' },
      /there are only 1 file with errors\./,
    ],
    [
      'the state of every article',
      {
        'site.yaml': SITE,
        'a.md': '---\ntitle: A\ndraft: true\n---\nA.\n',
        'b.md': '---\ntitle: B\ndate: 2030-01-01\n---\nB.\n',
      },
      /there are only 1 draft, 1 article for later\./,
    ],
    [
      'the emptiness of the folder',
      { 'site.yaml': SITE },
      /content holds no article\. An article is a file such as hello\.md/,
    ],
  ])('says that it is for %s', async (_, files, said) => {
    for (const [name, text] of Object.entries(files)) put(name, text);
    const { printed } = await build();
    expect(printed).toMatch(/^Nothing is published: /);
    expect(printed).toMatch(said);
  });
});

describe('the path of a problem', () => {
  it('begins with the folder as it was typed', async () => {
    put('site.yaml', SITE);
    put('a.md', '---\ntitle: A\ndate: 2026-02-31\n---\nA.\n');
    const absolute = join(base, 'content');
    expect((await build(absolute)).noted).toContain(`${join(absolute, 'a.md')}:3: error`);
    const typed = relative('', absolute);
    expect((await build(`./${typed}/`)).noted).toContain(`${join(typed, 'a.md')}:3: error`);
  });
});
