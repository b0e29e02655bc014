#!/usr/bin/env node
/** The command line: hands the process's arguments, streams and signals to local/main.ts. */

import { waitForInterrupt } from '../local/interrupt.ts';
import { main } from '../local/main.ts';
import { createTerminal } from '../local/terminal.ts';

/** Nobody reads on (`| head`, a log that was closed): what is still said is lost, and the work goes on. */
function dropUnread(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

for (const stream of [process.stdout, process.stderr]) stream.on('error', dropUnread);
process.exitCode = await main(process.argv.slice(2), process.env, {
  terminal: createTerminal(process, Date.now),
  now: Date.now,
  waitForInterrupt,
});
