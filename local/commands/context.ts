/** The context of every command: terminal, clock, interrupts. */

import type { Terminal } from '../cli/terminal.ts';

export interface CommandContext {
  readonly terminal: Terminal;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Resolves when the person asks the program to end (Ctrl-C). Until it is called, that ends the program at once. */
  readonly waitForInterrupt: () => Promise<void>;
  /** Asks a question that is answered by yes or no. @default there is nobody to ask */
  readonly confirm?: (question: string) => Promise<boolean>;
  /** The person's name on this machine. @default not known */
  readonly operator?: string;
}
