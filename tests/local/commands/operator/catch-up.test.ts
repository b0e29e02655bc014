/** How a deployment waits for the publisher, on a publication in memory that works while it is waited for. */

import { describe, expect, it } from 'vitest';
import { createPublisher } from '../../../../lambda/publish.ts';
import { EXIT } from '../../../../local/cli/exit-codes.ts';
import type { QueueState } from '../../../../local/commands/deployment/queues.ts';
import { type CatchUpPorts, catchUp } from '../../../../local/commands/operator/catch-up.ts';
import { createTestPublication, createTestQueue, type TestPublication } from '../../../support/publication.ts';

const EMPTY: QueueState = { waitingCount: 0, delayedCount: 0, workingCount: 0, deadCount: 0 };
const SITE = 'title: Letters\nid: test\n';
const ARTICLE = '---\ntitle: A\ndate: 2026-05-01\n---\nText.\n';

async function publish(site = SITE): Promise<TestPublication> {
  const publication = await createTestPublication({ files: { 'site.yaml': site, 'a.md': ARTICLE } });
  await publication.settle();
  return publication;
}

interface Options {
  /** What happens while it waits. */
  readonly meanwhile?: (look: number) => Promise<void>;
  readonly readQueues?: (look: number) => readonly QueueState[];
  readonly interrupted?: Promise<void>;
  readonly reconcile?: () => Promise<void>;
}

async function run(publication: TestPublication, options: Options = {}) {
  const said: string[] = [];
  let looks = 0;
  let at = 0;
  const ports: CatchUpPorts = {
    state: publication.state,
    reconcile: options.reconcile ?? (() => publication.publisher.reconcile()),
    readQueues: async () => options.readQueues?.(looks) ?? [EMPTY, EMPTY],
  };
  const code = await catchUp(ports, {
    terminal: {
      print: (line) => void said.push(line),
      note: (line) => void said.push(line),
      style: (_, text) => text,
      startProgress: () => ({ update: () => {}, stop: () => {} }),
    },
    now: () => at,
    waitForInterrupt: () => options.interrupted ?? new Promise(() => {}),
    wait: async (ms) => {
      at += ms;
      looks += 1;
      await options.meanwhile?.(looks);
    },
  });
  return { code, said: said.join('\n'), looks, waitedMs: at };
}

describe('catchUp', () => {
  it('waits until everything is compared, told and worked off', async () => {
    const publication = await publish();
    const queue = createTestQueue();
    const moved = createPublisher({ ...publication.ports, queue, url: 'https://moved.example/' });
    const { code, said, looks } = await run(publication, {
      reconcile: () => moved.reconcile(),
      meanwhile: async (look) => {
        if (look === 5) await queue.work(moved, 10);
      },
    });
    expect(code).toBe(EXIT.published);
    expect(said).toBe('Everything is up to date.');
    expect(looks).toBeGreaterThanOrEqual(5);
    expect((await publication.documents()).get('rss.xml')).toContain('https://moved.example/');
  });

  it('asks for nothing where nothing was ever published', async () => {
    const publication = await createTestPublication();
    const { code, looks } = await run(publication, {
      reconcile: () => Promise.reject(new Error('Nobody is to be asked.')),
    });
    expect({ code, looks }).toEqual({ code: EXIT.published, looks: 0 });
  });

  it('believes that a queue is empty only when it is told so twice', async () => {
    const publication = await publish();
    const busy = { ...EMPTY, workingCount: 3 };
    const { looks } = await run(publication, {
      reconcile: async () => {
        await publication.publisher.reconcile();
        await publication.settle();
      },
      readQueues: (look) => [look === 1 || look > 4 ? EMPTY : busy, EMPTY],
    });
    expect(looks).toBe(6);
  });

  it('does not wait for what comes minutes later on purpose', async () => {
    const publication = await publish();
    const { code, looks } = await run(publication, {
      reconcile: async () => {
        await publication.publisher.reconcile();
        await publication.settle();
      },
      readQueues: () => [{ ...EMPTY, waitingCount: 2, delayedCount: 2 }, EMPTY],
    });
    expect(code).toBe(EXIT.published);
    expect(looks).toBe(1);
  });

  it('gives up after ten minutes, and says what is left and what to do', async () => {
    const { code, said, waitedMs } = await run(await publish(), {
      reconcile: async () => undefined,
      readQueues: () => [
        { ...EMPTY, waitingCount: 7 },
        { ...EMPTY, deadCount: 1 },
      ],
    });
    expect(code).toBe(EXIT.problems);
    expect(waitedMs).toBe(600_000);
    expect(said).toContain('The publisher has not begun; 7 messages on the queues, 1 dead letters.');
    expect(said).toContain('feedwright -- status');
  });

  it('ends at Ctrl-C, while the publisher goes on', async () => {
    const { code, said } = await run(await publish(), {
      reconcile: async () => undefined,
      interrupted: Promise.resolve(),
    });
    expect(code).toBe(EXIT.interrupted);
    expect(said).toContain('The publisher continues by itself.');
  });

  it('says so when nothing can be published, since there never were good settings', async () => {
    const { code, said } = await run(await publish('title: [unclosed\n'));
    expect(code).toBe(EXIT.problems);
    expect(said).toContain('site.yaml has errors');
  });

  it('leaves it to the publisher where whoever deploys may not ask it', async () => {
    const { code, said } = await run(await publish(), {
      reconcile: async () => {
        throw new Error('Sending to the queue failed (HTTP 403).');
      },
    });
    expect(code).toBe(EXIT.published);
    expect(said).toContain('HTTP 403');
    expect(said).toContain('within a few minutes');
  });

  it('tells of work that was given up', async () => {
    const publication = await publish();
    const { code, said } = await run(publication, {
      reconcile: async () => {
        await publication.publisher.reconcile();
        await publication.settle();
      },
      readQueues: () => [{ ...EMPTY, deadCount: 2 }, EMPTY],
    });
    expect(code).toBe(EXIT.problems);
    expect(said).toContain('2 dead letters');
  });
});
