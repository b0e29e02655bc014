/** The poller: over three hundred questions, asked over HTTP of what plays the CDN and of the preview server. */

import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOT_FOUND_PATH } from '../../lambda/model/addresses.ts';
import { renderLinkField } from '../../lambda/render/link-field.ts';
import { POLICY_FIELDS } from '../../lib/edge/policy.ts';
import { startSiteServer } from '../../local/server/site-server.ts';
import { TEST_NOW } from '../support/publication.ts';
import { startCdnServer } from './cdn-server.ts';
import { type Check, type Expected, OTHER, SAME, type ServerPlace } from './check.ts';
import { type Answer, ask } from './client.ts';
import { documentChecks } from './document-checks.ts';
import { placeChecks } from './place-checks.ts';
import { HUB, plainDocuments, publishPolled } from './publication.ts';

const HSTS = { 'strict-transport-security': 'max-age=31536000' };
const FIRST_PORT = 18_300;

const bucket = await publishPolled();
const archive = [...bucket.objects.keys()].find((path) => /^archive\/[^/]+\/rss\.xml$/.test(path)) ?? '';
const CHECKS = [...documentChecks(`/${archive.slice(0, -'rss.xml'.length)}`), ...placeChecks()];

const servers: Record<ServerPlace, { readonly port: number; close(): Promise<void> } | null> = {
  cdn: null,
  preview: null,
};
let root: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'feedwright-poller-'));
  for (const [path, body] of plainDocuments(bucket)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), body);
    utimesSync(join(root, path), new Date(TEST_NOW + 678), new Date(TEST_NOW + 678));
  }
  servers.cdn = await startCdnServer(bucket.objects, { ...POLICY_FIELDS, ...HSTS }, NOT_FOUND_PATH);
  servers.preview = await startSiteServer({
    root,
    port: null,
    firstPort: FIRST_PORT,
    preview: async () => false,
    linkOf: (path) => renderLinkField({ url: 'https://example.org/', hubs: [HUB] }, path),
    now: () => TEST_NOW + 60_000,
  });
});

afterAll(async () => {
  await servers.cdn?.close();
  await servers.preview?.close();
  rmSync(root, { recursive: true, force: true });
});

it('the table of the poller is long', () => {
  expect(CHECKS.length).toBeGreaterThan(350);
});

describe.each(['cdn', 'preview'] as const)('the %s', (place) => {
  const checks = CHECKS.filter(({ only }) => only === undefined || only === place);
  it.each(checks.map((check) => [check.name, check] as const))('%s', async (_, check) => {
    await pass(servers[place]?.port ?? 0, check);
  });
});

async function pass(port: number, check: Check): Promise<void> {
  const first = check.after === undefined ? null : await ask(port, check.after);
  const headers = { ...check.ask.headers, ...(first && check.fields?.(first)) };
  compare(await ask(port, { ...check.ask, headers }), first, check.expected);
}

function compare(answer: Answer, first: Answer | null, { status, headers = {}, body }: Expected): void {
  expect(answer.status).toBe(status);
  for (const [name, value] of Object.entries(headers)) {
    const is = answer.headers[name];
    if (value === null) expect(is, name).toBeUndefined();
    else if (value === SAME) expect(is, name).toEqual(first?.headers[name]);
    else if (value === OTHER) expect(is, name).not.toEqual(first?.headers[name]);
    else if (value instanceof RegExp) expect(is, name).toMatch(value);
    else expect(is, name).toBe(value);
  }
  if (body === 'empty') expect(answer.body.length).toBe(0);
  else if (body === 'some') expect(answer.body.length).toBeGreaterThan(0);
  else if (body === 'same') expect(answer.text).toBe(first?.text);
  else if (body !== undefined) expect(answer.body.equals(body)).toBe(true);
}
