import { describe, expect, it } from 'vitest';
import { completeArticles } from '../../../lambda/feed/entry/completion.ts';
import type { FrozenFacts, ShownEntry } from '../../../lambda/state/record.ts';
import { parseOne, rfc3339, TEST_SITE, withFields } from '../../article/article-file.ts';

interface Seen {
  readonly facts: Readonly<Record<string, FrozenFacts>>;
  readonly shown: readonly ShownEntry[];
}

const NOTHING: Seen = { facts: {}, shown: [] };
const DAY_MS = 24 * 60 * 60 * 1000;
const FIRST = Date.UTC(2026, 5, 1);

/** An article with these lines of YAML, completed some days after the first time, and what is seen of it then. */
function complete(lines: readonly string[], before: Seen = NOTHING, day = 0) {
  const text = withFields('title: A', ...lines);
  const { shown, facts, problems } = completeArticles({
    key: 'a.md',
    body: new TextEncoder().encode(text),
    articles: [parseOne('a.md', text)],
    site: TEST_SITE,
    ...before,
    assets: new Map(),
    now: FIRST + day * DAY_MS,
  });
  const entry = shown[0]?.entry;
  return { date: rfc3339(entry?.published ?? null), update: rfc3339(entry?.updated ?? null), facts, shown, problems };
}

/** As a publisher left it that read no date there. */
function leftBy(reading: string | null, lines: readonly string[]): Seen {
  const { facts, shown } = complete(lines);
  const published = reading === null ? FIRST : Date.parse(reading);
  const older = shown.map(({ entry, ...rest }) => ({
    ...rest,
    entry: { ...entry, published: { at: published, offsetMinutes: 0 } },
  }));
  return {
    facts: Object.fromEntries(
      Object.entries(facts).map(([part, { stated: _, keptDate: _kept, ...each }]) => [part, each]),
    ),
    shown: older,
  };
}

describe('the date under which an article is shown', () => {
  it('is that of its last change, where it says nothing else, and stays that', () => {
    const first = complete(['lastmod: 2023-05-05']);
    expect([first.date, first.problems]).toEqual(['2023-05-05T00:00:00Z', []]);
    const edited = complete(['lastmod: 2026-06-02'], first, 2);
    expect([edited.date, edited.update]).toEqual(['2023-05-05T00:00:00Z', '2026-06-02T00:00:00Z']);
    expect(complete(['lastmod: 2026-06-02', 'date: 2022-01-01'], edited, 3).date).toBe('2022-01-01T00:00:00Z');
    expect(complete(['lastmod: 2031-05-05']).date).toBe('2026-06-01T00:00:00Z');
  });

  it('stays where a former publisher did not understand what its source says', () => {
    const lines = ['pubDatetime: 2022-09-23'];
    const kept = complete(lines, leftBy(null, lines), 9);
    expect([kept.date, kept.problems]).toEqual(['2026-06-01T00:00:00Z', []]);
    expect(complete([...lines, 'tags: [b]'], kept, 10).date).toBe('2026-06-01T00:00:00Z');
    expect(complete(['pubDatetime: 2022-09-24'], kept, 10).date).toBe('2022-09-24T00:00:00Z');
  });

  it('stays where a former publisher read another one', () => {
    const lines = ['date: 2022-09-23 10:00'];
    const kept = complete(lines, leftBy('2022-09-23T08:00:00Z', lines), 9);
    expect(kept.date).toBe('2022-09-23T08:00:00Z');
    expect(complete(lines, kept, 10).date).toBe('2022-09-23T08:00:00Z');
  });

  it('is another one where the author changed it, and where the same publisher reads it otherwise', () => {
    const before = leftBy('2022-09-23T08:00:00Z', ['date: 2022-09-23 08:00']);
    expect(complete(['date: 2022-09-24'], before, 9).date).toBe('2022-09-24T00:00:00Z');
    const settled = complete(['date: 2022-09-23']);
    const shown = settled.shown.map((each) => ({
      ...each,
      entry: { ...each.entry, published: { at: FIRST, offsetMinutes: 0 } },
    }));
    expect(complete(['date: 2022-09-23'], { ...settled, shown }, 1).date).toBe('2022-09-23T00:00:00Z');
  });

  it('is when it was first seen, where it says nothing, with a warning that names what looks like a date', () => {
    const { date, problems } = complete(['eventDate: 2031-01-01']);
    expect(date).toBe('2026-06-01T00:00:00Z');
    expect(problems).toMatchObject([{ code: 'date-missing', line: 3, fix: 'If it is, write “date: 2031-01-01”.' }]);
    expect(problems[0]?.message).toContain('“eventDate”');
  });
});
