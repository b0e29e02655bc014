import { describe, expect, it } from 'vitest';
import { writeDocument } from '../../../lambda/work/protocol/documents.ts';
import { createMemoryStore } from '../../../local/store/memory-store.ts';

const BODY = new TextEncoder().encode('<rss/>');

describe('writeDocument', () => {
  it('counts what it wrote and what was there', async () => {
    const documents = createMemoryStore();
    expect(await writeDocument({ public: documents }, 'rss.xml', BODY, 'application/rss+xml', 'subscription')).toEqual({
      written: 1,
      unchanged: 0,
    });
    expect(await writeDocument({ public: documents }, 'rss.xml', BODY, 'application/rss+xml', 'subscription')).toEqual({
      written: 0,
      unchanged: 1,
    });
  });

  it('never takes a document for written over which somebody else wrote', async () => {
    const documents = { ...createMemoryStore(), write: async () => ({ kind: 'conflict' }) as const };
    await expect(
      writeDocument({ public: documents }, 'rss.xml', BODY, 'application/rss+xml', 'subscription'),
    ).rejects.toMatchObject({
      name: 'StoreError',
      kind: 'retry',
    });
  });
});
