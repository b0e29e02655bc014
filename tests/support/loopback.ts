/** HTTP servers of the tests: on the loopback, each at a port that nobody else has. */

import { once } from 'node:events';
import { createServer, type RequestListener, type ServerOptions } from 'node:http';

export interface LoopbackServer {
  readonly port: number;
  /** Without a slash at its end. */
  readonly origin: string;
  /** Breaks off what is under way. */
  close(): Promise<void>;
}

export async function startLoopback(answer: RequestListener, options: ServerOptions = {}): Promise<LoopbackServer> {
  const server = createServer(options, answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return {
    port: address.port,
    origin: `http://127.0.0.1:${address.port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A port of this machine that nobody listens on. */
export async function findFreePort(): Promise<number> {
  const { port, close } = await startLoopback(() => {});
  await close();
  return port;
}
