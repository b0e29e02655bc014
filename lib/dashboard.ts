/** One page in CloudWatch that answers: is everything published, how fast, and what goes wrong? */

import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IMetric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { Cdn } from './cdn.ts';
import type { PublicationMetrics } from './metrics.ts';
import type { Publisher } from './publisher.ts';
import type { WorkQueues } from './work-queues.ts';

export interface PublicationDashboardProps {
  readonly queues: WorkQueues;
  readonly publisher: Publisher;
  readonly metrics: PublicationMetrics;
  readonly cdn: Cdn;
}

const WIDTH_COLUMNS = 8;

export class PublicationDashboard extends Construct {
  constructor(scope: Construct, id: string, { queues, publisher, metrics, cdn }: PublicationDashboardProps) {
    super(scope, id);
    // CloudFront counts in one region, for all that there are.
    const everywhere = {
      region: 'us-east-1',
      dimensionsMap: { DistributionId: cdn.distribution.distributionId, Region: 'Global' },
    };
    const graph = (title: string, ...left: IMetric[]) => new GraphWidget({ title, left, width: WIDTH_COLUMNS });
    new Dashboard(this, 'Dashboard', {
      defaultInterval: Duration.days(1),
      widgets: [
        [
          graph('Articles', metrics.published, metrics.removed, metrics.problems, metrics.held),
          graph('From upload to document (ms)', metrics.lag.with({ statistic: Stats.p(50) }), metrics.lag),
          new GraphWidget({
            title: 'Requests of readers',
            left: [cdn.distribution.metricRequests(everywhere)],
            right: [cdn.distribution.metricTotalErrorRate(everywhere)],
            rightYAxis: { label: '% errors', min: 0, showUnits: false },
            width: WIDTH_COLUMNS,
          }),
        ],
        [
          graph(
            'Work waiting',
            queues.articles.metricApproximateNumberOfMessagesVisible(),
            queues.feeds.metricApproximateNumberOfMessagesVisible(),
          ),
          graph(
            'Work given up',
            queues.articlesDead.metricApproximateNumberOfMessagesVisible(),
            queues.feedsDead.metricApproximateNumberOfMessagesVisible(),
            metrics.hubsGivenUp,
          ),
          graph('Work repeated', metrics.failed, metrics.unknown, metrics.conflicts, metrics.retries),
        ],
        [
          graph(
            'Publisher',
            publisher.function.metricInvocations(),
            publisher.function.metricErrors(),
            publisher.function.metricThrottles(),
            metrics.ticks,
          ),
          graph(
            'Publisher (ms)',
            publisher.function.metricDuration({ statistic: Stats.p(50) }),
            publisher.function.metricDuration({ statistic: Stats.p(99) }),
          ),
        ],
      ],
    });
  }
}
