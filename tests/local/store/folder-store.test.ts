import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFolderStore } from '../../../local/store/folder-store.ts';
import { describeStore } from '../../contract/store.ts';

describeStore('folder', async () => {
  const root = await mkdtemp(join(tmpdir(), 'feedwright-folder-'));
  return { store: createFolderStore({ root }), close: () => rm(root, { recursive: true }) };
});
