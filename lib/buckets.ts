/**
 * The three buckets: content (people write), state and site (the publisher writes). All are private, encrypted and
 * reached over TLS only, and all outlive their stack: content cannot be made again, and an emptied state bucket would
 * give undated articles new dates. docs/runbook.md says how to remove them.
 */

import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  CfnBucket,
  EventType,
  type IBucket,
  type LifecycleRule,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { SqsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct, type IConstruct } from 'constructs';

/** Of a bucket that is made, or taken over where one of that name is there. Undefined: AWS chooses one. */
interface BucketName {
  readonly bucketName: string | undefined;
}

export interface ContentBucketProps extends BucketName {
  /** A bucket that is there; undefined for one that is made. */
  readonly existing: IBucket | undefined;
  /** Undefined for S3's own. */
  readonly key: IKey | undefined;
  /** The queue that is told of every change. */
  readonly notifies: IQueue;
  /** Days that replaced and removed versions are kept. */
  readonly keepVersionsDays: number;
}

/** The articles and assets: versioned, and every change a message on the article queue. */
export class ContentBucket extends Construct {
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string, props: ContentBucketProps) {
    super(scope, id);
    const { existing, key, notifies, keepVersionsDays, bucketName } = props;
    if (existing !== undefined) {
      this.bucket = existing;
      for (const event of [EventType.OBJECT_CREATED, EventType.OBJECT_REMOVED])
        existing.addEventNotification(event, new SqsDestination(notifies));
      return;
    }
    const bucket = createPrivateBucket(this, {
      bucketName,
      key,
      // Two quick writes to an unversioned object may be one event.
      versioned: true,
      lifecycleRules: [
        { noncurrentVersionExpiration: Duration.days(keepVersionsDays), expiredObjectDeleteMarker: true },
      ],
    });
    notifyOfChanges(bucket, notifies);
    this.bucket = bucket as IBucket;
  }
}

/** The publisher's state. */
export class StateBucket extends Construct {
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string, { key, bucketName }: BucketName & { readonly key: IKey | undefined }) {
    super(scope, id);
    this.bucket = createPrivateBucket(this, { bucketName, key }) as IBucket;
  }
}

/** The public documents, behind the CDN. */
export class SiteBucket extends Construct {
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string, { bucketName }: BucketName) {
    super(scope, id);
    this.bucket = createPrivateBucket(this, { bucketName }) as IBucket;
  }
}

const ABANDONED_UPLOAD_DAYS = 7;

interface PrivateBucketProps extends BucketName {
  readonly key?: IKey | undefined;
  readonly versioned?: boolean;
  readonly lifecycleRules?: LifecycleRule[];
}

function createPrivateBucket(
  scope: Construct,
  { bucketName, key, versioned = false, lifecycleRules = [] }: PrivateBucketProps,
): Bucket {
  const bucket = new Bucket(scope, 'Bucket', {
    ...(bucketName === undefined ? {} : { bucketName }),
    versioned,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    ...(key === undefined
      ? { encryption: BucketEncryption.S3_MANAGED }
      : { encryption: BucketEncryption.KMS, encryptionKey: key, bucketKeyEnabled: true }),
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(ABANDONED_UPLOAD_DAYS) }, ...lifecycleRules],
  });
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason:
      'The bucket is private: only the publisher, the CDN and principals of this account reach it, and CloudTrail data ' +
      'events record them where that is wanted. What the public reads is logged by CloudFront (option accessLogs).',
  });
  return bucket;
}

/**
 * S3's own notification. The L2 construct's would come with a Lambda of the CDK that sets it up. The queue's policy
 * names the account and not the bucket, because each of the two would have to be made before the other.
 */
function notifyOfChanges(bucket: Bucket, queue: IQueue): void {
  const resource = bucket.node.defaultChild as CfnBucket;
  resource.notificationConfiguration = {
    queueConfigurations: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*'].map((event) => ({
      event,
      queue: queue.queueArn,
    })),
  };
  const granted = queue.grantSendMessages(
    new ServicePrincipal('s3.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(bucket).account } },
    }),
  );
  granted.applyBefore(bucket);
}

/**
 * Tells cdk-nag why rights of somebody are for all objects of a bucket.
 *
 * @param scope what the policy with the rights belongs to
 */
export function acknowledgeObjects(scope: IConstruct, bucket: IBucket, reason: string): void {
  const resource = bucket.node.defaultChild;
  if (!(resource instanceof CfnBucket)) return;
  const id = `AwsSolutions-IAM5[Resource::<${Stack.of(resource).getLogicalId(resource)}.Arn>/*]`;
  Validations.of(scope).acknowledge({ id, reason });
}
