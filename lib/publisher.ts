/** The publisher: one Lambda function, fed by both queues and by the clock, with just the rights its work takes. */

import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { type IRole, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  type CfnFunction,
  Function as LambdaFunction,
  LoggingFormat,
  RecursiveLoop,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledgeObjects } from './buckets.ts';
import { publisherCode } from './bundle/built-code.ts';
import { PUBLISHER_TIMEOUT, type WorkQueues } from './work-queues.ts';

export interface PublisherProps {
  readonly content: IBucket;
  readonly state: IBucket;
  readonly site: IBucket;
  /** The prefix of all documents' keys: empty, or a folder with its slash. */
  readonly sitePrefix: string;
  readonly queues: WorkQueues;
  /** Its name in its log and in its metrics. */
  readonly service: string;
  /** Base address that the operator has chosen, which goes before that in `site.yaml`; null: none. */
  readonly siteUrl: string | null;
  /** Base address of the CDN, which comes after that in `site.yaml`. */
  readonly cdnUrl: string;
  readonly logRetention: RetentionDays;
  /** In MiB. */
  readonly memorySize: number;
  /** Number of workers on each of the queues. */
  readonly concurrency: number;
  /** @default 5 minutes */
  readonly tickEvery?: Duration | undefined;
  /** @default a day */
  readonly reconcileEvery?: Duration | undefined;
}

/** Where nobody says how often. */
export const TICK_EVERY = Duration.minutes(5);

/** Articles of one invocation: a burst announces each feed once for many, and one article waits a second at most. */
const ARTICLE_BATCH_COUNT = 100;
const ARTICLE_BATCH_WINDOW = Duration.seconds(1);
/** The most that a FIFO queue gives at once. */
const FEED_BATCH_COUNT = 10;

export class Publisher extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: PublisherProps) {
    super(scope, id);
    this.function = this.createFunction(props);
    this.grantStores(props);
    this.feed(props);
    this.schedule(props);
  }

  private createFunction(props: PublisherProps): LambdaFunction {
    const { content, state, site, queues } = props;
    const logGroup = new LogGroup(this, 'Log', {
      retention: props.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const publisher = new LambdaFunction(this, 'Function', {
      description: 'Publishes articles as feeds',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: publisherCode(),
      role: this.createRole(logGroup),
      memorySize: props.memorySize,
      timeout: PUBLISHER_TIMEOUT,
      // Reconciling and repairing send messages to themselves, each with its bound. Lambda would stop the seventeenth as a loop.
      recursiveLoop: RecursiveLoop.ALLOW,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.WARN,
      environment: {
        FEEDWRIGHT_CONTENT_BUCKET: content.bucketName,
        FEEDWRIGHT_STATE_BUCKET: state.bucketName,
        FEEDWRIGHT_SITE_BUCKET: site.bucketName,
        ...(props.sitePrefix === '' ? {} : { FEEDWRIGHT_SITE_PREFIX: props.sitePrefix }),
        ...(props.siteUrl === null ? {} : { FEEDWRIGHT_SITE_URL: props.siteUrl }),
        FEEDWRIGHT_CDN_URL: props.cdnUrl,
        FEEDWRIGHT_ARTICLE_QUEUE_URL: queues.articles.queueUrl,
        FEEDWRIGHT_FEED_QUEUE_URL: queues.feeds.queueUrl,
        POWERTOOLS_SERVICE_NAME: props.service,
      },
    });
    // The CDK makes the function wait for its role as well as for the role's policy, which cfn-lint finds too much.
    const resource = publisher.node.defaultChild as CfnFunction;
    resource.addMetadata('cfn-lint', { config: { ignore_checks: ['W3005'] } });
    return publisher;
  }

  /** A role without AWS's managed policy, which would let it write to every log group of the account. */
  private createRole(logGroup: LogGroup): IRole {
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    return role;
  }

  private grantStores({ content, state, site }: PublisherProps): void {
    this.grantObjects(content, ['s3:GetObject']);
    // A rebuild removes what can't be read, whatever it was.
    this.grantObjects(state, ['s3:GetObject', 's3:PutObject', 's3:DeleteObject']);
    this.grantObjects(site, ['s3:GetObject', 's3:PutObject', 's3:DeleteObject']);
    // Without the right to list, a missing object reads as forbidden.
    const resources = [content, state, site].map((bucket) => bucket.bucketArn);
    this.function.addToRolePolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources }));
    content.encryptionKey?.grantDecrypt(this.function);
    state.encryptionKey?.grantEncryptDecrypt(this.function);
  }

  private grantObjects(bucket: IBucket, actions: readonly string[]): void {
    this.function.addToRolePolicy(
      new PolicyStatement({ actions: [...actions], resources: [bucket.arnForObjects('*')] }),
    );
    acknowledgeObjects(
      this,
      bucket,
      'The bucket holds nothing but what the publisher reads or writes; the names of its objects come from the ' +
        'articles, so that they can not be told beforehand.',
    );
  }

  /** Both queues invoke the function, which says which messages of a batch have to come again. */
  private feed({ queues, concurrency }: PublisherProps): void {
    this.function.addEventSource(
      new SqsEventSource(queues.articles, {
        batchSize: ARTICLE_BATCH_COUNT,
        maxBatchingWindow: ARTICLE_BATCH_WINDOW,
        maxConcurrency: concurrency,
        reportBatchItemFailures: true,
      }),
    );
    this.function.addEventSource(
      new SqsEventSource(queues.feeds, {
        batchSize: FEED_BATCH_COUNT,
        maxConcurrency: concurrency,
        reportBatchItemFailures: true,
      }),
    );
    queues.articles.grantSendMessages(this.function);
    queues.feeds.grantSendMessages(this.function);
  }

  /** Errands go through the article queue, whose repetition and dead letters they share. */
  private schedule({ queues, tickEvery, reconcileEvery }: PublisherProps): void {
    const errands = [
      { id: 'Tick', kind: 'tick', every: tickEvery ?? TICK_EVERY, description: 'Do what has become due' },
      {
        id: 'Reconcile',
        kind: 'reconcile',
        every: reconcileEvery ?? Duration.hours(24),
        description: 'Find what events missed',
      },
    ];
    for (const { id, kind, every, description } of errands) {
      const rule = new Rule(this, id, { description: `Feedwright: ${description}`, schedule: Schedule.rate(every) });
      rule.addTarget(new SqsQueue(queues.articles, { message: RuleTargetInput.fromObject({ kind }) }));
    }
  }
}
