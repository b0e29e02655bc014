/**
 * `feedwright takedown`: which of its forms was asked for, and where. A folder of articles has a list of takedowns of its
 * own, which `build`, `serve` and `push` obey; nothing on AWS is touched then.
 */

import { parseSite } from '../../../lambda/site/parse-site.ts';
import { addTakedown, TAKEDOWNS_KEY } from '../../../lambda/site/takedowns.ts';
import { SITE_KEY } from '../../../lambda/work/protocol/site-work.ts';
import type { TakedownOptions } from '../../cli/arguments/command-line.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { UsageError } from '../../cli/usage.ts';
import { createFolderStore } from '../../store/folder-store.ts';
import type { CommandContext } from '../context.ts';
import type { Variables } from '../deployment/deployment.ts';
import { assertContentFolder } from '../folders.ts';
import { bucketList, changeList, folderList } from './takedown-list.ts';
import { printTakedowns, reportFault, restore } from './takedown-restore.ts';
import { readTraits } from './takedown-traits.ts';

export async function takedown(
  options: TakedownOptions,
  environment: Variables,
  context: CommandContext,
): Promise<number> {
  const { folder } = options;
  if (folder !== null) return inFolder(folder, options, context);
  const { openDeployment } = await import('../deployment/deployment.ts');
  const deployment = openDeployment(options.stack, environment);
  try {
    const list = bucketList(deployment);
    if (options.action === 'list') return await printTakedowns(list, context);
    const { assertStackThere } = await import('../deployment/queues.ts');
    await assertStackThere(deployment);
    if (options.action === 'take-down') {
      const { takeDownDeployed } = await import('./takedown.ts');
      return await takeDownDeployed(deployment, options.name, context);
    }
    const place = {
      list,
      bringBack: async (keys: readonly string[]) =>
        new Map(await Promise.all(keys.map(async (key) => [key, await deployment.bringBack(key)] as const))),
      announce: (keys: readonly string[]) =>
        deployment.queue.sendArticleWork([TAKEDOWNS_KEY, ...keys].map((key) => ({ key }))),
      advice: 'The bucket has no version of it any more: feedwright push uploads it again.',
    };
    return await restore(place, options, context);
  } finally {
    deployment.close();
  }
}

async function inFolder(folder: string, options: TakedownOptions, context: CommandContext): Promise<number> {
  assertContentFolder(folder);
  const list = folderList(folder);
  const content = createFolderStore({ root: folder, readOnly: true });
  if (options.action === 'list') return printTakedowns(list, context);
  if (options.action === 'take-down') return takeDownInFolder(folder, options.name, context);
  const place = {
    list,
    bringBack: async (keys: readonly string[]) =>
      new Map(await Promise.all(keys.map(async (key) => [key, (await content.inspect(key)) !== null] as const))),
    announce: async () => {},
    advice: 'Put it back into the folder.',
  };
  return restore(place, options, context);
}

/** The file stays where it is: it is the author's. */
async function takeDownInFolder(
  folder: string,
  key: string,
  { terminal, now, operator }: CommandContext,
): Promise<number> {
  const content = createFolderStore({ root: folder, readOnly: true });
  if ((await content.inspect(key)) === null) throw new UsageError('file-missing', key, folder);
  const { site } = parseSite((await content.read(SITE_KEY))?.body ?? null, { url: null, fallbackUrl: null });
  const traits = await readTraits(content, key, site);
  const takedown = { key, ...traits, at: new Date(now()).toISOString(), by: operator ?? null };
  const refusal = await changeList(folderList(folder), (list) => addTakedown(list, takedown));
  if (refusal !== null) return reportFault(refusal, terminal);
  terminal.print(`${key} is taken down: the next build of ${folder} removes it, and a push does not upload it.`);
  terminal.note(
    'Archive pages that are no more keep their last documents for 30 days. To be rid of them at once, empty the output ' +
      'folder before that build.',
  );
  terminal.note(`Earlier uploads stay on AWS until feedwright takedown ${key}.`);
  return EXIT.published;
}
