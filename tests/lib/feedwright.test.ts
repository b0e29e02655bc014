/** The construct in stacks of other people. What a stack with one publication has is tested in feedwright-stack.test.ts. */

import { App, Duration, type Environment, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { User } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, it } from 'vitest';
import { METRICS } from '../../lambda/aws/metric-names.ts';
import { readConfiguration } from '../../lib/configuration.ts';
import { Feedwright, type FeedwrightProps } from '../../lib/feedwright.ts';
import { FeedwrightStack } from '../../lib/feedwright-stack.ts';
import { statements } from './policies.ts';
import { createTemplate, EVERYTHING, idOf } from './template.ts';

const US_EAST_1 = { account: '123456789012', region: 'us-east-1' };

const createApp = (): App => new App({ context: { 'aws:cdk:bundling-stacks': [] }, analyticsReporting: false });

interface Made {
  readonly stack: Stack;
  readonly feeds: Feedwright;
  readonly template: Template;
}

/** One publication in a stack; `propsOf` may put into the stack what the properties name. */
function make(propsOf: (stack: Stack) => FeedwrightProps = () => ({}), env: Environment = {}): Made {
  const stack = new Stack(createApp(), 'Mine', { env });
  const feeds = new Feedwright(stack, 'Feeds', propsOf(stack));
  return { stack, feeds, template: Template.fromStack(stack) };
}

const zoneIn = (stack: Stack) =>
  HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z0123456789', zoneName: 'example.org' });

const distributionIn = (stack: Stack) =>
  new Distribution(stack, 'Site', {
    defaultBehavior: { origin: S3BucketOrigin.withOriginAccessControl(new Bucket(stack, 'Pages') as IBucket) },
  });

describe('a stack that was deployed before there was a construct', () => {
  it('keeps the logical ids of all that can not be made again', () => {
    const template = createTemplate(EVERYTHING).toJSON() as { Resources: Record<string, { Type: string }> };
    const kept = /^AWS::(?:S3::Bucket|SQS::Queue|CloudFront::Distribution|Logs::LogGroup|SNS::Topic|Lambda::Function)$/;
    const ids = Object.entries(template.Resources).flatMap(([id, { Type }]) => (kept.test(Type) ? [id] : []));
    expect(ids.sort()).toEqual([
      'AccessLogsBucketCD784A59',
      'AlarmsTopic3A2DFEBA',
      'CdnDistribution149FA6C8',
      'ContentBucketDD05A3B9',
      'PublisherFunction1938950E',
      'PublisherLog41A7B19C',
      'QueuesArticlesAF61AE42',
      'QueuesArticlesDead250AD01F',
      'QueuesFeeds9293EC8A',
      'QueuesFeedsDead79545B14',
      'SiteBucket978D4AEB',
      'StateBucket77825682',
    ]);
  });
});

interface Watched {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, unknown>>;
}

/** A value of the template as a text that JSON can hold within another: references are written out. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const join = (value as { readonly 'Fn::Join'?: readonly [string, readonly unknown[]] })['Fn::Join'];
  return join === undefined ? encodeURI(JSON.stringify(value)) : join[1].map(textOf).join(join[0]);
}

/** Every metric that an alarm or a graph watches. */
function watchedBy(template: Template): readonly Watched[] {
  const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => ({
    namespace: Properties.Namespace,
    name: Properties.MetricName,
    dimensions: Object.fromEntries(
      Properties.Dimensions.map(({ Name, Value }: { Name: string; Value: unknown }) => [Name, Value]),
    ),
  }));
  const graphs = Object.values(template.findResources('AWS::CloudWatch::Dashboard')).flatMap(({ Properties }) => {
    const widgets: readonly { properties: { metrics: readonly (readonly unknown[])[] } }[] = JSON.parse(
      textOf(Properties.DashboardBody),
    ).widgets;
    return widgets.flatMap(({ properties }) => properties.metrics.map(readRow));
  });
  return [...alarms, ...graphs];
}

function readRow(row: readonly unknown[]): Watched {
  const [namespace = '', name = '', ...rest] = row.filter((each) => typeof each === 'string');
  const pairs = rest.flatMap((each, index) => (index % 2 === 0 ? [[each, rest[index + 1]]] : []));
  return { namespace, name, dimensions: Object.fromEntries(pairs) };
}

/** What there is to watch: what each function of the stack counts, and what AWS counts of the resources. */
function countedBy(template: Template): ReadonlySet<string> {
  const functions = Object.entries(template.findResources('AWS::Lambda::Function'));
  const ours = functions.flatMap(([id, { Properties }]) => [
    ...Object.values(METRICS).map((name) =>
      keyOf('Feedwright', name, { service: Properties.Environment.Variables.POWERTOOLS_SERVICE_NAME }),
    ),
    ...['Errors', 'Throttles', 'Invocations', 'Duration'].map((name) =>
      keyOf('AWS/Lambda', name, { FunctionName: { Ref: id } }),
    ),
  ]);
  const queues = Object.keys(template.findResources('AWS::SQS::Queue')).flatMap((id) =>
    ['ApproximateNumberOfMessagesVisible', 'ApproximateAgeOfOldestMessage'].map((name) =>
      keyOf('AWS/SQS', name, { QueueName: { 'Fn::GetAtt': [id, 'QueueName'] } }),
    ),
  );
  const cdns = Object.keys(template.findResources('AWS::CloudFront::Distribution')).flatMap((id) =>
    ['Requests', 'TotalErrorRate', '5xxErrorRate'].map((name) =>
      keyOf('AWS/CloudFront', name, { DistributionId: { Ref: id }, Region: 'Global' }),
    ),
  );
  return new Set([...ours, ...queues, ...cdns]);
}

const keyOf = (namespace: string, name: string, dimensions: Readonly<Record<string, unknown>>): string =>
  JSON.stringify([
    namespace,
    name,
    ...Object.entries(dimensions)
      .map(([key, value]) => `${key} ${textOf(value)}`)
      .sort(),
  ]);

describe('what is watched', () => {
  const plain = readConfiguration({ stackName: 'Plain' });
  it.each<[string, () => Stack]>([
    ['in a stack', () => make().stack],
    ['in a stack whose id is not its name', () => new FeedwrightStack(createApp(), 'other', { configuration: plain })],
    ['in a stage', () => new FeedwrightStack(new Stage(createApp(), 'Prod'), 'Plain', { configuration: plain })],
    ['deep in a stage', () => nest(new Stack(new Stage(createApp(), 'Prod'), 'Feeds'))],
    ['in a nested stack', () => nest(new NestedStack(new Stack(createApp(), 'Outer'), 'Inner'))],
    ['of two in one stack', () => nest(nest(new Stack(createApp(), 'Mine')), 'Second')],
    ['on a path', () => make((stack) => ({ distribution: distributionIn(stack), path: '/feeds' })).stack],
  ])('is counted: %s', (_, create) => {
    const template = Template.fromStack(create());
    const counted = countedBy(template);
    const watched = watchedBy(template);
    expect(watched.length).toBeGreaterThan(25);
    expect(
      watched.filter(({ namespace, name, dimensions }) => !counted.has(keyOf(namespace, name, dimensions))),
    ).toEqual([]);
  });

  it('is counted apart for each of two publications', () => {
    const stack = nest(nest(new Stack(createApp(), 'Mine')), 'Second');
    const functions = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
    const services = functions.map(({ Properties }) => Properties.Environment.Variables.POWERTOOLS_SERVICE_NAME);
    expect(services).toEqual(['Mine-Feeds', 'Mine-Second']);
  });

  it('can be watched by others', () => {
    const { feeds } = make();
    expect(feeds.metrics.problems).toMatchObject({
      metricName: 'ArticleProblems',
      dimensions: { service: 'Mine-Feeds' },
    });
    expect(Object.keys(feeds.metrics)).toEqual(Object.keys(METRICS));
  });
});

function articlesQueueOf(template: Template): string {
  const ids = Object.keys(template.findResources('AWS::SQS::Queue'));
  return ids.find((id) => /QueuesArticles(?!Dead)/.test(id)) ?? '';
}

function nest(stack: Stack, id = 'Feeds'): Stack {
  new Feedwright(stack, id);
  return stack;
}

describe('domains', () => {
  it('have a certificate, records for all, and lead to the first', () => {
    const { template, feeds } = make(
      (stack) => ({ domainNames: ['example.org', 'www.example.org'], hostedZone: zoneIn(stack) }),
      US_EAST_1,
    );
    template.hasResourceProperties('AWS::CertificateManager::Certificate', {
      DomainName: 'example.org',
      SubjectAlternativeNames: ['www.example.org'],
      ValidationMethod: 'DNS',
    });
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: { Aliases: ['example.org', 'www.example.org'] },
    });
    const records = Object.values(template.findResources('AWS::Route53::RecordSet'));
    expect(records.map(({ Properties }) => `${Properties.Type} ${Properties.Name}`).sort()).toEqual([
      'A example.org.',
      'A www.example.org.',
      'AAAA example.org.',
      'AAAA www.example.org.',
    ]);
    template.hasResourceProperties('AWS::CloudFront::Function', {
      FunctionCode: Match.stringLikeRegexp('^var CANONICAL_HOST="example\\.org";'),
    });
    expect(feeds.siteUrl).toBe('https://example.org/');
  });

  it('have a certificate made in us-east-1 only, and take one from there anywhere', () => {
    const withZone = (stack: Stack) => ({ domainNames: ['example.org'], hostedZone: zoneIn(stack) });
    expect(() => make(withZone, { ...US_EAST_1, region: 'eu-central-1' })).toThrow('us-east-1 only');
    const rules = Object.values(make(withZone).template.toJSON().Rules);
    expect(JSON.stringify(rules)).toContain('{"Fn::Equals":[{"Ref":"AWS::Region"},"us-east-1"]}');
    const arn = 'arn:aws:acm:us-east-1:123456789012:certificate/0aa';
    const { template } = make(
      (stack) => ({ ...withZone(stack), certificate: Certificate.fromCertificateArn(stack, 'Certificate', arn) }),
      { ...US_EAST_1, region: 'eu-central-1' },
    );
    template.resourceCountIs('AWS::CertificateManager::Certificate', 0);
  });
});

describe('a path on a distribution that is there', () => {
  it('has the documents below it, and the distribution as it was besides', () => {
    const { template, feeds } = make((stack) => ({ distribution: distributionIn(stack), path: '/blog/feeds/' }));
    template.resourceCountIs('AWS::CloudFront::Distribution', 1);
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        CacheBehaviors: [
          Match.objectLike({ PathPattern: '/blog/feeds', Compress: false }),
          Match.objectLike({ PathPattern: '/blog/feeds/*', FunctionAssociations: Match.anyValue() }),
        ],
        CustomErrorResponses: Match.absent(),
      },
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ FEEDWRIGHT_SITE_PREFIX: 'blog/feeds/' }) },
    });
    expect(feeds.outputs).toMatchObject({ SitePrefix: 'blog/feeds/' });
    expect(feeds.siteUrl).toMatch(/\/blog\/feeds\/$/);
  });
});

describe('what is there already', () => {
  it('is used: a content bucket, which tells the queue of every change', () => {
    const { template, feeds } = make((stack) => ({
      contentBucket: new Bucket(stack, 'Articles', { versioned: true }) as IBucket,
    }));
    const articles = idOf(template, 'AWS::S3::Bucket', 'Articles');
    const queue = { 'Fn::GetAtt': [articlesQueueOf(template), 'Arn'] };
    template.resourceCountIs('AWS::S3::Bucket', 3);
    template.hasResourceProperties('Custom::S3BucketNotifications', {
      BucketName: { Ref: articles },
      NotificationConfiguration: {
        QueueConfigurations: [
          { Events: ['s3:ObjectCreated:*'], QueueArn: queue },
          { Events: ['s3:ObjectRemoved:*'], QueueArn: queue },
        ],
      },
    });
    expect(feeds.contentBucket.node.id).toBe('Articles');
  });

  it('is used: a key for articles and state, which the publisher may use', () => {
    const { template } = make((stack) => ({ encryptionKey: new Key(stack, 'Key') }));
    const key = { 'Fn::GetAtt': [idOf(template, 'AWS::KMS::Key', 'Key'), 'Arn'] };
    const algorithms = Object.values(template.findResources('AWS::S3::Bucket')).map(
      ({ Properties }) =>
        Properties.BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault.SSEAlgorithm,
    );
    expect(algorithms.sort()).toEqual(['AES256', 'aws:kms', 'aws:kms']);
    const actions = statements(template).filter(({ Resource }) => JSON.stringify(Resource) === JSON.stringify(key));
    expect(new Set(actions.flatMap(({ Action }) => [Action].flat()))).toEqual(
      new Set(['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*']),
    );
  });

  it('is used: a topic, a web ACL, and whatever else there is to set', () => {
    const { template } = make((stack) => ({
      alarmTopic: new Topic(stack, 'Pager'),
      alarmEmail: 'me@example.org',
      webAclId: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/one/1',
      memorySize: 1024,
      logRetention: 7,
      concurrency: 2,
      keepVersionsDays: 3,
      tickEvery: Duration.minutes(10),
      reconcileEvery: Duration.hours(6),
      tags: { team: 'press' },
    }));
    const topics = Object.keys(template.findResources('AWS::SNS::Topic')).map((id) => ({ Ref: id }));
    expect(topics).toHaveLength(2);
    for (const topic of topics)
      template.allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: Match.arrayWith([topic]) });
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: { WebACLId: Match.stringLikeRegexp('webacl/one') },
      Tags: [{ Key: 'team', Value: 'press' }],
    });
    template.hasResourceProperties('AWS::Lambda::Function', { MemorySize: 1024 });
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 7 });
    template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(10 minutes)' });
    template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(6 hours)' });
  });
});

it('two in one stack have names of their own for all that an account has once', () => {
  const template = Template.fromStack(nest(nest(new Stack(createApp(), 'Mine')), 'Second'));
  const names = ['OriginAccessControl', 'ResponseHeadersPolicy', 'CachePolicy', 'Function'].flatMap((type) =>
    Object.values(template.findResources(`AWS::CloudFront::${type}`)).map(
      ({ Properties }) => `${type} ${JSON.stringify(Properties[`${type}Config`].Name ?? Properties.Name)}`,
    ),
  );
  expect(names).toHaveLength(10);
  expect(new Set(names).size).toBe(10);
});

it('grants what a push takes: the articles, and a look at what was taken down', () => {
  const stack = new Stack(createApp(), 'Mine');
  const feeds = new Feedwright(stack, 'Feeds');
  const writer = new User(stack, 'Writer');
  feeds.grantPush(writer);
  const template = Template.fromStack(stack);
  const policies = template.findResources('AWS::IAM::Policy', {
    Properties: { Users: [{ Ref: idOf(template, 'AWS::IAM::User', 'Writer') }] },
  });
  const [policy] = Object.values(policies);
  const granted = policy?.Properties.PolicyDocument.Statement.map(
    ({ Action, Resource }: { Action: unknown; Resource: unknown }) => [Action, JSON.stringify(Resource)],
  );
  const content = idOf(template, 'AWS::S3::Bucket', 'Content');
  const state = idOf(template, 'AWS::S3::Bucket', 'State');
  const arn = (id: string) => JSON.stringify({ 'Fn::GetAtt': [id, 'Arn'] });
  const objects = (id: string) => JSON.stringify({ 'Fn::Join': ['', [{ 'Fn::GetAtt': [id, 'Arn'] }, '/*']] });
  expect(granted).toEqual([
    [['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], objects(content)],
    ['s3:ListBucket', arn(content)],
    ['s3:ListBucket', arn(state)],
    ['s3:GetObject', objects(state)],
  ]);
});

describe('properties that do not go together', () => {
  it.each<[string, (stack: Stack) => FeedwrightProps]>([
    ['domainNames need a certificate', () => ({ domainNames: ['example.org'] })],
    ['are for domains', (stack) => ({ hostedZone: zoneIn(stack) })],
    ['distribution and path go together', () => ({ path: '/feeds' })],
    ['path is "/a b"', (stack) => ({ distribution: distributionIn(stack), path: '/a b' })],
    ['path is "/"', (stack) => ({ distribution: distributionIn(stack), path: '/' })],
    [
      'so webAclId must be set on that',
      (stack) => ({ distribution: distributionIn(stack), path: '/feeds', webAclId: 'one' }),
    ],
  ])('are refused: %s', (message, propsOf) => {
    expect(() => make(propsOf)).toThrow(message);
  });
});
