/** `feedwright undelete`: brings back what was removed from the content bucket, which keeps it behind delete markers. */

import { isNeverPublic } from '../../../lambda/site/folder/folder-file.ts';
import { mapBounded } from '../../../lambda/store/bounded.ts';
import type { UndeleteOptions } from '../../cli/arguments/command-line.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { countIfAny } from '../../cli/problem-lines.ts';
import type { CommandContext } from '../context.ts';
import { type Deployment, openDeployment, type Variables } from '../deployment/deployment.ts';
import { assertStackThere } from '../deployment/queues.ts';
import { bucketList, readList } from '../takedown/takedown-list.ts';

const CALLS_AT_ONCE_MAX = 8;

export async function undelete(
  options: UndeleteOptions,
  environment: Variables,
  { terminal }: Pick<CommandContext, 'terminal'>,
): Promise<number> {
  const deployment = openDeployment(options.stack, environment);
  try {
    await assertStackThere(deployment);
    return await bringBackRemoved(deployment, options, terminal);
  } finally {
    deployment.close();
  }
}

/** @returns an exit code */
export async function bringBackRemoved(
  deployment: Pick<Deployment, 'content' | 'state' | 'bringBack' | 'listRemoved'>,
  { since, prefix, dryRun }: Omit<UndeleteOptions, 'stack'>,
  terminal: CommandContext['terminal'],
): Promise<number> {
  const { list } = await readList(bucketList(deployment));
  const down = new Set(list.map(({ key }) => key));
  const removed = (await deployment.listRemoved(since, prefix)).filter((key) => !isNeverPublic(key));
  const keys = removed.filter((key) => !down.has(key));
  const progress = terminal.startProgress(dryRun ? 'Comparing' : 'Bringing back');
  const isBack = dryRun
    ? keys.map(() => true)
    : await mapBounded(keys, CALLS_AT_ONCE_MAX, (key) => deployment.bringBack(key)).finally(progress.stop);
  progress.stop();
  for (const [index, key] of keys.entries()) {
    if (isBack[index] === true) terminal.print(`${dryRun ? 'would bring' : 'brought'} back ${key}`);
    else terminal.note(`${key}: no version of it is left.`);
  }
  const heldCount = removed.length - keys.length;
  if (heldCount > 0) {
    terminal.note(`${countIfAny(heldCount, 'file')} that was taken down stays down: feedwright takedown --list`);
  }
  const count = isBack.filter(Boolean).length;
  terminal.print(`${countIfAny(count, 'file') || 'No file'} ${dryRun ? 'would come' : 'came'} back.`);
  return count === keys.length ? EXIT.published : EXIT.problems;
}
