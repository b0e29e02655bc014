import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseArticleWork, parseLaneWork } from '../../lambda/aws/queue-event.ts';
import { notificationBody } from '../support/aws/notification.ts';

const BUCKET = 'content-1';
const AT = Date.parse('2026-04-28T06:00:00.123Z');

const parse = (body: string) => parseArticleWork(body, BUCKET);

describe('parseArticleWork', () => {
  it('reads the keys of a notification', () => {
    const body = notificationBody(BUCKET, ['a.md', 'news/an article.md']);
    expect(parse(body)).toEqual({
      kind: 'articles',
      articles: [
        { key: 'a.md', uploadedAt: AT, told: true },
        { key: 'news/an article.md', uploadedAt: AT, told: true },
      ],
    });
  });

  it('decodes any key that S3 can name', () => {
    const key = fc.string({ unit: 'binary', minLength: 1, maxLength: 100 }).filter((text) => text.isWellFormed());
    fc.assert(
      fc.property(key, (name) => {
        expect(parse(notificationBody(BUCKET, [name]))).toMatchObject({ articles: [{ key: name }] });
      }),
    );
  });

  it('knows the greeting of a new notification', () => {
    const body = { Service: 'Amazon S3', Event: 's3:TestEvent', Time: '2026-04-28T06:00:00.000Z', Bucket: BUCKET };
    expect(parse(JSON.stringify(body))).toEqual({ kind: 'test' });
  });

  it('reads the messages of the publisher and of the clock', () => {
    expect(parse('{"kind":"article","key":"a b.md"}')).toEqual({
      kind: 'articles',
      articles: [{ key: 'a b.md', uploadedAt: null, told: false }],
    });
    expect(parse('{"kind":"article","key":"a","told":true}')).toMatchObject({ articles: [{ told: true }] });
    expect(parse('{"kind":"tick"}')).toEqual({ kind: 'tick' });
    expect(parse('{"kind":"reconcile"}')).toEqual({ kind: 'reconcile', consent: null });
    expect(parse('{"kind":"reconcile","remove":40}')).toEqual({ kind: 'reconcile', consent: 40 });
    expect(parse('{"kind":"renew"}')).toEqual({ kind: 'reconcileAll' });
    for (const kind of ['rebuild', 'repair']) expect(parse(JSON.stringify({ kind }))).toEqual({ kind: 'repair' });
  });

  it.each([
    ['no JSON', 'hello'],
    ['no object', '[]'],
    ['another message', '{"kind":"dance"}'],
    ['no key', '{"kind":"article"}'],
    ['a number that is none', '{"kind":"reconcile","remove":"all"}'],
    ['another bucket', notificationBody('other', ['a.md'])],
    ['no object in a record', '{"Records":[{"s3":{"bucket":{"name":"content-1"}}}]}'],
    ['a key that is not encoded', notificationBody(BUCKET, ['x']).replace('"key":"x"', '"key":"%zz"')],
  ])('calls a message with %s unknown', (_, body) => {
    expect(parse(body)).toEqual({ kind: 'unknown', reason: expect.any(String) });
  });

  it('never throws, whatever comes', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (body) => parse(body).kind !== undefined));
  });
});

describe('parseLaneWork', () => {
  it('reads which lane is to look at which articles', () => {
    expect(parseLaneWork('{"kind":"feed","feed":"tags/a","keys":["a.md",null],"uploadedAt":5}')).toEqual({
      kind: 'lane',
      lane: 'tags/a',
      keys: ['a.md', null],
      uploadedAt: 5,
    });
  });

  it('takes one key from people and from earlier versions', () => {
    expect(parseLaneWork('{"kind":"feed","feed":"all","key":null}')).toMatchObject({ keys: [null], uploadedAt: null });
  });

  it.each([
    'hello',
    '{"kind":"article","key":"a"}',
    '{"kind":"feed","key":"a"}',
    '{"kind":"feed","feed":"all"}',
    '{"kind":"feed","feed":"all","keys":[]}',
    '{"kind":"feed","feed":"all","keys":["a",1]}',
    '{"kind":"feed","feed":"all","keys":"a"}',
  ])('calls %s unknown', (body) => {
    expect(parseLaneWork(body)).toEqual({ kind: 'unknown', reason: expect.any(String) });
  });
});
