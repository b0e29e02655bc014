/** An HTTP server that gives answers in the order they were written down, and keeps what it was asked. */

import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { startLoopback } from '../loopback.ts';

export interface ScriptedAnswer {
  /** 0 breaks the connection off instead of answering. */
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Sends this much of the body only, then breaks off. */
  readonly breaksAfter?: number;
  /** How long the answer takes. */
  readonly delayMs?: number;
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
  const { origin, close } = await startLoopback(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const { method = '', url = '', headers } = request;
    requests.push({ method, url, headers, body: Buffer.concat(parts).toString() });
    const answer = left.shift() ?? { status: 500 };
    await setTimeout(answer.delayMs ?? 0);
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
  return { endpoint: origin, requests, close };
}
