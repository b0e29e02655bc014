/** The CDK app: one stack, checked by cdk-nag's AwsSolutions rules whenever it is synthesised. */

import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ConfigurationError, readConfiguration } from '../lib/configuration.ts';
import { FeedwrightStack } from '../lib/feedwright-stack.ts';

try {
  const app = new App();
  const configuration = readConfiguration(app.node.getAllContext());
  new FeedwrightStack(app, configuration.stackName, { configuration });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(`${error.message}\nAll options are described in lib/configuration.ts.`);
  process.exitCode = 2;
}
