/** The program: hands the process's arguments, streams and signals to local/main.ts. */

import { userInfo } from 'node:os';
import { waitForInterrupt } from '../local/cli/interrupt.ts';
import { confirm } from '../local/cli/question.ts';
import { createTerminal } from '../local/cli/terminal.ts';
import { main } from '../local/main.ts';

/** A user without a name, as in some containers, is one that nobody knows. */
function findOperator(): string | null {
  try {
    return userInfo().username;
  } catch {
    return null;
  }
}

/** Nobody reads on (`| head`, a log that was closed): what is still said is lost, and the work goes on. */
function dropUnread(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** Node 22 calls its SQLite experimental each time that it is used. Nobody who publishes can do anything about it. */
function dropSqliteWarning(): void {
  const listeners = process.listeners('warning');
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if (warning.name === 'ExperimentalWarning' && warning.message.startsWith('SQLite ')) return;
    for (const listener of listeners) listener(warning);
  });
}

for (const stream of [process.stdout, process.stderr]) stream.on('error', dropUnread);
dropSqliteWarning();
const operator = findOperator();
process.exitCode = await main(process.argv.slice(2), process.env, {
  terminal: createTerminal(process, Date.now),
  now: Date.now,
  waitForInterrupt,
  ...(process.stdin.isTTY === true && { confirm }),
  ...(operator !== null && { operator }),
});
