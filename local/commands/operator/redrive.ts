/** `feedwright redrive`: sends what was given up back to be worked on. */

import { EXIT } from '../../cli/exit-codes.ts';
import type { CommandContext } from '../context.ts';
import { type Deployment, openDeployment, type Variables } from '../deployment/deployment.ts';
import { countHiddenLetters, moveDeadLettersBack } from '../deployment/queues.ts';

export async function redrive(
  { stack }: { readonly stack: string | null },
  environment: Variables,
  { terminal }: Pick<CommandContext, 'terminal'>,
): Promise<number> {
  const deployment = openDeployment(stack, environment);
  const { articleQueueUrl, feedQueueUrl } = deployment.environment;
  try {
    const articles = await moveDeadLettersBack(deployment.sqs, articleQueueUrl);
    const feeds = await moveDeadLettersBack(deployment.sqs, feedQueueUrl);
    const refusals = [...articles.refusals, ...feeds.refusals];
    const isIdle = articles.movedCount + feeds.movedCount + refusals.length === 0;
    // SQS may still count letters that were moved just now. Where none was moved, somebody else holds those that it counts.
    const hiddenCount = isIdle ? await countHidden(deployment) : 0;
    if (hiddenCount > 0) {
      terminal.note(`${hiddenCount} dead letters are hidden for a moment, because they have just been read.`);
      terminal.note('Run this again in a minute.');
      return EXIT.problems;
    }
    if (isIdle) terminal.print('There are no dead letters.');
    else {
      terminal.print(
        `Sent back: ${articles.movedCount} of articles, ${feeds.movedCount} of feeds. feedwright status shows what becomes of them.`,
      );
    }
    if (refusals.length === 0) return EXIT.published;
    const reasons = [...new Set(refusals)].join('; ');
    terminal.note(`SQS did not take ${refusals.length} (${reasons}): dead letters still. Run this again in a minute.`);
    return EXIT.problems;
  } finally {
    deployment.close();
  }
}

async function countHidden({ sqs, environment: settings }: Deployment): Promise<number> {
  const { articleQueueUrl, feedQueueUrl } = settings;
  return (await countHiddenLetters(sqs, articleQueueUrl)) + (await countHiddenLetters(sqs, feedQueueUrl));
}
