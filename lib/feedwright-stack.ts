/** The stack that `npm run deploy` deploys: one publication, set up by the options of cdk.json. */

import { Aws, CfnOutput, CfnRule, Duration, Fn, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Configuration } from './configuration.ts';
import { Feedwright, type FeedwrightProps } from './feedwright.ts';
import { GitHubPushRole } from './github-push-role.ts';

export interface FeedwrightStackProps {
  readonly configuration: Configuration;
}

export class FeedwrightStack extends Stack {
  constructor(scope: Construct, id: string, { configuration }: FeedwrightStackProps) {
    super(scope, id, {
      stackName: configuration.stackName,
      description: 'Feedwright: articles in a bucket become RSS, Atom and JSON feeds',
    });
    // No logical id holds this id, so that those of deployed stacks stay as they were before there was a construct.
    const feeds = new Feedwright(this, 'Default', {
      ...this.domainOf(configuration),
      ...(configuration.siteUrl !== null && { siteUrl: configuration.siteUrl }),
      ...(configuration.alarmEmail !== null && { alarmEmail: configuration.alarmEmail }),
      ...(configuration.alarmTopicArn !== null && { alarmTopic: this.topicOf(configuration.alarmTopicArn) }),
      ...(configuration.monthlyBudget !== null && { monthlyBudget: configuration.monthlyBudget }),
      bucketNames: bucketNamesOf(configuration),
      accessLogs: configuration.accessLogs,
      dashboard: configuration.dashboard,
      priceClass: configuration.priceClass,
      keepVersionsDays: configuration.keepVersionsDays,
      logRetention: configuration.keepLogsDays,
      concurrency: configuration.concurrency,
      memorySize: configuration.memoryMb,
      tickEvery: Duration.minutes(configuration.tickMinutes),
      reconcileEvery: Duration.hours(configuration.reconcileHours),
    });
    const { outputs } = feeds;
    this.addPushRole(feeds, configuration);
    for (const [name, value] of Object.entries(outputs)) {
      const description = DESCRIPTIONS[name];
      new CfnOutput(this, name, { value, ...(description !== undefined && { description }) });
    }
    new CfnOutput(this, 'UploadCommand', {
      value: `aws s3 sync content/ s3://${outputs.ContentBucketName}/`,
      description: 'Uploads a folder of articles',
    });
  }

  private addPushRole(feeds: Feedwright, { githubRepository, githubProvider }: Configuration): void {
    if (githubRepository === null) return;
    const { role } = new GitHubPushRole(this, 'GitHub', {
      feeds,
      repository: githubRepository,
      createsProvider: githubProvider,
    });
    new CfnOutput(this, 'PushRoleArn', {
      value: role.roleArn,
      description: `Workflows of ${githubRepository} assume it`,
    });
  }

  /** An alarm can only tell a topic of its own region; better refused at once than in the middle of a deployment. */
  private topicOf(arn: string): ITopic {
    const region = arn.split(':')[3] ?? '';
    new CfnRule(this, 'TopicRegion').addAssertion(
      Fn.conditionEquals(Aws.REGION, region),
      `alarmTopicArn is in ${region}, and alarms tell topics of their own region only: deploy there, or name another.`,
    );
    return Topic.fromTopicArn(this, 'AlarmTopic', arn);
  }

  private domainOf({ domainName, certificateArn, hostedZoneId, hostedZoneName }: Configuration): FeedwrightProps {
    if (domainName === null || certificateArn === null) return {};
    const zoneName = hostedZoneName ?? domainName.slice(domainName.indexOf('.') + 1);
    return {
      domainNames: [domainName],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
      ...(hostedZoneId !== null && {
        hostedZone: HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId, zoneName }),
      }),
    };
  }
}

function bucketNamesOf({ contentBucket, stateBucket, siteBucket }: Configuration): FeedwrightProps['bucketNames'] & {} {
  return {
    ...(contentBucket !== null && { content: contentBucket }),
    ...(stateBucket !== null && { state: stateBucket }),
    ...(siteBucket !== null && { site: siteBucket }),
  };
}

const SUBSCRIPTION = 'The feed of all articles, to subscribe to';
/** Of the outputs that people read. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  SiteUrl: 'Where the site is',
  RssUrl: SUBSCRIPTION,
  AtomUrl: SUBSCRIPTION,
  JsonFeedUrl: SUBSCRIPTION,
  ContentBucketName: 'Put articles here',
};
