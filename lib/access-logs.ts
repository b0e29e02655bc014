/** CloudFront's access logs (standard logging, version 2), in a bucket of their own for a limited time. */

import { CfnRule, Duration, Fn, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDelivery, CfnDeliveryDestination, CfnDeliverySource } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

export interface AccessLogsProps {
  readonly distribution: Distribution;
  /** The name that the logs' own names begin with; with `-access-logs` it may have 60 characters. */
  readonly name: string;
}

const KEEP_DAYS = 30;

export class AccessLogs extends Construct {
  constructor(scope: Construct, id: string, { distribution, name: of }: AccessLogsProps) {
    super(scope, id);
    this.refuseOtherRegions();
    const bucket = this.createBucket();
    const name = `${of}-access-logs`;
    const source = new CfnDeliverySource(this, 'Source', {
      name,
      logType: 'ACCESS_LOGS',
      resourceArn: distribution.distributionArn,
    });
    const destination = new CfnDeliveryDestination(this, 'Destination', {
      name,
      destinationResourceArn: bucket.bucketArn,
      outputFormat: 'json',
    });
    const delivery = new CfnDelivery(this, 'Delivery', {
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.attrArn,
    });
    delivery.addResourceDependency(source);
    if (bucket.policy) delivery.node.addDependency(bucket.policy);
  }

  /** CloudFront hands over its logs in us-east-1 only; better refused at once than in the middle of a deployment. */
  private refuseOtherRegions(): void {
    const rule = new CfnRule(this, 'Region');
    rule.addAssertion(
      Fn.conditionEquals(Stack.of(this).region, 'us-east-1'),
      'accessLogs is for stacks in us-east-1: a delivery source for CloudFront can be made there only. Deploy with ' +
        'accessLogs=false; then, for logs all the same, in the CloudFront console choose the distribution (output ' +
        'DistributionId), Logging, Add, Amazon S3, and a bucket of yours; docs/runbook.md has the commands.',
    );
  }

  private createBucket(): Bucket {
    const bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      lifecycleRules: [{ expiration: Duration.days(KEEP_DAYS) }],
    });
    bucket.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [bucket.arnForObjects(`AWSLogs/${Stack.of(this).account}/*`)],
        conditions: {
          StringEquals: {
            's3:x-amz-acl': 'bucket-owner-full-control',
            'aws:SourceAccount': Stack.of(this).account,
          },
        },
      }),
    );
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'This is the bucket of the access logs themselves.',
    });
    return bucket;
  }
}
