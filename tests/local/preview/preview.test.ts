import { get, type IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPreview, type Preview } from '../../../local/preview/preview.ts';
import { EMPTY_DESK } from '../../support/empty-desk.ts';
import { type LoopbackServer, startLoopback } from '../../support/loopback.ts';

let preview: Preview;
let server: LoopbackServer;
let address: string;

beforeEach(async () => {
  preview = createPreview(EMPTY_DESK);
  server = await startLoopback(async (request, response) => {
    const path = request.url === '/_preview/' ? '_preview/index.html' : (request.url ?? '').slice(1);
    if (!(await preview.answer(path, request, response))) response.writeHead(404).end();
  });
  address = server.origin;
});

afterEach(async () => {
  preview.close();
  await server.close();
});

describe('the preview', () => {
  it('lets its page run its own script and nothing else', async () => {
    const response = await fetch(`${address}/_preview/`);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('content-security-policy')).toContain(`script-src ${address}/_preview/preview.js;`);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await response.text()).not.toMatch(/<script(?![^>]*\ssrc=)|\son\w+=|\sstyle=/);
  });

  it('serves its script and style with their types, and knows nothing else', async () => {
    const typeOf = async (name: string) => (await fetch(`${address}/_preview/${name}`)).headers.get('content-type');
    expect(await typeOf('preview.js')).toBe('text/javascript; charset=utf-8');
    expect(await typeOf('preview.css')).toBe('text/css; charset=utf-8');
    expect((await fetch(`${address}/_preview/page.ts`)).status).toBe(404);
  });

  it('tells open pages what is published: at once where they are behind, and whenever it changes', async () => {
    preview.announce('r-1');
    const stream = await listen();
    const read = async () => new Promise<string>((resolve) => stream.once('data', (chunk) => resolve(String(chunk))));
    expect(await read()).toBe('retry: 1000\n\nevent: published\ndata: r-1\n\n');
    preview.announce('r-1');
    preview.announce('r-2');
    expect(await read()).toBe('event: published\ndata: r-2\n\n');
  });

  it('has room for a hundred that wait for news; one more is told to come back, and gets the place of one that goes', async () => {
    const waiting = await Promise.all(Array.from({ length: 100 }, listen));
    expect(waiting.map(({ statusCode }) => statusCode)).toEqual(waiting.map(() => 200));
    expect((await listen()).statusCode).toBe(503);
    waiting[0]?.destroy();
    await expect.poll(async () => (await listen()).statusCode).toBe(200);
  });
});

function listen(): Promise<IncomingMessage> {
  return new Promise((resolve) => get(`${address}/_preview/events`, resolve));
}
