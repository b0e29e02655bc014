import { describe, expect, it } from 'vitest';
import { createProblem } from '../../../../lambda/model/problem.ts';
import type { StatusResult } from '../../../../local/commands/operator/status.ts';
import { describeStatus } from '../../../../local/commands/operator/status-lines.ts';

const QUIET = { waitingCount: 0, delayedCount: 0, workingCount: 0, deadCount: 0 };
const feed = (name: string, entries: number) => ({
  ...{ name, title: name, entries },
  ...{ rss: `https://a.example/${name}/rss.xml`, atom: `https://a.example/${name}/atom.xml`, json: '' },
});
const CALM: StatusResult = {
  held: null,
  counts: { published: 3, drafts: 1, scheduled: 0, broken: 0 },
  problems: [],
  feeds: [feed('all', 3), feed('tags/sea', 2), feed('tags/wind', 1)],
  queues: { articles: QUIET, feeds: QUIET },
  rebuild: null,
  server: null,
  behind: { count: 0, oldestMs: null },
  backup: { at: '2026-06-01T00:00:00.000Z', articles: 3, isOld: false },
};
const plain = { style: (_: string, text: string) => text };
const linesOf = (result: Partial<StatusResult>, feeds = false) =>
  describeStatus({ ...CALM, ...result }, { feeds }, plain);
const problem = (code: 'date-impossible' | 'tags-invalid') =>
  createProblem(code as 'date-impossible', { path: 'a.md', line: 3, message: 'It is wrong.', fix: 'Mend it.' });

describe('the status', () => {
  it('says first that nothing is wrong, and lists feeds only where they are asked for', () => {
    expect(linesOf({})).toEqual([
      'Nothing is wrong.',
      '',
      '3 entries in 3 feeds (1 draft)',
      '  all: 3, https://a.example/all/atom.xml',
      '  The others: feedwright status --feeds',
      'Articles: 0 waiting, 0 under way, 0 dead letters',
      'Feeds: 0 waiting, 0 under way, 0 dead letters',
      'Every article in the bucket was looked at.',
      'Ids and first dates were last backed up at 2026-06-01T00:00:00.000Z.',
    ]);
    expect(linesOf({}, true)).toContain('  tags/wind: 1, https://a.example/tags/wind/atom.xml');
  });

  it.each<[string, Partial<StatusResult>, RegExp]>([
    [
      'a backup of more than a week',
      { backup: { at: '2026-05-01T00:00:00.000Z', articles: 3, isOld: true } },
      /^The backup of ids and first dates is of 2026-05-01/,
    ],
    [
      'removals that wait',
      { held: { count: 40, publishedCount: 45, files: ['a.md'] } },
      /^40 of 45 entries would be removed/,
    ],
    [
      'dead letters',
      { queues: { articles: QUIET, feeds: { ...QUIET, deadCount: 2 } } },
      /^2 dead letters: work that was given up/,
    ],
    [
      'work that nobody does',
      { behind: { count: 2, oldestMs: 1_200_000 } },
      /^2 articles not looked at yet, the oldest for 1200 s/,
    ],
    [
      'a server that the publisher refuses',
      { server: { isAllowed: false, lacks: [{ what: 'compares writes', cost: 'Nothing can be published.' }] } },
      /^The publisher refuses the server/,
    ],
    ['errors', { problems: [problem('date-impossible')] }, /^a\.md:3: error date-impossible It is wrong\. — Mend it\./],
  ])('begins with %s', (_, result, first) => {
    const lines = linesOf(result);
    expect(lines[0]).toMatch(first);
    expect(lines).not.toContain('Nothing is wrong.');
  });

  it('takes an upload of this minute for no fault, and says that there is no backup', () => {
    const lines = linesOf({ behind: { count: 1, oldestMs: 20_000 }, backup: null });
    expect(lines[0]).toBe('Nothing is wrong.');
    expect(lines).toContain('1 article not looked at yet, the oldest for 20 s');
    expect(lines.at(-1)).toBe('Ids and first dates have no backup: feedwright backup makes one.');
  });
});
