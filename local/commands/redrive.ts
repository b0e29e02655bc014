/** `feedwright redrive`: sends what was given up back to be worked on. */

import { EXIT } from '../exit-codes.ts';
import type { CommandContext } from './context.ts';
import { type Environment, openDeployment } from './deployment.ts';
import { moveDeadLettersBack } from './queues.ts';

export async function redrive(
  { stack }: { readonly stack: string | null },
  environment: Environment,
  { terminal }: Pick<CommandContext, 'terminal'>,
): Promise<number> {
  const deployment = openDeployment(stack, environment);
  const { articleQueueUrl, feedQueueUrl } = deployment.settings;
  try {
    const articles = await moveDeadLettersBack(deployment.sqs, articleQueueUrl);
    const feeds = await moveDeadLettersBack(deployment.sqs, feedQueueUrl);
    terminal.print(
      articles + feeds === 0
        ? 'There are no dead letters.'
        : `Sent back: ${articles} of articles, ${feeds} of feeds. feedwright status shows what becomes of them.`,
    );
    return EXIT.published;
  } finally {
    deployment.close();
  }
}
