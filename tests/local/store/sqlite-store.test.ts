import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../../local/store/sqlite-store.ts';
import { describeStore } from '../../contract/store.ts';

describeStore('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'feedwright-sqlite-'));
  const { store, close } = openSqliteStore(join(folder, 'state.db'));
  return {
    store,
    async close() {
      close();
      await rm(folder, { recursive: true });
    },
  };
});
