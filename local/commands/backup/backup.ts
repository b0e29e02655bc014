/** `feedwright backup` and `feedwright restore`: what only the state knows, kept beside the articles, and put back. */

import { randomUUID } from 'node:crypto';
import type { Ports } from '../../../lambda/publish.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { UsageError } from '../../cli/usage.ts';
import type { CommandContext } from '../context.ts';
import { type Deployment, openDeployment, type Variables } from '../deployment/deployment.ts';
import { sendErrand } from '../deployment/errand.ts';
import { createOperatorPorts } from '../deployment/operator-ports.ts';
import { assertStackThere } from '../deployment/queues.ts';
import { readBackup, readBackupList, writeBackup } from './backup-file.ts';
import { restoreFeeds } from './restore-feeds.ts';
import { restoreRecords } from './restore-records.ts';

interface BackupOptions {
  readonly stack: string | null;
}

type Voice = Pick<CommandContext, 'terminal' | 'now'>;

export async function backup({ stack }: BackupOptions, environment: Variables, voice: Voice): Promise<number> {
  const deployment = openDeployment(stack, environment);
  try {
    return await backUp(deployment, voice);
  } finally {
    deployment.close();
  }
}

/** @returns an exit code */
export async function backUp(stores: Pick<Deployment, 'content' | 'state'>, { terminal, now }: Voice): Promise<number> {
  const progress = terminal.startProgress('Reading what the publisher remembers', 'timed');
  const { list, damagedCount } = await writeBackup(stores, now()).finally(progress.stop);
  terminal.print(
    `Ids and dates of ${list.articles} files are kept in the content bucket. Their way back: feedwright restore`,
  );
  if (damagedCount === 0) return EXIT.published;
  terminal.note(
    `${damagedCount} records are damaged, and not in it: feedwright repair mends them, then make it again.`,
  );
  return EXIT.problems;
}

export async function restore({ stack }: BackupOptions, environment: Variables, voice: Voice): Promise<number> {
  const deployment = openDeployment(stack, environment);
  try {
    await assertStackThere(deployment);
    const ports: Ports = {
      ...createOperatorPorts(deployment),
      state: deployment.state,
      now: voice.now,
      nonce: randomUUID,
    };
    const changedCount = await restoreBackup(ports, voice.terminal);
    if (changedCount > 0) await sendErrand(deployment, 'reconcile');
    return EXIT.published;
  } finally {
    deployment.close();
  }
}

/** @returns how many records were made or changed */
export async function restoreBackup(ports: Ports, terminal: CommandContext['terminal']): Promise<number> {
  const list = await readBackupList(ports.content);
  if (list === null) throw new UsageError('backup-missing');
  const progress = terminal.startProgress('Putting ids and dates back');
  let doneCount = 0;
  let changedCount = 0;
  try {
    await restoreFeeds(ports, list.feeds ?? []);
    for await (const kept of readBackup(ports.content, list)) {
      changedCount += await restoreRecords(ports, kept);
      doneCount += kept.length;
      progress.update(doneCount, list.articles);
    }
  } finally {
    progress.stop();
  }
  terminal.print(
    changedCount === 0
      ? `Nothing had to be put back: the publisher knows all ${list.articles} files of the backup of ${list.at}.`
      : `Ids and dates of ${changedCount} files are those of the backup of ${list.at}. ` +
          'The publisher looks at them now; feedwright status shows how far it is.',
  );
  return changedCount;
}
