/**
 * `npm run deploy`: deploys the stack with the CDK (and bootstraps the account's region first, where that was never
 * done), prints the addresses, uploads `content/` if asked to, and waits until what has changed is public. Everything
 * but `--with-content` goes to `cdk deploy`. The outputs of the stack join those of the stacks that were deployed before.
 */

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findProfile } from './cli/cdk-arguments.ts';
import { EXIT } from './cli/exit-codes.ts';
import { waitForInterrupt } from './cli/interrupt.ts';
import { keepStackOutputs, readStackOutputs, type StackOutputs } from './cli/stack-outputs.ts';
import { createTerminal } from './cli/terminal.ts';
import { OUTPUTS_FILE, openDeployment } from './commands/deployment/deployment.ts';
import { sendErrand } from './commands/deployment/errand.ts';
import { readQueueState } from './commands/deployment/queues.ts';
import { catchUp } from './commands/operator/catch-up.ts';
import { main } from './main.ts';

const CDK = fileURLToPath(new URL('../node_modules/aws-cdk/bin/cdk', import.meta.url));
/** What `cdk deploy` says of an account and region that no CDK app was deployed to yet. */
const NOT_BOOTSTRAPPED = /has the environment been bootstrapped|cdk bootstrap/i;
const HELP = `Usage: npm run deploy -- [--with-content] [options of cdk deploy]

Deploys the stack with the credentials and the region of your environment, prints its addresses, and waits until what
the deployment has changed is public. Ctrl-C ends the waiting only: the publisher goes on by itself.

  --with-content     also uploads content/, the sample publication
  -c <name>=<value>  sets an option of the stack, for this deployment; what is to stay goes into cdk.json.
                     lib/configuration.ts describes all of them
  --profile <name>   which credentials of your AWS configuration to use; the other commands take AWS_PROFILE
  --revert-drift     puts back what somebody has changed by hand

Example:
  npm run deploy -- --with-content -c alarmEmail=you@example.org`;

const terminal = createTerminal(process, Date.now);

async function deploy(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    terminal.print(HELP);
    return 0;
  }
  const cdkArgs = args.filter((arg) => arg !== '--with-content');
  const { code, deployed } = await deployStack(cdkArgs);
  if (code !== 0) return code;
  for (const [name, outputs] of Object.entries(deployed)) printAddresses(name, outputs);
  // Where the stack went its content goes, and the SDK takes the profile from the environment.
  const profile = findProfile(cdkArgs);
  if (profile !== null) process.env.AWS_PROFILE = profile;
  const isWithContent = cdkArgs.length < args.length;
  for (const name of Object.keys(deployed)) {
    const pushed = isWithContent ? await push(name) : EXIT.published;
    const caughtUp = await catchUpStack(name);
    const worst = Math.max(pushed, caughtUp);
    if (worst !== EXIT.published) return worst;
  }
  return EXIT.published;
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
  /** Exit code of the CDK. */
  readonly code: number;
  /** Outputs of what was deployed now. */
  readonly deployed: StackOutputs;
}

/** The CDK writes the outputs of its own run only, over whatever a file has. */
async function deployStack(args: readonly string[]): Promise<Deployed> {
  const folder = mkdtempSync(join(tmpdir(), 'feedwright-outputs-'));
  const file = join(folder, OUTPUTS_FILE);
  try {
    const code = await runDeployment(['--outputs-file', file, ...args], args);
    const deployed = readStackOutputs(file);
    keepStackOutputs(OUTPUTS_FILE, deployed);
    return { code, deployed };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Bootstraps only when the deployment asks for it: an organisation may have a bootstrap of its own. */
async function runDeployment(options: readonly string[], args: readonly string[]): Promise<number> {
  const deployArgs = ['deploy', '--require-approval', 'never', ...options];
  const first = await runCdk(deployArgs);
  if (first.code === 0 || !NOT_BOOTSTRAPPED.test(first.said)) return first.code;
  terminal.note('This account and region is used by the CDK for the first time: bootstrapping.');
  const bootstrap = await runCdk(['bootstrap', ...args]);
  return bootstrap.code === 0 ? (await runCdk(deployArgs)).code : bootstrap.code;
}

/** Runs the CDK in this terminal, and keeps what it says. */
function runCdk(args: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CDK, ...args], { stdio: ['inherit', 'inherit', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
      process.stderr.write(chunk);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, said }));
  });
}

function printAddresses(stack: string, outputs: StackOutputs[string]): void {
  terminal.print(`\n${terminal.style('bold', stack)}`);
  const rows = ['SiteUrl', 'RssUrl', 'AtomUrl', 'JsonFeedUrl', 'ContentBucketName'];
  for (const row of rows) terminal.print(`  ${row.padEnd(18)}${outputs[row] ?? ''}`);
  const option = Object.keys(readStackOutputs(OUTPUTS_FILE)).length > 1 ? ` --stack ${stack}` : '';
  terminal.print(`\nUpload articles: npm run -s feedwright -- push <folder>${option}`);
  terminal.print(`See what becomes of them: npm run -s feedwright -- status${option}`);
}

process.exitCode = await deploy(process.argv.slice(2));
