/**
 * What CloudWatch makes of an alarm of a template and of the data points that there are: points of one metric are joined
 * into periods by the alarm's statistic, and so many periods in a row are compared with its threshold
 * (docs.aws.amazonaws.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html).
 */

/** Properties of `AWS::CloudWatch::Alarm`. */
export interface AlarmProperties {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: unknown }[];
  readonly Statistic: 'Sum' | 'Average' | 'Maximum';
  /** In seconds. */
  readonly Period: number;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm?: number;
  readonly Threshold: number;
  readonly ComparisonOperator: 'GreaterThanThreshold' | 'LessThanThreshold';
  readonly TreatMissingData: 'breaching' | 'notBreaching' | 'ignore' | 'missing';
}

export interface DataPoint {
  readonly namespace: string;
  readonly name: string;
  /** References as the template has them. */
  readonly dimensions: Readonly<Record<string, unknown>>;
  /** Seconds since the epoch. */
  readonly at: number;
  readonly value: number;
}

export type AlarmState = 'ALARM' | 'OK' | 'INSUFFICIENT_DATA';

/** The state after the last whole period before an instant, in seconds since the epoch, of an alarm that was `before` until then. */
export function evaluateAlarm(
  alarm: AlarmProperties,
  points: readonly DataPoint[],
  at: number,
  before: AlarmState = 'INSUFFICIENT_DATA',
): AlarmState {
  const { Period, EvaluationPeriods, TreatMissingData, DatapointsToAlarm = EvaluationPeriods } = alarm;
  const own = points.filter((point) => isOf(alarm, point));
  const end = Math.floor(at / Period) * Period;
  const periods = Array.from({ length: EvaluationPeriods }, (_, index) => end - (index + 1) * Period);
  const values = periods.map((from) => {
    const within = own.filter((point) => point.at >= from && point.at < from + Period).map(({ value }) => value);
    return within.length === 0 ? null : join(alarm.Statistic, within);
  });
  const present = values.filter((value) => value !== null);
  if (present.length === 0 && TreatMissingData === 'ignore') return before;
  if (present.length === 0 && TreatMissingData === 'missing') return 'INSUFFICIENT_DATA';
  const breaching = values.filter((value) =>
    value === null ? TreatMissingData === 'breaching' : breaches(alarm, value),
  );
  return breaching.length >= DatapointsToAlarm ? 'ALARM' : 'OK';
}

/** A metric is told by all of its dimensions: one more or less is another. */
function isOf(alarm: AlarmProperties, { namespace, name, dimensions }: DataPoint): boolean {
  const watched = Object.fromEntries(alarm.Dimensions.map(({ Name, Value }) => [Name, Value]));
  return alarm.Namespace === namespace && alarm.MetricName === name && textOf(watched) === textOf(dimensions);
}

function textOf(dimensions: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function join(statistic: AlarmProperties['Statistic'], values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + value, 0);
  if (statistic === 'Sum') return sum;
  return statistic === 'Average' ? sum / values.length : Math.max(...values);
}

function breaches({ ComparisonOperator, Threshold }: AlarmProperties, value: number): boolean {
  return ComparisonOperator === 'GreaterThanThreshold' ? value > Threshold : value < Threshold;
}

/** The data points of a line in CloudWatch's embedded metric format; none of a line that is something else. */
export function readEmbeddedMetrics(line: string, at: number): readonly DataPoint[] {
  const parsed: Record<string, unknown> & { readonly _aws?: EmbeddedMetrics } = line.startsWith('{')
    ? JSON.parse(line)
    : {};
  return (parsed._aws?.CloudWatchMetrics ?? []).flatMap(({ Namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) =>
      Metrics.flatMap(({ Name }) =>
        [parsed[Name]].flat().map((value) => ({
          namespace: Namespace,
          name: Name,
          dimensions: Object.fromEntries(names.map((name) => [name, parsed[name]])),
          at,
          value: Number(value),
        })),
      ),
    ),
  );
}

interface EmbeddedMetrics {
  readonly CloudWatchMetrics: readonly {
    readonly Namespace: string;
    readonly Dimensions: readonly (readonly string[])[];
    readonly Metrics: readonly { readonly Name: string }[];
  }[];
}
