import { expect, it } from 'vitest';
import { createMemoryStore } from '../../../local/store/memory-store.ts';
import { importArticles } from '../../../tools/bench/bulk-import.ts';

it('publishes all that it imports, with messages that the queue worker understands', async () => {
  const stores = { content: createMemoryStore(), state: createMemoryStore(), public: createMemoryStore() };
  await importArticles(stores, 3, 300);
  const feed = await stores.public.read('feed.json');
  const { items } = JSON.parse(new TextDecoder().decode(feed?.body)) as { readonly items: readonly unknown[] };
  expect(items).toHaveLength(3);
});
