/**
 * What every store must do, whatever it is made of. An adapter passes the suite by calling `describeStore`.
 */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compareWith, type KnownVersions, type Store, StoreError } from '../../lambda/store/store.ts';
import { describeRivals } from './store-rivals.ts';
import { bytes, keysUnder, textAt, written } from './store-tools.ts';

export interface StoreUnderTest {
  readonly store: Store;
  close(): Promise<void>;
}

const ROUND_COUNT = 25;

/** Keys that people, or their file systems, come up with. */
const ODD_KEYS = [
  'a b/c d.md',
  'percent%20and%2F.txt',
  'plus+and&amp;.txt',
  'q?x=1#y.txt',
  "it's (a) [b] {c}.md",
  'Ünïcödé/привет/你好.md',
  'nfd-u\u0308.md',
  'nfc-\u00fc.md',
  'emoji-😀.md',
  'Capital.md',
  'trailing space /x',
  'tab\tand\nnewline.txt',
  '~tilde',
  'two..dots/x..md',
  `${'long-part/'.repeat(102)}k.md`.padStart(1_024, 'x'),
  `${'ж'.repeat(100)}/`.repeat(5).slice(0, 505) + 'q'.repeat(19),
];

const IMPOSSIBLE_KEYS = ['', 'x'.repeat(1_025), 'ж'.repeat(513), 'half-\ud800', 'nul-\0'];

export interface StoreTraits {
  /** Versions come from the bytes, as the ETags of S3 do: the same bytes, written again, have the same version. */
  readonly versionsOfBytes?: boolean;
  /** Keys may hold line breaks, as in S3 itself; default true. */
  readonly lineBreaksInKeys?: boolean;
  /** Hands out the very bytes that it was given: callers must not change them. */
  readonly sharesBytes?: boolean;
  /** How often rivals meet; fewer times where each call takes long. */
  readonly roundCount?: number;
}

export function describeStore(
  name: string,
  makeStore: () => Promise<StoreUnderTest>,
  { versionsOfBytes = false, sharesBytes = false, lineBreaksInKeys = true, roundCount = ROUND_COUNT }: StoreTraits = {},
): void {
  describe(`store contract: ${name}`, () => {
    let close: () => Promise<void>;
    let store: Store;

    beforeEach(async () => {
      ({ store, close } = await makeStore());
    });

    afterEach(() => close());

    describe('read and inspect', () => {
      it('give null for what is not there', async () => {
        expect(await store.read('a')).toBeNull();
        expect(await store.inspect('a/b')).toBeNull();
      });

      it('give what was written, and its facts', async () => {
        const { version } = await written(store.write('a/b.txt', bytes('hello')));
        const facts = { key: 'a/b.txt', version, lengthBytes: 5, modifiedAt: expect.any(Number) };
        expect(await store.inspect('a/b.txt')).toEqual(facts);
        expect(await store.read('a/b.txt')).toEqual({ ...facts, body: expect.anything() });
        expect(await textAt(store, 'a/b.txt')).toBe('hello');
      });

      it('keep an empty body apart from no object', async () => {
        await store.write('empty', new Uint8Array(0));
        expect(await store.read('empty')).toMatchObject({ lengthBytes: 0 });
        expect(await textAt(store, 'empty')).toBe('');
      });

      it('keep every byte', async () => {
        const all = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7) & 0xff);
        await store.write('bytes', all);
        expect(Buffer.compare((await store.read('bytes'))?.body ?? bytes(''), all)).toBe(0);
      });

      it('give no more than the first bytes, and the true length', async () => {
        await store.write('a', bytes('0123456789'));
        expect(await textAt(store, 'a', 4)).toBe('0123');
        expect(await textAt(store, 'a', 0)).toBe('');
        expect(await textAt(store, 'a', 99)).toBe('0123456789');
        expect(await store.read('a', { firstBytes: 4 })).toMatchObject({ lengthBytes: 10 });
      });

      it('give the bytes from a place on, with the true length', async () => {
        await store.write('a', bytes('0123456789'));
        const textFrom = async (fromByte: number, firstBytes?: number) => {
          const object = await store.read('a', firstBytes === undefined ? { fromByte } : { fromByte, firstBytes });
          expect(object?.lengthBytes).toBe(10);
          return new TextDecoder().decode(object?.body);
        };
        expect(await textFrom(3, 4)).toBe('3456');
        expect(await textFrom(8, 4)).toBe('89');
        expect(await textFrom(3)).toBe('3456789');
        expect(await textFrom(10, 4)).toBe('');
        expect(await textFrom(99)).toBe('');
        expect(await textFrom(3, 0)).toBe('');
      });

      it.skipIf(sharesBytes)('are not touched by what callers do to their bytes', async () => {
        const mine = bytes('mine');
        await store.write('a', mine);
        mine.fill(0);
        (await store.read('a'))?.body.fill(0);
        expect(await textAt(store, 'a')).toBe('mine');
      });
    });

    describe('write', () => {
      it('replaces what is there, with another version', async () => {
        const first = await written(store.write('a', bytes('one')));
        const second = await written(store.write('a', bytes('two')));
        expect(second.version).not.toBe(first.version);
        expect(await textAt(store, 'a')).toBe('two');
      });

      it.skipIf(versionsOfBytes)(
        'gives another version even when the bytes are the same, however fast it is',
        async () => {
          const versions = new Set<string>();
          for (let round = 0; round < ROUND_COUNT; round++) {
            versions.add((await written(store.write('a', bytes('same')))).version);
          }
          expect(versions.size).toBe(ROUND_COUNT);
        },
      );

      it.skipIf(versionsOfBytes)('gives another version to an object that was removed and made again', async () => {
        const first = await written(store.write('a', bytes('same')));
        await store.remove('a');
        const second = await written(store.write('a', bytes('same')));
        expect(second.version).not.toBe(first.version);
      });

      it('never goes back in time', async () => {
        await store.write('a', bytes('one'));
        const first = await store.inspect('a');
        await store.write('a', bytes('two'));
        const second = await store.inspect('a');
        expect(second?.modifiedAt).toBeGreaterThanOrEqual(first?.modifiedAt ?? Number.POSITIVE_INFINITY);
      });

      it('with `absent` writes only what is not there', async () => {
        const condition = { kind: 'absent' } as const;
        expect(await store.write('a', bytes('one'), { condition })).toMatchObject({ kind: 'written' });
        expect(await store.write('a', bytes('two'), { condition })).toEqual({ kind: 'conflict' });
        expect(await textAt(store, 'a')).toBe('one');
        await store.remove('a');
        expect(await store.write('a', bytes('three'), { condition })).toMatchObject({ kind: 'written' });
      });

      it('with `version` writes only over what was read', async () => {
        const first = await written(store.write('a', bytes('one')));
        const mine = { condition: { kind: 'version', version: first.version } } as const;
        const second = await written(store.write('a', bytes('two'), mine));
        expect(await store.write('a', bytes('three'), mine)).toEqual({ kind: 'conflict' });
        expect(await textAt(store, 'a')).toBe('two');
        expect((await store.inspect('a'))?.version).toBe(second.version);
      });

      it('with `version` is a conflict when the object has gone', async () => {
        const { version } = await written(store.write('a', bytes('one')));
        await store.remove('a');
        const condition = { kind: 'version', version } as const;
        expect(await store.write('a', bytes('two'), { condition })).toEqual({ kind: 'conflict' });
        expect(await store.inspect('a')).toBeNull();
      });

      it('with `different` and the seal of a write writes what differs, whoever wrote last', async () => {
        const first = await store.write('a', bytes('one'), { condition: { kind: 'different' } });
        const seal = first.kind === 'conflict' ? undefined : first.seal;
        const condition = { kind: 'different', ...(seal !== undefined && { seal }) } as const;
        expect(await store.write('a', bytes('two'), { condition })).toMatchObject({ kind: 'written' });
        await store.write('a', bytes('other'));
        expect(await store.write('a', bytes('three'), { condition })).toMatchObject({ kind: 'written' });
        expect(await textAt(store, 'a')).toBe('three');
        await store.remove('a');
        expect(await store.write('a', bytes('one'), { condition })).toMatchObject({ kind: 'written' });
        expect(await store.write('a', bytes('one'), { condition })).toMatchObject({ kind: 'unchanged' });
      });

      it('with `different` leaves what is the same alone', async () => {
        const condition = { kind: 'different' } as const;
        const { version } = await written(store.write('a', bytes('one'), { condition }));
        const before = await store.inspect('a');
        expect(await store.write('a', bytes('one'), { condition })).toMatchObject({ kind: 'unchanged', version });
        expect(await store.inspect('a')).toEqual(before);
        expect(await store.write('a', bytes('uno'), { condition })).toMatchObject({ kind: 'written' });
        expect(await store.write('a', bytes(''), { condition })).toMatchObject({ kind: 'written' });
        expect(await textAt(store, 'a')).toBe('');
      });
    });

    describe('remove', () => {
      it('removes, and takes what is not there for removed', async () => {
        await store.write('a/b', bytes('one'));
        expect(await store.remove('a/b')).toEqual({ kind: 'removed' });
        expect(await store.read('a/b')).toBeNull();
        expect(await store.remove('a/b')).toEqual({ kind: 'removed' });
        expect(await store.remove('a/b', { ifVersion: 'any' })).toEqual({ kind: 'removed' });
      });

      it('with a version removes only that', async () => {
        const first = await written(store.write('a', bytes('one')));
        const second = await written(store.write('a', bytes('two')));
        expect(await store.remove('a', { ifVersion: first.version })).toEqual({ kind: 'conflict' });
        expect(await textAt(store, 'a')).toBe('two');
        expect(await store.remove('a', { ifVersion: second.version })).toEqual({ kind: 'removed' });
        expect(await store.inspect('a')).toBeNull();
      });

      it('leaves the neighbours alone', async () => {
        await writeAll(store, ['a/b', 'a/bc', 'a/d/e', 'ab']);
        await store.remove('a/b');
        expect(await keysUnder(store, '')).toEqual(['a/bc', 'a/d/e', 'ab']);
      });
    });

    describe('compareWith', () => {
      const known = async () => new Map((await store.list({ prefix: 'a/' })).objects.map((each) => [each.key, each]));
      const differences = async (before: KnownVersions) => {
        const { changed, gone } = await compareWith(store, 'a/', before);
        return { changed: changed.map(({ key }) => key).sort(), gone };
      };

      it('tells what changed, came and went since a listing', async () => {
        await writeAll(store, ['a/1', 'a/2', 'a/3', 'b/1']);
        const before = await known();
        expect(await differences(before)).toEqual({ changed: [], gone: [] });
        await store.write('a/2', bytes('other'));
        await writeAll(store, ['a/4', 'b/2']);
        expect(await differences(before)).toEqual({ changed: ['a/2', 'a/4'], gone: [] });
        await store.remove('a/1');
        expect(await differences(before)).toEqual({ changed: ['a/2', 'a/4'], gone: ['a/1'] });
        expect(await differences(await known())).toEqual({ changed: [], gone: [] });
      });

      it('gives everything where nothing is known', async () => {
        await writeAll(store, ['a/1', 'a/2', 'b/1']);
        expect(await differences(new Map())).toEqual({ changed: ['a/1', 'a/2'], gone: [] });
      });
    });

    describe('list', () => {
      it('gives the facts of everything under a prefix', async () => {
        await writeAll(store, ['a/1', 'a/2', 'ab', 'b/1']);
        const { objects, next } = await store.list({ prefix: 'a/' });
        expect(next).toBeNull();
        expect(objects).toEqual([await store.inspect('a/1'), await store.inspect('a/2')]);
      });

      it('takes a prefix that ends within a name', async () => {
        await writeAll(store, ['posts/2020-a', 'posts/2021-a', 'posts/2021/x', 'posts/2022-a', 'posts2021']);
        expect(await keysUnder(store, 'posts/2021')).toEqual(['posts/2021-a', 'posts/2021/x']);
        expect(await keysUnder(store, 'posts')).toHaveLength(5);
        expect(await keysUnder(store, 'posts/2021/x')).toEqual(['posts/2021/x']);
        expect(await keysUnder(store, 'posts/2021/x/')).toEqual([]);
        expect(await keysUnder(store, 'nothing')).toEqual([]);
      });

      it('orders by UTF-8 bytes, and not by UTF-16 units', async () => {
        const keys = ['a', 'a b', 'a-b', 'a.b', 'a0', 'aB', 'ab/c', 'ab-c', 'a/b', '~', 'é', 'ﬁ', '\uffee', '😀', '𐀀'];
        await writeAll(
          store,
          keys.filter((key) => key !== 'a'),
        );
        const expected = keys.filter((key) => key !== 'a').sort((a, b) => Buffer.compare(bytes(a), bytes(b)));
        expect(await keysUnder(store, '')).toEqual(expected);
      });

      it('comes in parts that fit together', async () => {
        const keys = Array.from(
          { length: 23 },
          (_, index) => `p/${index % 3}/${String(index).padStart(2, '0')}`,
        ).sort();
        await writeAll(store, [...keys, 'o', 'q']);
        const parts: string[][] = [];
        let after: string | null = '';
        while (after !== null) {
          const listing: Awaited<ReturnType<Store['list']>> = await store.list({ prefix: 'p/', after, limitCount: 5 });
          parts.push(listing.objects.map((object) => object.key));
          after = listing.next;
        }
        expect(parts.map((part) => part.length)).toEqual([5, 5, 5, 5, 3]);
        expect(parts.flat()).toEqual(keys);
      });

      it('ends without another part when the last one is exactly full', async () => {
        await writeAll(store, ['a', 'b', 'c']);
        expect(await store.list({ prefix: '', limitCount: 3 })).toMatchObject({ next: null });
        expect(await store.list({ prefix: '', limitCount: 2 })).toMatchObject({ next: 'b' });
      });

      it('begins after any string, key or not', async () => {
        await writeAll(store, ['a/1', 'a/2', 'b']);
        expect(await keysAfter(store, '', 'a/1')).toEqual(['a/2', 'b']);
        expect(await keysAfter(store, '', 'a/1x')).toEqual(['a/2', 'b']);
        expect(await keysAfter(store, '', 'a')).toEqual(['a/1', 'a/2', 'b']);
        expect(await keysAfter(store, '', 'a/')).toEqual(['a/1', 'a/2', 'b']);
        expect(await keysAfter(store, '', 'a0')).toEqual(['b']);
        expect(await keysAfter(store, 'a/', '0')).toEqual(['a/1', 'a/2']);
        expect(await keysAfter(store, 'a/', 'a/')).toEqual(['a/1', 'a/2']);
        expect(await keysAfter(store, 'a/', 'a/1')).toEqual(['a/2']);
        expect(await keysAfter(store, 'a/', 'c')).toEqual([]);
        expect(await keysAfter(store, '', 'b')).toEqual([]);
      });

      it('refuses a part of no objects, and one of more than a thousand', async () => {
        await expect(store.list({ prefix: '', limitCount: 0 })).rejects.toThrow(RangeError);
        await expect(store.list({ prefix: '', limitCount: 1_001 })).rejects.toThrow(RangeError);
      });
    });

    describe('keys', () => {
      it.each(namedByStart(ODD_KEYS.filter((key) => lineBreaksInKeys || !key.includes('\n'))))(
        'may be $name',
        async ({ key }) => {
          expect(Buffer.byteLength(key)).toBeLessThanOrEqual(1_024);
          const { version } = await written(store.write(key, bytes(key)));
          expect(await textAt(store, key)).toBe(key);
          expect(await keysUnder(store, '')).toEqual([key]);
          expect(await keysUnder(store, key)).toEqual([key]);
          expect(await store.remove(key, { ifVersion: version })).toEqual({ kind: 'removed' });
          expect(await keysUnder(store, '')).toEqual([]);
        },
      );

      it('are not the same because they look the same', async () => {
        await writeAll(store, ['u\u0308', '\u00fc', 'A', 'a']);
        expect(await keysUnder(store, '')).toEqual(['A', 'a', 'u\u0308', '\u00fc']);
      });

      it.each(namedByStart(IMPOSSIBLE_KEYS))('may not be $name', async ({ key }) => {
        await expect(store.write(key, bytes('x'))).rejects.toThrow(StoreError);
        await expect(store.read(key)).rejects.toMatchObject({ kind: 'fatal' });
      });
    });

    describeRivals(() => store, roundCount);
  });
}

/** Keys with a name for the report, where a kilobyte of key would not be read. */
function namedByStart(keys: readonly string[]): readonly { readonly name: string; readonly key: string }[] {
  return keys.map((key) => ({
    key,
    name: JSON.stringify(key.length > 40 ? `${key.slice(0, 30)}… (${key.length} units)` : key),
  }));
}

async function writeAll(store: Store, keys: readonly string[]): Promise<void> {
  await Promise.all(keys.map((key) => store.write(key, bytes(key))));
}

async function keysAfter(store: Store, prefix: string, after: string): Promise<readonly string[]> {
  return (await store.list({ prefix, after })).objects.map((object) => object.key);
}
