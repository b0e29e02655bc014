import { describe, expect, it } from 'vitest';
import {
  addTakedown,
  findTakedown,
  hashBytes,
  hashText,
  namesTakedown,
  parseTakedowns,
  renderTakedowns,
  settleTakedowns,
  TAKEDOWNS_BYTES_MAX,
  type Takedown,
} from '../../lambda/site/takedowns.ts';

const LETTER: Takedown = {
  key: 'letters/may.md',
  ids: ['urn:uuid:1', 'tag:example.org,2026:may'],
  addresses: ['/letters/may/', 'https://elsewhere.example/may'],
  hashes: [hashBytes('May')],
  at: '2026-05-01T10:00:00Z',
  by: 'ada',
};

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

describe('the list of takedowns as a file', () => {
  it('is read as it was written, by people too', () => {
    const body = renderTakedowns([LETTER]);
    expect(new TextDecoder().decode(body ?? undefined)).toContain('\n      "key": "letters/may.md",\n');
    expect(body && parseTakedowns(body)).toEqual({ kind: 'list', list: [LETTER] });
  });

  it('needs no more of a takedown than its key', () => {
    const list = [{ key: 'a.md', ids: [], addresses: [], hashes: [], at: '', by: null }];
    expect(parseTakedowns(encode({ takedowns: [{ key: 'a.md' }] }))).toEqual({ kind: 'list', list });
  });

  it.each([
    ['', 'is not a valid JSON object'],
    ['[]', 'is not a valid JSON object'],
    ['{"takedowns": [', 'is not a valid JSON object'],
    ['{}', 'has no list “takedowns”'],
    ['{"takedowns": [{"key": "a.md"}, {"ids": []}]}', 'has a mistake in takedown 2'],
    ['{"takedowns": [{"key": "a.md", "ids": [42]}]}', 'has a mistake in takedown 1'],
    ['{"takedowns": [{"key": "a.md", "hashes": "x"}]}', 'has a mistake in takedown 1'],
    ['{"takedowns": [{"key": "a.md", "by": 1}]}', 'has a mistake in takedown 1'],
    ['{"schema": 2, "takedowns": []}', 'was written by a newer version of Feedwright'],
  ])('says what is wrong with %j', (text, fault) => {
    expect(parseTakedowns(new TextEncoder().encode(text))).toEqual({ kind: 'unreadable', fault });
  });

  it('has an end: more is neither read nor written', () => {
    expect(parseTakedowns(new Uint8Array(TAKEDOWNS_BYTES_MAX + 1))).toMatchObject({ fault: 'has more than 512 kB' });
    const many = Array.from({ length: 3_000 }, (_, index) => ({ ...LETTER, key: `letters/${index}.md` }));
    expect(renderTakedowns(many)).toBeNull();
    expect(renderTakedowns(many.slice(0, 1_000))).not.toBeNull();
  });
});

describe('a takedown', () => {
  it('of a file that is listed already adds what is new, and keeps who took it down first', () => {
    const again = {
      ...LETTER,
      ids: ['urn:uuid:1', 'urn:uuid:2'],
      hashes: ['x'],
      by: 'bob',
      at: '2026-06-01T00:00:00Z',
    };
    expect(addTakedown([LETTER], again)).toEqual([
      { ...LETTER, ids: [...LETTER.ids, 'urn:uuid:2'], hashes: [...LETTER.hashes, 'x'] },
    ]);
    expect(addTakedown([LETTER], { ...LETTER, key: 'b.md' })).toHaveLength(2);
  });

  it.each(['letters/may.md', 'urn:uuid:1', '/letters/may/', '/letters/may', 'https://elsewhere.example/may'])(
    'is named by %s',
    (name) => expect(namesTakedown(name, LETTER)).toBe(true),
  );

  it.each(['may.md', 'urn:uuid', '/letters/', ''])('is not named by %j', (name) => {
    expect(namesTakedown(name, LETTER)).toBe(false);
  });

  it.each([
    ['key', { key: 'letters/may.md' }],
    ['id', { key: 'b.md', ids: ['x', 'tag:example.org,2026:may'] }],
    ['address', { key: 'b.md', addresses: ['/letters/may/'] }],
    ['text', { key: 'b.md', hashes: () => [hashBytes('May')] }],
  ])('holds a suspect by its %s', (trait, suspect) => {
    expect(findTakedown([{ ...LETTER, key: 'a.md', ids: [], addresses: [], hashes: [] }, LETTER], suspect)).toEqual({
      takedown: LETTER,
      trait,
    });
  });

  it('holds nothing that only resembles it', () => {
    const other = { key: 'letters/may.html', ids: ['urn:uuid:11'], addresses: ['/letters/'], hashes: () => ['x'] };
    expect(findTakedown([LETTER], other)).toBeNull();
    expect(findTakedown([], { key: 'letters/may.md' })).toBeNull();
  });
});

describe('the hash of a text', () => {
  const words = 'The tide comes in twice a day, and on both of them the harbour is another one. '.repeat(4);

  it('is the same for other markup, case and white space, and another for other words', () => {
    const hash = hashText(`<p>${words}</p>`);
    expect(hash).toHaveLength(1);
    expect(
      hashText(`<div>\n<p class="x">${words.replaceAll('. ', '.&nbsp;</p>\n\n<p>').toUpperCase()}</p></div>`),
    ).toEqual(hash);
    expect(hashText(`<p>${words} More.</p>`)).not.toEqual(hash);
  });

  it('is none for a text that is not one article’s own', () => {
    expect(hashText('<p>This post is for subscribers.</p>')).toEqual([]);
    expect(hashText('')).toEqual([]);
  });
});

describe('the list in force', () => {
  const inForce = { list: [LETTER], isPartial: false };

  it('is that of the file', () => {
    expect(settleTakedowns(null, renderTakedowns([LETTER]))).toEqual({ takedowns: inForce, problems: [] });
    expect(settleTakedowns(inForce, renderTakedowns([]))).toEqual({ takedowns: null, problems: [] });
    expect(settleTakedowns(null, null)).toEqual({ takedowns: null, problems: [] });
  });

  it('stays the last good one when the file is damaged, and may then lack something', () => {
    const { takedowns, problems } = settleTakedowns(inForce, encode('?'));
    expect(takedowns).toEqual({ list: [LETTER], isPartial: true });
    expect(problems).toMatchObject([{ code: 'takedowns-unreadable', severity: 'error', path: '.takedowns.json' }]);
    expect(settleTakedowns(null, encode('?')).takedowns).toEqual({ list: [], isPartial: true });
  });

  it('stays when the file is gone: who restores the last one leaves an empty list', () => {
    const { takedowns, problems } = settleTakedowns(inForce, null);
    expect(takedowns).toEqual(inForce);
    expect(problems).toMatchObject([{ message: expect.stringContaining('is gone') }]);
  });
});
