import { describe, expect, it } from 'vitest';
import { bringBackRemoved } from '../../../../local/commands/backup/undelete.ts';
import { createMemoryStore } from '../../../../local/store/memory-store.ts';

function scene(options: { readonly lost?: readonly string[]; readonly down?: readonly string[] } = {}) {
  const content = createMemoryStore();
  const printed: string[] = [];
  const back: string[] = [];
  const say = (line: string) => void printed.push(line);
  const terminal = { print: say, note: say, style: (_: string, text: string) => text, startProgress: () => PROGRESS };
  const removed = ['.takedowns.json', 'a.md', 'notes/b.md', 'notes/down.md'];
  const deployment = {
    content,
    state: createMemoryStore(),
    listRemoved: async (_: number, prefix: string) => removed.filter((key) => key.startsWith(prefix)),
    async bringBack(key: string) {
      if (options.lost?.includes(key)) return false;
      back.push(key);
      return true;
    },
  };
  const takeDown = async (key: string) => {
    const takedown = { key, ids: [], addresses: [], hashes: [], at: '2026-06-01T00:00:00.000Z', by: null };
    await content.write('.takedowns.json', Buffer.from(JSON.stringify({ schema: 1, takedowns: [takedown] })));
  };
  return { deployment, terminal, printed, back, takeDown };
}

const PROGRESS = { update() {}, stop() {} };
const ALL = { since: 0, prefix: '', dryRun: false };

describe('undelete', () => {
  it('brings back what was removed, but not what was taken down', async () => {
    const { deployment, terminal, printed, back, takeDown } = scene();
    await takeDown('notes/down.md');
    expect(await bringBackRemoved(deployment, ALL, terminal)).toBe(0);
    expect(back).toEqual(['a.md', 'notes/b.md']);
    expect(printed).toEqual([
      'brought back a.md',
      'brought back notes/b.md',
      '1 file that was taken down stays down: feedwright takedown --list',
      '2 files came back.',
    ]);
  });

  it('only says what would come back, of one folder', async () => {
    const { deployment, terminal, printed, back } = scene();
    await bringBackRemoved(deployment, { ...ALL, prefix: 'notes/', dryRun: true }, terminal);
    expect(back).toEqual([]);
    expect(printed.at(-1)).toBe('2 files would come back.');
  });

  it('says what can not come back any more', async () => {
    const { deployment, terminal, printed } = scene({ lost: ['a.md'] });
    expect(await bringBackRemoved(deployment, ALL, terminal)).toBe(1);
    expect(printed).toContain('a.md: no version of it is left.');
  });
});
