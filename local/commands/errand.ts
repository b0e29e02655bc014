/** `feedwright reconcile`, and `rebuild` on AWS: errands for the publisher, sent through the article queue. */

import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { failureOf } from '../../lambda/store/aws-failure.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommandContext } from './context.ts';
import { type Deployment, type Environment, openDeployment } from './deployment.ts';

const ERRANDS = {
  reconcile: {
    body: { kind: 'reconcile' },
    said: 'The publisher compares everything and looks again at what differs.',
  },
  rebuild: {
    body: { kind: 'rebuild' },
    said: 'The publisher mends what is damaged of its state, then looks at every file and every feed again.',
  },
} as const;

export async function runErrand(
  { kind, stack }: { readonly kind: keyof typeof ERRANDS; readonly stack: string | null },
  environment: Environment,
  { terminal }: Pick<CommandContext, 'terminal'>,
): Promise<number> {
  const deployment = openDeployment(stack, environment);
  try {
    await sendErrand(deployment, kind);
    terminal.print(`${ERRANDS[kind].said} feedwright status shows how far it is.`);
    return EXIT.published;
  } finally {
    deployment.close();
  }
}

export async function sendErrand(
  { sqs, settings: { articleQueueUrl } }: Pick<Deployment, 'sqs' | 'settings'>,
  kind: keyof typeof ERRANDS,
): Promise<void> {
  const MessageBody = JSON.stringify(ERRANDS[kind].body);
  await sqs.send(new SendMessageCommand({ QueueUrl: articleQueueUrl, MessageBody })).catch((error: unknown) => {
    throw failureOf(error, `Sending to ${articleQueueUrl}`);
  });
}
