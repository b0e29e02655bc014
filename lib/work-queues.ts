/**
 * The two queues of work, each with its dead-letter queue. Article work comes in any order on a standard queue; feed
 * work on a FIFO queue whose message groups, one for each feed, are what gives every feed a single writer at a time.
 */

import { Duration } from 'aws-cdk-lib';
import { DeduplicationScope, FifoThroughputLimit, Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { RECEIVE_COUNT_MAX, VISIBILITY_SECONDS } from '../lambda/aws/sqs-queue.ts';

/** The time the publisher has for a batch. */
export const PUBLISHER_TIMEOUT = Duration.minutes(2);

/** As long as SQS keeps anything. */
const RETENTION = Duration.days(14);

export class WorkQueues extends Construct {
  readonly articles: Queue;
  readonly feeds: Queue;
  readonly articlesDead: Queue;
  readonly feedsDead: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const common: QueueProps = {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: RETENTION,
    };
    const fifo: QueueProps = {
      fifo: true,
      // Two messages are the same only if they carry the same id, which the publisher makes new for each.
      contentBasedDeduplication: false,
      deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
      fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
    };
    const withDeadLetters = (queue: Queue): QueueProps => ({
      ...common,
      visibilityTimeout: Duration.seconds(VISIBILITY_SECONDS),
      deadLetterQueue: { queue, maxReceiveCount: RECEIVE_COUNT_MAX },
    });
    this.articlesDead = new Queue(this, 'ArticlesDead', common);
    this.articles = new Queue(this, 'Articles', withDeadLetters(this.articlesDead));
    this.feedsDead = new Queue(this, 'FeedsDead', { ...common, ...fifo });
    this.feeds = new Queue(this, 'Feeds', { ...withDeadLetters(this.feedsDead), ...fifo });
  }
}
