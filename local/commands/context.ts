/** What every command is given of the world around it. */

import type { Terminal } from '../cli/terminal.ts';

export interface CommandContext {
  readonly terminal: Terminal;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Resolves when the person asks the program to end (Ctrl-C). Until it is called, that ends the program at once. */
  readonly waitForInterrupt: () => Promise<void>;
  /** Asks a question that is answered by yes or no. @default there is nobody to ask */
  readonly confirm?: (question: string) => Promise<boolean>;
  /** What the person is called on this machine. @default nobody knows */
  readonly operator?: string;
}
