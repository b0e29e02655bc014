#!/usr/bin/env node
/** The command line: hands the process's arguments, streams and signals to local/main.ts. */

import { userInfo } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { waitForInterrupt } from '../local/cli/interrupt.ts';
import { createTerminal } from '../local/cli/terminal.ts';
import { main } from '../local/main.ts';

/** Anything but a yes is a no. */
async function confirm(question: string): Promise<boolean> {
  const dialogue = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl-D, or a terminal that is closed, is an answer too.
  const ended = new Promise<string>((resolve) => dialogue.once('close', () => resolve('')));
  const answer = await Promise.race([dialogue.question(`${question} [y/N] `), ended]);
  dialogue.close();
  return /^y(?:es)?$/i.test(answer.trim());
}

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
