/** Hubs that hang: they take connections and say nothing. Publishing does not wait, and other hubs hear at once. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Hub } from '../../lambda/store/hub.ts';
import { createWebHub } from '../../lambda/store/web-hub.ts';
import { type HubServer, startHubServer } from '../support/hub-server.ts';
import { createCloud, MINUTE_MS } from './cloud.ts';

const TIMEOUT_MS = 150;

let hanging: HubServer;
beforeEach(async () => {
  hanging = await startHubServer((topic) => topic);
});
afterEach(() => hanging.close());

describe('a hub that hangs', () => {
  it('is given up after its time, and is no failure of ours', async () => {
    hanging.answers.push(0, 0);
    const startedAt = performance.now();
    const topics = ['https://example.org/rss.xml', 'https://example.org/atom.xml'];
    const answer = await createWebHub(TIMEOUT_MS).publish(hanging.address, topics);
    expect(answer).toEqual({ kind: 'failed', reason: `No answer within ${TIMEOUT_MS} ms.` });
    expect(performance.now() - startedAt).toBeLessThan(10 * TIMEOUT_MS);
  });

  it('holds up neither documents nor other hubs, and is told when it answers again', async () => {
    const web = createWebHub(TIMEOUT_MS);
    const told: string[] = [];
    const hub: Hub = {
      async publish(address, topics) {
        if (address === hanging.address) return web.publish(address, topics);
        told.push(address);
        return { kind: 'accepted' };
      },
    };
    const cloud = createCloud({ hub });
    const other = 'https://quick.example/';
    // Two rounds of three formats meet no answer, the third does; 204 fetches nothing.
    hanging.answers.push(0, 0, 0, 0, 0, 0, 204, 204, 204);
    await cloud.upload('site.yaml', `title: T\nid: t\nautomatic: false\nhubs: [${hanging.address}, ${other}]\n`);
    await cloud.upload('a.md', '---\ntitle: A\ndate: 2026-05-01\n---\nWords.\n');
    await cloud.pass(1_000);
    expect((await cloud.documents()).get('rss.xml')).toContain('<title>A</title>');
    await cloud.pass(30 * MINUTE_MS);
    expect(told).toEqual([other]);
    expect(hanging.answers).toEqual([]);
    expect(hanging.pings).toHaveLength(9);
    expect(cloud.deadCount + cloud.waitingCount()).toBe(0);
  });
});
