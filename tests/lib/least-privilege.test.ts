/**
 * Who may do what, walked over the synthesised policies: the publisher has what it uses and nothing else, nobody else has
 * anything of state and site, and who writes the content bucket gets no further by it. docs/security.md says the same.
 */

import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { createPublisher } from '../../lambda/publish.ts';
import { listAll, type Store } from '../../lambda/store/store.ts';
import { createMemoryStore } from '../../local/store/memory-store.ts';
import { createTestQueue, TEST_NOW } from '../support/publication.ts';
import { type Grant, grantsOf, mentions, statements } from './policies.ts';
import { createTemplate, EVERYTHING, idOf } from './template.ts';

const DAY_MS = 86_400_000;

interface Statement {
  readonly Effect: string;
  readonly Action: unknown;
  readonly Principal?: unknown;
  readonly Condition?: unknown;
  readonly Resource: unknown;
}

let template: Template;
beforeAll(() => {
  template = createTemplate(EVERYTHING);
});

const bucketId = (name: string): string => idOf(template, 'AWS::S3::Bucket', name);

/** What policies at resources allow, with the type of the policy. */
function allowedAtResources(): readonly (Statement & { readonly at: string })[] {
  const types = ['AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy'];
  return types.flatMap((type) =>
    Object.values(template.findResources(type)).flatMap(({ Properties }) =>
      (Properties.PolicyDocument.Statement as readonly Statement[])
        .filter(({ Effect }) => Effect === 'Allow')
        .map((statement) => ({ ...statement, at: type })),
    ),
  );
}

describe('the publisher’s role', () => {
  it('is the only role, for Lambda alone, and nothing else has rights of its own', () => {
    const roles = Object.values(template.findResources('AWS::IAM::Role'));
    expect(roles.map(({ Properties }) => Properties.AssumeRolePolicyDocument.Statement)).toEqual([
      [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } }],
    ]);
    for (const type of ['User', 'AccessKey', 'Group', 'ManagedPolicy', 'UserPolicy', 'InstanceProfile']) {
      expect(template.findResources(`AWS::IAM::${type}`), type).toEqual({});
    }
    expect(Object.keys(template.findResources('AWS::IAM::Policy'))).toHaveLength(1);
    expect(roles.flatMap(({ Properties }) => [Properties.ManagedPolicyArns, Properties.Policies])).toEqual([
      undefined,
      undefined,
    ]);
    template.resourceCountIs('AWS::Lambda::Permission', 0);
    template.resourceCountIs('AWS::Lambda::Url', 0);
  });

  it('reads the content and never changes it; reads and changes state and site; lists all three', () => {
    const objects = (name: string, ...actions: readonly string[]): readonly Grant[] =>
      actions.map((action) => ({ bucket: bucketId(name), action, keyPrefix: '' }));
    const lists = ['Content', 'State', 'Site'].map((name) => ({
      bucket: bucketId(name),
      action: 's3:ListBucket',
      keyPrefix: null,
    }));
    const expected = [
      ...objects('Content', 's3:GetObject'),
      ...objects('State', 's3:GetObject', 's3:PutObject', 's3:DeleteObject'),
      ...objects('Site', 's3:GetObject', 's3:PutObject', 's3:DeleteObject'),
      ...lists,
    ];
    expect(inOrder(grantsOf(template))).toEqual(inOrder(expected));
  });

  it('takes from and sends to the two queues of work, writes its own log, and may do nothing else at all', () => {
    const others = statements(template).filter(
      ({ Action }) => ![Action].flat().some((each) => /^s3:/.test(String(each))),
    );
    const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
    const actions = others.flatMap(({ Action }) => [Action].flat());
    expect([...new Set(actions)].sort()).toEqual([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:ReceiveMessage',
      'sqs:SendMessage',
    ]);
    const resources = others.flatMap(({ Resource }) => [Resource].flat());
    const expected = [
      arn(idOf(template, 'AWS::Logs::LogGroup', 'PublisherLog')),
      arn(idOf(template, 'AWS::SQS::Queue', 'QueuesArticlesAF')),
      arn(idOf(template, 'AWS::SQS::Queue', 'QueuesFeeds9')),
    ];
    const distinct = [...new Set(resources.map((resource) => JSON.stringify(resource)))].sort();
    expect(distinct).toEqual(expected.map((resource) => JSON.stringify(resource)).sort());
  });

  it('may do nothing on everything, and no action by a pattern', () => {
    for (const { Action, Resource } of statements(template)) {
      expect([Resource].flat()).not.toContain('*');
      expect([Action].flat().filter((action) => /[*]/.test(String(action)))).toEqual([]);
    }
  });

  it('suffices for all that the publisher does, damage and removals included, and nothing of it is in vain', async () => {
    const used = new Set<string>();
    await doEverything((store, name) => guard(store, bucketId(name), grantsOf(template), used));
    const granted = grantsOf(template).map(({ bucket, action }) => `${action} ${bucket}`);
    expect([...used].sort()).toEqual([...new Set(granted)].sort());
  });
});

describe('who writes the content bucket', () => {
  it('is given nothing else: no policy of the stack lets anybody but the publisher and the CDN to state or site', () => {
    for (const name of ['Content', 'State']) {
      expect(
        allowedAtResources().filter(({ Resource }) => mentions(Resource, bucketId(name))),
        name,
      ).toEqual([]);
    }
    const atSite = allowedAtResources().filter(({ Resource }) => mentions(Resource, bucketId('Site')));
    expect(atSite).toMatchObject([
      { Principal: { Service: 'cloudfront.amazonaws.com' }, Action: ['s3:GetObject', 's3:ListBucket'] },
    ]);
    expect(JSON.stringify(atSite[0]?.Condition)).toContain('distribution/');
  });

  it('reaches the queues by S3’s own notifications only: no person may send, and no other account', () => {
    for (const { Principal, Condition } of allowedAtResources()) {
      expect(Object.keys(Principal as object)).toEqual(['Service']);
      expect(JSON.stringify(Condition)).toMatch(/aws:SourceAccount|aws:SourceArn/i);
    }
    const buckets = Object.entries(template.findResources('AWS::S3::Bucket'));
    const telling = buckets.filter(([, { Properties }]) => Properties.NotificationConfiguration !== undefined);
    expect(telling.map(([id]) => id)).toEqual([bucketId('Content')]);
  });
});

it('no value of the template is a secret', () => {
  const text = JSON.stringify(template.toJSON());
  expect(text).not.toMatch(/SecretString|resolve:secretsmanager|resolve:ssm-secure|NoEcho|Password|PrivateKey/i);
});

function inOrder(grants: readonly Grant[]): readonly string[] {
  return grants.map((grant) => JSON.stringify([grant.bucket, grant.action, grant.keyPrefix])).sort();
}

/** The store as S3 with these grants has it: what is not allowed is forbidden. Notes what was used. */
function guard(store: Store, bucket: string, grants: readonly Grant[], used: Set<string>): Store {
  const need = (action: string, key: string | null): void => {
    const isGranted = grants.some(
      (grant) =>
        grant.bucket === bucket &&
        grant.action === action &&
        (key === null ? grant.keyPrefix === null : grant.keyPrefix !== null && key.startsWith(grant.keyPrefix)),
    );
    if (!isGranted) throw new Error(`HTTP 403: ${action} on ${key ?? 'the bucket'} of ${bucket}`);
    used.add(`${action} ${bucket}`);
  };
  const guarded: Store = {
    async read(key, options) {
      need('s3:GetObject', key);
      return store.read(key, options);
    },
    async inspect(key) {
      need('s3:GetObject', key);
      return store.inspect(key);
    },
    async write(key, body, options) {
      if (options?.condition?.kind === 'different') need('s3:GetObject', key);
      need('s3:PutObject', key);
      return store.write(key, body, options);
    },
    async remove(key, options) {
      need('s3:DeleteObject', key);
      return store.remove(key, options);
    },
    async list(options) {
      need('s3:ListBucket', null);
      return store.list(options);
    },
    // S3 reads and writes in the name of whoever asks for a copy.
    async copyFrom(source, { key }) {
      const object = await source.read(key);
      return object === null
        ? { kind: 'conflict' }
        : guarded.write(key, object.body, { condition: { kind: 'different' } });
    },
  };
  return guarded;
}

/** A publication that lives through everything: pictures that come and go, redirects, expiries, removals, damage. */
async function doEverything(wrap: (store: Store, name: 'Content' | 'State' | 'Site') => Store): Promise<void> {
  const [content, state, site] = [createMemoryStore(), createMemoryStore(), createMemoryStore()];
  const queue = createTestQueue();
  let now = TEST_NOW;
  let nonces = 0;
  const publisher = createPublisher({
    content: wrap(content, 'Content'),
    state: wrap(state, 'State'),
    public: wrap(site, 'Site'),
    queue,
    hub: { publish: async () => ({ kind: 'accepted' }) },
    sitemapDelayMs: 0,
    url: 'https://example.org/',
    fallbackUrl: null,
    now: () => now,
    nonce: () => `nonce-${++nonces}`,
  });
  const upload = async (key: string, text: string | null): Promise<void> => {
    if (text === null) await content.remove(key);
    else await content.write(key, new TextEncoder().encode(text));
    await queue.sendArticleWork([{ key }]);
  };
  const put = async (key: string, text: string | null): Promise<void> => {
    await upload(key, text);
    await queue.work(publisher, 100);
    await publisher.hubWork(queue.hubMessages.splice(0).map(({ message }) => message));
  };
  await put(
    'site.yaml',
    'title: T\nid: t\npageSize: 10\nhubs: [https://hub.example/]\nautomatic: false\nredirects: {/feed/: /rss.xml}\n',
  );
  for (let index = 0; index < 20; index += 1) {
    const date = new Date(TEST_NOW - (index + 1) * DAY_MS).toISOString();
    await upload(`p${index}.md`, `---\ntitle: P${index}\ndate: ${date}\ntags: [sea]\n---\nWords.\n`);
  }
  const pictured = (picture: string) =>
    `---\ntitle: Pictured\ndate: 2026-05-01\naliases: /was/\nexpires: 2026-07-01\n---\n${picture}\n`;
  await put('a.png', 'picture');
  await put('pictured.md', pictured('![A](a.png)'));
  await put('pictured.md', pictured('Without.'));
  await put('pictured.md', pictured('![A](a.png)'));
  await put('a.png', null);
  await put('p3.md', null);
  now += 40 * DAY_MS;
  for (const errand of ['tick', 'reconcile', 'reconcileAll', 'repair'] as const) {
    await publisher[errand]();
    await queue.work(publisher, 100);
  }
  for await (const { key } of listAll(state, '')) {
    if (key !== 'site.json') await state.write(key, new TextEncoder().encode('{"'));
  }
  await publisher.repair();
  await queue.work(publisher, 100);
}
