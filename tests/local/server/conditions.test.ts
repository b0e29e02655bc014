import { describe, expect, it } from 'vitest';
import { chooseRange, isNotModified } from '../../../local/server/conditions.ts';

const VALIDATORS = { etag: '"abc"', modifiedAt: Date.parse('2026-01-02T03:04:05.678Z') };
const SAME_DATE = 'Fri, 02 Jan 2026 03:04:05 GMT';
const EARLIER = 'Fri, 02 Jan 2026 03:04:04 GMT';

describe('isNotModified', () => {
  it.each([
    ['*', true],
    ['"abc"', true],
    ['W/"abc"', true],
    ['"x", W/"abc", "y"', true],
    ['"x","abc"', true],
    ['"abcd"', false],
    ['"abc-gzip"', false],
    ['', false],
    ['abc', false],
  ])('compares If-None-Match %s weakly with every tag of the list', (tags, expected) => {
    expect(isNotModified({ 'if-none-match': tags }, VALIDATORS)).toBe(expected);
  });

  it('lets If-None-Match decide alone', () => {
    expect(isNotModified({ 'if-none-match': '"x"', 'if-modified-since': SAME_DATE }, VALIDATORS)).toBe(false);
    expect(isNotModified({ 'if-none-match': '"abc"', 'if-modified-since': EARLIER }, VALIDATORS)).toBe(true);
  });

  it('compares If-Modified-Since to the second, and ignores what is no date', () => {
    expect(isNotModified({ 'if-modified-since': SAME_DATE }, VALIDATORS)).toBe(true);
    expect(isNotModified({ 'if-modified-since': EARLIER }, VALIDATORS)).toBe(false);
    expect(isNotModified({ 'if-modified-since': 'yesterday' }, VALIDATORS)).toBe(false);
    expect(isNotModified({}, VALIDATORS)).toBe(false);
  });
});

describe('chooseRange', () => {
  it.each([
    [undefined, { kind: 'whole' }],
    ['bytes=0-0', { kind: 'range', first: 0, last: 0 }],
    ['bytes=10-', { kind: 'range', first: 10, last: 99 }],
    ['bytes=10-500', { kind: 'range', first: 10, last: 99 }],
    ['bytes=-10', { kind: 'range', first: 90, last: 99 }],
    ['bytes=-500', { kind: 'range', first: 0, last: 99 }],
    ['bytes=100-', { kind: 'unsatisfiable' }],
    ['bytes=-0', { kind: 'unsatisfiable' }],
    ['bytes=20-10', { kind: 'whole' }],
    ['bytes=0-1,5-6', { kind: 'whole' }],
    ['bytes=-', { kind: 'whole' }],
    ['lines=1-2', { kind: 'whole' }],
  ])('reads %s of 100 bytes', (range, expected) => {
    expect(chooseRange({ range }, VALIDATORS, 100)).toEqual(expected);
  });

  it('gives the whole when If-Range is stale or weak', () => {
    const choose = (condition: string) =>
      chooseRange({ range: 'bytes=0-9', 'if-range': condition }, VALIDATORS, 100).kind;
    expect(choose('"abc"')).toBe('range');
    expect(choose(SAME_DATE)).toBe('range');
    expect(choose('"old"')).toBe('whole');
    expect(choose('W/"abc"')).toBe('whole');
    expect(choose(EARLIER)).toBe('whole');
  });
});
