/**
 * Every alarm goes off when what it means happens, is quiet otherwise, and ends: in CloudWatch's own arithmetic, on the
 * metrics that the publisher really writes, and on those that AWS's documents name for queues, functions and the CDN.
 */

import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { countMetric, createObserver } from '../../lambda/aws/handler.ts';
import { METRIC_NAMESPACE, METRICS } from '../../lambda/aws/metric-names.ts';
import type { WorkObserver } from '../../lambda/aws/queue-worker.ts';
import {
  type AlarmProperties,
  type DataPoint,
  evaluateAlarm,
  readEmbeddedMetrics,
} from '../support/aws/alarm-arithmetic.ts';
import { createTemplate, idOf } from './template.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
/** The middle of a period, whatever its length up to an hour. */
const START = 1_800_000_000 - (1_800_000_000 % HOUR);

let template: Template;
let alarms: ReadonlyMap<string, AlarmProperties>;
beforeAll(() => {
  template = createTemplate();
  alarms = alarmsOf(template);
});

function alarmsOf(of: Template): ReadonlyMap<string, AlarmProperties> {
  const found = Object.values(of.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
  return new Map(found.map((each) => [/runbook\.md, "(\w+)"/.exec(each.AlarmDescription)?.[1] ?? '', each]));
}

/** What one invocation of the publisher writes into its log, as data points: by its own observer and the real library. */
function publisherWrites(at: number, work: (observer: WorkObserver, metrics: Metrics) => void): readonly DataPoint[] {
  const [{ Properties: publisher } = { Properties: null }] = Object.values(
    template.findResources('AWS::Lambda::Function', {
      Properties: { Environment: { Variables: { POWERTOOLS_SERVICE_NAME: Match.anyValue() } } },
    }),
  );
  const serviceName: string = publisher.Environment.Variables.POWERTOOLS_SERVICE_NAME;
  const metrics = new Metrics({ namespace: METRIC_NAMESPACE, serviceName });
  work(
    createObserver(metrics, new Logger({ logLevel: 'SILENT' }), () => {}),
    metrics,
  );
  // What publishing them prints.
  return readEmbeddedMetrics(JSON.stringify(metrics.serializeMetrics()), at);
}

const ofQueue = (word: string) => ({
  QueueName: { 'Fn::GetAtt': [idOf(template, 'AWS::SQS::Queue', word), 'QueueName'] },
});
const ofPublisher = () => ({ FunctionName: { Ref: idOf(template, 'AWS::Lambda::Function', 'Publisher') } });
const ofCdn = () => ({
  DistributionId: { Ref: idOf(template, 'AWS::CloudFront::Distribution', '') },
  Region: 'Global',
});

/** AWS's own metrics: a point a minute, and one in five of a queue that is at rest. */
function everyMinute(from: number, minutes: number, point: Omit<DataPoint, 'at'>): readonly DataPoint[] {
  return Array.from({ length: minutes }, (_, minute) => ({ ...point, at: from + minute * MINUTE }));
}

const queueMetric = (word: string, name: string, value: number, from: number, minutes: number) =>
  everyMinute(from, minutes, { namespace: 'AWS/SQS', name, dimensions: ofQueue(word), value });
const functionMetric = (name: string, value: number, from: number, minutes: number) =>
  everyMinute(from, minutes, { namespace: 'AWS/Lambda', name, dimensions: ofPublisher(), value });
const cdnMetric = (value: number, from: number, minutes: number) =>
  everyMinute(from, minutes, { namespace: 'AWS/CloudFront', name: '5xxErrorRate', dimensions: ofCdn(), value });

const tick = (at: number) => publisherWrites(at, (observer) => observer.errand('tick'));
const ticks = (from: number, minutes: number, every: number) =>
  Array.from({ length: minutes / every }, (_, index) => tick(from + index * every * MINUTE)).flat();
const article = (errorCount: number) => ({
  key: 'a.md',
  change: 'published' as const,
  counts: { published: 1, removed: 0 },
  errorCount,
});

/** An hour in which all is well. */
const calm = (from: number): readonly DataPoint[] => [
  ...ticks(from, 60, 5),
  ...publisherWrites(from + 30, (observer) => {
    observer.articles([article(0)] as never);
    observer.lane('@sweep/reconcile' as never, { heldCount: 0 } as never, null);
  }),
  ...queueMetric('ArticlesDead', 'ApproximateNumberOfMessagesVisible', 0, from, 60),
  ...queueMetric('FeedsDead', 'ApproximateNumberOfMessagesVisible', 0, from, 60),
  ...queueMetric('QueuesArticlesAF', 'ApproximateAgeOfOldestMessage', 14 * MINUTE, from, 60),
  ...queueMetric('QueuesFeeds9', 'ApproximateAgeOfOldestMessage', 5, from, 60),
  ...functionMetric('Errors', 0, from, 60),
  ...functionMetric('Throttles', 0, from, 60),
  ...cdnMetric(0, from, 60),
];

/** By alarm: an hour in which what it means happens, beside an otherwise calm one. */
const TROUBLES: Readonly<Record<string, (from: number) => readonly DataPoint[]>> = {
  ArticlesDead: (from) => queueMetric('ArticlesDead', 'ApproximateNumberOfMessagesVisible', 1, from, 60),
  FeedsDead: (from) => queueMetric('FeedsDead', 'ApproximateNumberOfMessagesVisible', 1, from, 60),
  ArticlesWaiting: (from) => queueMetric('QueuesArticlesAF', 'ApproximateAgeOfOldestMessage', 21 * MINUTE, from, 60),
  FeedsWaiting: (from) => queueMetric('QueuesFeeds9', 'ApproximateAgeOfOldestMessage', 16 * MINUTE, from, 60),
  WorkReturned: (from) =>
    Array.from({ length: 12 }, (_, index) =>
      publisherWrites(from + index * 5 * MINUTE, (_observer, metrics) => countMetric(metrics, METRICS.failed, 1)),
    ).flat(),
  Errors: (from) => functionMetric('Errors', 1, from + 59 * MINUTE, 1),
  Throttles: (from) => functionMetric('Throttles', 1, from, 60),
  Problems: (from) =>
    publisherWrites(from + 58 * MINUTE, (observer) => observer.articles([article(1), article(0)] as never)),
  RemovalsHeld: (from) =>
    publisherWrites(from + 58 * MINUTE, (observer) =>
      observer.lane('@sweep/reconcile' as never, { heldCount: 40 } as never, null),
    ),
  TicksMissing: () => [],
  CdnErrors: (from) => cdnMetric(50, from, 60),
};

/** What of a calm hour goes on while the trouble of this alarm lasts. */
function calmBeside(id: string, from: number): readonly DataPoint[] {
  return id === 'TicksMissing' ? calm(from).filter(({ name }) => name !== METRICS.ticks) : calm(from);
}

describe('the alarms', () => {
  it('are all tried here', () => {
    expect([...alarms.keys()].sort()).toEqual(Object.keys(TROUBLES).sort());
  });

  it.each(Object.entries(TROUBLES))('%s goes off, is quiet while all is well, and ends', (id, trouble) => {
    const alarm = alarms.get(id);
    if (alarm === undefined) throw new Error(`There is no alarm ${id}.`);
    const points = [
      ...calm(START),
      ...calmBeside(id, START + HOUR),
      ...trouble(START + HOUR),
      ...calm(START + 2 * HOUR),
    ];
    const states: string[] = [];
    let state = evaluateAlarm(alarm, points, START + 5 * MINUTE);
    for (let at = START + 10 * MINUTE; at <= START + 3 * HOUR; at += 5 * MINUTE) {
      state = evaluateAlarm(alarm, points, at, state);
      if (states.at(-1) !== state) states.push(state);
    }
    expect(states).toEqual(['OK', 'ALARM', 'OK']);
  });

  it('miss one tick, and those that come late, without a word', () => {
    const alarm = alarms.get('TicksMissing') as AlarmProperties;
    const late = [...ticks(START, 30, 5), ...tick(START + 44 * MINUTE), ...tick(START + 59 * MINUTE)];
    for (let at = START + 15 * MINUTE; at <= START + HOUR; at += MINUTE)
      expect(evaluateAlarm(alarm, late, at)).toBe('OK');
  });

  it.each([1, 5, 20, 60])('count ticks that come every %i minutes', (tickMinutes) => {
    const alarm = alarmsOf(createTemplate({ tickMinutes })).get('TicksMissing') as AlarmProperties;
    // One day is the most that CloudWatch looks back with periods of less than an hour.
    expect(alarm.Period * alarm.EvaluationPeriods).toBeLessThanOrEqual(24 * HOUR);
    expect(alarm.Period % MINUTE).toBe(0);
    const points = ticks(START, 240, tickMinutes);
    for (let at = START + 180 * MINUTE; at <= START + 240 * MINUTE; at += MINUTE)
      expect(evaluateAlarm(alarm, points, at)).toBe('OK');
    expect(evaluateAlarm(alarm, points, START + 240 * MINUTE + 4 * alarm.Period)).toBe('ALARM');
  });

  it('go off for a publisher that never was woken', () => {
    expect(evaluateAlarm(alarms.get('TicksMissing') as AlarmProperties, [], START)).toBe('ALARM');
  });

  it('leave one refused request of a quiet hour alone', () => {
    const alarm = alarms.get('CdnErrors') as AlarmProperties;
    const points = cdnMetric(100, START + 30 * MINUTE, 1);
    for (let at = START; at <= START + HOUR; at += MINUTE) expect(evaluateAlarm(alarm, points, at)).toBe('OK');
  });
});

describe('the alarm about the CDN', () => {
  it('is made where CloudFront counts, and nowhere else', () => {
    const [alarm] = Object.values(template.findResources('AWS::CloudWatch::Alarm', { Condition: Match.anyValue() }));
    expect(alarm?.Properties.MetricName).toBe('5xxErrorRate');
    const conditions = template.toJSON() as { Conditions: Record<string, unknown> };
    expect(conditions.Conditions[alarm?.Condition]).toEqual({ 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] });
  });
});

describe('a budget', () => {
  it('is made only if it is asked for, and tells those who are told of alarms', () => {
    template.resourceCountIs('AWS::Budgets::Budget', 0);
    const alarmTopicArn = 'arn:aws:sns:us-east-1:123456789012:operators';
    const watched = createTemplate({ monthlyBudget: 20, alarmEmail: 'me@example.org', alarmTopicArn });
    const Subscribers = [
      { SubscriptionType: 'EMAIL', Address: 'me@example.org' },
      { SubscriptionType: 'SNS', Address: alarmTopicArn },
    ];
    watched.hasResourceProperties('AWS::Budgets::Budget', {
      Budget: { BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount: 20, Unit: 'USD' } },
      NotificationsWithSubscribers: ['ACTUAL', 'FORECASTED'].map((NotificationType) => ({
        Notification: {
          NotificationType,
          ComparisonOperator: 'GREATER_THAN',
          Threshold: 100,
          ThresholdType: 'PERCENTAGE',
        },
        Subscribers,
      })),
    });
    // A budget with a filter sees nothing until somebody has made the filter's tag one of cost allocation.
    expect(JSON.stringify(watched.toJSON())).not.toContain('CostFilters');
    watched.allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: Match.arrayWith([alarmTopicArn]) });
  });

  it('refuses a topic of another region before anything is made', () => {
    const elsewhere = createTemplate({ alarmTopicArn: 'arn:aws:sns:eu-west-1:123456789012:operators' }).toJSON();
    const { Rules } = elsewhere as { Rules: Record<string, unknown> };
    expect(JSON.stringify(Rules)).toContain('eu-west-1');
  });
});
