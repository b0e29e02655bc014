/** The CDK app: one stack, checked by cdk-nag's AwsSolutions rules whenever it is synthesised. */

import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ConfigurationError, readConfiguration } from '../lib/configuration.ts';
import { FeedwrightStack } from '../lib/feedwright-stack.ts';
import { gatherOptions } from '../lib/settings-file.ts';

try {
  const app = new App();
  const configuration = readConfiguration(gatherOptions(process.cwd(), app.node.getAllContext()));
  new FeedwrightStack(app, configuration.stackName, { configuration });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(`${error.message}\nAll options are described in docs/runbook.md, "Changing options".`);
  process.exitCode = 2;
}
