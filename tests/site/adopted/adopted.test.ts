import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adoptedId, parseAdopted } from '../../../lambda/site/adopted/adopted.ts';
import { adoptedKeyFor, isAdoptedKey } from '../../../lambda/site/adopted/adopted-key.ts';

const KEY = 'a.md';
const FILE = adoptedKeyFor(KEY);
const parse = (text: string, file = FILE) => parseAdopted(file, new TextEncoder().encode(text));
const faults = (text: string) => parse(text).problems.map(({ line, message }) => `${line}: ${message}`);

describe('a file with adopted ids', () => {
  it('says the ids and the date of each article', () => {
    const { rows, problems } = parse(
      `${KEY}: { id: x, atomId: "tag:a.example,2024:x", published: 2024-01-02T03:04:05Z }`,
    );
    expect(problems).toEqual([]);
    expect([...rows]).toEqual([
      [
        KEY,
        { id: 'x', atomId: 'tag:a.example,2024:x', published: { at: Date.UTC(2024, 0, 2, 3, 4, 5), offsetMinutes: 0 } },
      ],
    ]);
  });

  it('may say an id alone, or a date alone', () => {
    expect(parse(`${KEY}: "https://a.example/?p=1"\n`).rows.get(KEY)).toMatchObject({ id: 'https://a.example/?p=1' });
    expect(parse(`${KEY}: { published: 2024-01-02T00:00:00Z }`).rows.get(KEY)).toMatchObject({ id: null });
  });

  it('is empty without rows', () => {
    expect(parse('# nothing\n')).toMatchObject({ isUnreadable: false, problems: [] });
  });

  it.each([
    [`${KEY}: [`, /^1: The file can't be read/],
    ['- a', /^1: The file can't be read: it is no map of articles/],
    [`# one\n${KEY}: { id: "" }`, /^2: “id” is empty/],
    [`${KEY}: { colour: red }`, /^1: “colour” is not known here/],
    [`${KEY}: { published: soon }`, /^1: “published” is no date/],
    [`${KEY}: { atomId: x }`, /^1: “atomId” stands without “id”/],
    [`${KEY}: {}`, /^1: It says nothing of the article/],
    [`${KEY}: x\n${KEY}: y`, /^2: a.md is there twice/],
    ['b.md: x', new RegExp(`^1: b.md is looked for in ${adoptedKeyFor('b.md')}`)],
  ])('with a mistake says where it is: %s', (text, message) => {
    expect(faults(text)).toEqual([expect.stringMatching(message)]);
  });

  it('with a mistake in one row says what it says of the others', () => {
    const other = Array.from({ length: 2_000 }, (_, index) => `n${index}.md`).find(
      (key) => adoptedKeyFor(key) === FILE,
    );
    const { rows, isUnreadable } = parse(`${KEY}: { id: "" }\n${other}: known\n`);
    expect([isUnreadable, rows.get(KEY), rows.get(other ?? '')?.id]).toEqual([false, null, 'known']);
  });

  it('can be any bytes: nothing is thrown, and every row has its article’s name', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (body) => {
        const { rows, isUnreadable } = parseAdopted(FILE, body);
        expect(isUnreadable && rows.size > 0).toBe(false);
      }),
    );
  });
});

describe('an adopted id', () => {
  const row = { published: null };

  it('is the same in all formats, a word in two, or one for each', () => {
    expect(adoptedId({ ...row, id: 'tag:a.example,2024:x', atomId: null }, 's')).toEqual({
      id: 'tag:a.example,2024:x',
    });
    expect(adoptedId({ ...row, id: '42', atomId: null }, 's')).toEqual({ id: 'urn:feedwright:s:42', guid: '42' });
    expect(adoptedId({ ...row, id: 'a b', atomId: 'a b' }, 's')).toEqual({ id: 'a b' });
    expect(adoptedId({ ...row, id: 'a', atomId: 'tag:b.example,2024:b' }, 's')).toEqual({
      id: 'tag:b.example,2024:b',
      guid: 'a',
    });
    expect(adoptedId({ ...row, id: null, atomId: null }, 's')).toBeNull();
  });
});

it('an article is in one of 256 files, and no other file is one', () => {
  expect(FILE).toMatch(/^\.adopted\/[\da-f]{2}\.yaml$/);
  expect(isAdoptedKey(FILE)).toBe(true);
  for (const key of [
    '.adopted/0.yaml',
    '.adopted/000.yaml',
    '.adopted/00.json',
    'x/.adopted/00.yaml',
    '.adopted/00.yaml/a',
  ])
    expect(isAdoptedKey(key)).toBe(false);
});
