/** `feedwright reconcile`, and `repair` on AWS: errands for the publisher, sent through the article queue. */

import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { failureOf } from '../../../lambda/aws/aws-failure.ts';
import { readHeldRemovals } from '../../../lambda/work/protocol/removal-work.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { describeHeld } from '../../cli/held-lines.ts';
import type { CommandContext } from '../context.ts';
import { type Deployment, openDeployment, type Variables } from './deployment.ts';

const ERRANDS = {
  reconcile: {
    body: { kind: 'reconcile' },
    said: 'The publisher compares everything and looks again at what differs.',
  },
  repair: {
    // The word that publishers of every version understand.
    body: { kind: 'rebuild' },
    said: 'The publisher mends what is damaged of its state, then looks at every file and every feed again.',
  },
} as const;

export interface ErrandOptions {
  readonly kind: keyof typeof ERRANDS;
  readonly stack: string | null;
  /** How many removals the person has named. */
  readonly remove?: number | null;
}

/** How removals that wait are spoken of, wherever they are on AWS. */
export const HELD_ON_AWS = { things: 'entries', place: 'the content bucket', goOn: 'feedwright reconcile' };

export async function runErrand(
  { kind, stack, remove = null }: ErrandOptions,
  environment: Variables,
  { terminal }: Pick<CommandContext, 'terminal'>,
): Promise<number> {
  const deployment = openDeployment(stack, environment);
  try {
    const refusal = remove === null ? [] : await findRefusal(deployment, remove);
    for (const line of refusal) terminal.note(line);
    if (refusal.length > 0) return EXIT.problems;
    await sendErrand(deployment, kind, remove);
    terminal.print(`${ERRANDS[kind].said} feedwright status shows how far it is.`);
    return EXIT.published;
  } finally {
    deployment.close();
  }
}

/** Why a number is not the one that it has to be. The publisher counts once more, and has the last word. */
async function findRefusal(stores: Pick<Deployment, 'state'>, remove: number): Promise<readonly string[]> {
  const held = await readHeldRemovals(stores);
  if (held === null) return ['No removals wait for a person. Without --remove everything is compared as always.'];
  return held.count === remove ? [] : describeHeld(held, HELD_ON_AWS, remove);
}

export async function sendErrand(
  { sqs, environment: { articleQueueUrl } }: Pick<Deployment, 'sqs' | 'environment'>,
  kind: keyof typeof ERRANDS,
  remove: number | null = null,
): Promise<void> {
  const MessageBody = JSON.stringify({ ...ERRANDS[kind].body, ...(remove === null ? {} : { remove }) });
  await sqs.send(new SendMessageCommand({ QueueUrl: articleQueueUrl, MessageBody })).catch((error: unknown) => {
    throw failureOf(error, `Sending to ${articleQueueUrl}`);
  });
}
