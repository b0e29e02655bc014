/**
 * What the publisher of commit 1c06b2b (renderer 6) left behind in the middle of its work: content, state, and the messages
 * in its two queues as SQS held them. This publisher reads all of it, works the messages off, and ends where that one ended
 * when it did so itself: the same ids, dates, addresses and feeds (docs/decisions/060-upgrade-and-rollback.md).
 */

import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { parseArticleWork, parseLaneWork } from '../../lambda/aws/queue-event.ts';
import { messageGroupId } from '../../lambda/aws/sqs-queue.ts';
import { createTestPublication, type TestPublication } from '../support/publication.ts';

interface LeftBehind {
  readonly now: number;
  readonly content: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, unknown>>;
  readonly queued: readonly { readonly queue: 'articles' | 'feeds'; readonly group?: string; readonly body: string }[];
  /** What its feeds said while the messages waited: by path, one line an entry, newest first. */
  readonly before: Told;
  /** And when it had worked them off. */
  readonly after: Told;
  /** Paths of all that was public then. */
  readonly addresses: readonly string[];
}

type Told = Readonly<Record<string, readonly string[]>>;

interface JsonFeed {
  readonly items: readonly {
    readonly id: string;
    readonly url: string;
    readonly title: string;
    readonly date_published: string;
    readonly date_modified: string;
  }[];
}

const LEFT: LeftBehind = JSON.parse(
  readFileSync(new URL('../golden/upgrade/queue-at-1c06b2b.json', import.meta.url), 'utf8'),
);

let publication: TestPublication;

beforeEach(async () => {
  publication = await createTestPublication({ now: LEFT.now });
  const encode = (text: string) => new TextEncoder().encode(text);
  for (const [key, text] of Object.entries(LEFT.content)) await publication.content.write(key, encode(text));
  for (const [key, value] of Object.entries(LEFT.state)) {
    await publication.state.write(key, encode(JSON.stringify(value)));
  }
});

/** Puts a message of the old queue into this one, as the Lambda takes it. */
async function receive({ queue, body }: LeftBehind['queued'][number]): Promise<void> {
  if (queue === 'feeds') {
    const work = parseLaneWork(body);
    if (work.kind !== 'lane') throw new Error(work.reason);
    await publication.ports.queue.sendLaneWork(work.keys.map((key) => ({ lane: work.lane, key })));
    return;
  }
  const work = parseArticleWork(body, 'content');
  if (work.kind === 'articles') await publication.ports.queue.sendArticleWork(work.articles);
  else if (work.kind === 'tick') await publication.publisher.tick();
  else if (work.kind === 'reconcile') await publication.publisher.reconcile(work.consent);
  else throw new Error(`Nobody expected ${body}`);
}

async function feeds(): Promise<Told> {
  const told: [string, readonly string[]][] = [];
  for (const [path, text] of await publication.documents()) {
    if (!path.endsWith('feed.json')) continue;
    const { items } = JSON.parse(text) as JsonFeed;
    told.push([
      path,
      items.map((each) => [each.id, each.url, each.title, each.date_published, each.date_modified].join(' | ')),
    ]);
  }
  return Object.fromEntries(told);
}

describe('a publication that another version left in the middle of its work', () => {
  it('ends as that version would have ended it', async () => {
    for (const message of LEFT.queued) await receive(message);
    await publication.settle();
    expect(await feeds()).toEqual(LEFT.after);
    expect(LEFT.before).not.toEqual(LEFT.after);
  });

  it('ends so too when its messages were lost, and when they come twice in another order', async () => {
    await publication.publisher.reconcile();
    await publication.settle();
    expect(await feeds()).toEqual(LEFT.after);
    for (const message of LEFT.queued.toReversed()) await receive(message);
    await publication.settle();
    expect(await feeds()).toEqual(LEFT.after);
  });

  it('keeps every address', async () => {
    for (const message of LEFT.queued) await receive(message);
    await publication.settle();
    const documents = await publication.documents();
    expect(LEFT.addresses.filter((path) => !documents.has(path))).toEqual([]);
  });

  it('has one writer a lane: groups are called as they were', () => {
    const groups = LEFT.queued.flatMap(({ group, body }) =>
      group === undefined ? [] : [{ group, work: parseLaneWork(body) }],
    );
    expect(groups.length).toBeGreaterThan(5);
    for (const { group, work } of groups) {
      expect(work.kind === 'lane' ? messageGroupId(work.lane) : work.reason).toBe(group);
    }
  });
});
