/**
 * The names of lanes, the messages and the keys as they stand in queues and state stores. Another version wrote or will
 * read them, and the name of a group is the mutual exclusion, so every one of them is held here letter by letter.
 */

import { describe, expect, it } from 'vitest';
import { parseLaneWork } from '../../../lambda/aws/queue-event.ts';
import { createSqsQueue } from '../../../lambda/aws/sqs-queue.ts';
import { createPublisher } from '../../../lambda/publish.ts';
import { dueKey, goneListKey, hubKey, rootKey, upkeepKey } from '../../../lambda/state/keys.ts';
import { REPAIR_FEED_KEY } from '../../../lambda/state/repair-state.ts';
import { type LaneMessage, type LaneName, laneNamed } from '../../../lambda/store/queue.ts';
import { listAll } from '../../../lambda/store/store.ts';
import {
  assetLane,
  CATALOG_LANE,
  feedLane,
  isUpkeep,
  type Lane,
  linksLane,
  pageLane,
  parseLane,
  RECONCILE_ALL_LANE,
  RECONCILE_LANE,
  REPAIR_LANE,
  ROBOTS_LANE,
  SITEMAP_LANE,
} from '../../../lambda/work/protocol/lanes.ts';
import { createTestPublication } from '../../support/publication.ts';

interface Held {
  readonly made: LaneName;
  readonly name: string;
  readonly group: string;
  readonly lane: Lane;
}

const LANES: readonly Held[] = [
  { made: feedLane('all'), name: 'all', group: 'all', lane: { kind: 'feed', subject: 'all' } },
  {
    made: feedLane('tags/meer & see'),
    name: 'tags/meer & see',
    group: 'tags%2Fmeer%20%26%20see',
    lane: { kind: 'feed', subject: 'tags/meer & see' },
  },
  {
    made: feedLane(`tags/${'ж'.repeat(40)}`),
    name: `tags/${'ж'.repeat(40)}`,
    group: '#edf5481dc542ada9ce128a500458a3ecabeeb31d32e5fa37526cf27838890a06',
    lane: { kind: 'feed', subject: `tags/${'ж'.repeat(40)}` },
  },
  {
    made: pageLane('/notes/a-day/'),
    name: '@page/notes/a-day/',
    group: '%40page%2Fnotes%2Fa-day%2F',
    lane: { kind: 'page', subject: '/notes/a-day/' },
  },
  {
    made: linksLane('high water'),
    name: '@links/high water',
    group: '%40links%2Fhigh%20water',
    lane: { kind: 'links', subject: 'high water' },
  },
  {
    made: assetLane('img/a b.png'),
    name: '@asset/img/a b.png',
    group: '%40asset%2Fimg%2Fa%20b.png',
    lane: { kind: 'asset', subject: 'img/a b.png' },
  },
  { made: ROBOTS_LANE, name: '@asset/robots.txt', group: '%40asset%2Frobots.txt', lane: single('robots') },
  { made: assetLane('robots.txt'), name: '@asset/robots.txt', group: '%40asset%2Frobots.txt', lane: single('robots') },
  { made: CATALOG_LANE, name: '@catalog', group: '%40catalog', lane: single('catalog') },
  { made: SITEMAP_LANE, name: '@sitemap', group: '%40sitemap', lane: single('sitemap') },
  {
    made: RECONCILE_ALL_LANE,
    name: '@sweep/announcement',
    group: '%40sweep%2Fannouncement',
    lane: single('reconcileAll'),
  },
  { made: RECONCILE_LANE, name: '@sweep/comparison', group: '%40sweep%2Fcomparison', lane: single('reconcile') },
  { made: REPAIR_LANE, name: '@sweep/rebuild', group: '%40sweep%2Frebuild', lane: single('repair') },
];

describe('lanes', () => {
  it.each(LANES)('are called as ever: $name', async ({ made, name, group, lane }) => {
    expect(made).toBe(name);
    expect(parseLane(laneNamed(name))).toEqual(lane);
    const body = `{"kind":"feed","feed":${JSON.stringify(name)},"keys":["a.md",null]}`;
    expect(
      await sent([
        { lane: made, key: 'a.md' },
        { lane: made, key: null },
      ]),
    ).toEqual([{ group, body }]);
    expect(parseLaneWork(body)).toEqual({ kind: 'lane', lane: name, keys: ['a.md', null], uploadedAt: null });
  });

  it('look at everything, or not', () => {
    const upkeep = LANES.filter(({ made }) => isUpkeep(made)).map(({ name }) => name);
    expect(upkeep).toEqual(['@sweep/announcement', '@sweep/comparison', '@sweep/rebuild']);
  });

  it('have their state and their markers where they had them', () => {
    expect([
      rootKey('tags/sea'),
      hubKey('tags/sea'),
      upkeepKey(RECONCILE_LANE),
      upkeepKey(RECONCILE_ALL_LANE),
      upkeepKey(REPAIR_LANE),
      goneListKey(RECONCILE_LANE, 'v1'),
      dueKey(5, 'feed', SITEMAP_LANE),
      dueKey(5, 'feed', assetLane('a.png')),
      dueKey(5, 'feed', feedLane('tags/sea')),
    ]).toEqual([
      'feeds/tags%2Fsea/root.json',
      'hubs/tags%2Fsea.json',
      'sweeps/%40sweep%2Fcomparison.json',
      'sweeps/%40sweep%2Fannouncement.json',
      'sweeps/%40sweep%2Frebuild.json',
      'sweeps/%40sweep%2Fcomparison/v1.json',
      'due/000000000000005/feed/%40sitemap',
      'due/000000000000005/feed/%40asset%2Fa.png',
      'due/000000000000005/feed/tags%2Fsea',
    ]);
  });

  it('are told to begin in the same words', async () => {
    expect(REPAIR_FEED_KEY).toBe('@remake');
    expect(await begun((publisher) => publisher.reconcile())).toEqual({
      messages: [{ lane: '@sweep/comparison', key: 'begin' }],
      marker: '{"schema":1,"nonce":"nonce","kind":"feed","name":"@sweep/comparison","at":1780316100000}',
    });
    expect((await begun((publisher) => publisher.reconcile(40))).messages).toEqual([
      { lane: '@sweep/comparison', key: 'begin 40' },
    ]);
    expect(await begun((publisher) => publisher.repair())).toMatchObject({
      messages: [{ lane: '@sweep/rebuild', key: '@begin' }],
      marker: '{"schema":1,"nonce":"nonce","kind":"feed","name":"@sweep/rebuild","at":1780316100000}',
    });
  });
});

function single(kind: Lane['kind']): Lane {
  return { kind, subject: '' };
}

/** Group and body of each message as SQS gets it. */
async function sent(messages: readonly LaneMessage[]): Promise<readonly { group: unknown; body: unknown }[]> {
  const entries: { group: unknown; body: unknown }[] = [];
  const queue = createSqsQueue({
    calls: {
      async sendMessageBatch({ Entries = [] }) {
        entries.push(
          ...Entries.map(({ MessageGroupId, MessageBody }) => ({ group: MessageGroupId, body: MessageBody })),
        );
        return {};
      },
      changeMessageVisibilityBatch: async () => ({}),
    },
    articleQueueUrl: 'https://sqs.example/articles',
    feedQueueUrl: 'https://sqs.example/feeds.fifo',
    deduplicationId: () => 'id',
  });
  await queue.sendLaneWork(messages);
  return entries;
}

/** The lane messages that this sends in a publication that is at rest, and the first marker that is there then. */
async function begun(begin: (publisher: ReturnType<typeof createPublisher>) => Promise<void>) {
  const { ports, settle } = await createTestPublication({ files: { 'a.md': '# A\n\nText.\n' } });
  await settle();
  const messages: LaneMessage[] = [];
  const sendLaneWork = async (told: readonly LaneMessage[]): Promise<void> => void messages.push(...told);
  await begin(createPublisher({ ...ports, nonce: () => 'nonce', queue: { ...ports.queue, sendLaneWork } }));
  const markers: string[] = [];
  for await (const { key } of listAll(ports.state, 'due/')) markers.push(key);
  const marker = new TextDecoder().decode((await ports.state.read(markers.at(0) ?? ''))?.body);
  return { messages, marker };
}
