/** What was taken down, shown and restored; and takedowns of a folder, as builds, servers and checks obey them. */

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addTakedown, renderTakedowns, TAKEDOWNS_KEY } from '../../../../lambda/site/takedowns.ts';
import type { CommandContext } from '../../../../local/commands/context.ts';
import { bucketList, changeList, folderList, readList } from '../../../../local/commands/takedown/takedown-list.ts';
import { printTakedowns, type RestorePlace, restore } from '../../../../local/commands/takedown/takedown-restore.ts';
import { main } from '../../../../local/main.ts';
import { createTestPublication, TEST_NOW } from '../../../support/publication.ts';

const MAY = {
  key: 'letters/may.md',
  ids: ['tag:example.org,2026:may'],
  addresses: ['/letters/may/'],
  hashes: [],
  at: '2026-05-01T10:00:00Z',
  by: 'ada',
};

/** What the commands say, and somebody to ask. */
function createVoice(answer?: boolean): { readonly context: CommandContext; readonly lines: string[] } {
  const lines: string[] = [];
  const context: CommandContext = {
    terminal: {
      print: (line) => void lines.push(line),
      note: (line) => void lines.push(line),
      style: (_, text) => text,
      startProgress: () => ({ update() {}, stop() {} }),
    },
    now: () => TEST_NOW,
    waitForInterrupt: async () => undefined,
    operator: 'bob',
    ...(answer !== undefined && {
      confirm: async (question) => {
        lines.push(question);
        return answer;
      },
    }),
  };
  return { context, lines };
}

describe('takedown --restore', () => {
  async function prepare(answer?: boolean) {
    const publication = await createTestPublication();
    const list = bucketList(publication);
    await publication.content.write(
      TAKEDOWNS_KEY,
      renderTakedowns([MAY, { ...MAY, key: 'b.md', ids: [], addresses: [] }]) ?? new Uint8Array(),
    );
    const order: string[] = [];
    const place: RestorePlace = {
      list,
      async bringBack(keys) {
        order.push(`back ${keys} ${(await readList(list)).list.length}`);
        return new Map(keys.map((key) => [key, key !== 'b.md']));
      },
      async announce(keys) {
        order.push(`announced ${keys} ${(await readList(list)).list.length}`);
      },
      advice: 'Upload it.',
    };
    const { context, lines } = createVoice(answer);
    const run = (name: string, yes = false) => restore(place, { name, yes }, context);
    return { run, lines, order, list, publication };
  }

  it.each(['letters/may.md', 'tag:example.org,2026:may', '/letters/may/'])(
    'of %s brings the file back, then takes it off the list, then tells the publisher',
    async (name) => {
      const { run, lines, order, list } = await prepare(true);
      expect(await run(name)).toBe(0);
      expect(order).toEqual(['back letters/may.md 2', 'announced letters/may.md 1']);
      expect((await readList(list)).list.map(({ key }) => key)).toEqual(['b.md']);
      expect(lines).toEqual([
        'letters/may.md: taken down by ada on 2026-05-01T10:00:00Z',
        'Publish 1 takedown again?',
        'letters/may.md is restored, and will be published again.',
      ]);
    },
  );

  it('does nothing after a no, and refuses where nobody can be asked, unless the answer was given', async () => {
    const asked = await prepare(false);
    expect(await asked.run('b.md')).toBe(1);
    expect(asked.lines.at(-1)).toBe('Nothing was restored.');
    const alone = await prepare();
    await expect(alone.run('b.md')).rejects.toMatchObject({ code: 'answer-missing' });
    expect([...asked.order, ...alone.order]).toEqual([]);
    expect(await alone.run('b.md', true)).toBe(0);
    expect(alone.lines).toContain('Its file is not there. Upload it.');
  });

  it('knows what was not taken down', async () => {
    const { run } = await prepare(true);
    await expect(run('c.md')).rejects.toMatchObject({ code: 'takedown-unknown' });
  });

  it('changes no list that it can’t read', async () => {
    const { run, publication, lines } = await prepare(true);
    await publication.content.write(TAKEDOWNS_KEY, new TextEncoder().encode('{'));
    expect(await run('b.md')).toBe(1);
    expect(lines[0]).toContain('.takedowns.json, is not a valid JSON object');
    expect(new TextDecoder().decode((await publication.content.read(TAKEDOWNS_KEY))?.body)).toBe('{');
  });

  it('leaves what somebody else takes down meanwhile', async () => {
    const { list, publication } = await prepare();
    const { context } = createVoice();
    const place: RestorePlace = {
      list,
      async bringBack() {
        await changeList(list, (present) => addTakedown(present, { ...MAY, key: 'c.md' }));
        return new Map();
      },
      announce: async () => {},
      advice: '',
    };
    await restore(place, { name: 'letters/may.md', yes: true }, context);
    expect((await readList(bucketList(publication))).list.map(({ key }) => key)).toEqual(['b.md', 'c.md']);
  });

  it('is shown beforehand by --list', async () => {
    const { list, publication } = await prepare();
    const { context, lines } = createVoice();
    expect(await printTakedowns(list, context)).toBe(0);
    expect(lines).toEqual(['letters/may.md', 'b.md'].map((key) => `${key}: taken down by ada on 2026-05-01T10:00:00Z`));
    await publication.content.write(TAKEDOWNS_KEY, renderTakedowns([]) ?? new Uint8Array());
    await printTakedowns(list, context);
    expect(lines.at(-1)).toBe('Nothing is taken down.');
  });
});

describe('two operators at once', () => {
  it('both find their takedown on the list', async () => {
    const { content, state } = await createTestPublication();
    const keys = Array.from({ length: 8 }, (_, index) => `${index}.md`);
    const take = (key: string) =>
      changeList(bucketList({ content, state }), (list) => addTakedown(list, { ...MAY, key }));
    expect(await Promise.all(keys.map(take))).toEqual(keys.map(() => null));
    const { list } = await readList(bucketList({ content, state }));
    expect(list.map(({ key }) => key).sort()).toEqual(keys);
  });

  it('are told when the list is full', async () => {
    const list = bucketList(await createTestPublication());
    const many = Array.from({ length: 5_000 }, (_, index) => ({ ...MAY, key: `${index}.md` }));
    expect(await changeList(list, () => many)).toBe('is full: it has room for 512 kB');
  });
});

describe('takedowns of a folder', () => {
  const SECRET = '---\ndate: 2026-01-01\n---\n# Secret\n\nText.\n';
  let root = '';

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'feedwright-takedown-'));
    write('site.yaml', 'title: T\nurl: https://example.org/\n');
    write('notes/a.md', SECRET);
    write('b.md', '---\ndate: 2026-01-02\n---\n# Beta\n\nTwo.\n');
  });

  afterEach(() => rmSync(root, { recursive: true }));

  function write(key: string, text: string): void {
    const path = join(root, 'content', key);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  async function run(...args: string[]): Promise<{ readonly code: number; readonly said: string }> {
    const { context, lines } = createVoice();
    const code = await main(args, {}, context);
    return { code, said: lines.join('\n') };
  }

  const takedown = (...args: string[]) => run('takedown', ...args, '--folder', join(root, 'content'));
  const build = () => run('build', join(root, 'content'), '--out', join(root, 'public'));

  /** Paths of all public files that hold the text. */
  function holders(text: string): readonly string[] {
    const paths = readdirSync(join(root, 'public'), { recursive: true, withFileTypes: true });
    return paths
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('.feedwright'))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => readFileSync(path, 'utf8').includes(text));
  }

  it('are obeyed by the next build, and by check, until they are restored', async () => {
    await build();
    expect(holders('Secret')).not.toEqual([]);
    expect(await takedown('notes/a.md')).toMatchObject({ code: 0 });
    const built = await build();
    expect(built).toMatchObject({
      code: 0,
      said: expect.stringContaining('was taken down by bob on 2026-06-01T12:00'),
    });
    expect(holders('Secret')).toEqual([]);
    expect(holders('Beta')).not.toEqual([]);
    expect((await run('check', join(root, 'content'))).said).toContain('taken-down');
    expect(await takedown('--restore', '/notes/a/')).toMatchObject({ code: 2 });
    expect(await takedown('--restore', '/notes/a/', '--yes')).toMatchObject({ code: 0 });
    await build();
    expect(holders('Secret')).not.toEqual([]);
  });

  it('follow a file that is renamed and changed, by the id that it had', async () => {
    await build();
    await takedown('notes/a.md');
    await build();
    renameSync(join(root, 'content/notes/a.md'), join(root, 'content/moved.md'));
    await build();
    expect(holders('Secret')).toEqual([]);
  });

  it('hold everything of a first build, too', async () => {
    await takedown('notes/a.md');
    await build();
    expect(holders('Secret')).toEqual([]);
  });

  it('that can’t be read hold back what is new, and say how to mend it', async () => {
    await build();
    write(TAKEDOWNS_KEY, '{"takedowns": [');
    write('new.md', '---\ndate: 2026-01-03\n---\n# Fresh\n');
    const { code, said } = await build();
    expect(code).toBe(1);
    expect(said).toMatch(
      /\.takedowns\.json:1: error takedowns-unreadable The list of takedowns is not a valid JSON object/,
    );
    expect(holders('Fresh')).toEqual([]);
    expect(holders('Secret')).not.toEqual([]);
    expect(await takedown('b.md')).toMatchObject({ code: 1 });
    write(TAKEDOWNS_KEY, '{"takedowns": []}');
    expect(await build()).toMatchObject({ code: 0 });
    expect(holders('Fresh')).not.toEqual([]);
  });

  it('know a file that is not there', async () => {
    expect(await takedown('nothing.md')).toMatchObject({ code: 2, said: expect.stringContaining('no nothing.md') });
  });

  it('are written by one at a time', async () => {
    const list = folderList(join(root, 'content'));
    await takedown('b.md');
    const stale = await list.read();
    await takedown('notes/a.md');
    expect(await list.write(new Uint8Array(), stale?.version ?? null)).toBe(false);
    writeFileSync(join(root, 'content', `${TAKEDOWNS_KEY}.new`), '');
    await expect(list.write(new Uint8Array(), null)).rejects.toThrow('Somebody else is writing the list');
    expect((await readList(list)).list).toHaveLength(2);
  });
});
