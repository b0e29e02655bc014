#!/usr/bin/env node
/** The command line: hands the process's arguments, streams and signals to local/main.ts. */

import { main } from '../local/main.ts';
import { createTerminal } from '../local/terminal.ts';

/** A terminal sends Ctrl-C to the launcher and to us, and the launcher passes it on: that is one wish, not two. */
const SAME_WISH_MS = 1_000;

function waitForInterrupt(): Promise<void> {
  return new Promise((resolve) => {
    let wishedAt: number | null = null;
    const onSignal = (): void => {
      if (wishedAt !== null && performance.now() - wishedAt > SAME_WISH_MS) process.exit(130);
      wishedAt ??= performance.now();
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  });
}

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
