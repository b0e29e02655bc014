/** The whole of Feedwright on AWS: its parts, and how they are joined. */

import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { FEED_FORMATS, publicAddress, subscriptionPath } from '../lambda/model/addresses.ts';
import { AccessLogs } from './access-logs.ts';
import { Alarms } from './alarms.ts';
import { ContentBucket, SiteBucket, StateBucket } from './buckets.ts';
import { Cdn } from './cdn.ts';
import type { Configuration } from './configuration.ts';
import { PublicationDashboard } from './dashboard.ts';
import { Publisher } from './publisher.ts';
import { WorkQueues } from './work-queues.ts';

export interface FeedwrightStackProps {
  readonly configuration: Configuration;
}

export class FeedwrightStack extends Stack {
  constructor(scope: Construct, id: string, { configuration }: FeedwrightStackProps) {
    super(scope, id, {
      stackName: configuration.stackName,
      description: 'Feedwright: articles in a bucket become RSS, Atom and JSON feeds',
    });
    const queues = new WorkQueues(this, 'Queues');
    const content = new ContentBucket(this, 'Content', {
      notifies: queues.articles,
      keepVersionsDays: configuration.keepVersionsDays,
    });
    const state = new StateBucket(this, 'State');
    const site = new SiteBucket(this, 'Site');
    const cdn = new Cdn(this, 'Cdn', { site: site.bucket, configuration });
    const domainUrl = configuration.domainName === null ? null : `https://${configuration.domainName}/`;
    const siteUrl = configuration.siteUrl ?? domainUrl;
    const cdnUrl = `https://${cdn.distribution.distributionDomainName}/`;
    const publisher = new Publisher(this, 'Publisher', {
      content: content.bucket,
      state: state.bucket,
      site: site.bucket,
      queues,
      siteUrl,
      cdnUrl,
      configuration,
    });
    new Alarms(this, 'Alarms', { queues, publisher, email: configuration.alarmEmail });
    if (configuration.dashboard) new PublicationDashboard(this, 'Dashboard', { queues, publisher, cdn });
    if (configuration.accessLogs) new AccessLogs(this, 'AccessLogs', { distribution: cdn.distribution });
    this.putOut(siteUrl ?? cdnUrl, content, queues);
    this.putOutForCommands(state, site, cdn);
  }

  /** What the command line needs besides. */
  private putOutForCommands(state: StateBucket, site: SiteBucket, cdn: Cdn): void {
    new CfnOutput(this, 'StateBucketName', { value: state.bucket.bucketName });
    new CfnOutput(this, 'SiteBucketName', { value: site.bucket.bucketName });
    new CfnOutput(this, 'DistributionId', { value: cdn.distribution.distributionId });
    new CfnOutput(this, 'Region', { value: this.region });
  }

  /** What people and scripts need to know of the deployed stack. */
  private putOut(siteUrl: string, content: ContentBucket, queues: WorkQueues): void {
    const base = siteUrl.endsWith('/') ? siteUrl : `${siteUrl}/`;
    const names = { rss: 'RssUrl', atom: 'AtomUrl', json: 'JsonFeedUrl' } as const;
    new CfnOutput(this, 'SiteUrl', { value: base, description: 'Where the site is' });
    for (const format of FEED_FORMATS) {
      new CfnOutput(this, names[format], {
        value: publicAddress(base, subscriptionPath('all', format)),
        description: 'The feed of all articles, to subscribe to',
      });
    }
    new CfnOutput(this, 'ContentBucketName', { value: content.bucket.bucketName, description: 'Put articles here' });
    new CfnOutput(this, 'ArticleQueueUrl', { value: queues.articles.queueUrl });
    new CfnOutput(this, 'FeedQueueUrl', { value: queues.feeds.queueUrl });
    new CfnOutput(this, 'UploadCommand', {
      value: `aws s3 sync content/ s3://${content.bucket.bucketName}/`,
      description: 'Uploads a folder of articles',
    });
  }
}
