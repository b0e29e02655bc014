/**
 * `npm run deploy`: deploys the stack with the CDK (and bootstraps the account's region first, where that was never
 * done), uploads `content/` if asked to, and prints the addresses. Everything but `--with-content` goes to `cdk deploy`.
 */

import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { OUTPUTS_FILE } from './commands/deployment.ts';
import { main } from './main.ts';
import { createTerminal } from './terminal.ts';

const CDK = fileURLToPath(new URL('../node_modules/aws-cdk/bin/cdk', import.meta.url));
/** What `cdk deploy` says of an account and region that no CDK app was deployed to yet. */
const NOT_BOOTSTRAPPED = /has the environment been bootstrapped|cdk bootstrap/i;
const HELP = `Usage: npm run deploy -- [--with-content] [options of cdk deploy]

Deploys the stack with the credentials and the region of your environment, and prints its addresses.

  --with-content     also uploads content/, the sample publication
  -c <name>=<value>  sets an option of the stack; lib/configuration.ts describes all of them
  --profile <name>   which credentials of your AWS configuration to use

Example:
  npm run deploy -- --with-content -c alarmEmail=you@example.org`;

const terminal = createTerminal(process, Date.now);

async function deploy(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    terminal.print(HELP);
    return 0;
  }
  const cdkArgs = args.filter((arg) => arg !== '--with-content');
  const code = await deployStack(cdkArgs);
  if (code !== 0) return code;
  const stacks = Object.entries(readOutputs());
  for (const [name, outputs] of stacks) printAddresses(name, outputs);
  if (cdkArgs.length === args.length) return 0;
  return main(['push', 'content'], process.env, { terminal, now: Date.now, waitForInterrupt: async () => {} });
}

/** Bootstraps only when the deployment asks for it: an organisation may have a bootstrap of its own. */
async function deployStack(args: readonly string[]): Promise<number> {
  const deployArgs = ['deploy', '--require-approval', 'never', '--outputs-file', OUTPUTS_FILE, ...args];
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

type Outputs = Readonly<Record<string, string>>;

function readOutputs(): Readonly<Record<string, Outputs>> {
  return existsSync(OUTPUTS_FILE) ? JSON.parse(readFileSync(OUTPUTS_FILE, 'utf8')) : {};
}

function printAddresses(stack: string, outputs: Outputs): void {
  terminal.print(`\n${terminal.style('bold', stack)}`);
  const rows = ['SiteUrl', 'RssUrl', 'AtomUrl', 'JsonFeedUrl', 'ContentBucketName'];
  for (const row of rows) terminal.print(`  ${row.padEnd(18)}${outputs[row] ?? ''}`);
  terminal.print('\nUpload articles: npm run -s feedwright -- push <folder>');
  terminal.print('See what becomes of them: npm run -s feedwright -- status');
}

process.exitCode = await deploy(process.argv.slice(2));
