/**
 * A publication as a construct: `new Feedwright(this, 'Feeds')` in a stack of yours. Its parts are here joined; each is a
 * construct of its own beside this file.
 */

import { type Duration, Stack, Tags } from 'aws-cdk-lib';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IHostedZone } from 'aws-cdk-lib/aws-route53';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { METRICS } from '../lambda/aws/metric-names.ts';
import { FEED_FORMATS, publicAddress, subscriptionPath } from '../lambda/model/addresses.ts';
import { AccessLogs } from './access-logs.ts';
import { Alarms } from './alarms.ts';
import { acknowledgeObjects, ContentBucket, SiteBucket, StateBucket } from './buckets.ts';
import { Cdn, type CdnPlace } from './cdn.ts';
import { PublicationDashboard } from './dashboard.ts';
import { createMetrics } from './metrics.ts';
import { Publisher } from './publisher.ts';
import { WorkQueues } from './work-queues.ts';

export interface FeedwrightProps {
  /**
   * Domains of the site. The first is its own; the others (`www.`) lead there for good. Needs `certificate` or `hostedZone`.
   * @default the domain that CloudFront gives
   */
  readonly domainNames?: readonly string[];
  /**
   * Certificate for all of the domains, from us-east-1.
   * @default one is made and validated by `hostedZone`, in a stack in us-east-1
   */
  readonly certificate?: ICertificate;
  /** Zone in which the records of all domains are made. @default you make them yourself */
  readonly hostedZone?: IHostedZone;
  /** Base address in feeds. @default the domain's, else that in site.yaml, else that of the CDN */
  readonly siteUrl?: string;
  /** Articles of a bucket that is there. It should keep versions. @default a bucket is made, which outlives its stack */
  readonly contentBucket?: IBucket;
  /**
   * Names of the buckets that are made. Where one of that name is there already and belongs to no stack, `cdk deploy
   * --import-existing-resources` takes it over, with all that it holds.
   * @default AWS chooses them
   */
  readonly bucketNames?: { readonly content?: string; readonly state?: string; readonly site?: string };
  /** A distribution of the same stack, on which the publication is served under `path`. @default one is made */
  readonly distribution?: Distribution;
  /** Path on `distribution`, such as `/feeds`. Goes with it. */
  readonly path?: string;
  /**
   * Encrypts the articles and what the publisher remembers. Documents are public, and queues hold names of files only:
   * these have keys of AWS.
   * @default keys of S3
   */
  readonly encryptionKey?: IKey;
  /** Web ACL of the distribution that is made. @default none */
  readonly webAclId?: string;
  /** Is told of alarms. @default they are only shown */
  readonly alarmTopic?: ITopic;
  /** Is mailed alarms, by a topic that is made. @default nobody is */
  readonly alarmEmail?: string;
  /**
   * The budget of the whole account, in US dollars a month. Whoever is told of alarms is told when costs exceed it, or will.
   * @default there is no budget
   */
  readonly monthlyBudget?: number;
  /** Whether CloudFront keeps access logs for the distribution that is made; only in us-east-1. @default false */
  readonly accessLogs?: boolean;
  /** Whether there is a CloudWatch dashboard. @default true */
  readonly dashboard?: boolean;
  /** Where CloudFront serves from: `100` (Americas and Europe), `200` (and Asia), `All`. @default '100' */
  readonly priceClass?: '100' | '200' | 'All';
  /** Days that replaced and removed versions are kept in the content bucket that is made. @default 90 */
  readonly keepVersionsDays?: number;
  /** How long the publisher's log is kept. @default 30 days */
  readonly logRetention?: RetentionDays;
  /** Of the publisher, in MiB. @default 1769, which come with one whole processor */
  readonly memorySize?: number;
  /** Number of workers on each of the two queues, 2 to 1000. @default 10 */
  readonly concurrency?: number;
  /** How often the publisher does what has become due. @default 5 minutes */
  readonly tickEvery?: Duration;
  /** How often everything is compared with the content bucket. @default 24 hours */
  readonly reconcileEvery?: Duration;
  /** Tags of every resource. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

export class Feedwright extends Construct {
  /** People put articles here. */
  readonly contentBucket: IBucket;
  readonly distribution: Distribution;
  /** The Lambda function. */
  readonly publisher: IFunction;
  /** The metrics of this publisher alone: for alarms and graphs of your own. */
  readonly metrics: Readonly<Record<keyof typeof METRICS, Metric>>;
  /** Base address of the site, with a slash at its end. */
  readonly siteUrl: string;
  /**
   * The outputs that the command line needs, by its names for them: as outputs of the stack, in a file that
   * `cdk deploy --outputs-file feedwright-outputs.json` writes, or as the variables of the environment that docs/runbook.md names.
   */
  readonly outputs: Readonly<Record<string, string>>;
  private readonly state: IBucket;
  private readonly key: IKey | undefined;

  constructor(scope: Construct, id: string, props: FeedwrightProps = {}) {
    super(scope, id);
    const { encryptionKey: key } = props;
    const place = placeOf(props);
    const service = nameOf(this);
    const queues = new WorkQueues(this, 'Queues');
    const content = new ContentBucket(this, 'Content', {
      existing: props.contentBucket,
      bucketName: props.bucketNames?.content,
      key,
      notifies: queues.articles,
      keepVersionsDays: props.keepVersionsDays ?? 90,
    });
    const state = new StateBucket(this, 'State', { key, bucketName: props.bucketNames?.state });
    const site = new SiteBucket(this, 'Site', { bucketName: props.bucketNames?.site });
    const cdn = new Cdn(this, 'Cdn', { site: site.bucket, name: service, place });
    const siteUrl = props.siteUrl ?? cdn.domainUrl;
    const publisher = new Publisher(this, 'Publisher', {
      content: content.bucket,
      state: state.bucket,
      site: site.bucket,
      sitePrefix: cdn.prefix,
      queues,
      service,
      siteUrl,
      cdnUrl: cdn.url,
      logRetention: props.logRetention ?? 30,
      memorySize: props.memorySize ?? 1769,
      concurrency: props.concurrency ?? 10,
      tickEvery: props.tickEvery,
      reconcileEvery: props.reconcileEvery,
    });
    this.metrics = createMetrics(service);
    const { alarmEmail = null, alarmTopic = null, dashboard = true, accessLogs = false } = props;
    new Alarms(this, 'Alarms', {
      queues,
      publisher,
      metrics: this.metrics,
      email: alarmEmail,
      topic: alarmTopic,
      distribution: place.kind === 'own' ? cdn.distribution : null,
      tickEvery: props.tickEvery,
      monthlyBudget: budgetOf(props),
    });
    if (dashboard) new PublicationDashboard(this, 'Dashboard', { queues, publisher, metrics: this.metrics, cdn });
    if (accessLogs) new AccessLogs(this, 'AccessLogs', { distribution: cdn.distribution, name: service });
    for (const [name, value] of Object.entries(props.tags ?? {})) Tags.of(this).add(name, value);
    this.contentBucket = content.bucket;
    this.distribution = cdn.distribution;
    this.publisher = publisher.function;
    this.siteUrl = withSlash(siteUrl ?? cdn.url);
    this.state = state.bucket;
    this.key = key;
    this.outputs = {
      SiteUrl: this.siteUrl,
      ...this.feedOutputs(),
      ContentBucketName: content.bucket.bucketName,
      StateBucketName: state.bucket.bucketName,
      SiteBucketName: site.bucket.bucketName,
      ...(cdn.prefix === '' ? {} : { SitePrefix: cdn.prefix }),
      ArticleQueueUrl: queues.articles.queueUrl,
      FeedQueueUrl: queues.feeds.queueUrl,
      DistributionId: cdn.distribution.distributionId,
      Region: Stack.of(this).region,
    };
  }

  /** Lets somebody publish by `feedwright push`: write and remove articles, and read what was taken down. */
  grantPush(grantee: IGrantable): Grant {
    const objects = Grant.addToPrincipalOrResource({
      grantee,
      resource: this.contentBucket,
      actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
      resourceArns: [this.contentBucket.arnForObjects('*')],
    });
    const lists = [this.contentBucket, this.state].map((bucket) =>
      Grant.addToPrincipalOrResource({
        grantee,
        resource: bucket,
        actions: ['s3:ListBucket'],
        resourceArns: [bucket.bucketArn],
      }),
    );
    const state = Grant.addToPrincipalOrResource({
      grantee,
      resource: this.state,
      actions: ['s3:GetObject'],
      resourceArns: [this.state.arnForObjects('*')],
    });
    if (Construct.isConstruct(grantee)) {
      for (const bucket of [this.contentBucket, this.state])
        acknowledgeObjects(grantee, bucket, 'Who pushes writes articles of any name, and reads what was taken down.');
    }
    const key = this.key ?? this.contentBucket.encryptionKey;
    return [...lists, state, ...(key === undefined ? [] : [key.grantEncryptDecrypt(grantee)])].reduce(
      (all, each) => all.combine(each),
      objects,
    );
  }

  private feedOutputs(): Readonly<Record<string, string>> {
    const names = { rss: 'RssUrl', atom: 'AtomUrl', json: 'JsonFeedUrl' } as const;
    const entries = FEED_FORMATS.map((format) => [
      names[format],
      publicAddress(this.siteUrl, subscriptionPath('all', format)),
    ]);
    return Object.fromEntries(entries);
  }
}

/** Null for none. */
function budgetOf({ monthlyBudget, alarmEmail, alarmTopic }: FeedwrightProps): number | null {
  if (monthlyBudget !== undefined && alarmEmail === undefined && alarmTopic === undefined)
    throw new Error('monthlyBudget needs somebody to tell: set alarmEmail or alarmTopic as well.');
  return monthlyBudget ?? null;
}

/** Where the publication is served, once the properties that speak of it were found to go together. */
function placeOf(props: FeedwrightProps): CdnPlace {
  const { domainNames = [], certificate, hostedZone, distribution, path, priceClass = '100', webAclId } = props;
  if ((distribution === undefined) !== (path === undefined))
    throw new Error('distribution and path go together: the publication is served under the path of the distribution.');
  if (distribution === undefined) {
    if (domainNames.length > 0 && certificate === undefined && hostedZone === undefined)
      throw new Error('domainNames need a certificate, or a hostedZone in which one can be validated.');
    if (domainNames.length === 0 && (certificate !== undefined || hostedZone !== undefined))
      throw new Error('certificate and hostedZone are for domains: set domainNames as well.');
    return { kind: 'own', domainNames, certificate, hostedZone, priceClass, webAclId };
  }
  const others = ['domainNames', 'certificate', 'hostedZone', 'priceClass', 'webAclId', 'accessLogs'] as const;
  const strange = others.filter((name) => props[name] !== undefined);
  if (strange.length > 0) throw new Error(`The distribution is yours, so ${strange.join(', ')} must be set on that.`);
  const prefix = (path ?? '').replace(/^\/+|\/+$/g, '');
  if (!/^[a-z0-9-]+(?:\/[a-z0-9-]+)*$/.test(prefix))
    throw new Error(`path is "${path}", but it must be lower-case letters, digits and hyphens, such as /feeds.`);
  return { kind: 'path', distribution, prefix: `${prefix}/` };
}

/** The publisher's name in metrics, and in names that are unique in an account: the stack, and the path in it. */
function nameOf(scope: Construct): string {
  const stack = Stack.of(scope);
  const within = scope.node.scopes.slice(stack.node.scopes.length).map(({ node }) => node.id);
  return [stack.stackName, ...within.filter((id) => id !== 'Default')].join('-');
}

function withSlash(address: string): string {
  return address.endsWith('/') ? address : `${address}/`;
}
