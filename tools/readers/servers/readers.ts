/** The servers as readers of the table: each subscribes to one document, and tells what it keeps of it. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Program } from '../table/programs.ts';
import type { Answer } from '../table/shown.ts';
import type { ServerProgram } from './server.ts';
import { SERVERS } from './servers.ts';

export const SERVER_READERS: readonly Program[] = SERVERS.map(({ name, version, formats, open }) => ({
  name,
  version,
  formats,
  answer: ({ url }) => readOne(open, url),
}));

async function readOne(open: ServerProgram['open'], address: string): Promise<Answer> {
  const folder = mkdtempSync(join(tmpdir(), 'feedwright-server-'));
  try {
    const server = await open(folder);
    if (server === null) return { absent: 'it is not there' };
    try {
      if (!(await server.subscribe(address))) return { error: 'it does not subscribe' };
      return { shown: { home: await server.home(), entries: await server.entries() } };
    } finally {
      await server.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
