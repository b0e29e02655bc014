/**
 * A small WebSub hub (W3C Recommendation of 2018) on the loopback: verifies who subscribes, fetches a topic when its
 * publisher says that it changed, and hands it on. Strict: what it does not expect is an error that the test sees.
 */

import type { IncomingMessage } from 'node:http';
import { startLoopback } from './loopback.ts';

export interface HubServer {
  /** Where subscribers and publishers post to. */
  readonly address: string;
  /** Topics that publishers said had changed, as they came. */
  readonly pings: readonly string[];
  /** What a publisher sent that no hub takes. */
  readonly faults: readonly string[];
  /** Status of the next answers to publishers, in order; 202 when there are no more. 0 never answers. */
  readonly answers: number[];
  /** Resolves when everything that was pinged is handed on. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** @param addressOf where a topic is fetched from, since test sites are not at their public addresses */
export async function startHubServer(addressOf: (topic: string) => string): Promise<HubServer> {
  const subscribers = new Map<string, Set<string>>();
  const pings: string[] = [];
  const faults: string[] = [];
  const answers: number[] = [];
  const work = new Set<Promise<void>>();

  const distribute = async (topic: string): Promise<void> => {
    const document = await fetch(addressOf(topic));
    const body = await document.arrayBuffer();
    const self = /<([^>]*)>; rel="self"/.exec(document.headers.get('link') ?? '')?.[1];
    if (self !== topic) faults.push(`${topic} says of itself ${self}`);
    for (const callback of subscribers.get(topic) ?? []) {
      const type = document.headers.get('content-type') ?? '';
      const link = document.headers.get('link') ?? '';
      await fetch(callback, { method: 'POST', body, headers: { 'content-type': type, link } });
    }
  };
  /** The subscriber has to give back what only the hub knows. */
  const verify = async (topic: string, callback: string): Promise<boolean> => {
    const challenge = `challenge-${subscribers.size}`;
    const query = new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.topic': topic, 'hub.challenge': challenge });
    const answer = await fetch(`${callback}?${query}`);
    return answer.ok && (await answer.text()) === challenge;
  };
  const take = async (request: IncomingMessage): Promise<number> => {
    const form = new URLSearchParams(await readBody(request));
    const type = request.headers['content-type'] ?? '';
    if (request.method !== 'POST' || !type.startsWith('application/x-www-form-urlencoded')) {
      faults.push(`${request.method} with ${type}`);
      return 400;
    }
    if (form.get('hub.mode') === 'subscribe') {
      const [topic, callback] = [form.get('hub.topic') ?? '', form.get('hub.callback') ?? ''];
      if (!(await verify(topic, callback))) return 400;
      subscribers.set(topic, (subscribers.get(topic) ?? new Set()).add(callback));
      return 202;
    }
    const topic = form.get('hub.url');
    if (form.get('hub.mode') !== 'publish' || topic === null || form.size !== 2) {
      faults.push(`a form without sense: ${form}`);
      return 400;
    }
    pings.push(topic);
    const status = answers.shift() ?? 202;
    if (status === 202) {
      const handed = distribute(topic).finally(() => work.delete(handed));
      work.add(handed);
    }
    return status;
  };
  const { origin, close } = await startLoopback((request, response) => {
    take(request).then((status) => {
      if (status > 0) response.writeHead(status, status < 400 && status >= 300 ? { location: '/elsewhere' } : {}).end();
    });
  });
  return {
    address: `${origin}/`,
    pings,
    faults,
    answers,
    settle: async () => {
      while (work.size > 0) await Promise.all(work);
    },
    close,
  };
}

export interface SubscriberServer {
  readonly address: string;
  /** What was handed to it. */
  readonly deliveries: { readonly type: string; readonly link: string; readonly body: string }[];
  close(): Promise<void>;
}

/** Subscribes to nothing by itself, but says yes to whoever asks. */
export async function startSubscriber(): Promise<SubscriberServer> {
  const deliveries: SubscriberServer['deliveries'] = [];
  const { origin, close } = await startLoopback(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    if (request.method === 'GET') return void response.end(url.searchParams.get('hub.challenge'));
    const { 'content-type': type = '', link = '' } = request.headers;
    deliveries.push({ type, link: String(link), body: await readBody(request) });
    response.end();
  });
  return { address: `${origin}/`, deliveries, close };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
