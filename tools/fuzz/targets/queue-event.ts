/** Messages of both queues, from S3 and from anybody who may send one. */

import fc from 'fast-check';
import { type ArticleWork, type LaneWork, parseArticleWork, parseLaneWork } from '../../../lambda/aws/queue-event.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { anyText, anyValue, bytesOf, objectOf } from '../seeds.ts';

interface Outcome {
  readonly article: ArticleWork;
  readonly lane: LaneWork;
}

const NAMES = [
  'kind',
  'key',
  'keys',
  'feed',
  'hub',
  'attempt',
  'uploadedAt',
  'Records',
  'Event',
  's3',
  'bucket',
  'name',
  'object',
  'eventTime',
  'detail',
];
const WORDS = ['article', 'feed', 'hub', 'reconcile', 'rebuild', 'repair', 'renew', 'tick', 's3:TestEvent', 'content'];
const notification = fc
  .record({
    name: fc.oneof(fc.constant('content'), anyText),
    key: anyText,
    eventTime: anyValue(NAMES),
    more: anyValue(NAMES),
  })
  .map(({ name, key, eventTime, more }) =>
    bytesOf(
      JSON.stringify({
        Records: [{ eventTime, s3: { bucket: { name }, object: { key } } }, ...(Array.isArray(more) ? more : [])],
      }),
    ),
  );
const message = fc
  .record(
    {
      kind: fc.constantFrom(...WORDS),
      feed: anyValue(NAMES),
      key: anyValue(NAMES),
      hub: anyValue(NAMES),
      attempt: anyValue(NAMES),
    },
    { requiredKeys: ['kind'] },
  )
  .map((value) => bytesOf(JSON.stringify(value)));

export const target: FuzzTarget<Outcome> = {
  name: 'queue-event',
  seeds: () => SEEDS.map(bytesOf),
  dictionary: [
    ...NAMES.map((name) => `"${name}":`),
    ...WORDS.map((word) => `"${word}"`),
    '{',
    '}',
    '[',
    ']',
    ',',
    '%',
    '+',
    '%ff',
    '%00',
    'null',
    '1e400',
  ],
  inputs: fc.oneof(objectOf(NAMES), notification, message),
  run(input) {
    const body = new TextDecoder().decode(input);
    return { article: parseArticleWork(body, 'content'), lane: parseLaneWork(body) };
  },
  judge: ({ article, lane }) => [...judgeArticleWork(article), ...judgeLaneWork(lane)],
};

function judgeArticleWork(work: ArticleWork): readonly string[] {
  switch (work.kind) {
    case 'articles':
      return work.articles.flatMap(({ key, uploadedAt }) => [
        ...(typeof key === 'string' && key !== '' ? [] : ['an article has no key']),
        ...judgeInstant(uploadedAt),
      ]);
    case 'hub': {
      const { feed, hub, attempt } = work.message;
      const isSound =
        feed !== '' && (hub === null || typeof hub === 'string') && Number.isSafeInteger(attempt) && attempt > 0;
      return isSound ? [] : [`hub work is ${JSON.stringify(work.message)}`];
    }
    case 'unknown':
      return judgeReason(work.reason);
    default:
      return [];
  }
}

function judgeLaneWork(work: LaneWork): readonly string[] {
  if (work.kind === 'unknown') return judgeReason(work.reason);
  const isSound =
    work.lane !== '' && work.keys.length > 0 && work.keys.every((key) => key === null || typeof key === 'string');
  return [...(isSound ? [] : [`lane work is ${JSON.stringify(work)}`]), ...judgeInstant(work.uploadedAt)];
}

function judgeInstant(at: number | null): readonly string[] {
  return at === null || Number.isFinite(at) ? [] : [`an instant is ${at}`];
}

function judgeReason(reason: string): readonly string[] {
  return reason !== '' && !/[\p{Cc}]/u.test(reason) ? [] : [`the reason is ${JSON.stringify(reason)}`];
}

const SEEDS = [
  '{"Records":[{"eventTime":"2024-01-01T00:00:00.000Z","s3":{"bucket":{"name":"content"},"object":{"key":"a+b/%C3%A4.md"}}}]}',
  '{"Event":"s3:TestEvent"}',
  '{"kind":"article","key":"a.md","uploadedAt":1704067200000}',
  '{"kind":"hub","feed":"all","hub":"https://hub.example/","attempt":1}',
  '{"kind":"feed","feed":"all","key":"a.md","uploadedAt":"2024-01-01"}',
  '{"kind":"feed","feed":"tags/sea","keys":["a.md",null]}',
  '{"kind":"tick"}',
];
