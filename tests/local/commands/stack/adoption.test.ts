import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { parseSettingsFile } from '../../../../lib/settings-file.ts';
import {
  describeCopy,
  findLeftBuckets,
  leaveBuckets,
  tellQueue,
  writeBucketNames,
} from '../../../../local/commands/stack/adoption.ts';

interface Call {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** S3 as far as it is asked here; a reply that is an error is thrown. */
function scriptedS3(reply: (call: Call) => unknown) {
  const calls: Call[] = [];
  const client = {
    async send(command: { readonly constructor: { readonly name: string }; readonly input: Call['input'] }) {
      const call = { name: command.constructor.name, input: command.input };
      calls.push(call);
      const answer = reply(call);
      if (answer instanceof Error) throw answer;
      return answer ?? {};
    },
  };
  return { client: client as unknown as S3Client, calls };
}

const QUEUE_URL = 'https://sqs.eu-west-1.amazonaws.com/123456789012/Articles';
const ARN = 'arn:aws:sqs:eu-west-1:123456789012:Articles';
const EVENTS = ['s3:ObjectCreated:*', 's3:ObjectRemoved:*'];

describe('buckets of a stack that is gone', () => {
  it('are those of its outputs that are still there', async () => {
    const missing = Object.assign(new Error('none'), { name: 'NotFound', $metadata: { httpStatusCode: 404 } });
    const { client } = scriptedS3(({ input }) => (input.Bucket === 'gone' ? missing : {}));
    const outputs = { ContentBucketName: 'articles', StateBucketName: 'gone', SiteBucketName: 'site' };
    expect(await findLeftBuckets(client, outputs)).toEqual({ contentBucket: 'articles', siteBucket: 'site' });
  });

  it('are not taken for gone where S3 refuses to tell', async () => {
    const refusal = Object.assign(new Error('No.'), { name: '403', $metadata: { httpStatusCode: 403 } });
    const { client } = scriptedS3(() => refusal);
    await expect(findLeftBuckets(client, { ContentBucketName: 'articles' })).rejects.toThrow(
      /Looking for articles failed/,
    );
  });

  it('are left behind where new ones are wanted, and their names stay as a comment', () => {
    const folder = mkdtempSync(join(tmpdir(), 'feedwright-adoption-'));
    const file = join(folder, 'deployment.yaml');
    const left = { contentBucket: 'articles', stateBucket: 'state' };
    const comment =
      '# Buckets of an earlier deployment, which --new-buckets has left where they are:\n' +
      '#   contentBucket: articles\n#   stateBucket: state\n';
    try {
      leaveBuckets(file, left);
      expect(readFileSync(file, 'utf8')).toBe(comment);
      writeFileSync(file, '# Mine.\nalarmEmail: me@example.org\n');
      writeBucketNames(file, left);
      leaveBuckets(file, left);
      leaveBuckets(file, left);
      expect(readFileSync(file, 'utf8')).toBe(`# Mine.\nalarmEmail: me@example.org\n\n${comment}`);
      expect(parseSettingsFile(readFileSync(file, 'utf8'))).toEqual({ alarmEmail: 'me@example.org' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('hold articles that come into new ones by a copy', () => {
    const former = { ContentBucketName: 'old' };
    expect(describeCopy(former, { ContentBucketName: 'new' }).join('\n')).toContain('aws s3 sync s3://old s3://new');
    expect(describeCopy(former, former)).toEqual([]);
    expect(describeCopy(undefined, former)).toEqual([]);
  });

  it('are written where the next deployment reads them, and nothing else there is touched', () => {
    const folder = mkdtempSync(join(tmpdir(), 'feedwright-adoption-'));
    const file = join(folder, 'deployment.yaml');
    try {
      writeFileSync(file, '# Mine.\nalarmEmail: me@example.org');
      writeBucketNames(file, { contentBucket: 'articles', stateBucket: 'state' });
      expect(readFileSync(file, 'utf8')).toMatch(/^# Mine\.\nalarmEmail: me@example\.org\n#/);
      expect(parseSettingsFile(readFileSync(file, 'utf8'))).toEqual({
        alarmEmail: 'me@example.org',
        contentBucket: 'articles',
        stateBucket: 'state',
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('a bucket that was taken over', () => {
  it('tells the new queue in place of the former one, and others as before', async () => {
    const topics = [{ TopicArn: 'arn:aws:sns:eu-west-1:123456789012:mine', Events: EVENTS }];
    const former = [{ QueueArn: `${ARN}-former`, Events: EVENTS }];
    const { client, calls } = scriptedS3(({ name }) =>
      name.startsWith('Get') ? { QueueConfigurations: former, TopicConfigurations: topics } : {},
    );
    expect(await tellQueue(client, 'articles', QUEUE_URL)).toBe(true);
    expect(calls.at(-1)).toEqual({
      name: 'PutBucketNotificationConfigurationCommand',
      input: {
        Bucket: 'articles',
        NotificationConfiguration: {
          TopicConfigurations: topics,
          QueueConfigurations: EVENTS.map((event) => ({ QueueArn: ARN, Events: [event] })),
        },
      },
    });
  });

  it('is left alone where it tells the queue already', async () => {
    const present = { QueueConfigurations: EVENTS.map((event) => ({ QueueArn: ARN, Events: [event] })) };
    const { client, calls } = scriptedS3(() => present);
    expect(await tellQueue(client, 'articles', QUEUE_URL)).toBe(false);
    expect(calls).toHaveLength(1);
  });
});
