import { expect, it } from 'vitest';
import { prepareLooks } from '../../lambda/store/looks.ts';
import { createSimulatedStore } from '../simulation/simulated-store.ts';
import { countRequests, countStore, createCounts } from '../support/counted-store.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e'];

async function scene(keys: readonly string[]) {
  const whole = createSimulatedStore();
  for (const key of keys) await whole.write(key, new TextEncoder().encode(key));
  const counts = createCounts();
  const listed: string[] = [];
  const store = {
    ...countStore(whole, counts),
    listFolder: async (folder: string) => {
      listed.push(folder);
      return (await whole.listFolder?.(folder)) ?? null;
    },
  };
  return { store, whole, listed, calls: () => countRequests(counts) };
}

it('sees what looks at each name would see, with one call for each folder', async () => {
  const { store, whole, listed, calls } = await scene(['a', 'x/b', 'x/y/c', 'z']);
  const keys = [...NAMES, ...NAMES.map((name) => `x/${name}`), 'not/there', 'x/not/there'];
  const look = await prepareLooks(store, keys);
  for (const key of keys) expect(await look(key), key).toEqual(await whole.inspect(key));
  expect(listed).toEqual(['', 'x/']);
  expect(calls()).toBe(0);
  expect(await look('x/y/c')).toEqual(await whole.inspect('x/y/c'));
  expect(calls()).toBe(1);
});

it('looks at each name where there are few, or more in the folder than one call tells', async () => {
  const { store, listed, calls } = await scene(['a', 'x/b']);
  const few = await prepareLooks(store, NAMES.slice(0, 4));
  expect(await few('a')).toMatchObject({ key: 'a' });
  expect(listed).toEqual([]);
  const crowded = await prepareLooks({ ...store, listFolder: async () => null }, NAMES);
  expect(await crowded('a')).toMatchObject({ key: 'a' });
  expect(await crowded('b')).toBeNull();
  expect(calls()).toBe(3);
});
