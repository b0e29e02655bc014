import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Position } from '../../lambda/model/entry.ts';
import { type PageSpan, spansAfter, subtractSpans, uniteSpans } from '../../lambda/model/page-spans.ts';

const PAGE_COUNT = 40;
const SPAN_COUNT_MAX = 64;

/** Spans of an archive whose pages end at 0, 1, 2…: from one page to another. */
const someSpans = fc.array(
  fc.tuple(fc.nat(PAGE_COUNT - 1), fc.nat(PAGE_COUNT - 1)).map(([a, b]) => spanOf(Math.min(a, b), Math.max(a, b))),
  { maxLength: 12 },
);

describe('page spans', () => {
  it('hold together what both held', () => {
    fc.assert(
      fc.property(someSpans, someSpans, (a, b) => {
        expect(pagesIn(uniteSpans(a, b))).toEqual(pagesIn([...a, ...b]));
      }),
    );
  });

  it('leave what only the first held', () => {
    fc.assert(
      fc.property(someSpans, someSpans, (a, b) => {
        const taken = new Set(pagesIn(b));
        expect(pagesIn(subtractSpans(a, b))).toEqual(pagesIn(a).filter((page) => !taken.has(page)));
      }),
    );
  });

  it('are apart and in order', () => {
    fc.assert(
      fc.property(someSpans, (spans) => {
        const united = uniteSpans([], spans);
        const ends = united.flatMap(({ after, to }) => [after?.at ?? -1, to.at]);
        expect(ends).toEqual([...new Set(ends)].sort((a, b) => a - b));
      }),
    );
  });

  it('lose nothing when there are too many of them', () => {
    const spans = Array.from({ length: 1_000 }, (_, index) => spanOf(2 * index + 1, 2 * index + 1));
    const united = uniteSpans([], spans);
    expect(united.length).toBeLessThanOrEqual(SPAN_COUNT_MAX);
    const held = new Set(pagesIn(united, 2_000));
    expect(spans.every(({ to }) => held.has(to.at))).toBe(true);
  });

  it('are worked off page by page', () => {
    fc.assert(
      fc.property(someSpans, fc.nat(PAGE_COUNT - 1), (spans, page) => {
        expect(pagesIn(spansAfter(uniteSpans([], spans), at(page)))).toEqual(
          pagesIn(spans).filter((each) => each > page),
        );
      }),
    );
  });
});

function spanOf(first: number, last: number): PageSpan {
  return { after: first === 0 ? null : at(first - 1), to: at(last) };
}

function at(page: number): Position {
  return { at: page, id: 'urn:test:page' };
}

function pagesIn(spans: readonly PageSpan[], pageCount = PAGE_COUNT): readonly number[] {
  return Array.from({ length: pageCount }, (_, page) => page).filter((page) =>
    spans.some(({ after, to }) => (after === null || after.at < page) && page <= to.at),
  );
}
