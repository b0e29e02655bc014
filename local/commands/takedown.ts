/**
 * `feedwright takedown`: removes one file from the content bucket, waits until no public document has it, and has the
 * CDN let go of its copies. The publisher does the work, as after any removal: nothing here writes a document.
 */

import { spawn } from 'node:child_process';
import { isArticleKey } from '../../lambda/article/article-key.ts';
import { readJson } from '../../lambda/state/json-object.ts';
import { recordKey } from '../../lambda/state/keys.ts';
import type { ArticleRecord } from '../../lambda/state/record.ts';
import type { Store } from '../../lambda/store/store.ts';
import type { TakedownOptions } from '../command-line.ts';
import { UsageError } from '../usage.ts';
import { EXIT } from './build.ts';
import type { CommandContext } from './context.ts';
import { type Deployment, type Environment, openDeployment } from './deployment.ts';

/** The publisher needs seconds; after this something is wrong, and its alarms know more. */
const WAIT_MS_MAX = 180_000;
const POLL_MS = 1_000;

export async function takedown(
  { key, stack }: TakedownOptions,
  environment: Environment,
  { terminal }: Pick<CommandContext, 'terminal'>,
): Promise<number> {
  const deployment = openDeployment(stack, environment);
  try {
    await removeSource(deployment, key);
    terminal.note(`${key} is removed from ${deployment.settings.contentBucket}; waiting until no feed has it.`);
    if (!(await waitUntilGone(deployment, key))) {
      terminal.note(`It is not yet gone after ${WAIT_MS_MAX / 1_000} s. feedwright status shows what holds it up.`);
      return EXIT.problems;
    }
    terminal.print(`No public document has ${key} any more.`);
    return (await invalidate(deployment.distributionId, environment, terminal)) ? EXIT.published : EXIT.problems;
  } finally {
    deployment.close();
  }
}

/** Removes the file, and tells the publisher so at once: S3's own events may take a minute. */
export async function removeSource(
  { content, state, queue }: Pick<Deployment, 'content' | 'state' | 'queue'>,
  key: string,
): Promise<void> {
  const isThere = (await content.inspect(key)) !== null;
  if (!isThere && (await readRecord(state, key)) === null) throw new UsageError('key-unknown', key);
  await content.remove(key);
  await queue.sendArticleWork([{ key }]);
}

async function waitUntilGone(deployment: Deployment, key: string): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < WAIT_MS_MAX; waitedMs += POLL_MS) {
    if (await isGone(deployment, key)) return true;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return false;
}

/** An article has left when its record shows nothing and every feed has given up its places; an asset, when it is not there. */
export async function isGone({ state, site }: Pick<Deployment, 'state' | 'site'>, key: string): Promise<boolean> {
  if (!isArticleKey(key)) return (await site.inspect(key)) === null;
  const record = await readRecord(state, key);
  return record === null || (record.sourceVersion === null && record.shown.length + record.places.length === 0);
}

async function readRecord(state: Store, key: string): Promise<ArticleRecord | null> {
  return (await readJson<ArticleRecord>(state, recordKey(key)))?.value ?? null;
}

/** Clears the CDN by the AWS CLI, or says how to. One path for everything costs as much as one document's. */
async function invalidate(
  distributionId: string | null,
  environment: Environment,
  terminal: CommandContext['terminal'],
): Promise<boolean> {
  if (distributionId === null) {
    terminal.note('No distribution is named, so no CDN is told: copies in caches end within five minutes.');
    return true;
  }
  const args = ['cloudfront', 'create-invalidation', '--distribution-id', distributionId, '--paths', '/*'];
  if ((await run('aws', args, environment)) === 0) {
    terminal.print('The CDN lets go of its copies now; that takes it a minute or two.');
    return true;
  }
  terminal.note(
    `The CDN could not be told. Its copies end by themselves within five minutes. To hurry it: aws ${args.join(' ')}`,
  );
  return false;
}

/** Exit code of a program, or null when it could not be started. */
function run(command: string, args: readonly string[], environment: Environment): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...environment } });
    child.on('error', () => resolve(null));
    child.on('close', resolve);
  });
}
