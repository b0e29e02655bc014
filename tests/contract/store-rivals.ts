/** The part of the contract of stores that is about many callers at once, and about many calls one after the other. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareKeys } from '../../lambda/store/keys.ts';
import { listAll, type Store } from '../../lambda/store/store.ts';
import { bytes, keysUnder, textAt, written } from './store-tools.ts';

const RIVAL_COUNT = 20;

export function describeRivals(present: () => Store, roundCount: number): void {
  describe('rivals', () => {
    it('let exactly one of many swaps of the same version win, round after round', async () => {
      const store = present();
      let { version } = await written(store.write('a', bytes('start')));
      for (let round = 0; round < roundCount; round++) {
        const condition = { kind: 'version', version } as const;
        const results = await Promise.all(
          rivals((rival) => store.write('a', bytes(`${round} by ${rival}`), { condition })),
        );
        const winner = results.findIndex((result) => result.kind === 'written');
        expect(results.map((result) => result.kind).filter((kind) => kind !== 'conflict')).toEqual(['written']);
        expect(await textAt(store, 'a')).toBe(`${round} by ${winner}`);
        version = (await store.inspect('a'))?.version ?? '';
      }
    });

    it('let exactly one of many first writes win', async () => {
      const store = present();
      for (let round = 0; round < roundCount; round++) {
        const condition = { kind: 'absent' } as const;
        const results = await Promise.all(
          rivals((rival) => store.write(`r/${round}`, bytes(String(rival)), { condition })),
        );
        expect(results.filter((result) => result.kind === 'written')).toHaveLength(1);
      }
    });

    it('count without losing a number when each reads, adds one and swaps', async () => {
      const store = present();
      await store.write('count', bytes('0'));
      await Promise.all(rivals(() => addOne(store, 'count')));
      expect(await textAt(store, 'count')).toBe(String(RIVAL_COUNT));
    });

    it('never show a reader a part of a write', async () => {
      const store = present();
      const pages = rivals((rival) => Buffer.alloc(50_000, 65 + rival));
      await store.write('a', pages[0] ?? bytes(''));
      const readers = pages.map(() => store.read('a'));
      const [objects] = await Promise.all([
        Promise.all(readers),
        Promise.all(pages.map((page) => store.write('a', page))),
      ]);
      for (const object of objects) {
        expect(object?.body.length).toBe(50_000);
        expect(new Set(object?.body).size).toBe(1);
      }
    });
  });

  it('behaves like a map with versions, whatever is done to it', async () => {
    const store = present();
    await fc.assert(
      fc.asyncProperty(fc.array(stepArbitrary, { maxLength: 30 }), async (steps) => {
        for await (const { key } of listAll(store, '')) await store.remove(key);
        const model = new Map<string, string>();
        for (const { key, text, action } of steps) {
          if (action === 'remove') {
            await store.remove(key);
            model.delete(key);
          } else {
            const result = await store.write(
              key,
              bytes(text),
              action === 'write' ? {} : { condition: { kind: action } },
            );
            expect(result.kind).toBe(expectedResult(action, model.get(key), text));
            if (result.kind === 'written') model.set(key, text);
          }
        }
        expect(await keysUnder(store, '')).toEqual([...model.keys()].sort(compareKeys));
        for (const [key, text] of model) expect(await textAt(store, key)).toBe(text);
      }),
      { numRuns: 30 },
    );
  });
}

const stepArbitrary = fc.record({
  // Folders and files have different names, so that no key is a folder of another: a folder store can't hold those.
  key: fc
    .tuple(fc.constantFrom('', 'd/', 'd/e/', 'é/'), fc.constantFrom('a', 'b.md', 'ﬁ', '😀'))
    .map((parts) => parts.join('')),
  text: fc.constantFrom('', 'one', 'two'),
  action: fc.constantFrom('write', 'absent', 'different', 'remove'),
});

function expectedResult(action: 'write' | 'absent' | 'different', present: string | undefined, text: string): string {
  if (action === 'absent' && present !== undefined) return 'conflict';
  return action === 'different' && present === text ? 'unchanged' : 'written';
}

function rivals<Result>(act: (rival: number) => Result): Result[] {
  return Array.from({ length: RIVAL_COUNT }, (_, rival) => act(rival));
}

async function addOne(store: Store, key: string): Promise<void> {
  for (let attempt = 0; attempt < RIVAL_COUNT * RIVAL_COUNT; attempt++) {
    const present = await store.read(key);
    if (present === null) throw new Error('The number has gone.');
    const next = bytes(String(Number(new TextDecoder().decode(present.body)) + 1));
    const result = await store.write(key, next, { condition: { kind: 'version', version: present.version } });
    if (result.kind === 'written') return;
  }
  throw new Error('The number could not be raised.');
}
