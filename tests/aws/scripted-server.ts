/** An HTTP server that gives answers in the order they were written down, and keeps what it was asked. */

import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';

export interface ScriptedAnswer {
  /** 0 breaks the connection off instead of answering. */
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Sends this much of the body only, then breaks off. */
  readonly breaksAfter?: number;
}

export interface ScriptedRequest {
  readonly method: string;
  /** With the query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface ScriptedServer {
  readonly endpoint: string;
  readonly requests: readonly ScriptedRequest[];
  close(): Promise<void>;
}

/** Starts it on this machine; a request after the last answer gets 500 without a body. */
export async function startScriptedServer(answers: readonly ScriptedAnswer[]): Promise<ScriptedServer> {
  const requests: ScriptedRequest[] = [];
  const left = [...answers];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const { method = '', url = '', headers } = request;
    requests.push({ method, url, headers, body: Buffer.concat(parts).toString() });
    const answer = left.shift() ?? { status: 500 };
    const breakOff = () => request.socket.destroy();
    if (answer.status === 0) {
      breakOff();
    } else if (answer.breaksAfter === undefined) {
      response.writeHead(answer.status, answer.headers).end(answer.body);
    } else {
      response
        .writeHead(answer.status, answer.headers)
        .write((answer.body ?? '').slice(0, answer.breaksAfter), breakOff);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
