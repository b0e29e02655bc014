/** Listings of the S3 adapter, against answers in the shape that S3 gives them, and others. */

import { describe, expect, it } from 'vitest';
import { scene } from '../support/aws/s3-scene.ts';
import type { ScriptedAnswer } from '../support/aws/scripted-server.ts';

const DATE = 'Tue, 28 Apr 2026 06:00:00 GMT';

describe('list', () => {
  const ENCODED = '<EncodingType>url</EncodingType>';
  const listing = (contents: string, isTruncated: boolean, encoding = ENCODED): ScriptedAnswer => ({
    status: 200,
    headers: { 'Content-Type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>bucket</Name>${encoding}<IsTruncated>${isTruncated}</IsTruncated>${contents}</ListBucketResult>`,
  });
  const item = (key: string) =>
    `<Contents><Key>${key}</Key><LastModified>2026-04-28T06:00:00.000Z</LastModified><ETag>&quot;old&quot;</ETag><Size>5</Size></Contents>`;

  it('decodes keys, of which S3 encodes a space as a plus', async () => {
    const { store, requests } = await scene(listing(item('a+b/c%2Bd%25/%D0%B6%01'), false));
    expect(await store.list({ prefix: 'a b/' })).toEqual({
      objects: [{ key: 'a b/c+d%/ж\u0001', version: '"old"', lengthBytes: 5, modifiedAt: Date.parse(DATE) }],
      next: null,
    });
    expect(requests[0]?.url).toContain('encoding-type=url');
  });

  it.each([
    ['without a word on encoding', ''],
    ['with an empty word on encoding', '<EncodingType></EncodingType>'],
  ])('takes keys as they are from an answer %s', async (_, encoding) => {
    const keys = ['100%25 a+b.md', '100%.md', 'ä/%C3%A4 c+d.png', 'uses/a%2Fb.png/c%2Fd.md', '写真 1.md'];
    const answer = listing(keys.map(item).join(''), true, encoding);
    const { store } = await scene(answer, listing('', false, encoding));
    const { objects, next } = await store.list({ prefix: '' });
    expect(objects.map(({ key }) => key)).toEqual(keys);
    expect(next).toBe(keys.at(-1));
  });

  it('refuses a key that is not encoded as the answer says, where it can tell', async () => {
    const { store } = await scene(listing(item('100%.md'), false));
    const message = expect.stringContaining('100%.md');
    await expect(store.list({ prefix: '' })).rejects.toMatchObject({ kind: 'fatal', message });
  });

  it('goes on after the last key of a part', async () => {
    const { store, requests } = await scene(listing(item('a') + item('b+c'), true), listing('', false));
    expect(await store.list({ prefix: '', limitCount: 2 })).toMatchObject({ next: 'b c' });
    expect(await store.list({ prefix: '', after: 'b c' })).toEqual({ objects: [], next: null });
    expect(requests[1]?.url).toContain('start-after=b%20c');
  });

  it('tells with one call what lies in a folder itself', async () => {
    const folders = '<CommonPrefixes><Prefix>a+b/c/</Prefix></CommonPrefixes>';
    const { store, requests } = await scene(listing(item('a+b/d.md') + folders, false));
    const facts = { key: 'a b/d.md', version: '"old"', lengthBytes: 5, modifiedAt: Date.parse(DATE) };
    expect(await store.listFolder?.('a b/')).toEqual({
      objects: new Map([[facts.key, facts]]),
      folders: new Set(['a b/c/']),
    });
    expect(requests[0]?.url).toContain('delimiter=%2F');
  });

  it('asks once about a folder that holds more than one call tells', async () => {
    const { store, requests } = await scene(listing(item('a'), true));
    expect(await store.listFolder?.('')).toBeNull();
    expect(await store.listFolder?.('')).toBeNull();
    expect(requests).toHaveLength(1);
  });
});
