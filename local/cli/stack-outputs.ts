/** The file in which `npm run deploy` keeps the outputs of every stack that was deployed from this folder. */

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** Outputs by the name of their stack. */
export type StackOutputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The stacks of a file of outputs; none where there is no file. */
export function readStackOutputs(file: string): StackOutputs {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/**
 * Puts these stacks into the file, in place of what it had of them, and leaves the others there. One of the same name that
 * is elsewhere is another stack, and is kept under a name of its own: a publication that moves is in two places for a while.
 */
export function keepStackOutputs(file: string, deployed: StackOutputs): void {
  if (Object.keys(deployed).length === 0) return;
  const stacks: Record<string, StackOutputs[string]> = { ...readStackOutputs(file) };
  for (const [name, outputs] of Object.entries(deployed)) {
    const former = stacks[name];
    if (former !== undefined && isElsewhere(former, outputs)) stacks[nameElsewhere(name, former)] = former;
    delete stacks[nameElsewhere(name, outputs)];
    stacks[name] = outputs;
  }
  // Written beside it first: whoever reads the file meanwhile finds a whole one.
  writeFileSync(`${file}.new`, `${JSON.stringify(stacks, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}

/** Region and account, which stand in the address of a queue: `https://sqs.<region>.amazonaws.com/<account>/<name>`. */
export function placeOf({ Region = '', ArticleQueueUrl = '' }: StackOutputs[string]): string {
  const account = /\/(\d{12})\//.exec(ArticleQueueUrl)?.[1];
  return account === undefined ? Region : `${account}/${Region}`;
}

function isElsewhere(former: StackOutputs[string], present: StackOutputs[string]): boolean {
  return former.ArticleQueueUrl !== undefined && placeOf(former) !== placeOf(present);
}

/** The name that AWS knows a stack by, of the name that it has in the file. */
export function stackNameOf(name: string): string {
  return name.split('@')[0] ?? name;
}

function nameElsewhere(name: string, outputs: StackOutputs[string]): string {
  return `${name}@${placeOf(outputs)}`;
}
