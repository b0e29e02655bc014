/** A command as somebody types it, with all that it says. */

import { main } from '../../local/main.ts';

interface Answer {
  readonly code: number;
  /** On standard output. */
  readonly printed: string;
  /** On standard error. */
  readonly noted: string;
}

/** @param now milliseconds since the epoch */
export async function runCommand(args: readonly string[], now: number): Promise<Answer> {
  let printed = '';
  let noted = '';
  const terminal = {
    print(line: string) {
      printed += `${line}\n`;
    },
    note(line: string) {
      noted += `${line}\n`;
    },
    style: (_: unknown, text: string) => text,
    startProgress: () => ({ update() {}, stop() {} }),
  };
  const code = await main(args, {}, { terminal, now: () => now, waitForInterrupt: async () => {} });
  return { code, printed, noted };
}
