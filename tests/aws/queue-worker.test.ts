import { describe, expect, it } from 'vitest';
import { createQueueWorker, type QueueRecord } from '../../lambda/aws/queue-worker.ts';
import type { ArticleOutcome } from '../../lambda/publish.ts';
import { notificationBody } from '../support/aws/notification.ts';

const BUCKET = 'content-1';
const NO_COUNTS = { published: 0, unchanged: 0, removed: 0 };
const enough = () => 120_000;

interface Faults {
  /** Keys whose work fails. */
  readonly articles?: readonly string[];
  /** Feeds whose work fails. */
  readonly lanes?: readonly string[];
  /** Whether calls for articles and errands throw. */
  readonly platform?: boolean;
}

/** A worker on a publisher that keeps what it was asked for and fails as told. */
function scene({ articles = [], lanes = [], platform = false }: Faults = {}) {
  const asked: string[] = [];
  const errands: string[] = [];
  const unknown: string[] = [];
  const failed: string[] = [];
  const uploads: (number | null)[] = [];
  const fault = () => {
    if (platform) throw new Error('S3 is away');
  };
  const worker = createQueueWorker({
    contentBucket: BUCKET,
    publisher: {
      async articleWork(messages) {
        asked.push(messages.map(({ key }) => key).join(' '));
        fault();
        return messages.map(({ key }): ArticleOutcome => {
          if (articles.includes(key)) return { key, change: 'failed', error: new Error('no') };
          return { key, change: 'none', counts: NO_COUNTS, errorCount: 0 };
        });
      },
      async laneWork(lane, messages) {
        asked.push(`${lane}: ${messages.map(({ key }) => key).join(' ')}`);
        if (lanes.includes(lane)) throw new Error('no');
        return { written: 0, unchanged: 0 };
      },
      async hubWork(messages) {
        asked.push(`hubs of ${messages.map(({ feed }) => feed).join(' ')}`);
        fault();
        return [];
      },
      async reconcile() {
        asked.push('reconcile');
        fault();
      },
      async repair() {
        asked.push('repair');
        fault();
      },
      async reconcileAll() {
        asked.push('reconcileAll');
        fault();
      },
      async tick() {
        asked.push('tick');
        fault();
      },
    },
    observer: {
      articles: () => {},
      hubs: () => {},
      errand: (kind) => errands.push(kind),
      lane: (_lane, _documents, uploadedAt) => uploads.push(uploadedAt),
      unknown: (messageId) => unknown.push(messageId),
      failed: (what) => failed.push(what),
      beginsWith: (uploadedAt) => uploads.push(uploadedAt),
    },
  });
  return { worker, asked, errands, unknown, failed, uploads };
}

function message(messageId: string, body: string, group: string | null = null): QueueRecord {
  return { messageId, body, group };
}

const changed = (messageId: string, ...keys: string[]) => message(messageId, notificationBody(BUCKET, keys));
const laneMessage = (messageId: string, lane: string, key: string | null) =>
  message(messageId, JSON.stringify({ kind: 'feed', feed: lane, key, uploadedAt: 7 }), lane);

describe('articleBatch', () => {
  it('does what many messages say about one key once', async () => {
    const { worker, asked } = scene();
    const records = [changed('1', 'a.md'), changed('2', 'b.md', 'a.md'), changed('3', 'a.md')];
    expect(await worker.articleBatch(records, enough)).toEqual(new Set());
    expect(asked).toEqual(['a.md b.md']);
  });

  it('gives back every message about a key that failed, and no other', async () => {
    const { worker, failed } = scene({ articles: ['a.md'] });
    const records = [changed('1', 'a.md'), changed('2', 'b.md'), changed('3', 'b.md', 'a.md')];
    expect(await worker.articleBatch(records, enough)).toEqual(new Set(['1', '3']));
    expect(failed).toEqual(['a.md']);
  });

  it('acknowledges what nobody understands and what says nothing, and does the rest', async () => {
    const { worker, asked, unknown } = scene();
    const greeting = message('2', '{"Service":"Amazon S3","Event":"s3:TestEvent"}');
    const records = [message('1', 'rubbish'), greeting, changed('3', 'a.md')];
    expect(await worker.articleBatch(records, enough)).toEqual(new Set());
    expect(asked).toEqual(['a.md']);
    expect(unknown).toEqual(['1']);
  });

  it('runs errands', async () => {
    const { worker, asked, errands } = scene();
    const records = [
      message('1', '{"kind":"tick"}'),
      message('2', '{"kind":"reconcile"}'),
      message('3', '{"kind":"renew"}'),
      message('4', '{"kind":"rebuild"}'),
    ];
    expect(await worker.articleBatch(records, enough)).toEqual(new Set());
    expect(asked).toEqual(['tick', 'reconcile', 'reconcileAll', 'reconcile', 'repair']);
    expect(errands).toEqual(['tick', 'reconcile', 'reconcileAll', 'repair']);
  });

  it('gives everything back when the platform fails, except what needs no work', async () => {
    const { worker } = scene({ platform: true });
    const records = [message('1', '{"kind":"tick"}'), changed('2', 'a.md'), message('3', 'rubbish')];
    expect(await worker.articleBatch(records, enough)).toEqual(new Set(['1', '2']));
  });

  it('works in portions, and gives the rest back when time runs out', async () => {
    const { worker, asked } = scene();
    const records = Array.from({ length: 250 }, (_, index) => changed(String(index), `${index}.md`));
    const times = [60_000, 50_000, 40_000];
    const returned = await worker.articleBatch(records, () => times.shift() ?? 0);
    expect(asked.map((keys) => keys.split(' ').length)).toEqual([100, 100]);
    expect([...returned]).toEqual(records.slice(200).map(({ messageId }) => messageId));
  });

  it('says from which upload the work stems: the oldest of the portion', async () => {
    const { worker, uploads } = scene();
    const later = JSON.stringify({ kind: 'article', key: 'b.md', uploadedAt: Date.parse('2026-04-28T07:00:00Z') });
    await worker.articleBatch([message('1', later), changed('2', 'a.md')], enough);
    expect(uploads).toEqual([Date.parse('2026-04-28T06:00:00.123Z')]);
  });
});

describe('laneBatch', () => {
  it('gives each lane its messages together, as they were queued', async () => {
    const { worker, asked, uploads } = scene();
    const records = [
      laneMessage('1', 'all', 'b.md'),
      laneMessage('2', 'tags/x', 'a.md'),
      laneMessage('3', 'all', 'a.md'),
      laneMessage('4', 'all', null),
    ];
    expect(await worker.laneBatch(records, enough)).toEqual(new Set());
    expect(asked).toEqual(['all: b.md a.md ', 'tags/x: a.md']);
    expect(uploads).toEqual([7, 7]);
  });

  it('gives back the whole of a lane that failed, and no other lane', async () => {
    const { worker } = scene({ lanes: ['all'] });
    const records = [laneMessage('1', 'all', 'a'), laneMessage('2', 'tags/x', 'a'), laneMessage('3', 'all', 'b')];
    expect(await worker.laneBatch(records, enough)).toEqual(new Set(['1', '3']));
  });

  it('gives back everything of a group after its first failure', async () => {
    const { worker, asked } = scene({ lanes: ['two'] });
    const grouped = ['one', 'two', 'three'].map((lane) => ({ ...laneMessage(lane, lane, 'a'), group: 'g' }));
    expect(await worker.laneBatch(grouped, enough)).toEqual(new Set(['two', 'three']));
    expect(asked).toEqual(['one: a', 'two: a']);
  });

  it('acknowledges what nobody understands', async () => {
    const { worker, unknown } = scene();
    const records = [message('1', 'rubbish', 'all'), laneMessage('2', 'all', 'a')];
    expect(await worker.laneBatch(records, enough)).toEqual(new Set());
    expect(unknown).toEqual(['1']);
  });

  it('begins nothing when there is too little time', async () => {
    const { worker, asked } = scene();
    expect(await worker.laneBatch([laneMessage('1', 'all', 'a')], () => 1_000)).toEqual(new Set(['1']));
    expect(asked).toEqual([]);
  });
});

describe('hub messages', () => {
  const hub = (index: number) =>
    message(`m${index}`, JSON.stringify({ kind: 'hub', feed: `f${index}`, hub: null, attempt: 1 }));
  const hubs = Array.from({ length: 40 }, (_, index) => hub(index));

  it('come after the articles of their batch, in portions', async () => {
    const { worker, asked } = scene();
    const article = message('a', JSON.stringify({ kind: 'article', key: 'a.md' }));
    expect(await worker.articleBatch([...hubs, article], enough)).toEqual(new Set());
    expect(asked.map((each) => each.split(' ').length)).toEqual([1, 34, 10]);
    expect(asked[0]).toBe('a.md');
  });

  it('come again when the time left is no longer enough for them', async () => {
    const { worker, asked } = scene();
    const times = [120_000, 30_000];
    const returned = await worker.articleBatch(hubs, () => times.shift() ?? 0);
    expect(asked).toHaveLength(1);
    expect([...returned]).toEqual(hubs.slice(32).map(({ messageId }) => messageId));
  });

  it('come again when a store fails, and hold up no article', async () => {
    const { worker, failed } = scene({ platform: true });
    expect(await worker.articleBatch([hub(1)], enough)).toEqual(new Set(['m1']));
    expect(failed).toEqual(['telling hubs']);
  });
});
