/**
 * `npm run destroy`: takes a stack down with the CDK. Says first what goes and what stays, keeps a backup of ids and first dates
 * beside the articles, and says how everything comes back.
 */

import { EXIT } from './cli/exit-codes.ts';
import { confirm } from './cli/question.ts';
import { readStackOutputs, stackNameOf } from './cli/stack-outputs.ts';
import { createTerminal } from './cli/terminal.ts';
import { UsageError } from './cli/usage.ts';
import { backUp } from './commands/backup/backup.ts';
import { OUTPUTS_FILE, openDeployment } from './commands/deployment/deployment.ts';
import { createCaller } from './commands/stack/aws-query.ts';
import { runCdk } from './commands/stack/cdk.ts';
import { findProfile } from './commands/stack/cdk-arguments.ts';
import { type DeployArguments, parseDeployArguments } from './commands/stack/deploy-arguments.ts';
import { readAccount, readDeployedStack } from './commands/stack/deployed-stack.ts';
import { describeDestruction, describeWayBack } from './commands/stack/destruction.ts';
import { explain } from './main.ts';

const HELP = `Usage: npm run destroy -- [--yes] [stack] [options of cdk destroy]

Takes a stack down: the CDN, the publisher, queues, alarms and logs. The buckets stay, with all that they hold, and npm run
deploy takes them over. Keeps a backup of ids and first dates beside the articles before it begins.

  --yes              does not ask
  --profile <name>   which credentials of your AWS configuration to use`;

const terminal = createTerminal(process, Date.now);

async function destroy({ wantsHelp, yes, cdk }: DeployArguments): Promise<number> {
  if (wantsHelp) {
    terminal.print(HELP);
    return EXIT.published;
  }
  const profile = findProfile(cdk);
  if (profile !== null) process.env.AWS_PROFILE = profile;
  const stacks = readStackOutputs(OUTPUTS_FILE);
  const name = cdk.find((arg) => Object.hasOwn(stacks, arg)) ?? onlyOf(Object.keys(stacks));
  const outputs = stacks[name] ?? {};
  // The CDK goes where the environment says, and that is where the stack is.
  if (outputs.Region !== undefined) process.env.AWS_REGION = outputs.Region;
  const caller = await createCaller(process.env);
  const place = { account: await readAccount(caller), region: caller.region };
  const stack = stackNameOf(name);
  if ((await readDeployedStack(caller, stack)).kind === 'none') {
    terminal.note(
      `There is no stack ${stack} in account ${place.account}, region ${place.region}: nothing was taken down.`,
    );
    for (const line of describeWayBack(name, outputs)) terminal.print(line);
    return EXIT.published;
  }
  for (const line of describeDestruction(place, name, outputs)) terminal.note(line);
  if (!yes) {
    if (process.stdin.isTTY !== true) throw new UsageError('answer-missing', 'this takes the site from the web');
    if (!(await confirm('Take it down?'))) {
      terminal.note('Nothing was taken down.');
      return EXIT.problems;
    }
  }
  const deployment = openDeployment(name, process.env);
  try {
    await backUp(deployment, { terminal, now: Date.now });
  } finally {
    deployment.close();
  }
  const { code } = await runCdk(['destroy', '--force', ...cdk.filter((arg) => arg !== name), stack]);
  if (code === EXIT.published) for (const line of describeWayBack(name, outputs)) terminal.print(line);
  return code;
}

function onlyOf(names: readonly string[]): string {
  const [name] = names;
  if (name === undefined)
    throw new UsageError('stack-unknown', 'Feedwright', `there is no ${OUTPUTS_FILE} in this folder`);
  if (names.length > 1) throw new UsageError('argument-missing', 'the name of the stack', names.join(', or '));
  return name;
}

try {
  process.exitCode = await destroy(parseDeployArguments(process.argv.slice(2)));
} catch (error) {
  process.exitCode = explain(error, { terminal });
}
