import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { readEnvironment } from '../../lambda/aws/environment.ts';
import { RECEIVE_COUNT_MAX } from '../../lambda/aws/sqs-queue.ts';
import { POLICY_FIELDS } from '../../lib/edge/policy.ts';
import manifest from '../../package.json' with { type: 'json' };
import { createTemplate, idOf } from './template.ts';

const BUCKETS = ['Content', 'State', 'Site'];

let template: Template;
beforeAll(() => {
  template = createTemplate();
});

const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const objects = (id: string, pattern: string) => ({ 'Fn::Join': ['', [arn(id), `/${pattern}`]] });

describe('the buckets', () => {
  it('are private, encrypted and outlive the stack, all of them', () => {
    template.resourceCountIs('AWS::S3::Bucket', BUCKETS.length);
    template.allResources('AWS::S3::Bucket', {
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
      Properties: Match.objectLike({
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      }),
    });
  });

  it.each(BUCKETS)('refuse everything but TLS: %s', (name) => {
    const bucket = idOf(template, 'AWS::S3::Bucket', name);
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      Bucket: { Ref: bucket },
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: 's3:*',
            Resource: [arn(bucket), objects(bucket, '*')],
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ]),
      },
    });
  });

  it('keep versions of the content only, for some time', () => {
    const versioned = template.findResources('AWS::S3::Bucket', {
      Properties: { VersioningConfiguration: { Status: 'Enabled' } },
    });
    expect(Object.keys(versioned)).toEqual([idOf(template, 'AWS::S3::Bucket', 'Content')]);
    template.hasResourceProperties('AWS::S3::Bucket', {
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: {
        Rules: Match.arrayWith([
          Match.objectLike({ NoncurrentVersionExpiration: { NoncurrentDays: 90 }, ExpiredObjectDeleteMarker: true }),
        ]),
      },
    });
  });
});

describe('the queues', () => {
  it('are told of every change by S3 itself, without a helper function', () => {
    const queue = idOf(template, 'AWS::SQS::Queue', 'QueuesArticlesAF');
    template.hasResource('AWS::S3::Bucket', {
      Properties: {
        NotificationConfiguration: {
          QueueConfigurations: [
            { Event: 's3:ObjectCreated:*', Queue: arn(queue) },
            { Event: 's3:ObjectRemoved:*', Queue: arn(queue) },
          ],
        },
      },
      DependsOn: [idOf(template, 'AWS::SQS::QueuePolicy', 'QueuesArticlesPolicy')],
    });
    template.resourceCountIs('AWS::Lambda::Function', 1);
  });

  it('take messages of S3 from this account only', () => {
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Allow',
            Principal: { Service: 's3.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }),
        ]),
      },
    });
  });

  it('refuse everything but TLS, and are encrypted', () => {
    template.resourceCountIs('AWS::SQS::Queue', 4);
    template.allResourcesProperties('AWS::SQS::Queue', { SqsManagedSseEnabled: true });
    template.resourceCountIs('AWS::SQS::QueuePolicy', 4);
    template.allResourcesProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      },
    });
  });

  it('keep a message hidden for six times the time that the function has, and set it aside at last', () => {
    const [definition] = Object.values(template.findResources('AWS::Lambda::Function'));
    for (const dead of ['QueuesArticlesDead', 'QueuesFeedsDead']) {
      template.hasResourceProperties('AWS::SQS::Queue', {
        VisibilityTimeout: 6 * definition?.Properties.Timeout,
        MessageRetentionPeriod: 14 * 24 * 60 * 60,
        RedrivePolicy: {
          deadLetterTargetArn: arn(idOf(template, 'AWS::SQS::Queue', dead)),
          maxReceiveCount: RECEIVE_COUNT_MAX,
        },
      });
    }
  });

  it('give each feed a group of its own, and take no message for a repetition by its body', () => {
    const queues = template.findResources('AWS::SQS::Queue', {
      Properties: {
        FifoQueue: true,
        ContentBasedDeduplication: false,
        DeduplicationScope: 'messageGroup',
        FifoThroughputLimit: 'perMessageGroupId',
      },
    });
    expect(Object.keys(queues)).toHaveLength(2);
  });
});

describe('the publisher', () => {
  it('runs on the Node that package.json installs, on which the tests run', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: 1769,
    });
    expect(manifest.devDependencies.node).toMatch(/^24\./);
  });

  it('may send work to itself as often as reconciling takes', () => {
    template.hasResourceProperties('AWS::Lambda::Function', { RecursiveLoop: 'Allow' });
  });

  it('gets an environment that it can read', () => {
    const [definition] = Object.values(template.findResources('AWS::Lambda::Function'));
    const variables: Record<string, unknown> = definition?.Properties.Environment.Variables;
    const names = Object.keys(variables).filter((name) => name.startsWith('FEEDWRIGHT_'));
    const resolved = names.map((name) => [
      name,
      name.endsWith('_BUCKET') ? `bucket-${names.indexOf(name)}` : addressFor(name),
    ]);
    expect(readEnvironment(Object.fromEntries(resolved))).toBeDefined();
    expect(names).toHaveLength(6);
  });

  it('takes batches of both queues and says which messages have to come again', () => {
    const sources = { FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: 10 } };
    template.resourceCountIs('AWS::Lambda::EventSourceMapping', 2);
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      ...sources,
      EventSourceArn: arn(idOf(template, 'AWS::SQS::Queue', 'QueuesArticlesAF')),
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 1,
    });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      ...sources,
      EventSourceArn: arn(idOf(template, 'AWS::SQS::Queue', 'QueuesFeeds9')),
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: Match.absent(),
    });
  });

  it('is asked what has become due, and to compare everything, through the article queue', () => {
    const queue = idOf(template, 'AWS::SQS::Queue', 'QueuesArticlesAF');
    for (const [rate, kind] of [
      ['rate(5 minutes)', 'tick'],
      ['rate(1 day)', 'reconcile'],
    ]) {
      template.hasResourceProperties('AWS::Events::Rule', {
        ScheduleExpression: rate,
        Targets: [Match.objectLike({ Arn: arn(queue), Input: `{"kind":"${kind}"}` })],
      });
    }
  });
});

describe('the CDN', () => {
  it('reads the site by origin access control, over TLS only, and may list it', () => {
    const site = idOf(template, 'AWS::S3::Bucket', 'Site');
    template.hasResourceProperties('AWS::CloudFront::OriginAccessControl', {
      OriginAccessControlConfig: { SigningBehavior: 'always', SigningProtocol: 'sigv4' },
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      Bucket: { Ref: site },
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Allow',
            Principal: { Service: 'cloudfront.amazonaws.com' },
            Action: ['s3:GetObject', 's3:ListBucket'],
            Resource: [arn(site), objects(site, '*')],
            Condition: { StringEquals: { 'AWS:SourceArn': Match.anyValue() } },
          }),
        ]),
      },
    });
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        CustomErrorResponses: [{ ErrorCode: 404, ResponseCode: 404, ResponsePagePath: '/404.html' }],
        DefaultCacheBehavior: {
          AllowedMethods: Match.arrayWith(['GET', 'HEAD', 'OPTIONS', 'POST']),
          ViewerProtocolPolicy: 'redirect-to-https',
          Compress: false,
        },
        HttpVersion: 'http2and3',
        IPV6Enabled: true,
        PriceClass: 'PriceClass_100',
      },
    });
  });

  it('caches by the path alone, as long as the document says', () => {
    template.hasResourceProperties('AWS::CloudFront::CachePolicy', {
      CachePolicyConfig: {
        MinTTL: 0,
        DefaultTTL: 30,
        ParametersInCacheKeyAndForwardedToOrigin: {
          CookiesConfig: { CookieBehavior: 'none' },
          HeadersConfig: { HeaderBehavior: 'none' },
          QueryStringsConfig: { QueryStringBehavior: 'none' },
          EnableAcceptEncodingBrotli: false,
          EnableAcceptEncodingGzip: false,
        },
      },
    });
  });

  it('names what CloudFront has once in an account by the stack and its region, within 64 characters', () => {
    const types = ['CachePolicy', 'ResponseHeadersPolicy', 'OriginAccessControl', 'Function'];
    const namesIn = (of: Template) =>
      types.flatMap((type) =>
        Object.values(of.findResources(`AWS::CloudFront::${type}`)).map(({ Properties }) =>
          JSON.stringify((Properties[`${type}Config`].Name ?? Properties.Name) as unknown),
        ),
      );
    const names = namesIn(template);
    expect(names).toHaveLength(5);
    for (const name of names) expect(name).toMatch(/Feedwright.*"Ref":"AWS::Region"|"Ref":"AWS::Region".*Feedwright/);
    expect(namesIn(createTemplate({ stackName: 'Another' }))).not.toContainEqual(expect.stringContaining('Feedwright'));
    const long = createTemplate({ stackName: `S${'o'.repeat(59)}` });
    const [control] = Object.values(long.findResources('AWS::CloudFront::OriginAccessControl'));
    const parts: readonly unknown[] = control?.Properties.OriginAccessControlConfig.Name['Fn::Join'][1];
    const region = 'ap-southeast-10';
    expect(parts.map((part) => (typeof part === 'string' ? part : region)).join('').length).toBeLessThanOrEqual(64);
  });

  it('runs both edge functions', () => {
    template.resourceCountIs('AWS::CloudFront::Function', 2);
    template.allResourcesProperties('AWS::CloudFront::Function', {
      FunctionConfig: { Runtime: 'cloudfront-js-2.0' },
      FunctionCode: Match.stringLikeRegexp('^[^]*function handler\\('),
    });
  });

  it('lets every page read the feeds, and runs no script on ours', () => {
    template.hasResourceProperties('AWS::CloudFront::ResponseHeadersPolicy', {
      ResponseHeadersPolicyConfig: {
        CorsConfig: { AccessControlAllowOrigins: { Items: ['*'] }, AccessControlAllowCredentials: false },
        SecurityHeadersConfig: {
          ContentTypeOptions: { Override: true },
          ContentSecurityPolicy: { ContentSecurityPolicy: POLICY_FIELDS['content-security-policy'] },
          FrameOptions: { FrameOption: POLICY_FIELDS['x-frame-options'] },
          StrictTransportSecurity: { Override: true },
        },
      },
    });
  });
});

describe('options', () => {
  it('give the site a domain with its records', () => {
    const withDomain = createTemplate({
      domainName: 'feeds.example.org',
      certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/0aa',
      hostedZoneId: 'Z0123456789',
    });
    withDomain.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Aliases: ['feeds.example.org'],
        ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only' },
      },
    });
    for (const Type of ['A', 'AAAA']) {
      withDomain.hasResourceProperties('AWS::Route53::RecordSet', { Type, Name: 'feeds.example.org.' });
    }
    withDomain.hasOutput('RssUrl', { Value: 'https://feeds.example.org/rss.xml' });
    expect(environmentOf(withDomain).FEEDWRIGHT_SITE_URL).toBe('https://feeds.example.org/');
  });

  it('leave the address of the feeds to site.yaml, and then to the CDN, unless one is named', () => {
    expect(environmentOf(template)).not.toHaveProperty('FEEDWRIGHT_SITE_URL');
    expect(JSON.stringify(environmentOf(template).FEEDWRIGHT_CDN_URL)).toContain('DomainName');
    const named = createTemplate({ siteUrl: 'https://www.example.org/news/' });
    expect(environmentOf(named).FEEDWRIGHT_SITE_URL).toBe('https://www.example.org/news/');
  });

  it('keep access logs, in us-east-1 only', () => {
    template.resourceCountIs('AWS::Logs::Delivery', 0);
    const logging = createTemplate({ accessLogs: true });
    logging.hasResourceProperties('AWS::Logs::DeliverySource', { LogType: 'ACCESS_LOGS' });
    const [rule] = Object.values(logging.toJSON().Rules).filter((each) => JSON.stringify(each).includes('us-east-1'));
    expect(rule).toMatchObject({
      Assertions: [{ Assert: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] } }],
    });
  });

  it('leave the dashboard out', () => {
    template.resourceCountIs('AWS::CloudWatch::Dashboard', 1);
    createTemplate({ dashboard: 'false' }).resourceCountIs('AWS::CloudWatch::Dashboard', 0);
  });
});

it('puts out what people and scripts need', () => {
  const names = ['SiteUrl', 'RssUrl', 'AtomUrl', 'JsonFeedUrl', 'ContentBucketName', 'ArticleQueueUrl', 'FeedQueueUrl'];
  const forCommands = ['StateBucketName', 'SiteBucketName', 'DistributionId', 'Region'];
  for (const name of [...names, 'UploadCommand', ...forCommands]) template.hasOutput(name, {});
});

/** The environment of the publisher. */
function environmentOf(of: Template): Readonly<Record<string, unknown>> {
  const [publisher] = Object.values(of.findResources('AWS::Lambda::Function'));
  return publisher?.Properties.Environment.Variables;
}

function addressFor(name: string): string {
  return name === 'FEEDWRIGHT_FEED_QUEUE_URL' ? 'https://sqs.example/feeds.fifo' : 'https://example.org/articles';
}
