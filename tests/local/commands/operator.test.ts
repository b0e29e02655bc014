/** What the operator's commands decide, on stores in memory. On an S3 and an SQS: tests/aws/operator.test.ts. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adoptedKeyFor } from '../../../lambda/site/adopted/adopted-key.ts';
import { hashBytes, renderTakedowns, TAKEDOWNS_KEY } from '../../../lambda/site/takedowns.ts';
import type { Store } from '../../../lambda/store/store.ts';
import { UsageError } from '../../../local/cli/usage.ts';
import { OUTPUTS_FILE, openDeployment } from '../../../local/commands/deployment/deployment.ts';
import { createGuard, pushFolder } from '../../../local/commands/operator/push.ts';
import { measureBehind } from '../../../local/commands/operator/status.ts';
import { createMemoryStore } from '../../../local/store/memory-store.ts';
import { createTestPublication, TEST_NOW } from '../../support/publication.ts';

const NOT_DRY = { delete: false, dryRun: false };

async function storeOf(files: Readonly<Record<string, string>>): Promise<Store> {
  const store = createMemoryStore();
  for (const [key, text] of Object.entries(files)) await store.write(key, new TextEncoder().encode(text));
  return store;
}

async function keysOf(store: Store): Promise<readonly string[]> {
  return (await store.list({ prefix: '' })).objects.map(({ key }) => key);
}

/** The keys in the order in which they are written to a bucket that holds some already. */
async function orderOfPush(
  files: Readonly<Record<string, string>>,
  present: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const order: string[] = [];
  const memory = await storeOf(present);
  const write: Store['write'] = async (key, ...rest) => {
    const result = await memory.write(key, ...rest);
    if (result.kind === 'written') order.push(key);
    return result;
  };
  await pushFolder(await storeOf(files), { ...memory, write }, NOT_DRY);
  return order;
}

describe('pushFolder', () => {
  const FILES = { 'site.yaml': 'title: T', 'a.md': 'A', 'b/c.md': 'C', 'photo.jpg': 'P' };

  it('uploads ids that subscribers know before all articles, and settings with them', async () => {
    const adopted = adoptedKeyFor('a.md');
    const order = await orderOfPush({ ...FILES, [adopted]: 'a.md: known' });
    expect(order[0]).toBe(adopted);
    expect(order.indexOf('site.yaml')).toBeLessThan(order.indexOf('a.md'));
  });

  it('uploads what differs and nothing else', async () => {
    const bucket = await storeOf({ 'a.md': 'A', 'b/c.md': 'old' });
    const report = await pushFolder(await storeOf(FILES), bucket, NOT_DRY);
    expect(report).toEqual({
      uploaded: ['b/c.md', 'photo.jpg', 'site.yaml'],
      removed: [],
      unchangedCount: 1,
      extra: [],
      held: [],
      heldRemovals: null,
    });
    expect(await pushFolder(await storeOf(FILES), bucket, NOT_DRY)).toMatchObject({ uploaded: [], unchangedCount: 4 });
  });

  it('uploads the settings first, then what articles refer to, then the articles', async () => {
    expect(await orderOfPush(FILES)).toEqual(['site.yaml', 'photo.jpg', 'a.md', 'b/c.md']);
  });

  it('uploads what holds a folder back before its articles, and a page before its parts', async () => {
    const files = { 'a.md': 'A', 'b/index.md': 'B', 'b/part.md': 'C', 'n/.meta.yml': 'draft: true', 'n/n.json': '{}' };
    expect(await orderOfPush(files)).toEqual(['n/.meta.yml', 'n/n.json', 'b/index.md', 'a.md', 'b/part.md']);
  });

  it('uploads an article before its translations, which it may hold back', async () => {
    expect(await orderOfPush({ 'a.de.md': 'A', 'a.md': 'B', 'b.md': 'C' })).toEqual(['a.md', 'b.md', 'a.de.md']);
  });

  it('uploads articles first that their folder holds back no more, since they may say so themselves by now', async () => {
    const before = { 'n/.meta.yml': 'draft: true', 'n/a.md': 'A', 'm/_index.md': '---\ndraft: true\n---\n' };
    const now = { 'n/.meta.yml': 'draft: false', 'n/a.md': '---\ndraft: true\n---\n', 'm/b.md': 'B' };
    expect(await orderOfPush({ ...before, ...now }, before)).toEqual(['n/a.md', 'n/.meta.yml', 'm/b.md']);
  });

  it('removes only when asked, and never everything', async () => {
    const bucket = await storeOf({ 'old.md': 'O' });
    expect(await pushFolder(await storeOf(FILES), bucket, NOT_DRY)).toMatchObject({ removed: [], extra: ['old.md'] });
    const report = await pushFolder(await storeOf(FILES), bucket, { delete: true, dryRun: false });
    expect(report).toMatchObject({ removed: ['old.md'], extra: [] });
    expect(await keysOf(bucket)).not.toContain('old.md');
    await expect(pushFolder(createMemoryStore(), bucket, { delete: true, dryRun: false })).rejects.toThrow(UsageError);
  });

  describe('to a bucket that has much more than the folder', () => {
    const article = (index: number) => `---\ntitle: A${index}\nid: tag:a.example,2026:${index}\n---\nText.\n`;
    const many = (name: (index: number) => string, text = article) =>
      Object.fromEntries(Array.from({ length: 12 }, (_, index) => [name(index), text(index)]));
    const options = { delete: true, dryRun: false };

    it('removes nothing of it before a person has named the number, and does all else', async () => {
      const bucket = await storeOf({ ...many((index) => `p${index}.md`), 'site.yaml': 'title: T', 'old.jpg': 'O' });
      const before = await keysOf(bucket);
      const held = {
        count: 13,
        publishedCount: expect.any(Number),
        files: expect.arrayContaining(['old.jpg', 'p0.md']),
      };
      for (const remove of [null, 12, 14]) {
        const report = await pushFolder(await storeOf(FILES), bucket, { ...options, remove });
        expect(report).toMatchObject({ removed: [], heldRemovals: held });
        expect(await keysOf(bucket)).toEqual([...new Set([...before, ...Object.keys(FILES)])].sort());
      }
      const report = await pushFolder(await storeOf(FILES), bucket, { ...options, remove: 13 });
      expect(report).toMatchObject({ heldRemovals: null, uploaded: [] });
      expect(await keysOf(bucket)).toEqual(Object.keys(FILES).sort());
    });

    it('tells in a dry run what it would ask', async () => {
      const bucket = await storeOf(many((index) => `p${index}.md`));
      const report = await pushFolder(await storeOf(FILES), bucket, { delete: true, dryRun: true });
      expect(report).toMatchObject({ removed: [], heldRemovals: { count: 12, publishedCount: 12 } });
    });

    it('counts pictures as well: their folder may be what is not mounted', async () => {
      const bucket = await storeOf({ ...FILES, ...many((index) => `pictures/${index}.jpg`) });
      const report = await pushFolder(await storeOf(FILES), bucket, options);
      expect(report).toMatchObject({ removed: [], heldRemovals: { count: 12, publishedCount: 16 } });
    });

    it.each([
      ['their bytes', (index: number) => `Text ${index}.`, (index: number) => `Text ${index}.`],
      ['an id', article, (index: number) => article(index).replace('Text', 'Another text')],
    ])('knows files that moved by %s', async (_, before, after) => {
      const bucket = await storeOf(many((index) => `p${index}.md`, before));
      const folder = await storeOf(many((index) => `blog/${index}.md`, after));
      expect(await pushFolder(folder, bucket, options)).toMatchObject({ heldRemovals: null });
      expect(await keysOf(bucket)).toEqual(await keysOf(folder));
    });

    it('empties the bucket for an empty folder only where the number is named', async () => {
      const bucket = await storeOf(many((index) => `p${index}.md`));
      await expect(pushFolder(createMemoryStore(), bucket, options)).rejects.toThrow(UsageError);
      expect(await pushFolder(createMemoryStore(), bucket, { ...options, remove: 12 })).toMatchObject({
        heldRemovals: null,
      });
      expect(await keysOf(bucket)).toEqual([]);
    });
  });

  it('leaves what no folder would show, which others have put there', async () => {
    const hidden = ['.obsidian/app.json', 'a/.b/c.md', 'node_modules/x/readme.md', 'photos/', 'a//b.md'];
    const bucket = await storeOf(Object.fromEntries([...hidden, 'old.md'].map((key) => [key, key])));
    const report = await pushFolder(await storeOf(FILES), bucket, { delete: true, dryRun: false });
    expect(report).toMatchObject({ removed: ['old.md'], extra: [] });
    expect(await keysOf(bucket)).toEqual(expect.arrayContaining(hidden));
  });

  it('changes nothing in a dry run', async () => {
    const bucket = await storeOf({ 'old.md': 'O' });
    const report = await pushFolder(await storeOf(FILES), bucket, { delete: true, dryRun: true });
    expect(report).toMatchObject({ uploaded: Object.keys(FILES).sort(), removed: ['old.md'] });
    expect(await keysOf(bucket)).toEqual(['old.md']);
  });
});

describe('what a push does not upload', () => {
  const SECRET = '---\ndate: 2026-01-01\n---\n# Secret\n\nText.\n';
  const none = { ids: [], addresses: [], hashes: [], at: '2026-06-01', by: 'ada' };

  /** Pushes files beside the lists of the bucket and of the folder. */
  async function push(
    files: Readonly<Record<string, string>>,
    {
      listed = null,
      own = null,
      there = {},
    }: { listed?: Uint8Array | null; own?: Uint8Array | null; there?: object } = {},
  ) {
    const publication = await createTestPublication({ files: { 'site.yaml': 'title: T\n', ...there } });
    await publication.settle();
    if (listed !== null) await publication.content.write(TAKEDOWNS_KEY, listed);
    const folder = { read: async () => own && { body: own, version: '1' }, write: async () => true };
    const guard = await createGuard(publication, { ...folder, remembered: async () => null });
    const report = await pushFolder(await storeOf(files), publication.content, { ...NOT_DRY, delete: true, guard });
    return { guard, report, keys: await keysOf(publication.content) };
  }

  it.each([
    ['its key', { key: 'a.md' }, 'a.md', SECRET],
    ['its bytes', { key: 'x.md', hashes: [hashBytes(SECRET)] }, 'copy.md', SECRET],
    ['its id', { key: 'x.md', ids: ['tag:example.org,2026:a'] }, 'b.md', '---\nid: tag:example.org,2026:a\n---\n# S\n'],
    ['its address', { key: 'x.md', addresses: ['/a/'] }, 'a.html', '<h1>S</h1>'],
    ['the bytes of a picture', { key: 'x.jpg', hashes: [hashBytes('P')] }, 'copy.jpg', 'P'],
  ])('is what was taken down, told by %s', async (_, takedown, key, text) => {
    for (const at of ['listed', 'own']) {
      const { report, keys } = await push(
        { [key]: text, 'c.md': '# C\n' },
        { [at]: renderTakedowns([{ ...none, ...takedown }]) },
      );
      expect(report.held).toEqual([{ key, reason: expect.stringMatching(/taken down.* by ada on 2026-06-01/) }]);
      expect(report.uploaded).toEqual(['c.md']);
      expect(keys).not.toContain(key);
    }
  });

  it('is no file of which only one item was taken down: the publisher holds that', async () => {
    const text = JSON.stringify([
      { id: 'tag:example.org,2026:a', title: 'S' },
      { id: 'tag:example.org,2026:b', title: 'C' },
    ]);
    const listed = renderTakedowns([{ ...none, key: 'x.md', ids: ['tag:example.org,2026:a'] }]);
    expect((await push({ 'n.json': text }, { listed })).report).toMatchObject({ uploaded: ['n.json'], held: [] });
  });

  it('is not the list, and --delete leaves it where it is', async () => {
    const listed = renderTakedowns([{ ...none, key: 'x.md' }]);
    const { report, keys } = await push({ 'c.md': '# C\n' }, { listed });
    expect(keys).toContain(TAKEDOWNS_KEY);
    expect(report.removed).toEqual(['site.yaml']);
  });

  it('is anything new while a list can’t be read', async () => {
    const files = { 'a.md': '# A, changed\n', 'b.md': '# B\n' };
    for (const at of ['listed', 'own']) {
      const { guard, report } = await push(files, { [at]: new Uint8Array([123]), there: { 'a.md': '# A\n' } });
      expect(guard.fault).toMatch(/the list of takedowns in the (folder|content bucket) is not a valid JSON object/);
      expect(report).toMatchObject({ uploaded: ['a.md'], held: [{ key: 'b.md' }] });
    }
  });
});

describe('measureBehind', () => {
  it('counts what the publisher has not looked at as it is now, and how long it waits', async () => {
    const publication = await createTestPublication({ files: { 'a.md': '# A\n\nOne.\n' } });
    await publication.settle();
    expect(await measureBehind(publication, TEST_NOW)).toEqual({ count: 0, oldestMs: null });
    await publication.put('b.md', '# B\n\nTwo.\n');
    const written = (await publication.content.inspect('b.md'))?.modifiedAt ?? 0;
    expect(await measureBehind(publication, written + 5_000)).toEqual({ count: 1, oldestMs: 5_000 });
  });
});

describe('openDeployment', () => {
  const OUTPUTS = {
    ContentBucketName: 'content-1',
    StateBucketName: 'state-1',
    SiteBucketName: 'site-1',
    ArticleQueueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/articles',
    FeedQueueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/feeds.fifo',
    DistributionId: 'E1',
    Region: 'eu-west-1',
  };
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'feedwright-outputs-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const open = (stack: string | null, environment = {}) => openDeployment(stack, environment, folder);
  const write = (stacks: Record<string, object>) => writeFileSync(join(folder, OUTPUTS_FILE), JSON.stringify(stacks));

  it('reads the outputs of the only stack', () => {
    write({ Feedwright: OUTPUTS });
    expect(open(null)).toMatchObject({
      environment: { contentBucket: 'content-1' },
      cdn: { distributionId: 'E1', endpoint: null },
    });
  });

  it('asks which of several stacks is meant', () => {
    write({ One: OUTPUTS, Two: { ...OUTPUTS, ContentBucketName: 'content-2' } });
    expect(() => open(null)).toThrow(expect.objectContaining({ code: 'option-required' }));
    expect(() => open('Three')).toThrow(expect.objectContaining({ code: 'stack-unknown' }));
    expect(open('Two').environment.contentBucket).toBe('content-2');
  });

  it('goes to the region of the stack, whatever the shell says, unless the shell names the stack', async () => {
    write({ Feedwright: OUTPUTS });
    const shell = { AWS_REGION: 'us-west-2', AWS_DEFAULT_REGION: 'us-west-1' };
    const regionOf = (environment: object) => open(null, environment).sqs.config.region();
    expect(await regionOf(shell)).toBe('eu-west-1');
    const named = {
      FEEDWRIGHT_CONTENT_BUCKET: 'content-2',
      FEEDWRIGHT_STATE_BUCKET: 'state-2',
      FEEDWRIGHT_SITE_BUCKET: 'site-2',
      FEEDWRIGHT_ARTICLE_QUEUE_URL: OUTPUTS.ArticleQueueUrl,
      FEEDWRIGHT_FEED_QUEUE_URL: OUTPUTS.FeedQueueUrl,
    };
    expect(await regionOf({ ...shell, ...named })).toBe('us-west-2');
    expect(open('Feedwright', { ...shell, ...named }).environment.contentBucket).toBe('content-1');
  });

  it('lets the environment go first, and says what is missing', () => {
    write({ Feedwright: OUTPUTS });
    expect(open(null, { FEEDWRIGHT_SITE_URL: 'https://a.example' }).environment.siteUrl).toBe('https://a.example/');
    expect(() => open(null, { FEEDWRIGHT_CONTENT_BUCKET: 'other' })).toThrow(/FEEDWRIGHT_STATE_BUCKET is missing/);
    rmSync(join(folder, OUTPUTS_FILE));
    expect(() => open(null)).toThrow(expect.objectContaining({ code: 'deployment-unknown' }));
  });
});
