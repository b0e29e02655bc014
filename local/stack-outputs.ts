/** The file in which `npm run deploy` keeps the outputs of every stack that was deployed from this folder. */

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** Outputs by the name of their stack. */
export type StackOutputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What a file of outputs holds; none that is not there. */
export function readStackOutputs(file: string): StackOutputs {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/** Puts these stacks into the file, in place of what it had of them, and leaves the others there. */
export function keepStackOutputs(file: string, deployed: StackOutputs): void {
  if (Object.keys(deployed).length === 0) return;
  const stacks = { ...readStackOutputs(file), ...deployed };
  // Written beside it first: whoever reads the file meanwhile finds a whole one.
  writeFileSync(`${file}.new`, `${JSON.stringify(stacks, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}
