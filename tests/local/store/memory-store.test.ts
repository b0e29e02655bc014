import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../../local/store/memory-store.ts';
import { describeStore } from '../../contract/store.ts';

describeStore('memory', async () => ({ store: createMemoryStore(), close: async () => {} }));

describe('createMemoryStore', () => {
  it('takes its clock and its versions from outside, so that a run can be repeated', async () => {
    let at = 1_000;
    const store = createMemoryStore({ now: () => at++, nextVersion: () => `v${at}` });
    expect(await store.write('a', new Uint8Array(1))).toEqual({ kind: 'written', version: 'v1000' });
    expect(await store.inspect('a')).toEqual({ key: 'a', version: 'v1000', lengthBytes: 1, modifiedAt: 1_000 });
  });
});
