/** Ctrl-C, and the other ways to ask a process to end, as a request that a command can answer in its own time. */

/** A terminal sends Ctrl-C to the launcher and to us, and the launcher passes it on: that is one request, not two. */
const SAME_REQUEST_MS = 1_000;

/** Resolves at the first request. The second ends the process at once; so does any before this is called. */
export function waitForInterrupt(): Promise<void> {
  return new Promise((resolve) => {
    let requestedAt: number | null = null;
    const onSignal = (): void => {
      if (requestedAt !== null && performance.now() - requestedAt > SAME_REQUEST_MS) process.exit(130);
      requestedAt ??= performance.now();
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  });
}
