/** What tells the operator how the stack is: the alarms, and the dashboard. */

import { readFileSync } from 'node:fs';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { METRICS } from '../../lambda/metric-names.ts';
import { createTemplate, idOf } from './template.ts';

let template: Template;
beforeAll(() => {
  template = createTemplate();
});

describe('the alarms', () => {
  it('are explained in the runbook, each by its name', () => {
    const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
    const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm'));
    expect(alarms).toHaveLength(7);
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
