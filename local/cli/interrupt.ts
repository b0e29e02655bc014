/** Ctrl-C, and the other ways to ask a process to end, as a wish that a command can answer in its own time. */

/** A terminal sends Ctrl-C to the launcher and to us, and the launcher passes it on: that is one wish, not two. */
const SAME_WISH_MS = 1_000;

/** Resolves at the first wish. The second ends the process at once; so does any before this is called. */
export function waitForInterrupt(): Promise<void> {
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
