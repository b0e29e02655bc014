/**
 * `npm run deploy`: says what would change and where, deploys the stack with the CDK (and bootstraps the account's region
 * first, where that was never done), prints the addresses, uploads `content/` if asked to, and waits until what has changed is
 * public. The outputs of the stack join those of the stacks that were deployed before. Buckets of a stack that is gone are
 * taken over.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { StoreError } from '../lambda/store/store.ts';
import { EXIT } from './cli/exit-codes.ts';
import { waitForInterrupt } from './cli/interrupt.ts';
import { confirm } from './cli/question.ts';
import { keepStackOutputs, readStackOutputs, type StackOutputs } from './cli/stack-outputs.ts';
import { createTerminal } from './cli/terminal.ts';
import { backUp } from './commands/backup/backup.ts';
import { OUTPUTS_FILE, openDeployment } from './commands/deployment/deployment.ts';
import { sendErrand } from './commands/deployment/errand.ts';
import { readQueueState } from './commands/deployment/queues.ts';
import { catchUp } from './commands/operator/catch-up.ts';
import { createS3, describeCopy, tellQueue } from './commands/stack/adoption.ts';
import { runCdk } from './commands/stack/cdk.ts';
import { findProfile } from './commands/stack/cdk-arguments.ts';
import { type DeployArguments, parseDeployArguments } from './commands/stack/deploy-arguments.ts';
import { describeFormerAddress } from './commands/stack/former-address.ts';
import { prepareDeployment } from './commands/stack/prepare.ts';
import { explain, main } from './main.ts';

/** The messages of `cdk deploy` in an account and region to which no CDK app was deployed yet. */
const NOT_BOOTSTRAPPED = /has the environment been bootstrapped|cdk bootstrap/i;
const NOT_TAKEN_OVER = [
  'The buckets were not taken over, and nothing in them has changed. If CloudFormation refuses them, go on with new ones:',
  '  npm run deploy -- --new-buckets',
  'It then says how articles, ids and first dates come over (docs/runbook.md, "Deploying again").',
];
const HELP = `Usage: npm run deploy -- [options] [options of cdk deploy]

Deploys the stack with the credentials and the region of your environment. Says first in which account and region, and
what changes, and asks, if there is a terminal. Then prints the addresses, and waits until what the deployment has changed
is public. Ctrl-C ends the waiting only: the publisher continues by itself.

Options of the stack stand in deployment.yaml, one a line (name: value); docs/runbook.md, "Changing options", has all.

  --yes              does not ask
  --drop <name>      lets the deployment drop an option that is deployed: domainName, siteUrl, alarmEmail, or a bucket
  --new-buckets      makes new buckets, though those of a stack of this name that is gone are still there
  --no-backup        keeps no backup of ids and first dates before a stack is changed; it takes a while for 100,000 articles
  --with-content     also uploads content/, the sample publication
  -c <name>=<value>  sets an option of the stack, for this deployment alone
  --profile <name>   which credentials of your AWS configuration to use; the other commands take AWS_PROFILE
  --revert-drift     puts back what somebody has changed by hand

Example:
  npm run deploy -- --with-content -c alarmEmail=you@example.org`;

const terminal = createTerminal(process, Date.now);

async function deploy(args: DeployArguments): Promise<number> {
  if (args.wantsHelp) {
    terminal.print(HELP);
    return EXIT.published;
  }
  // Where the stack goes its content goes, and the SDK takes the profile from the environment.
  const profile = findProfile(args.cdk);
  if (profile !== null) process.env.AWS_PROFILE = profile;
  const former = readStackOutputs(OUTPUTS_FILE);
  const { code, deployed, hasTakenOver } = await deployStack(args);
  if (code !== EXIT.published) return code;
  for (const [name, outputs] of Object.entries(deployed)) {
    printAddresses(name, outputs);
    for (const line of describeFormerAddress(former[name], outputs)) terminal.note(line);
    if (args.newBuckets) for (const line of describeCopy(former[name], outputs)) terminal.note(line);
    if (hasTakenOver) await connect(outputs);
  }
  for (const name of Object.keys(deployed)) {
    const pushed = args.withContent ? await push(name) : EXIT.published;
    const caughtUp = await catchUpStack(name);
    const worst = Math.max(pushed, caughtUp);
    if (worst !== EXIT.published) return worst;
  }
  return EXIT.published;
}

/** A bucket that was taken over tells the queue of the former stack. */
async function connect({
  Region = '',
  ContentBucketName = '',
  ArticleQueueUrl = '',
}: StackOutputs[string]): Promise<void> {
  const s3 = createS3(Region);
  try {
    const isNew = await tellQueue(s3, ContentBucketName, ArticleQueueUrl);
    if (isNew) terminal.note(`S3 tells the publisher of changes in ${ContentBucketName} from now on.`);
  } finally {
    s3.destroy();
  }
}

async function catchUpStack(stack: string): Promise<number> {
  const deployment = openDeployment(stack, process.env);
  const { state, sqs, environment } = deployment;
  try {
    return await catchUp(
      {
        state,
        reconcile: () => sendErrand(deployment, 'reconcile'),
        readQueues: async () => [
          await readQueueState(sqs, environment.articleQueueUrl),
          await readQueueState(sqs, environment.feedQueueUrl),
        ],
      },
      { terminal, now: Date.now, waitForInterrupt, wait: (ms) => wait(ms) },
    );
  } finally {
    deployment.close();
  }
}

function push(stack: string): Promise<number> {
  const context = { terminal, now: Date.now, waitForInterrupt: async () => {} };
  return main(['push', 'content', '--stack', stack], process.env, context);
}

interface Deployed {
  /** Exit code of the CDK, or of what was refused before. */
  readonly code: number;
  /** Outputs of what was deployed now. */
  readonly deployed: StackOutputs;
  /** Whether buckets that were there have joined the stack. */
  readonly hasTakenOver: boolean;
}

/** The CDK writes the outputs of its own run only, over whatever a file has. */
async function deployStack(args: DeployArguments): Promise<Deployed> {
  const folder = mkdtempSync(join(tmpdir(), 'feedwright-deployment-'));
  const assembly = join(folder, 'cdk.out');
  const file = join(folder, OUTPUTS_FILE);
  try {
    const ask = process.stdin.isTTY === true && !args.yes ? confirm : null;
    const prepared = await prepareDeployment(assembly, args, { terminal, confirm: ask });
    if (prepared.kind === 'refused') return { code: prepared.code, deployed: {}, hasTakenOver: false };
    if (args.backup) for (const name of prepared.present) await backUpBefore(name);
    const options = ['--app', assembly, '--outputs-file', file, ...prepared.options, ...args.cdk];
    const code = await runDeployment(options, args.cdk);
    if (code !== EXIT.published && prepared.takesOver) for (const line of NOT_TAKEN_OVER) terminal.note(line);
    const deployed = readStackOutputs(file);
    keepStackOutputs(OUTPUTS_FILE, deployed);
    return { code, deployed, hasTakenOver: prepared.takesOver };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Whoever may deploy need not be able to read the state: then the deployment goes on without. */
async function backUpBefore(stack: string): Promise<void> {
  if (readStackOutputs(OUTPUTS_FILE)[stack] === undefined) return;
  const deployment = openDeployment(stack, process.env);
  try {
    await backUp(deployment, { terminal, now: Date.now });
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    terminal.note(`Ids and first dates were not backed up before this deployment: ${error.message}`);
  } finally {
    deployment.close();
  }
}

/** Bootstraps only when the deployment asks for it: an organisation may have a bootstrap of its own. */
async function runDeployment(options: readonly string[], args: readonly string[]): Promise<number> {
  const deployArgs = ['deploy', '--require-approval', 'never', ...options];
  const first = await runCdk(deployArgs);
  if (first.code === 0 || !NOT_BOOTSTRAPPED.test(first.said)) return first.code;
  terminal.note('The CDK uses this account and region for the first time: bootstrapping.');
  const bootstrap = await runCdk(['bootstrap', ...args]);
  return bootstrap.code === 0 ? (await runCdk(deployArgs)).code : bootstrap.code;
}

function printAddresses(stack: string, outputs: StackOutputs[string]): void {
  terminal.print(`\n${terminal.style('bold', stack)}`);
  const rows = ['SiteUrl', 'RssUrl', 'AtomUrl', 'JsonFeedUrl', 'ContentBucketName'];
  for (const row of rows) terminal.print(`  ${row.padEnd(18)}${outputs[row] ?? ''}`);
  const option = Object.keys(readStackOutputs(OUTPUTS_FILE)).length > 1 ? ` --stack ${stack}` : '';
  terminal.print(`\nUpload articles: npm run -s feedwright -- push <folder>${option}`);
  terminal.print(`See what becomes of them: npm run -s feedwright -- status${option}`);
}

try {
  process.exitCode = await deploy(parseDeployArguments(process.argv.slice(2)));
} catch (error) {
  process.exitCode = explain(error, { terminal });
}
