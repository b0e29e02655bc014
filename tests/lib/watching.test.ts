/** What tells the operator how the stack is: the alarms, and the dashboard. */

import { readFileSync } from 'node:fs';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { METRICS } from '../../lambda/aws/metric-names.ts';
import { DELAY_SECONDS_MAX } from '../../lambda/store/queue.ts';
import { createTemplate, idOf } from './template.ts';

let template: Template;
beforeAll(() => {
  template = createTemplate();
});

describe('the alarms', () => {
  it('are explained in the runbook, each by its name', () => {
    const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
    const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm'));
    expect(alarms).toHaveLength(11);
    for (const { Properties } of alarms) {
      const [, heading] = /docs\/runbook\.md, "(\w+)"/.exec(Properties.AlarmDescription) ?? [];
      expect(runbook).toContain(`\n### ${heading}\n`);
    }
  });

  it('watch what the publisher counts, under its name', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'Feedwright',
      MetricName: METRICS.problems,
      Dimensions: [{ Name: 'service', Value: 'Feedwright' }],
      TreatMissingData: 'notBreaching',
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ POWERTOOLS_SERVICE_NAME: 'Feedwright' }) },
    });
  });

  it('see work that fails again and again, which SQS leaves out of the age of the oldest message', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: METRICS.failed,
      Dimensions: [{ Name: 'service', Value: 'Feedwright' }],
      Statistic: 'Sum',
      Period: 300,
      EvaluationPeriods: 3,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
    });
  });

  it('hold the one about removals until the next comparison has counted', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: METRICS.held,
      Statistic: 'Maximum',
      Threshold: 0,
      TreatMissingData: 'ignore',
    });
  });

  it('take nothing for waiting that is held back on purpose', () => {
    const articles = idOf(template, 'AWS::SQS::Queue', 'QueuesArticlesAF');
    const [alarm] = Object.values(
      template.findResources('AWS::CloudWatch::Alarm', {
        Properties: {
          MetricName: 'ApproximateAgeOfOldestMessage',
          Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [articles, 'QueueName'] } }],
        },
      }),
    );
    expect(alarm?.Properties.Threshold).toBeGreaterThanOrEqual(DELAY_SECONDS_MAX + 300);
  });

  it('mail nobody unless an address is set', () => {
    template.resourceCountIs('AWS::SNS::Topic', 0);
    const mailing = createTemplate({ alarmEmail: 'me@example.org' });
    mailing.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'me@example.org' });
    const topic = { Ref: idOf(mailing, 'AWS::SNS::Topic', 'Topic') };
    mailing.allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: [topic], OKActions: [topic] });
  });

  it('of this account may write to the topic that mails them, over TLS only', () => {
    const mailing = createTemplate({ alarmEmail: 'me@example.org' });
    const topic = { Ref: idOf(mailing, 'AWS::SNS::Topic', 'Topic') };
    const publishing = { Action: 'sns:Publish', Resource: topic };
    mailing.hasResourceProperties('AWS::SNS::TopicPolicy', {
      Topics: [topic],
      PolicyDocument: {
        Statement: [
          Match.objectLike({
            ...publishing,
            Effect: 'Deny',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
          {
            ...publishing,
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          },
        ],
      },
    });
  });
});

describe('the dashboard', () => {
  it('shows everything that the publisher counts', () => {
    const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
    const body = JSON.stringify(dashboard?.Properties.DashboardBody);
    for (const metric of Object.values(METRICS)) expect(body).toContain(`\\"${metric}\\"`);
  });

  it('looks for the requests where CloudFront counts them, and keeps counts and shares on two axes', () => {
    const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
    // The template joins the text from pieces; what is no piece of text is a name of ours.
    const pieces: readonly unknown[] = dashboard?.Properties.DashboardBody['Fn::Join'][1];
    const body = pieces.map((piece) => (typeof piece === 'string' ? piece : 'x')).join('');
    const widgets: readonly { properties: { title: string; metrics: unknown[] } }[] = JSON.parse(body).widgets;
    const requests = widgets.find(({ properties }) => properties.title === 'Requests of readers');
    const dimensions = ['DistributionId', 'x', 'Region', 'Global'];
    const region = 'us-east-1';
    expect(requests?.properties.metrics).toEqual([
      ['AWS/CloudFront', 'Requests', ...dimensions, { region, stat: 'Sum' }],
      ['AWS/CloudFront', 'TotalErrorRate', ...dimensions, { region, yAxis: 'right' }],
    ]);
  });
});
