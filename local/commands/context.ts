/** What every command is given of the world around it. */

import type { Terminal } from '../terminal.ts';

export interface CommandContext {
  readonly terminal: Terminal;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Resolves when the person asks the program to end (Ctrl-C). Until it is called, that ends the program at once. */
  readonly waitForInterrupt: () => Promise<void>;
}
