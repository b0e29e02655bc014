/**
 * The table of what readers show: those that are here for the tests are asked, and show no less than docs/readers.md says.
 * `npm run readers` asks all.
 */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { askReaders } from '../../../../tools/readers/table/ask.ts';
import { BEHAVIOURS } from '../../../../tools/readers/table/behaviours.ts';
import { splitSections } from '../../../../tools/readers/table/sections.ts';
import type { Answer } from '../../../../tools/readers/table/shown.ts';
import {
  answerKey,
  judgeRow,
  mergeRows,
  parseTable,
  renderTable,
  worsened,
} from '../../../../tools/readers/table/table.ts';

const PAGE = splitSections(readFileSync(new URL('../../../../docs/readers.md', import.meta.url), 'utf8')).readers;
const BASE = 'https://fathom.example/';

const answers = (mail: object, home = BASE): ReadonlyMap<string, Answer> =>
  new Map([[answerKey('rss', 'all'), { shown: { home, entries: [{ id: 'urn:fathom:mail', ...mail }] } }]]);
const cell = (row: { readonly cells: readonly string[] }, name: string) =>
  row.cells[BEHAVIOURS.findIndex((behaviour) => behaviour.name === name)];

describe('docs/readers.md', () => {
  it('says what the readers show that are here', { timeout: 60_000 }, async () => {
    const { rows } = await askReaders(['npm'], () => undefined);
    const names = rows.map(({ reader }) => reader.split(' ')[0]);
    expect(names).toEqual(
      expect.arrayContaining(['feedsmith', 'rss-parser', '@rowanmanning/feed-parser', 'htmlparser2']),
    );
    const page = parseTable(PAGE);
    for (const { reader, cells } of rows) {
      expect([...(page.get(reader)?.values() ?? [])], reader).toEqual(cells);
    }
  });

  it('is as it is written: reading and writing it changes nothing', () => {
    expect(renderTable(mergeRows(PAGE, []))).toBe(PAGE);
  });
});

describe('a row', () => {
  it('has a letter for what is right, a mark on what is wrong, and a dash for what is not told', () => {
    const row = judgeRow({ reader: 'r 1', answers: answers({ author: 'Ben Bright', tags: ['c-plus-plus'] }) }, BASE);
    expect(cell(row, 'author with a mail address')).toBe('R');
    expect(cell(row, 'tag')).toBe('R✗');
    expect(cell(row, 'date with an offset')).toBe('–');
    expect(row.notes).toContain('tag, R: `c-plus-plus`');
  });

  it('takes what a reader dies of for its answer', () => {
    const dead = new Map([[answerKey('rss', 'all'), { error: 'no title' }]]);
    expect(cell(judgeRow({ reader: 'r 1', answers: dead }, BASE), 'home page')).toBe('R✗');
  });

  it('is worse where something was right and is not, or is told no more; not where a new one is wrong', () => {
    const before = judgeRow({ reader: 'r 1', answers: answers({ author: 'Ben Bright' }) }, BASE);
    const wrong = judgeRow({ reader: 'r 1', answers: answers({ author: 'ben@fathom.example (Ben Bright)' }) }, BASE);
    const silent = judgeRow({ reader: 'r 1', answers: answers({}) }, BASE);
    const page = parseTable(renderTable([before]));
    const worse = ['r 1: author with a mail address is not right any more (R)'];
    expect(worsened(page, [wrong])).toEqual(worse);
    expect(worsened(page, [silent])).toEqual(worse);
    expect(worsened(page, [before])).toEqual([]);
    expect(worsened(parseTable(''), [wrong])).toEqual([]);
  });
});
