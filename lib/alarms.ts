/** The alarms. Each says in its description what it means and which part of docs/runbook.md to open. */

import { Aws, CfnCondition, Duration, Fn, Stack, Token } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import {
  Alarm,
  type AlarmProps,
  type CfnAlarm,
  ComparisonOperator,
  type IMetric,
  type Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { DELAY_SECONDS_MAX } from '../lambda/store/queue.ts';
import { METRIC_PERIOD, type PublicationMetrics } from './metrics.ts';
import { type Publisher, TICK_EVERY } from './publisher.ts';
import type { WorkQueues } from './work-queues.ts';

export interface AlarmsProps {
  readonly queues: WorkQueues;
  readonly publisher: Publisher;
  readonly metrics: PublicationMetrics;
  /** Where alarms are mailed, or null for nowhere. */
  readonly email: string | null;
  /** An SNS topic of the operator's that is told of alarms too, or null for none. */
  readonly topic: ITopic | null;
  /** The distribution that is ours alone; null where it is somebody's who has others on it too. */
  readonly distribution: Distribution | null;
  /** How often the publisher is woken by the clock. */
  readonly tickEvery: Duration | undefined;
  /** The budget of the account, in US dollars a month; null for none. */
  readonly monthlyBudget: number | null;
}

/**
 * More comes in than is worked off, or nobody takes messages. A message that fails again and again is not seen by its
 * age: a standard queue leaves those out that were taken three times (the metric ApproximateAgeOfOldestMessage).
 */
const OLDEST_SECONDS_MAX = 900;
/** A message that was delayed on purpose, to tell a hub again, may be as old as that when its time comes. */
const OLDEST_ARTICLE_SECONDS_MAX = DELAY_SECONDS_MAX + 300;

/** In percent. One refused request of a quiet quarter of an hour is no outage; most of them for that long is one. */
const CDN_FAILURES_MAX = 5;
/** Where CloudFront counts. An alarm sees the metrics of its own region only. */
const CDN_REGION = 'us-east-1';

interface AlarmText {
  readonly id: string;
  readonly means: string;
}

export class Alarms extends Construct {
  private readonly topics: readonly ITopic[];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { queues, publisher, metrics, email, topic } = props;
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
    this.add({ id: 'WorkReturned', means: 'Work has failed and come again for 15 minutes' }, metrics.failed, 0, {
      evaluationPeriods: 3,
    });
    this.add(
      { id: 'Errors', means: 'The publisher crashed or ran out of time' },
      publisher.function.metricErrors(sum),
      0,
    );
    this.add(
      { id: 'Throttles', means: 'Lambda had no room for the publisher' },
      publisher.function.metricThrottles(sum),
      0,
      { evaluationPeriods: 3 },
    );
    this.add({ id: 'Problems', means: 'An article can not be published as it stands' }, metrics.problems, 0);
    this.add(
      { id: 'RemovalsHeld', means: 'So much is gone from the content bucket that nothing of it was removed' },
      metrics.held,
      0,
      // It is counted once a day, and stands until the next count.
      { treatMissingData: TreatMissingData.IGNORE },
    );
    this.watchTicks(metrics.ticks, props.tickEvery ?? TICK_EVERY);
    if (props.distribution !== null) this.watchCdn(props.distribution);
    if (props.monthlyBudget !== null) this.addBudget(props.monthlyBudget, email, topic);
  }

  /** Nothing counted is what it means: a clock that is switched off, or a publisher that nobody wakes any more. */
  private watchTicks(ticks: Metric, every: Duration): void {
    const period = Duration.minutes(Math.max(METRIC_PERIOD.toMinutes(), every.toMinutes()));
    this.add(
      { id: 'TicksMissing', means: 'The publisher was not woken by the clock three times in a row' },
      ticks.with({ period }),
      1,
      {
        evaluationPeriods: 3,
        comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
        treatMissingData: TreatMissingData.BREACHING,
      },
    );
  }

  /** In the region where CloudFront counts. Elsewhere the alarm would wait for ever, so none is made. */
  private watchCdn(distribution: Distribution): void {
    const { region } = Stack.of(this);
    const isKnown = !Token.isUnresolved(region);
    if (isKnown && region !== CDN_REGION) return;
    const alarm = this.add(
      { id: 'CdnErrors', means: 'The CDN has answered readers with errors of its own for 15 minutes' },
      distribution.metric5xxErrorRate({
        dimensionsMap: { DistributionId: distribution.distributionId, Region: 'Global' },
        period: METRIC_PERIOD,
        statistic: Stats.AVERAGE,
      }),
      CDN_FAILURES_MAX,
      { evaluationPeriods: 3 },
    );
    if (isKnown) return;
    (alarm.node.defaultChild as CfnAlarm).cfnOptions.condition = cdnCountsIn(Stack.of(this));
  }

  /**
   * Of the whole account: what one stack costs can be told only once somebody has made its tag one of cost allocation, and
   * a budget for it would be silent until then.
   */
  private addBudget(limit: number, email: string | null, topic: ITopic | null): void {
    const subscribers = [
      ...(email === null ? [] : [{ subscriptionType: 'EMAIL', address: email }]),
      ...(topic === null ? [] : [{ subscriptionType: 'SNS', address: topic.topicArn }]),
    ];
    new CfnBudget(this, 'Budget', {
      budget: {
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: limit, unit: 'USD' },
      },
      // A forecast takes AWS five weeks of an account's life; what was spent is known from the first day.
      notificationsWithSubscribers: ['ACTUAL', 'FORECASTED'].map((notificationType) => ({
        notification: {
          notificationType,
          comparisonOperator: 'GREATER_THAN',
          threshold: 100,
          thresholdType: 'PERCENTAGE',
        },
        subscribers,
      })),
    });
  }

  /** Alarms when the metric is over the threshold for one period, where nothing else is said. */
  private add(
    { id, means }: AlarmText,
    metric: IMetric,
    threshold: number,
    props: Partial<Pick<AlarmProps, 'evaluationPeriods' | 'comparisonOperator' | 'treatMissingData'>> = {},
  ): Alarm {
    const alarm = new Alarm(this, id, {
      alarmDescription: `${means}. What to do: docs/runbook.md, "${id}".`,
      metric,
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...props,
    });
    for (const topic of this.topics) {
      alarm.addAlarmAction(new SnsAction(topic));
      alarm.addOkAction(new SnsAction(topic));
    }
    return alarm;
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

/** Whether a stack's region, told when it is deployed, is the one where CloudFront counts. Publications of a stack share it. */
function cdnCountsIn(stack: Stack): CfnCondition {
  const id = 'FeedwrightCdnCounts';
  const made = stack.node.tryFindChild(id) as CfnCondition | undefined;
  return made ?? new CfnCondition(stack, id, { expression: Fn.conditionEquals(Aws.REGION, CDN_REGION) });
}
