/** Questions to the person at the terminal. */

import { createInterface } from 'node:readline/promises';

/** Anything but a yes is a no. */
export async function confirm(question: string): Promise<boolean> {
  const dialogue = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl-D, or a terminal that is closed, is an answer too.
  const ended = new Promise<string>((resolve) => dialogue.once('close', () => resolve('')));
  const answer = await Promise.race([dialogue.question(`${question} [y/N] `), ended]);
  dialogue.close();
  return /^y(?:es)?$/i.test(answer.trim());
}
