/** Events in the shape in which S3 and SQS send them. */

import type { SQSEvent, SQSRecord } from 'aws-lambda';

/** The body of an S3 notification about some keys, encoded as S3 does. */
export function notificationBody(bucket: string, keys: readonly string[]): string {
  const Records = keys.map((key) => ({
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: 'us-east-1',
    eventTime: '2026-04-28T06:00:00.123Z',
    eventName: 'ObjectCreated:Put',
    s3: {
      s3SchemaVersion: '1.0',
      configurationId: 'ContentNotification',
      bucket: { name: bucket, arn: `arn:aws:s3:::${bucket}` },
      object: {
        key: encodeKey(key),
        size: 5,
        eTag: 'd41d8cd98f00b204e9800998ecf8427e',
        sequencer: '0055AED6DCD90281E5',
      },
    },
  }));
  return JSON.stringify({ Records });
}

function encodeKey(key: string): string {
  return encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/');
}

/** A batch as Lambda hands it over. */
export function queueEvent(queueName: string, messages: readonly QueuedMessage[]): SQSEvent {
  return { Records: messages.map((message) => queueRecord(queueName, message)) };
}

export interface QueuedMessage {
  readonly id: string;
  readonly body: string;
  readonly group?: string;
  readonly receiptHandle?: string;
}

function queueRecord(queueName: string, { id, body, group, receiptHandle = id }: QueuedMessage): SQSRecord {
  return {
    messageId: id,
    receiptHandle,
    body,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '1777356000123',
      SenderId: 'AIDAIENQZJOLO23YVJ4VO',
      ApproximateFirstReceiveTimestamp: '1777356000124',
      ...(group === undefined ? {} : { MessageGroupId: group }),
    },
    messageAttributes: {},
    md5OfBody: 'e4e68fb7bd0e697a0ae8f1bb342846b3',
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:us-east-1:123456789012:${queueName}`,
    awsRegion: 'us-east-1',
  };
}
