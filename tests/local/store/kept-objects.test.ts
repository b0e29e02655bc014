import { describe, expect, it } from 'vitest';
import type { StoredObject } from '../../../lambda/store/store.ts';
import { createKeptObjects } from '../../../local/store/kept-objects.ts';

describe('createKeptObjects', () => {
  it('gives the very object that came last under a key', () => {
    const kept = createKeptObjects();
    const second = objectOf('a', 20);
    kept.put(objectOf('a', 10));
    kept.put(second);
    expect(kept.get('a')).toBe(second);
    kept.drop('a');
    expect(kept.get('a')).toBeNull();
  });

  it('lets go of what has been there longest when there is more than it may keep', () => {
    const kept = createKeptObjects(100);
    for (const key of ['a', 'b', 'c']) kept.put(objectOf(key, 40));
    expect(['a', 'b', 'c'].filter((key) => kept.get(key) !== null)).toEqual(['b', 'c']);
    kept.put(objectOf('b', 10));
    kept.put(objectOf('d', 50));
    expect(['b', 'c', 'd'].filter((key) => kept.get(key) !== null)).toEqual(['b', 'c', 'd']);
  });

  it('keeps no object that would drive out hundreds, and not the one that it replaces', () => {
    const kept = createKeptObjects();
    kept.put(objectOf('a', 10));
    kept.put(objectOf('a', 100_000));
    expect(kept.get('a')).toBeNull();
  });
});

function objectOf(key: string, lengthBytes: number): StoredObject {
  return { key, version: '1', lengthBytes, modifiedAt: 0, body: new Uint8Array(lengthBytes) };
}
