/** The alarms. Each says in its description what it means and which part of docs/runbook.md to open. */

import { Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { DELAY_SECONDS_MAX } from '../lambda/store/queue.ts';
import { METRIC_PERIOD, type PublicationMetrics } from './metrics.ts';
import type { Publisher } from './publisher.ts';
import type { WorkQueues } from './work-queues.ts';

export interface AlarmsProps {
  readonly queues: WorkQueues;
  readonly publisher: Publisher;
  readonly metrics: PublicationMetrics;
  /** Where alarms are mailed, or null for nowhere. */
  readonly email: string | null;
  /** What else is told of them, or null for nothing. */
  readonly topic: ITopic | null;
}

/**
 * More comes in than is worked off, or nobody takes messages. A message that fails again and again is not seen by its
 * age: a standard queue leaves those out that were taken three times (the metric ApproximateAgeOfOldestMessage).
 */
const OLDEST_SECONDS_MAX = 900;
/** What was held back on purpose, to tell a hub again, may be as old as that when its time comes. */
const OLDEST_ARTICLE_SECONDS_MAX = DELAY_SECONDS_MAX + 300;

interface AlarmText {
  readonly id: string;
  readonly means: string;
}

export class Alarms extends Construct {
  private readonly topics: readonly ITopic[];

  constructor(scope: Construct, id: string, { queues, publisher, metrics, email, topic }: AlarmsProps) {
    super(scope, id);
    this.topics = [...(email === null ? [] : [this.createTopic(email)]), ...(topic === null ? [] : [topic])];
    const dead = (queue: WorkQueues['articles']) =>
      queue.metricApproximateNumberOfMessagesVisible({ period: METRIC_PERIOD, statistic: Stats.MAXIMUM });
    const oldest = (queue: WorkQueues['articles']) =>
      queue.metricApproximateAgeOfOldestMessage({ period: METRIC_PERIOD, statistic: Stats.MAXIMUM });
    const sum = { period: METRIC_PERIOD, statistic: Stats.SUM };

    this.add(
      { id: 'ArticlesDead', means: 'Articles were given up after repeated failures' },
      dead(queues.articlesDead),
      0,
    );
    this.add(
      { id: 'FeedsDead', means: 'Changes of feeds were given up after repeated failures' },
      dead(queues.feedsDead),
      0,
    );
    this.add(
      { id: 'ArticlesWaiting', means: 'An article has waited for 20 minutes' },
      oldest(queues.articles),
      OLDEST_ARTICLE_SECONDS_MAX,
    );
    this.add(
      { id: 'FeedsWaiting', means: 'A change of a feed has waited for 15 minutes' },
      oldest(queues.feeds),
      OLDEST_SECONDS_MAX,
    );
    this.add({ id: 'WorkReturned', means: 'Work has failed and come again for 15 minutes' }, metrics.failed, 0, 3);
    this.add(
      { id: 'Errors', means: 'The publisher crashed or ran out of time' },
      publisher.function.metricErrors(sum),
      0,
    );
    this.add(
      { id: 'Throttles', means: 'Lambda had no room for the publisher' },
      publisher.function.metricThrottles(sum),
      0,
      3,
    );
    this.add({ id: 'Problems', means: 'An article can not be published as it stands' }, metrics.problems, 0);
    this.add(
      { id: 'RemovalsHeld', means: 'So much is gone from the content bucket that nothing of it was removed' },
      metrics.held,
      0,
      1,
      // It is counted once a day, and stands until the next count.
      TreatMissingData.IGNORE,
    );
  }

  /** Alarms when the metric is over the threshold for so many periods of five minutes. */
  private add(
    { id, means }: AlarmText,
    metric: IMetric,
    threshold: number,
    evaluationPeriods = 1,
    treatMissingData = TreatMissingData.NOT_BREACHING,
  ): void {
    const alarm = new Alarm(this, id, {
      alarmDescription: `${means}. What to do: docs/runbook.md, "${id}".`,
      metric,
      threshold,
      evaluationPeriods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData,
    });
    for (const topic of this.topics) {
      alarm.addAlarmAction(new SnsAction(topic));
      alarm.addOkAction(new SnsAction(topic));
    }
  }

  private createTopic(email: string): Topic {
    const topic = new Topic(this, 'Topic', { displayName: 'Feedwright alarms', enforceSSL: true });
    topic.addSubscription(new EmailSubscription(email));
    // The policy that refuses all but TLS takes the place of SNS's own, by which alarms of the account may publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    return topic;
  }
}
