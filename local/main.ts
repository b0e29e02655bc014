/** Runs one command and gives its exit code; every way to fail ends here, in a few lines that say what to do. */

import { readFileSync } from 'node:fs';
import { StoreError } from '../lambda/store/store.ts';
import { findAccessFailure } from './cli/access-failure.ts';
import { type Command, parseCommandLine } from './cli/arguments/command-line.ts';
import { EXIT } from './cli/exit-codes.ts';
import { UsageError } from './cli/usage.ts';
import type { CommandContext } from './commands/context.ts';
import type { Variables } from './commands/deployment/deployment.ts';
import { findDiskFailure } from './store/disk-failure.ts';
import { UnfinishedWorkError } from './store/local-queue.ts';
import { StateBusyError } from './store/sqlite-failure.ts';

/** `args` are those after `feedwright`. */
export async function main(args: readonly string[], environment: Variables, context: CommandContext): Promise<number> {
  try {
    return await run(parseCommandLine(args, environment), environment, context);
  } catch (error) {
    return explain(error, context);
  }
}

/** Each command is loaded when it is asked for: a server alone, or AWS's client, takes longer to load than a build runs. */
async function run(command: Command, environment: Variables, context: CommandContext): Promise<number> {
  switch (command.kind) {
    case 'help':
      context.terminal.print(command.text.trimEnd());
      return 0;
    case 'version':
      context.terminal.print(readVersion());
      return 0;
    case 'build':
      return (await import('./commands/build.ts')).build(command, context);
    case 'serve':
      return (await import('./commands/serve.ts')).serve(command, context);
    case 'check':
      return (await import('./commands/check.ts')).check(command, context);
    case 'init':
      return (await import('./commands/init/init.ts')).init(command, context);
    case 'check-store':
      return (await import('./commands/check-store.ts')).checkStore(command, context);
    case 'new':
      return (await import('./commands/new.ts')).createArticle(command, context);
    case 'import':
      return (await import('./commands/import.ts')).importExport(command, context);
    case 'rehearse':
      return (await import('./commands/rehearse.ts')).rehearseMove(command, context);
    case 'adopt':
      return (await import('./commands/adopt/adopt.ts')).adopt(command, environment, context);
    case 'push':
      return (await import('./commands/operator/push.ts')).push(command, environment, context);
    case 'status':
      return (await import('./commands/operator/status.ts')).status(command, environment, context);
    case 'takedown':
      return (await import('./commands/takedown/takedown-command.ts')).takedown(command, environment, context);
    case 'reconcile':
      return (await import('./commands/deployment/errand.ts')).runErrand(command, environment, context);
    case 'repair':
      if (command.build !== null) return (await import('./commands/repair.ts')).repair(command.build, context);
      return (await import('./commands/deployment/errand.ts')).runErrand(command, environment, context);
    case 'backup':
      return (await import('./commands/backup/backup.ts')).backup(command, environment, context);
    case 'restore':
      return (await import('./commands/backup/backup.ts')).restore(command, environment, context);
    case 'undelete':
      return (await import('./commands/backup/undelete.ts')).undelete(command, environment, context);
    case 'redrive':
      return (await import('./commands/operator/redrive.ts')).redrive(command, environment, context);
  }
}

/** Says why something failed, and gives the exit code. */
export function explain(error: unknown, { terminal }: Pick<CommandContext, 'terminal'>): number {
  if (error instanceof UsageError) {
    terminal.note(`feedwright: ${error.message}\n  ${error.fix}`);
    return EXIT.usage;
  }
  const access = findAccessFailure(error);
  if (access !== null) {
    terminal.note(`feedwright: ${access.reason}\n  ${access.fix}`);
    return EXIT.nothing;
  }
  if (isOldNode(error)) {
    terminal.note(
      `feedwright: this is Node ${process.version}, and it takes Node 22.13 or newer (https://nodejs.org).`,
    );
    return EXIT.nothing;
  }
  const isExpected =
    error instanceof StoreError ||
    error instanceof StateBusyError ||
    error instanceof UnfinishedWorkError ||
    isSystemError(error);
  if (isExpected) terminal.note(`feedwright: ${describe(error)}`);
  // Everything else is a defect of ours; its stack is what we need to mend it.
  else terminal.note(`feedwright failed: ${error instanceof Error ? error.stack : error}`);
  return EXIT.nothing;
}

function describe(error: Error): string {
  const failure = isSystemError(error) ? findDiskFailure(error.code) : null;
  return failure === null ? error.message : `${error.message}: ${failure.reason}`;
}

/** Which has no SQLite yet. */
function isOldNode(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_UNKNOWN_BUILTIN_MODULE';
}

/** A refusal of the operating system: no permission, no room. Its message names the file. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}

function readVersion(): string {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
  return `feedwright ${manifest.version}`;
}
