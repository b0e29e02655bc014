/** The S3 adapter against answers in the shape that S3 gives them, among them those that no imitation of S3 gives. */

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../local/store/memory-store.ts';
import { type S3Scene, scene } from '../support/aws/s3-scene.ts';
import type { ScriptedAnswer } from '../support/aws/scripted-server.ts';

const BODY = new TextEncoder().encode('bytes');
const SHA256 = createHash('sha256').update(BODY).digest('base64');
const MD5_ETAG = `"${createHash('md5').update(BODY).digest('hex')}"`;
const DATE = 'Tue, 28 Apr 2026 06:00:00 GMT';

const putAnswer: ScriptedAnswer = { status: 200, headers: { ETag: '"new"' } };
const facts = { ETag: '"old"', 'Last-Modified': DATE, 'Content-Length': '5' };
const absentHead: ScriptedAnswer = { status: 404 };
const preconditionFailed = failure(412, 'PreconditionFailed', '<Condition>If-Match</Condition>');
const requestConflict = failure(409, 'ConditionalRequestConflict', '<Condition>If-None-Match</Condition>');

function failure(status: number, code: string, more = ''): ScriptedAnswer {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${code}.</Message>${more}<RequestId>4442587FB7D0A2F9</RequestId></Error>`;
  return { status, headers: { 'Content-Type': 'application/xml' }, body };
}

describe('write', () => {
  it('asks S3 itself to compare', async () => {
    const { store, requests } = await scene(putAnswer, putAnswer, putAnswer);
    await store.write('a', BODY);
    await store.write('a', BODY, { condition: { kind: 'absent' } });
    await store.write('a', BODY, { condition: { kind: 'version', version: '"old"' } });
    const conditions = requests.map(({ headers }) => [headers['if-none-match'], headers['if-match']]);
    expect(conditions).toEqual([
      [undefined, undefined],
      ['*', undefined],
      [undefined, '"old"'],
    ]);
    expect(requests[0]?.headers['x-amz-checksum-sha256']).toBe(SHA256);
  });

  it('tries again, later each time, when two conditional writes met', async () => {
    const { store, requests, waits, events } = await scene(requestConflict, requestConflict, putAnswer);
    const result = await store.write('a', BODY, { condition: { kind: 'absent' } });
    expect(result).toEqual({ kind: 'written', version: '"new"' });
    expect(requests).toHaveLength(3);
    expect(waits).toEqual([50, 100]);
    expect(events).toEqual(['retry', 'retry']);
  });

  it('gives up after some attempts, with a failure that may pass', async () => {
    const { store, requests } = await scene(...Array.from({ length: 9 }, () => requestConflict));
    const write = store.write('a', BODY, { condition: { kind: 'absent' } });
    await expect(write).rejects.toMatchObject({ name: 'StoreError', kind: 'retry' });
    expect(requests).toHaveLength(6);
  });

  it('calls another version, and an object that has gone, a conflict', async () => {
    const { store, events } = await scene(preconditionFailed, failure(404, 'NoSuchKey'));
    const condition = { kind: 'version', version: '"old"' } as const;
    expect(await store.write('a', BODY, { condition })).toEqual({ kind: 'conflict' });
    expect(await store.write('a', BODY, { condition })).toEqual({ kind: 'conflict' });
    expect(events).toEqual(['conflict', 'conflict']);
  });

  it.each([
    ['no answer', { status: 0 }, 'retry'],
    ['a busy service', failure(503, 'SlowDown'), 'retry'],
    ['no permission', failure(403, 'AccessDenied'), 'fatal'],
    ['no bucket', failure(404, 'NoSuchBucket'), 'fatal'],
  ] as const)('throws on %s', async (_, answer, kind) => {
    const { store } = await scene(answer);
    const write = store.write('a', BODY, { condition: { kind: 'absent' } });
    await expect(write).rejects.toMatchObject({ name: 'StoreError', kind });
  });
});

describe('write of what is different', () => {
  const condition = { kind: 'different' } as const;
  const sameHead = { status: 200, headers: { ...facts, 'x-amz-checksum-sha256': SHA256 } };

  it('writes what is not there, if it is still not there', async () => {
    const { store, requests } = await scene(absentHead, putAnswer);
    expect(await store.write('a', BODY, { condition })).toMatchObject({ kind: 'written', version: '"new"' });
    expect(requests[1]?.headers['if-none-match']).toBe('*');
  });

  it('leaves the same bytes alone, known by their SHA-256', async () => {
    const { store, requests } = await scene(sameHead);
    expect(await store.write('a', BODY, { condition })).toMatchObject({ kind: 'unchanged', version: '"old"' });
    expect(requests.map(({ method }) => method)).toEqual(['HEAD']);
  });

  it('leaves the same bytes alone, known by the MD5 in their ETag', async () => {
    const { store } = await scene({ status: 200, headers: { ...facts, ETag: MD5_ETAG } });
    expect(await store.write('a', BODY, { condition })).toMatchObject({ kind: 'unchanged', version: MD5_ETAG });
  });

  it('writes over other bytes of the same length, if those are still there', async () => {
    const { store, requests } = await scene({ status: 200, headers: facts }, putAnswer);
    expect(await store.write('a', BODY, { condition })).toMatchObject({ kind: 'written', version: '"new"' });
    expect(requests[1]?.headers['if-match']).toBe('"old"');
  });

  it('writes the same bytes under other headers', async () => {
    const { store } = await scene(sameHead, putAnswer);
    const headers = { cacheControl: 'max-age=30' };
    expect(await store.write('a', BODY, { condition, headers })).toMatchObject({ kind: 'written', version: '"new"' });
  });

  it('recognises its own write whose answer was lost', async () => {
    const { store } = await scene(absentHead, preconditionFailed, sameHead);
    expect(await store.write('a', BODY, { condition })).toMatchObject({ kind: 'written', version: '"old"' });
  });

  it('writes in the end when others write as well', async () => {
    const other = { status: 200, headers: facts };
    const { store } = await scene(absentHead, preconditionFailed, other, preconditionFailed, other, putAnswer);
    expect(await store.write('a', BODY, { condition })).toMatchObject({ kind: 'written', version: '"new"' });
  });

  describe('with the seal of the write before', () => {
    const OTHER = new TextEncoder().encode('others');

    async function sealed(...answers: readonly ScriptedAnswer[]) {
      const { store, requests } = await scene(absentHead, putAnswer, ...answers);
      const first = await store.write('a', BODY, { condition });
      if (first.kind === 'conflict' || first.seal === undefined) throw new Error('There is no seal.');
      const { seal } = first;
      const write = (body: Uint8Array) => store.write('a', body, { condition: { kind: 'different', seal } });
      return { write, asked: () => requests.slice(2).map(({ method, headers }) => [method, headers['if-match']]) };
    }

    it('writes other bytes without a look, over that write alone', async () => {
      const { write, asked } = await sealed({ status: 200, headers: { ETag: '"newer"' } });
      expect(await write(OTHER)).toMatchObject({ kind: 'written', version: '"newer"' });
      expect(asked()).toEqual([['PUT', '"new"']]);
    });

    it('looks where somebody else has written since', async () => {
      const { write, asked } = await sealed(preconditionFailed, { status: 200, headers: facts }, putAnswer);
      expect(await write(OTHER)).toMatchObject({ kind: 'written' });
      expect(asked()).toEqual([
        ['PUT', '"new"'],
        ['HEAD', undefined],
        ['PUT', '"old"'],
      ]);
    });

    it('looks at the same bytes, and leaves them alone', async () => {
      const { write, asked } = await sealed(sameHead);
      expect(await write(BODY)).toMatchObject({ kind: 'unchanged' });
      expect(asked()).toEqual([['HEAD', undefined]]);
    });
  });
});

describe('copyFrom', () => {
  const seen = { key: 'a', version: '"seen"', lengthBytes: 5, modifiedAt: 0 };
  const headers = { contentType: 'audio/mpeg', cacheControl: 'max-age=30' };
  const copied: ScriptedAnswer = {
    status: 200,
    headers: { 'Content-Type': 'application/xml' },
    body: '<?xml version="1.0" encoding="UTF-8"?>\n\n<CopyObjectResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LastModified>2026-04-28T06:00:00.000Z</LastModified><ETag>&quot;new&quot;</ETag></CopyObjectResult>',
  };
  const copy = ({ store, content }: S3Scene, object = seen) => store.copyFrom?.(content, object, headers);

  it('has S3 copy the version that was seen, under headers of its own, where nothing is yet', async () => {
    const scenery = await scene(absentHead, copied);
    expect(await copy(scenery)).toEqual({ kind: 'written', version: '"new"' });
    const [head, put] = scenery.requests;
    expect([head?.method, head?.url]).toEqual(['HEAD', '/bucket/a']);
    expect(put).toMatchObject({ method: 'PUT', url: '/bucket/a?x-id=CopyObject', body: '' });
    expect(put?.headers).toMatchObject({
      'x-amz-copy-source': 'content/in/a',
      'x-amz-copy-source-if-match': '"seen"',
      'x-amz-metadata-directive': 'REPLACE',
      'x-amz-tagging-directive': 'REPLACE',
      'content-type': 'audio/mpeg',
      'cache-control': 'max-age=30',
      'if-none-match': '*',
    });
  });

  it('copies over what was there before, if that is still there', async () => {
    const scenery = await scene({ status: 200, headers: facts }, copied);
    expect(await copy(scenery)).toEqual({ kind: 'written', version: '"new"' });
    expect(scenery.requests[1]?.headers).toMatchObject({ 'if-match': '"old"' });
  });

  it('leaves its copy alone, unless it has other headers', async () => {
    const there = { ...facts, ETag: '"seen"', 'Content-Type': 'audio/mpeg' };
    const answers = ['max-age=30', 'max-age=60'].map((value) => ({
      status: 200,
      headers: { ...there, 'Cache-Control': value },
    }));
    const scenery = await scene(...answers, copied);
    expect(await copy(scenery)).toEqual({ kind: 'unchanged', version: '"seen"' });
    expect(await copy(scenery)).toEqual({ kind: 'written', version: '"new"' });
  });

  it('names a key so that no character of it means anything else', async () => {
    const scenery = await scene(absentHead, copied);
    await copy(scenery, { ...seen, key: 'звук/a b+c?d#e%2F&=.mp3' });
    expect(scenery.requests[1]?.headers['x-amz-copy-source']).toBe(
      'content/in/%D0%B7%D0%B2%D1%83%D0%BA/a%20b%2Bc%3Fd%23e%252F%26%3D.mp3',
    );
  });

  it.each([
    ['has changed', preconditionFailed],
    ['has gone', failure(404, 'NoSuchKey')],
  ])('calls an object that %s a conflict', async (_, answer) => {
    const scenery = await scene(absentHead, answer);
    expect(await copy(scenery)).toEqual({ kind: 'conflict' });
    expect(scenery.events).toEqual(['conflict']);
  });

  it('tries again when it met another write', async () => {
    const scenery = await scene(absentHead, requestConflict, copied);
    expect(await copy(scenery)).toEqual({ kind: 'written', version: '"new"' });
    expect(scenery.events).toEqual(['retry']);
  });

  it.each([
    ['a copy that S3 gave up after it had begun to answer', { ...copied, body: failure(200, 'InternalError').body }],
    ['an answer without a copy', { status: 200 }],
    ['an answer that breaks off', { ...copied, breaksAfter: 60 }],
    ['no answer', { status: 0 }],
    ['a busy service', failure(503, 'SlowDown')],
  ])('throws on %s, and may be tried again', async (_, answer) => {
    const copying = copy(await scene(absentHead, answer as ScriptedAnswer));
    await expect(copying).rejects.toMatchObject({ name: 'StoreError', kind: 'retry' });
    await expect(copying).rejects.toThrow('Copying a from content to bucket failed');
  });

  it('throws for good where a right or a bucket is missing', async () => {
    for (const answer of [failure(403, 'AccessDenied'), failure(404, 'NoSuchBucket')]) {
      await expect(copy(await scene(absentHead, answer))).rejects.toMatchObject({ kind: 'fatal' });
    }
  });

  it('says when an object is too large, before it asks', async () => {
    const scenery = await scene();
    const copying = copy(scenery, { ...seen, lengthBytes: 5 * 1024 ** 3 + 1 });
    await expect(copying).rejects.toMatchObject({ kind: 'fatal', message: expect.stringContaining('over 5 GiB') });
    expect(scenery.requests).toEqual([]);
  });

  it('leaves what lies anywhere but in S3 to the caller', async () => {
    const { store, content, requests } = await scene();
    expect(await store.copyFrom?.(createMemoryStore(), seen, headers)).toBeNull();
    // A store that changes what passes through it is not asked for less.
    expect(await store.copyFrom?.({ ...content }, seen, headers)).toBeNull();
    expect(requests).toEqual([]);
  });
});

describe('read', () => {
  it('takes the length of the whole from a part', async () => {
    const { store, requests } = await scene({
      status: 206,
      headers: { ...facts, 'Content-Range': 'bytes 0-4/1234' },
      body: 'bytes',
    });
    expect(await store.read('a', { firstBytes: 5 })).toMatchObject({ lengthBytes: 1234, version: '"old"' });
    expect(requests[0]?.headers.range).toBe('bytes=0-4');
  });

  it('asks for the bytes from a place on', async () => {
    const part = { status: 206, headers: { ...facts, 'Content-Range': 'bytes 3-7/1234' }, body: 'bytes' };
    const { store, requests } = await scene(part, part);
    expect(await store.read('a', { fromByte: 3, firstBytes: 5 })).toMatchObject({ lengthBytes: 1234 });
    await store.read('a', { fromByte: 3 });
    expect(requests.map(({ headers }) => headers.range)).toEqual(['bytes=3-7', 'bytes=3-']);
  });

  it('knows that an empty object has no first byte', async () => {
    const empty = { status: 200, headers: { ...facts, 'Content-Length': '0' } };
    const { store } = await scene(failure(416, 'InvalidRange'), empty);
    expect(await store.read('a', { firstBytes: 5 })).toMatchObject({ lengthBytes: 0, body: new Uint8Array() });
  });

  it('reads again when the body breaks off', async () => {
    const { store, events } = await scene(
      { status: 200, headers: facts, body: 'bytes', breaksAfter: 2 },
      { status: 200, headers: facts, body: 'bytes' },
    );
    expect(await store.read('a')).toMatchObject({ body: BODY });
    expect(events).toEqual(['retry']);
  });

  it('never takes a forbidden object for an absent one', async () => {
    const { store } = await scene(failure(404, 'NoSuchKey'), failure(403, 'AccessDenied'), { status: 403 });
    expect(await store.read('a')).toBeNull();
    await expect(store.read('a')).rejects.toMatchObject({ kind: 'fatal' });
    await expect(store.inspect('a')).rejects.toMatchObject({ kind: 'fatal' });
  });
});

describe('a refusal', () => {
  it.each([
    [503, 'SlowDown', 'retry', 'It may pass: nothing is lost'],
    [503, 'ServiceUnavailable', 'retry', 'It may pass'],
    [500, 'InternalError', 'retry', 'It may pass'],
    [403, 'AccessDenied', 'fatal', '`npm run deploy -- --revert-drift` gives the publisher back its own'],
    [400, 'InvalidRequest', 'fatal', 'It stays until it is mended'],
  ])('%i %s says which call it was of, whether it may pass, and what to do', async (status, code, kind, advice) => {
    const refused = failure(status, code);
    const { store } = await scene(refused, refused, refused);
    const said = (call: string) => ({
      kind,
      message: expect.stringContaining(`${call} failed (HTTP ${status}). ${code}`),
    });
    await expect(store.read('a')).rejects.toMatchObject(said('Reading a from bucket'));
    await expect(store.write('a', BODY)).rejects.toMatchObject(said('Writing a to bucket'));
    await expect(store.list({ prefix: 'a' })).rejects.toThrow(advice);
  });
});

describe('remove', () => {
  it('takes what is not there for removed, with a version too', async () => {
    const { store, requests } = await scene({ status: 204 }, failure(404, 'NoSuchKey'));
    expect(await store.remove('a')).toEqual({ kind: 'removed' });
    expect(await store.remove('a', { ifVersion: '"old"' })).toEqual({ kind: 'removed' });
    expect(requests.map(({ headers }) => headers['if-match'])).toEqual([undefined, '"old"']);
  });

  it('calls another version a conflict, unless an earlier attempt has removed it', async () => {
    const { store } = await scene(preconditionFailed, { status: 200, headers: facts }, preconditionFailed, absentHead);
    expect(await store.remove('a', { ifVersion: '"old"' })).toEqual({ kind: 'conflict' });
    expect(await store.remove('a', { ifVersion: '"old"' })).toEqual({ kind: 'removed' });
  });
});
