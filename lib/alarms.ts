/** The alarms. Each says in its description what it means and which part of docs/runbook.md to open. */

import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { METRIC_NAMESPACE, METRICS } from '../lambda/aws/metric-names.ts';
import { DELAY_SECONDS_MAX } from '../lambda/store/queue.ts';
import type { Publisher } from './publisher.ts';
import type { WorkQueues } from './work-queues.ts';

export interface AlarmsProps {
  readonly queues: WorkQueues;
  readonly publisher: Publisher;
  /** Where alarms are mailed, or null for nowhere. */
  readonly email: string | null;
}

const PERIOD = Duration.minutes(5);
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
  private readonly topic: Topic | null;

  constructor(scope: Construct, id: string, { queues, publisher, email }: AlarmsProps) {
    super(scope, id);
    this.topic = email === null ? null : this.createTopic(email);
    const dead = (queue: WorkQueues['articles']) =>
      queue.metricApproximateNumberOfMessagesVisible({ period: PERIOD, statistic: Stats.MAXIMUM });
    const oldest = (queue: WorkQueues['articles']) =>
      queue.metricApproximateAgeOfOldestMessage({ period: PERIOD, statistic: Stats.MAXIMUM });
    const sum = { period: PERIOD, statistic: Stats.SUM };

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
    this.add(
      { id: 'WorkReturned', means: 'Work has failed and come again for 15 minutes' },
      publicationMetric(this, METRICS.failed, Stats.SUM),
      0,
      3,
    );
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
    this.add(
      { id: 'Problems', means: 'An article can not be published as it stands' },
      publicationMetric(this, METRICS.problems, Stats.SUM),
      0,
    );
    this.add(
      { id: 'RemovalsHeld', means: 'So much is gone from the content bucket that nothing of it was removed' },
      publicationMetric(this, METRICS.held, Stats.MAXIMUM),
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
    if (this.topic === null) return;
    alarm.addAlarmAction(new SnsAction(this.topic));
    alarm.addOkAction(new SnsAction(this.topic));
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

/** A metric that the publisher itself counts, of this stack only. */
export function publicationMetric(scope: Construct, metricName: string, statistic: string): Metric {
  return new Metric({
    namespace: METRIC_NAMESPACE,
    metricName,
    dimensionsMap: { service: scope.node.scopes[1]?.node.id ?? '' },
    period: PERIOD,
    statistic,
  });
}
