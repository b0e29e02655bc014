/** The stack's CloudFormation template, made without building the bundle. */

import { App, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import cdkJson from '../../cdk.json' with { type: 'json' };
import { readConfiguration } from '../../lib/configuration.ts';
import { FeedwrightStack } from '../../lib/feedwright-stack.ts';

/** The options of a stack that has everything that one can have. */
export const EVERYTHING = {
  accessLogs: true,
  alarmEmail: 'me@example.org',
  domainName: 'feeds.example.org',
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/0aa',
  hostedZoneId: 'Z0123456789',
};

/** The stack with these options, under the flags of cdk.json. */
export function createStack(options: Readonly<Record<string, unknown>> = {}): FeedwrightStack {
  const app = new App({
    context: { ...cdkJson.context, 'aws:cdk:bundling-stacks': [] },
    analyticsReporting: false,
  });
  const configuration = readConfiguration(options);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return new FeedwrightStack(app, configuration.stackName, { configuration });
}

export function createTemplate(options: Readonly<Record<string, unknown>> = {}): Template {
  return Template.fromStack(createStack(options));
}

/** The logical id of the only resource of this type whose id contains a word. */
export function idOf(template: Template, type: string, word: string): string {
  const ids = Object.keys(template.findResources(type)).filter((id) => id.includes(word));
  if (ids.length !== 1) throw new Error(`${ids.length} resources of ${type} have ${word} in their id.`);
  return ids[0] ?? '';
}
