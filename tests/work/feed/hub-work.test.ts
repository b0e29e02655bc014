import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Hub, HubAnswer } from '../../../lambda/store/hub.ts';
import { createWebHub } from '../../../lambda/store/web-hub.ts';
import { type HubServer, startHubServer, startSubscriber } from '../../support/hub-server.ts';
import { type LoopbackServer, startLoopback } from '../../support/loopback.ts';
import { createTestPublication, type TestPublication } from '../../support/publication.ts';

const HUBS = ['https://one.example/', 'https://two.example/'];
const TOPICS = ['rss.xml', 'atom.xml', 'feed.json'].map((path) => `https://example.org/${path}`);
const MINUTE_MS = 60_000;

function siteWith(hubs: readonly string[]): string {
  return `title: Test\nid: test\nautomatic: false\nhubs: [${hubs.join(', ')}]\n`;
}

/** A publication whose site store keeps time, as S3 does, and hubs that answer as told. */
async function scene(answer: (hub: string) => HubAnswer = () => ({ kind: 'accepted' }), url?: string) {
  const told: string[] = [];
  const hub: Hub = {
    publish: async (address, topics) => {
      told.push(address);
      expect(topics).toEqual(TOPICS);
      return answer(address);
    },
  };
  const times = new Map<string, number>();
  const publication: TestPublication = await createTestPublication({
    hub,
    url: url ?? 'https://example.org/',
    files: { 'site.yaml': siteWith(HUBS), 'a.md': '# A\n\nOne.\n' },
    wrap: (store, name) =>
      name !== 'public'
        ? store
        : {
            ...store,
            write: async (path, body, options) => {
              const result = await store.write(path, body, options);
              if (result.kind === 'written') times.set(path, publication.now);
              return result;
            },
            inspect: async (path) => {
              const facts = await store.inspect(path);
              return facts && { ...facts, modifiedAt: times.get(path) ?? 0 };
            },
          },
  });
  /** Lets time pass, and delivers what becomes due. */
  const pass = async (ms: number) => {
    publication.now += ms;
    const due = publication.hubMessages.splice(0);
    return publication.publisher.hubWork(due.map(({ message }) => message));
  };
  const change = async (text: string) => {
    await publication.put('a.md', `# A\n\n${text}\n`);
    await publication.settle();
  };
  await publication.settle();
  return { publication, told, pass, change };
}

describe('hub work', () => {
  it('tells each hub once of a change, when shared caches have let go of the old documents', async () => {
    const { publication, told, pass, change } = await scene();
    expect(publication.hubMessages.map(({ delaySeconds }) => delaySeconds)).toContain(50);
    expect(told).toEqual([]);
    await pass(MINUTE_MS);
    expect(told).toEqual(HUBS);
    await change('Two.');
    await pass(MINUTE_MS);
    expect(told).toEqual([...HUBS, ...HUBS]);
  });

  it('tells nobody when nothing that people subscribe to has changed', async () => {
    const { publication, told, pass } = await scene();
    await pass(MINUTE_MS);
    await publication.publisher.reconcileAll();
    await publication.settle();
    expect(publication.hubMessages.length).toBeGreaterThan(0);
    expect((await pass(MINUTE_MS)).map(({ result }) => result)).toEqual(['nothing']);
    expect(told).toEqual(HUBS);
  });

  it('tells once of a burst of changes, after its last', async () => {
    const { told, pass, change } = await scene();
    await pass(MINUTE_MS);
    told.length = 0;
    await change('Two.');
    expect((await pass(40_000)).map(({ result }) => result)).toEqual(['waits']);
    await change('Three.');
    expect((await pass(20_000)).map(({ result }) => result)).toEqual(['waits']);
    await change('Four.');
    expect(told).toEqual([]);
    await pass(MINUTE_MS);
    expect(told).toEqual(HUBS);
  });

  it('tells of a feed that never comes to rest every few minutes, and of its last state in the end', async () => {
    const { told, pass, change } = await scene();
    for (let index = 0; index < 30; index += 1) {
      await change(`Text ${index}.`);
      await pass(30_000);
    }
    expect(told.length).toBeGreaterThanOrEqual(2 * HUBS.length);
    expect(told.length).toBeLessThanOrEqual(4 * HUBS.length);
    const before = told.length;
    await change('Last.');
    await pass(MINUTE_MS);
    expect(told).toHaveLength(before + HUBS.length);
  });

  it('tells a hub that fails again, later each time, and gives up after a number of attempts', async () => {
    const { publication, told, pass } = await scene((hub) =>
      hub === HUBS[0] ? { kind: 'accepted' } : { kind: 'failed', reason: 'It answered 503.' },
    );
    const delays: number[] = [];
    let outcomes = await pass(MINUTE_MS);
    while (publication.hubMessages.length > 0) {
      delays.push(...publication.hubMessages.map(({ delaySeconds }) => delaySeconds));
      outcomes = await pass(15 * MINUTE_MS);
    }
    expect(delays).toEqual([60, 120, 240, 480, 900, 900, 900]);
    expect(told.filter((hub) => hub === HUBS[0])).toHaveLength(1);
    expect(told.filter((hub) => hub === HUBS[1])).toHaveLength(8);
    expect(outcomes).toEqual([{ feed: 'all', hub: HUBS[1], result: 'given-up', reason: 'It answered 503.' }]);
  });

  it('does not ask a hub again that refuses, nor twice in one batch a hub that fails', async () => {
    const { publication, told, pass } = await scene((hub) =>
      hub === HUBS[0] ? { kind: 'refused', reason: 'no' } : { kind: 'failed', reason: 'no' },
    );
    publication.hubMessages.push({ message: { feed: 'all', hub: HUBS[1] ?? '', attempt: 1 }, delaySeconds: 0 });
    await pass(MINUTE_MS);
    expect(told.toSorted()).toEqual(HUBS);
    expect(publication.hubMessages.every(({ message }) => message.hub === HUBS[1])).toBe(true);
  });

  it('tells nobody of a site that only this machine can reach', async () => {
    for (const url of ['http://localhost:8080/', 'http://192.168.1.7/', 'https://press.internal/']) {
      expect((await scene(undefined, url)).publication.hubMessages).toEqual([]);
    }
  });
});

describe('a hub on the web', () => {
  let hub: HubServer;
  let site: LoopbackServer;
  let publication: TestPublication;

  beforeAll(async () => {
    site = await startLoopback(async (request, response) => {
      const path = (request.url ?? '').slice(1);
      const object = await publication.public.read(path);
      response.writeHead(object === null ? 404 : 200, {
        'content-type': 'application/atom+xml; charset=utf-8',
        link: `<https://example.org/${path}>; rel="self", <${hub.address}>; rel="hub"`,
      });
      response.end(object?.body);
    });
  });
  beforeEach(async () => {
    hub = await startHubServer((topic) => topic.replace('https://example.org', site.origin));
    publication = await createTestPublication({
      hub: createWebHub(),
      files: { 'site.yaml': siteWith([hub.address]), 'a.md': '# First\n\nOne.\n' },
    });
    await publication.settle();
  });
  afterEach(() => hub.close());
  afterAll(() => site.close());

  it('verifies a subscriber, fetches what changed, and hands it on', async () => {
    const subscriber = await startSubscriber();
    const topic = 'https://example.org/atom.xml';
    const form = { 'hub.mode': 'subscribe', 'hub.topic': topic, 'hub.callback': subscriber.address };
    const answer = await fetch(hub.address, { method: 'POST', body: new URLSearchParams(form) });
    expect(answer.status).toBe(202);
    await publication.put('b.md', '# Second\n\nTwo.\n');
    await publication.settle();
    const messages = publication.hubMessages.splice(0).map(({ message }) => message);
    expect((await publication.publisher.hubWork(messages)).map(({ result }) => result)).toEqual(['told']);
    await hub.settle();
    await subscriber.close();
    expect(hub.faults).toEqual([]);
    expect(hub.pings.toSorted()).toEqual(TOPICS.toSorted());
    expect(subscriber.deliveries).toHaveLength(1);
    expect(subscriber.deliveries[0]?.type).toBe('application/atom+xml; charset=utf-8');
    expect(subscriber.deliveries[0]?.body).toBe((await publication.documents()).get('atom.xml'));
    expect(subscriber.deliveries[0]?.body).toContain('Second');
  });

  it.each([
    [204, 'accepted'],
    [500, 'failed'],
    [429, 'failed'],
    [404, 'refused'],
    [308, 'refused'],
  ])('that answers %i has %s', async (status, kind) => {
    hub.answers.push(status);
    expect(await createWebHub().publish(hub.address, ['https://example.org/rss.xml'])).toMatchObject({ kind });
  });

  it('that is not there has failed', async () => {
    const { address } = hub;
    await hub.close();
    const answer = await createWebHub().publish(address, ['https://example.org/rss.xml']);
    expect(answer).toMatchObject({ kind: 'failed', reason: expect.stringContaining('ECONNREFUSED') });
  });
});
