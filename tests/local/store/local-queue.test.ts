import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LaneMessage, laneNamed } from '../../../lambda/store/queue.ts';
import { StoreError } from '../../../lambda/store/store.ts';
import { DiskError } from '../../../local/store/disk-failure.ts';
import {
  createLocalQueue,
  PartialFailure,
  UnfinishedWorkError,
  type Worker,
} from '../../../local/store/local-queue.ts';

const NO_DELAY = { delay: async () => {} };

describe('createLocalQueue', () => {
  it('does article work first, each key once, then each feed once with all its messages', async () => {
    const queue = createLocalQueue();
    const log: unknown[] = [];
    await queue.sendLaneWork([message('all', 'a'), message('tags/x', 'a')]);
    await queue.sendArticleWork([{ key: 'a' }, { key: 'b' }, { key: 'a' }]);
    await queue.sendLaneWork([message('all', 'b'), message('all', 'a'), message('@catalog', null)]);
    await queue.run(recorder(log), NO_DELAY);
    expect(log).toEqual([
      ['a', 'b'],
      ['all', 'a', 'b', 'a'],
      ['tags/x', 'a'],
      ['@catalog', null],
    ]);
  });

  it('takes articles in batches of 200 and feed messages in batches of 5,000', async () => {
    const queue = createLocalQueue();
    const log: unknown[][] = [];
    await queue.sendArticleWork(Array.from({ length: 450 }, (_, index) => ({ key: String(index) })));
    await queue.sendLaneWork(Array.from({ length: 5_001 }, (_, index) => message('all', String(index))));
    await queue.run(recorder(log), NO_DELAY);
    expect(log.map((batch) => batch.length)).toEqual([200, 200, 50, 5_001, 2]);
    expect(log.at(-1)).toEqual(['all', '5000']);
  });

  it('refuses more than 10,000 messages a call', async () => {
    const many = Array.from({ length: 10_001 }, () => ({ key: 'a' }));
    await expect(createLocalQueue().sendArticleWork(many)).rejects.toThrow(RangeError);
  });

  it('takes up what is sent while it runs, and then ends', async () => {
    const queue = createLocalQueue();
    const log: unknown[] = [];
    const { articleWork, laneWork } = recorder(log);
    await queue.sendArticleWork([{ key: 'a' }]);
    await queue.run(
      {
        async articleWork(messages) {
          await articleWork(messages);
          await queue.sendLaneWork(messages.map(({ key }) => message('all', key)));
        },
        async laneWork(feed, messages) {
          await laneWork(feed, messages);
          if (messages[0]?.key === 'a') await queue.sendArticleWork([{ key: 'b' }]);
        },
      },
      NO_DELAY,
    );
    expect(log).toEqual([['a'], ['all', 'a'], ['b'], ['all', 'b']]);
    await queue.run(recorder(log), NO_DELAY);
    expect(log).toHaveLength(4);
  });

  it('works one batch of a feed at a time, and several feeds at once', async () => {
    const queue = createLocalQueue();
    const underWay = new Map<string, number>();
    let mostFeeds = 0;
    let batches = 0;
    const feeds = Array.from({ length: 9 }, (_, index) => `tags/${index}`);
    await queue.sendLaneWork(feeds.map((feed) => message(feed, 'a')));
    await queue.run(
      {
        async articleWork() {},
        async laneWork(feed, messages) {
          expect(underWay.has(feed)).toBe(false);
          underWay.set(feed, 1);
          mostFeeds = Math.max(mostFeeds, underWay.size);
          if (messages[0]?.key === 'a') await queue.sendLaneWork([message(feed, 'b'), message(feed, 'c')]);
          await new Promise(setImmediate);
          underWay.delete(feed);
          batches += 1;
        },
      },
      NO_DELAY,
    );
    expect(mostFeeds).toBe(4);
    expect(batches).toBe(18);
  });

  it('waits for the feeds under way before it does articles again, and starts no other feed', async () => {
    const queue = createLocalQueue();
    let feedsUnderWay = 0;
    const order: string[] = [];
    await queue.sendLaneWork(['1', '2', '3', '4', '5', '6'].map((feed) => message(feed, null)));
    await queue.run(
      {
        async articleWork() {
          expect(feedsUnderWay).toBe(0);
          order.push('article');
        },
        async laneWork(feed) {
          feedsUnderWay += 1;
          if (feed === '4') await queue.sendArticleWork([{ key: 'a' }]);
          await new Promise(setImmediate);
          feedsUnderWay -= 1;
          order.push(feed);
        },
      },
      NO_DELAY,
    );
    expect(order).toEqual(['1', '2', '3', '4', 'article', '5', '6']);
  });

  it('has all lanes wake articles before it does any of those, and feeds after them', async () => {
    const queue = createLocalQueue();
    const log: unknown[] = [];
    const { articleWork, laneWork } = recorder(log);
    const names = Array.from({ length: 6 }, (_, index) => `@links/n${index}`);
    await queue.sendLaneWork([message('all', null), ...names.map((name) => message(name, null))]);
    await queue.sendArticleWork([{ key: 'first' }]);
    await queue.run(
      {
        articleWork,
        async laneWork(lane, messages) {
          await laneWork(lane, messages);
          if (lane.startsWith('@links/')) await queue.sendArticleWork([{ key: 'linking' }]);
        },
      },
      NO_DELAY,
    );
    expect(log).toEqual([['first'], ...names.map((name) => [name, null]), ['linking'], ['all', null]]);
  });

  it('tries again what may pass, later each time, and no more than five times', async () => {
    const queue = createLocalQueue();
    const delays: number[] = [];
    const delay = async (ms: number) => void delays.push(ms);
    let tries = 0;
    await queue.sendLaneWork([message('all', null)]);
    await queue.run(
      failing(() => ++tries < 3 && new StoreError('retry', 'busy')),
      { delay },
    );
    expect([tries, delays]).toEqual([3, [100, 200]]);

    tries = 0;
    await queue.sendLaneWork([message('all', null)]);
    const run = queue.run(
      failing(() => {
        tries += 1;
        return new StoreError('retry', 'busy');
      }),
      { delay },
    );
    await expect(run).rejects.toThrow('all: busy');
    expect(tries).toBe(5);
  });

  it('does everything else before it rejects, and names what failed', async () => {
    const queue = createLocalQueue();
    const done: string[] = [];
    await queue.sendLaneWork(['a', 'b', 'c'].map((feed) => message(feed, null)));
    const error: unknown = await queue
      .run({
        async articleWork() {},
        async laneWork(feed) {
          if (feed === 'b') throw new StoreError('fatal', 'the disk is full');
          done.push(feed);
        },
      })
      .catch((thrown: unknown) => thrown);
    expect(done).toEqual(['a', 'c']);
    expect(error).toBeInstanceOf(UnfinishedWorkError);
    expect(error).toMatchObject({ failures: [{ what: 'b' }], message: expect.stringContaining('b: the disk is full') });
  });

  it('says once what a disk refuses at many places', async () => {
    const queue = createLocalQueue();
    await queue.sendLaneWork(['one', 'two', 'three'].map((feed) => message(feed, 'a')));
    const run = queue.run(
      {
        async articleWork() {},
        async laneWork(feed) {
          throw new DiskError('fatal', `${feed}/rss.xml`, 'there is no room left.', {});
        },
      },
      NO_DELAY,
    );
    await expect(run).rejects.toThrow(
      'Some work could not be done.\none/rss.xml: there is no room left. (and 2 more like it)\nWhat was',
    );
  });

  it('tries only those articles of a batch again that failed and may pass', async () => {
    const queue = createLocalQueue();
    const log: string[][] = [];
    await queue.sendArticleWork(['a', 'b', 'c'].map((key) => ({ key })));
    const run = queue.run(
      {
        async articleWork(messages) {
          log.push(messages.map(({ key }) => key));
          if (log.length > 1) return;
          throw new PartialFailure([
            { what: 'a', error: new StoreError('retry', 'busy') },
            { what: 'c', error: new TypeError('a mistake of ours') },
          ]);
        },
        async laneWork() {},
      },
      NO_DELAY,
    );
    await expect(run).rejects.toMatchObject({ failures: [{ what: 'c' }] });
    expect(log).toEqual([['a', 'b', 'c'], ['a']]);
  });

  it('lets nobody else work it off meanwhile', async () => {
    const queue = createLocalQueue();
    await queue.sendArticleWork([{ key: 'a' }]);
    const first = queue.run(recorder([]), NO_DELAY);
    await expect(queue.run(recorder([]), NO_DELAY)).rejects.toThrow('one run at a time');
    await first;
  });

  it('tells how far it is; the last word is that all is done', async () => {
    const queue = createLocalQueue();
    const progress: [number, number][] = [];
    await queue.sendArticleWork([{ key: 'a' }, { key: 'b' }]);
    await queue.sendLaneWork([message('all', 'a'), message('tags/x', 'a')]);
    await queue.run(recorder([]), { ...NO_DELAY, onProgress: (done, total) => progress.push([done, total]) });
    expect(progress).toEqual([
      [2, 4],
      [3, 4],
      [4, 4],
    ]);
  });

  it('delivers every feed message exactly once, whatever is sent when', async () => {
    const lanes = fc.array(fc.record({ lane: fc.constantFrom('all', 'x', 'y'), wave: fc.nat(3) }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(lanes, async (plan) => {
        const queue = createLocalQueue();
        const sent = plan.map(({ lane, wave }, index) => ({ wave, ...message(lane, String(index)) }));
        const received: LaneMessage[] = [];
        let wave = 0;
        const sendWave = async () => {
          const next = sent.filter((each) => each.wave === wave).map(({ lane, key }) => message(lane, key));
          wave += 1;
          await queue.sendLaneWork(next);
        };
        await sendWave();
        await queue.sendArticleWork(['1', '2', '3', '4'].map((key) => ({ key })));
        await queue.run(
          {
            articleWork: sendWave,
            async laneWork(_, messages) {
              received.push(...messages);
              if (wave < 4) await sendWave();
            },
          },
          NO_DELAY,
        );
        const expected = sent.filter((each) => each.wave < wave).map(({ key }) => key);
        expect(received.map(({ key }) => key).sort()).toEqual(expected.sort());
      }),
    );
  });
});

function message(lane: string, key: string | null): LaneMessage {
  return { lane: laneNamed(lane), key };
}

function recorder(log: unknown[]): Worker {
  return {
    async articleWork(messages) {
      log.push(messages.map(({ key }) => key));
    },
    async laneWork(feed, messages) {
      log.push([feed, ...messages.map(({ key }) => key)]);
    },
  };
}

function failing(next: () => Error | false): Worker {
  return {
    async articleWork() {},
    async laneWork() {
      const error = next();
      if (error !== false) throw error;
    },
  };
}
