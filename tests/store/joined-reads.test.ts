import { expect, it } from 'vitest';
import { joinReads } from '../../lambda/store/joined-reads.ts';
import type { Store } from '../../lambda/store/store.ts';
import { createMemoryStore } from '../../local/store/memory-store.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

function scene() {
  const asked: string[] = [];
  const memory = createMemoryStore();
  const counted: Store = {
    ...memory,
    read: (key, options) => {
      asked.push(key);
      return memory.read(key, options);
    },
  };
  return { asked, memory, store: joinReads(counted) };
}

it('asks once for what several read at the same moment', async () => {
  const { asked, memory, store } = scene();
  await memory.write('site.json', bytes('{}'));
  const [one, other, none] = await Promise.all([store.read('site.json'), store.read('site.json'), store.read('gone')]);
  expect(one?.body).toEqual(bytes('{}'));
  expect(other?.body).toBe(one?.body);
  expect(none).toBeNull();
  expect(asked).toEqual(['site.json', 'gone']);
});

it('gives nobody what was read before a write that had returned', async () => {
  const { asked, memory, store } = scene();
  await memory.write('a', bytes('before'));
  const early = store.read('a');
  await early;
  await store.write('a', bytes('after'));
  const late = await store.read('a');
  expect(new TextDecoder().decode(late?.body)).toBe('after');
  expect(asked).toEqual(['a', 'a']);
});

it('does not join a read that is on its way, nor one of a part', async () => {
  const asked: (() => void)[] = [];
  const memory = createMemoryStore();
  await memory.write('a', bytes('before'));
  const slow: Store = {
    ...memory,
    async read(key, options) {
      const object = await memory.read(key, options);
      await new Promise<void>((answer) => asked.push(answer));
      return object;
    },
  };
  const store = joinReads(slow);
  const first = store.read('a');
  await expect.poll(() => asked.length).toBe(1);
  await store.write('a', bytes('after'));
  const second = store.read('a');
  const part = store.read('a', { firstBytes: 2 });
  await expect.poll(() => asked.length).toBe(3);
  for (const answer of asked) answer();
  const texts = (await Promise.all([first, second, part])).map((object) => new TextDecoder().decode(object?.body));
  expect(texts).toEqual(['before', 'after', 'af']);
});

it('tells all who joined of a failure, and asks again afterwards', async () => {
  let isBroken = true;
  const memory = createMemoryStore();
  const store = joinReads({
    ...memory,
    read: async (key) => {
      if (isBroken) throw new Error('broken');
      return memory.read(key);
    },
  });
  const both = await Promise.allSettled([store.read('a'), store.read('a')]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  isBroken = false;
  expect(await store.read('a')).toBeNull();
});
