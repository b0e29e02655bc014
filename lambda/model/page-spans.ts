/**
 * Which pages of an archive something is true of, said in little room however long the archive is: as spans of it. A
 * page is in a span when its last entry is.
 */

import { comparePositions, type Position } from './entry.ts';

export interface PageSpan {
  /** Where the page before the first one ends; null from the oldest page on. */
  readonly after: Position | null;
  /** Where the last one ends. */
  readonly to: Position;
}

/** With more, neighbours are joined: the pages between them are then looked at for nothing, which does no harm. */
const SPAN_COUNT_MAX = 64;

/** All pages of both, oldest first. */
export function uniteSpans(a: readonly PageSpan[], b: readonly PageSpan[]): readonly PageSpan[] {
  const spans = [...a, ...b].sort((one, other) => comparePositions(one.to, other.to) || compareStarts(one, other));
  const united: PageSpan[] = [];
  for (const span of spans) {
    let joined = span;
    for (let last = united.at(-1); last !== undefined && reaches(joined.after, last.to); last = united.at(-1)) {
      joined = join(last, joined);
      united.pop();
    }
    united.push(joined);
  }
  return limit(united);
}

/** The spans of pages that are newer than a position. */
export function spansAfter(spans: readonly PageSpan[], position: Position): readonly PageSpan[] {
  return spans
    .filter(({ to }) => comparePositions(to, position) > 0)
    .map((span) => (reaches(span.after, position) ? { after: position, to: span.to } : span));
}

/** Whether the page that ends at a position is one of them. */
export function holdsPage(spans: readonly PageSpan[], last: Position): boolean {
  return spans.some(
    ({ after, to }) => comparePositions(last, to) <= 0 && (after === null || comparePositions(after, last) < 0),
  );
}

/** The pages of the first that are not of the second. */
export function subtractSpans(a: readonly PageSpan[], b: readonly PageSpan[]): readonly PageSpan[] {
  const left = b.reduce((rest, taken) => rest.flatMap((span) => subtract(span, taken)), a);
  return uniteSpans([], left);
}

function subtract(span: PageSpan, taken: PageSpan): readonly PageSpan[] {
  const { after, to } = taken;
  if (
    (after !== null && comparePositions(after, span.to) >= 0) ||
    (span.after !== null && comparePositions(to, span.after) <= 0)
  )
    return [span];
  const older = after !== null && (span.after === null || comparePositions(span.after, after) < 0);
  return [
    ...(older ? [{ after: span.after, to: after }] : []),
    ...(comparePositions(to, span.to) < 0 ? [{ after: to, to: span.to }] : []),
  ];
}

function limit(spans: readonly PageSpan[]): readonly PageSpan[] {
  if (spans.length <= SPAN_COUNT_MAX) return spans;
  const pairs = spans.flatMap((span, index) => {
    const next = spans[index + 1];
    if (index % 2 === 1) return [];
    return next === undefined ? [span] : [join(span, next)];
  });
  return limit(pairs);
}

/** One span over both; the first ends first. */
function join(first: PageSpan, second: PageSpan): PageSpan {
  return { after: compareStarts(first, second) <= 0 ? first.after : second.after, to: second.to };
}

function reaches(after: Position | null, position: Position): boolean {
  return after === null || comparePositions(after, position) <= 0;
}

function compareStarts(a: PageSpan, b: PageSpan): number {
  if (a.after === null || b.after === null) return Number(b.after === null) - Number(a.after === null);
  return comparePositions(a.after, b.after);
}
