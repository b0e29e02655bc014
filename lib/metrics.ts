/** The publisher's metrics in CloudWatch. */

import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { METRIC_NAMESPACE, METRICS } from '../lambda/aws/metric-names.ts';

type MetricName = keyof typeof METRICS;

export type PublicationMetrics = Readonly<Record<MetricName, Metric>>;

export const METRIC_PERIOD = Duration.minutes(5);

/** Metrics that are no counts of events: a state, and a time. */
const STATISTICS: Partial<Record<MetricName, string>> = { held: Stats.MAXIMUM, lag: Stats.p(99) };

/** @param service what the publisher calls itself: `POWERTOOLS_SERVICE_NAME` in its environment */
export function createMetrics(service: string): PublicationMetrics {
  const entries = Object.entries(METRICS) as [MetricName, string][];
  return Object.fromEntries(
    entries.map(([name, metricName]) => [
      name,
      new Metric({
        namespace: METRIC_NAMESPACE,
        metricName,
        dimensionsMap: { service },
        period: METRIC_PERIOD,
        statistic: STATISTICS[name] ?? Stats.SUM,
      }),
    ]),
  ) as Record<MetricName, Metric>;
}
