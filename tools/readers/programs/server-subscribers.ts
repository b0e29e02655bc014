/** Readers that are servers, each started at its first reload and ended with its trial. */

import type { ReaderServer } from '../servers/server.ts';
import { SERVERS } from '../servers/servers.ts';
import type { Subscriber } from './subscriber.ts';

const running = new Map<string, ReaderServer>();

export const SERVER_SUBSCRIBERS: readonly Subscriber[] = SERVERS.map(({ name, version, open }) => ({
  name,
  version,
  async reload(folder, address) {
    const known = running.get(folder);
    const server = known ?? (await open(folder));
    if (server === null) return null;
    running.set(folder, server);
    if (known !== undefined) await server.refresh();
    else if (!(await server.subscribe(address))) return null;
    const entries = await server.entries();
    await server.readAll();
    return entries;
  },
  async end(folder) {
    await running.get(folder)?.close();
    running.delete(folder);
  },
}));
