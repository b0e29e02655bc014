import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  READER_RULES,
  readersThatShowAgain,
  renderReaderTable,
  type SubscribedEntry,
} from '../../../local/rehearsal/reader-rules.ts';

describe('the rules of readers', () => {
  it('are those of at least twelve, each with how it is known', () => {
    expect(new Set(READER_RULES.map(({ reader }) => reader)).size).toBeGreaterThanOrEqual(12);
    expect(READER_RULES.filter(({ known }) => known === 'run').length).toBeGreaterThanOrEqual(9);
  });

  it('stand in the docs as they stand in the code', () => {
    const page = readFileSync(new URL('../../../docs/moving.md', import.meta.url), 'utf8');
    expect(page).toContain(renderReaderTable());
  });

  it.each<[string, Partial<SubscribedEntry>, readonly string[]]>([
    ['date', { published: 'Sat, 02 May 2026 08:00:00 GMT' }, ['newsboat', 'FreshRSS']],
    ['text', { text: 'Otherwise.' }, ['Liferea', 'rss2email']],
    ['title', { title: 'Neap tide' }, ['Liferea', 'sfeed', 'selfoss']],
  ])('say of an entry without an id who shows it again for another %s', (_, other, readers) => {
    const entry: SubscribedEntry = {
      ...{ format: 'RSS', feed: null, id: null, link: 'https://tides.example/1/', title: 'Tide', updated: null },
      ...{ published: 'Fri, 01 May 2026 08:00:00 GMT', text: 'As it was.' },
    };
    expect(readersThatShowAgain(entry, { ...entry, ...other })).toEqual(readers);
  });
});
