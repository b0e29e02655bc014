import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BuildResult } from '../../../local/publication/build-result.ts';
import { denyReading } from '../../faults/broken-disk.ts';
import { runCommand } from '../../support/run-command.ts';

const FEEDWRIGHT = fileURLToPath(new URL('../../../bin/feedwright.ts', import.meta.url));
const NOW = Date.UTC(2026, 5, 1, 12);

let base: string;
let out: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'feedwright-commands-'));
  out = join(base, 'public');
  put('site.yaml', 'title: Tides\nurl: https://tides.example\ntimeZone: Europe/Lisbon\nfeedMinimum: 1\n');
  put('one.md', '---\ntitle: One\ndate: 2026-01-01\n---\nFirst.\n');
  put('two.md', '---\ntitle: Two\ndate: 2026-01-02\ntags: [sea]\n---\nSecond.\n');
  put('later.md', '---\ntitle: Later\ndate: 2027-01-01\n---\nNot yet.\n');
  put('draft.md', '---\ntitle: Draft\ndate: 2026-01-01\ndraft: true\n---\nHush.\n');
});

afterEach(() => rmSync(base, { recursive: true }));

describe('build', () => {
  it('publishes a folder and says what it did, as one JSON object alone', async () => {
    const { code, printed } = await buildJson();
    expect(code).toBe(0);
    expect(Object.keys(JSON.parse(printed))).toEqual([
      'published',
      'unchanged',
      'removed',
      'held',
      'drafts',
      'scheduled',
      'ms',
      'problems',
      'feeds',
      'documents',
      'generator',
    ]);
    expect(JSON.parse(printed)).toMatchObject({
      published: 2,
      unchanged: 0,
      removed: 0,
      drafts: 1,
      scheduled: 1,
      problems: [],
      documents: { written: expect.any(Number) },
    });
    expect(JSON.parse(printed).feeds[0]).toEqual({
      name: 'all',
      title: 'Tides',
      entries: 2,
      rss: 'https://tides.example/rss.xml',
      atom: 'https://tides.example/atom.xml',
      json: 'https://tides.example/feed.json',
    });
    expect(existsSync(join(out, 'rss.xml'))).toBe(true);
    expect(existsSync(`${out}.feedwright.db`)).toBe(true);
  });

  it('writes nothing when nothing has changed, and only what has', async () => {
    await buildJson();
    const before = statSync(join(out, 'tags/sea/rss.xml')).mtimeMs;
    expect((await buildJson()).result).toMatchObject({ published: 0, unchanged: 2, documents: { written: 0 } });
    put('one.md', '---\ntitle: One again\ndate: 2026-01-01\n---\nFirst.\n');
    expect((await buildJson()).result).toMatchObject({ published: 1, unchanged: 1, removed: 0 });
    expect(statSync(join(out, 'tags/sea/rss.xml')).mtimeMs).toBe(before);
    rmSync(join(base, 'content/one.md'));
    expect((await buildJson()).result).toMatchObject({ published: 0, unchanged: 1, removed: 1 });
  });

  it('writes nothing when only rights or times have changed, or the folder is a copy', async () => {
    put('photo.png', 'not much of a picture');
    put('two.md', '---\ntitle: Two\ndate: 2026-01-02\n---\n![](photo.png)\n');
    await buildJson();
    for (const name of ['one.md', 'photo.png']) {
      chmodSync(join(base, 'content', name), 0o600);
      utimesSync(join(base, 'content', name), 1_000_000, 1_000_000);
    }
    const unchanged = { published: 0, removed: 0, documents: { written: 0 } };
    expect((await buildJson()).result).toMatchObject(unchanged);
    cpSync(join(base, 'content'), join(base, 'copy'), { recursive: true });
    rmSync(join(base, 'content'), { recursive: true });
    renameSync(join(base, 'copy'), join(base, 'content'));
    expect((await buildJson()).result).toMatchObject(unchanged);
  });

  it('makes the output right after an older state was put back, and with one state for two folders', async () => {
    await buildJson();
    const state = `${out}.feedwright.db`;
    cpSync(state, `${state}.old`);
    put('one.md', '---\ntitle: One again\ndate: 2026-01-01\n---\nFirst.\n');
    put('photo.png', 'not much of a picture');
    put('three.md', '---\ntitle: Three\ndate: 2026-01-03\ntags: [land]\n---\n![](photo.png)\n');
    await buildJson();
    const right = readSite(out);
    put('one.md', '---\ntitle: One once more\ndate: 2026-01-01\n---\nFirst.\n');
    await buildJson();
    rmSync(state);
    renameSync(`${state}.old`, state);
    put('one.md', '---\ntitle: One again\ndate: 2026-01-01\n---\nFirst.\n');
    await buildJson();
    expect(readSite(out)).toEqual(right);
    expect((await buildJson()).result.documents).toEqual({ written: 0, unchanged: 0 });
    const other = join(base, 'other');
    const runAt = (place: string) => run('build', join(base, 'content'), '--out', place, '--state', state);
    await runAt(other);
    expect(readSite(other)).toEqual(right);
    put('three.md', '---\ntitle: Three again\ndate: 2026-01-03\ntags: [land]\n---\nWords.\n');
    await runAt(other);
    await runAt(out);
    expect(readSite(out).get('atom.xml')).toContain('Three again');
    expect(readSite(out).get('atom.xml')).toEqual(readSite(other).get('atom.xml'));
  });

  it('ends with 1 when an article has an error, and publishes all others', async () => {
    put('bad.md', '---\ntitle: Bad\ndate: 2026-02-31\n---\nText.\n');
    const { code, result } = await buildJson();
    expect(code).toBe(1);
    expect(result).toMatchObject({ published: 2 });
    expect(result.problems).toMatchObject([{ severity: 'error', code: 'date-impossible', path: 'bad.md', line: 3 }]);
    expect(Object.keys(result.problems[0] ?? {})).toEqual(['severity', 'code', 'path', 'line', 'message', 'fix']);
  });

  it('ends with 1 when a file may not be read, publishes all others, and that one when it may', async () => {
    const { mend } = denyReading((path) => path.endsWith('content/two.md'));
    try {
      for (const published of [1, 0]) {
        const { code, result } = await buildJson();
        expect(code).toBe(1);
        expect(result).toMatchObject({ published, problems: [{ code: 'file-unreadable', path: 'two.md' }] });
      }
      expect(await run('check', join(base, 'content'))).toMatchObject({ code: 1 });
    } finally {
      mend();
    }
    expect(await buildJson()).toMatchObject({ code: 0, result: { published: 1, problems: [] } });
    const denial = denyReading((path) => path.endsWith('content/site.yaml'));
    try {
      put('site.yaml', 'title: Ebb\n');
      const { code, result } = await buildJson();
      expect({ code, problems: result.problems }).toMatchObject({ code: 3, problems: [{ path: 'site.yaml' }] });
    } finally {
      denial.mend();
    }
    expect(await buildJson()).toMatchObject({ result: { problems: [{ code: 'site-url-missing' }] } });
  });

  it('leaves out a redirect that would be a file beside its folder, and makes it when the folder is gone', async () => {
    const settings = 'title: Tides\nurl: https://tides.example\nredirects:\n  /v1.2: /one/\n';
    put('site.yaml', settings);
    expect(await buildJson()).toMatchObject({ code: 0, result: { problems: [] } });
    put('v1.2/notes.md', '---\ntitle: Notes\ndate: 2026-01-03\n---\nText.\n');
    for (const _ of ['built', 'unchanged']) {
      const { code, result } = await buildJson();
      expect(code).toBe(0);
      expect(result.problems).toMatchObject([{ code: 'redirect-covered', path: 'site.yaml' }]);
      expect(existsSync(join(out, 'v1.2/notes/index.html'))).toBe(true);
    }
    const { code, printed } = await run('check', join(base, 'content'));
    expect({ code, printed }).toMatchObject({ code: 0, printed: expect.stringContaining('redirect-covered') });
    rmSync(join(base, 'content/v1.2'), { recursive: true });
    expect(await buildJson()).toMatchObject({ code: 0, result: { problems: [] } });
    expect(readFileSync(join(out, 'v1.2'), 'utf8')).toContain('https://tides.example/one/');
    expect((await buildJson()).result.documents).toEqual({ written: 0, unchanged: 0 });
  });

  it('ends with 1 when an article has the address of a file, and publishes all else', async () => {
    put('i.png', 'not much of a picture');
    put('two.md', '---\ntitle: Two\ndate: 2026-01-02\npermalink: /i.png/\n---\n![](i.png)\n');
    for (const _ of ['built', 'unchanged']) {
      const { code, result } = await buildJson();
      expect(code).toBe(1);
      expect(result).toMatchObject({ problems: [{ code: 'path-taken', path: 'two.md' }], feeds: [{ entries: 2 }] });
    }
    expect((await run('check', join(base, 'content'))).code).toBe(1);
    put('two.md', '---\ntitle: Two\ndate: 2026-01-02\n---\n![](i.png)\n');
    expect((await buildJson()).code).toBe(0);
    expect(existsSync(join(out, 'i.png'))).toBe(true);
  });

  it('warns of addresses that many disks take for one', async () => {
    put('Notes/may.md', '---\ntitle: May\ndate: 2026-01-03\n---\nText.\n');
    put('b.md', '---\ntitle: B\ndate: 2026-01-04\npermalink: /notes/MAY/\n---\nText.\n');
    for (const _ of ['built', 'unchanged']) {
      const { code, result } = await buildJson();
      expect(code).toBe(0);
      expect(result.problems).toMatchObject([{ code: 'path-ambiguous', severity: 'warning' }]);
      expect(result.problems[0]?.message).toMatch(/Notes\/may\/index\.html.*macOS/);
    }
    expect((await run('check', join(base, 'content'))).printed).toContain('path-ambiguous');
  });

  it('ends with 3 when the site settings are broken', async () => {
    put('site.yaml', 'titel: Tides\n');
    const { code, result } = await buildJson();
    expect(code).toBe(3);
    expect(result).toMatchObject({ published: 0, feeds: [] });
    expect(result.problems).toContainEqual(expect.objectContaining({ path: 'site.yaml', severity: 'error' }));
  });

  it('takes its base address from --url', async () => {
    const { result } = await buildJson('--url', 'http://other.example/blog');
    expect(result.feeds[0]?.rss).toBe('http://other.example/blog/rss.xml');
  });

  it('speaks to people in a few lines', async () => {
    const { printed } = await run('build', join(base, 'content'), '--out', out);
    expect(printed).toMatch(/^2 entries in \d+ feeds \(2 new or changed, 1 draft, 1 scheduled\)\n/);
  });

  it('refuses to write where it reads', async () => {
    const content = join(base, 'content');
    symlinkSync('content', join(base, 'link'));
    symlinkSync(join(content, 'public'), join(base, 'to-public'));
    for (const place of [content, join(content, 'public'), join(base, 'link/new/public'), base]) {
      const { code, noted } = await run('build', content, '--out', place);
      expect(code).toBe(2);
      expect(noted).toMatch(/lies in the (?:content|output) folder/);
    }
    expect((await run('build', content, '--out', out, '--state', join(content, 's.db'))).code).toBe(2);
    expect((await run('build', join(base, 'link'), '--out', join(content, 'public'))).code).toBe(2);
    mkdirSync(join(content, 'public'));
    expect((await run('build', content, '--out', join(base, 'to-public'))).code).toBe(2);
    expect((await run('build', join(base, 'nowhere'), '--out', out)).code).toBe(2);
    expect((await run('build', join(content, 'one.md'), '--out', out)).code).toBe(2);
  });

  it('refuses what is no folder as output, and a folder as state file', async () => {
    const content = join(base, 'content');
    const { code, noted } = await run('build', content, '--out', '/dev/null');
    expect({ code, noted }).toMatchObject({ code: 2, noted: expect.stringContaining('/dev/null is no folder') });
    for (const state of [base, `${join(base, 'states')}/`]) {
      const { code, noted } = await run('build', content, '--out', out, '--state', state);
      expect({ code, noted }).toMatchObject({ code: 2, noted: expect.stringContaining(`${state} is a folder`) });
    }
    expect(existsSync(join(base, 'states'))).toBe(false);
  });

  it.skipIf(!existsSync('/proc/self'))('ends where no folder can be made', () => {
    const args = ['build', join(base, 'content'), '--out', '/proc/feedwright/public'];
    const { status, stderr } = spawnSync(process.execPath, [FEEDWRIGHT, ...args], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect(status).toBe(3);
    expect(stderr).toContain("mkdir '/proc/feedwright'");
  });
});

describe('check', () => {
  it('keeps its exit code when nobody reads what it says', async () => {
    for (let index = 0; index < 50; index += 1)
      put(`bad-${index}.md`, '---\ntitle: Bad\ndate: 2026-02-31\n---\nText.\n');
    const child = spawn(process.execPath, [FEEDWRIGHT, 'check', join(base, 'content')]);
    child.stdout.destroy();
    let noted = '';
    child.stderr.on('data', (chunk) => {
      noted += chunk;
    });
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(noted).toContain('50 errors');
    expect(noted).not.toContain('EPIPE');
  });

  it('names the folder that it may not read', async () => {
    put('locked/three.md', '---\ntitle: Three\ndate: 2026-01-03\n---\nThird.\n');
    const denial = denyReading((path) => path.includes('locked'));
    try {
      const { code, noted } = await run('check', join(base, 'content'));
      expect(code).toBe(3);
      expect(noted).toBe('feedwright: locked: the file system does not permit it. See who may read it.\n');
    } finally {
      denial.mend();
    }
  });

  it('prints problems as links, and writes nothing', async () => {
    put('bad.md', '---\ntitle: Bad\ndate: 2026-02-31\n---\nText.\n');
    const { code, printed } = await run('check', join(base, 'content'));
    expect(code).toBe(1);
    expect(printed).toMatch(/content\/bad\.md:3: error date-impossible .+ — .+\n$/);
    expect(existsSync(out)).toBe(false);
  });

  it('finds what only shows between articles', async () => {
    put('copy.md', '---\ntitle: Copy\ndate: 2026-01-03\npermalink: /one/\n---\nText.\n');
    expect((await run('check', join(base, 'content'))).printed).toContain('address-taken');
  });

  it('looks at the articles too while the settings are broken', async () => {
    put('site.yaml', 'titel: Tides\n');
    put('bad.md', '---\ntitle: Bad\ndate: 2026-02-31\n---\nText.\n');
    const { code, printed } = await run('check', join(base, 'content'));
    expect(code).toBe(3);
    expect(printed).toContain('site-field-unknown');
    expect(printed).toContain('date-impossible');
  });

  it('judges every feed document where it is asked to', async () => {
    const { code, printed, noted } = await run('check', join(base, 'content'), '--feeds');
    expect({ code, printed }).toEqual({ code: 0, printed: '' });
    expect(noted).toMatch(/No problems\.\n\d+ feed documents, each valid\.\n$/);
  });

  it('ends with 0 when there is nothing to mend', async () => {
    expect(await run('check', join(base, 'content'))).toEqual({ code: 0, printed: '', noted: 'No problems.\n' });
  });
});

describe('new', () => {
  it('begins an article with the date in the zone of the site, and never overwrites one', async () => {
    const folder = join(base, 'content/notes');
    const first = await run('new', 'A "quoted" day: ночь', '--folder', folder);
    expect(first.code).toBe(0);
    const file = join(folder, 'a-quoted-day-ночь.md');
    expect(readFileSync(file, 'utf8')).toBe(
      '---\ntitle: "A \\"quoted\\" day: ночь"\ndate: 2026-06-01T13:00:00+01:00\n---\n\n',
    );
    writeFileSync(file, 'written');
    expect(await run('new', 'A quoted day ночь', '--folder', folder)).toMatchObject({ code: 2 });
    expect(readFileSync(file, 'utf8')).toBe('written');
  });

  it('refuses a file as folder', async () => {
    const { code, noted } = await run('new', 'A title', '--folder', join(base, 'content/one.md'));
    expect({ code, noted }).toMatchObject({ code: 2, noted: expect.stringContaining('one.md is a file') });
  });
});

describe('main', () => {
  it('explains wrong usage in two lines', async () => {
    expect(await run('biuld')).toEqual({
      code: 2,
      printed: '',
      noted: 'feedwright: unknown command biuld\n  did you mean build?\n',
    });
  });

  it('prints help and version on standard output', async () => {
    expect(await run('serve', '--help')).toMatchObject({ code: 0, noted: '' });
    expect((await run('--version')).printed).toMatch(/^feedwright \d+\.\d+\.\d+\n$/);
  });
});

function put(path: string, text: string): void {
  const file = join(base, 'content', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** The documents in an output folder, but for feeds' own dates and archives, which tell of what was there before. */
function readSite(root: string): ReadonlyMap<string, string> {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => !path.startsWith('.'));
  const files = paths.filter((path) => statSync(join(root, path)).isFile()).sort();
  const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
  return new Map(files.map((path) => [path, textOf(path).replace(/<(lastBuildDate|updated)>[^<]*<\/\1>/g, '')]));
}

async function buildJson(...more: readonly string[]) {
  const answer = await run('build', join(base, 'content'), '--out', out, '--json', ...more);
  return { ...answer, result: JSON.parse(answer.printed) as BuildResult };
}

const run = (...args: readonly string[]) => runCommand(args, NOW);
