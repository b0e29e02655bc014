/** `feedwright status`: what is published on AWS, what is wrong, and what is under way. Reads, and changes nothing. */

import { isArticleKey } from '../../../lambda/address/article-key.ts';
import type { ServerNote } from '../../../lambda/aws/server-note.ts';
import type { HeldRemovals } from '../../../lambda/model/mass-removal.ts';
import { isError } from '../../../lambda/model/problem.ts';
import { createPublisher, type Overview, type RepairCounts } from '../../../lambda/publish.ts';
import { readJson } from '../../../lambda/state/json-object.ts';
import { recordKey, SITE_STATE_KEY, upkeepKey } from '../../../lambda/state/keys.ts';
import type { ArticleRecord } from '../../../lambda/state/record.ts';
import type { RepairState } from '../../../lambda/state/repair-state.ts';
import { mapBounded } from '../../../lambda/store/bounded.ts';
import { listAll, StoreError } from '../../../lambda/store/store.ts';
import { REPAIR_LANE } from '../../../lambda/work/protocol/lanes.ts';
import { readHeldRemovals } from '../../../lambda/work/protocol/removal-work.ts';
import type { StatusOptions } from '../../cli/arguments/command-line.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { listFeeds } from '../../cli/feed-addresses.ts';
import type { FeedAddresses } from '../../publication/build-result.ts';
import { type BackupList, readBackupList } from '../backup/backup-file.ts';
import { describeTrial } from '../bucket/store-probe.ts';
import { exitCodeOf } from '../build.ts';
import type { CommandContext } from '../context.ts';
import { type Deployment, openDeployment, type Variables } from '../deployment/deployment.ts';
import { createOperatorPorts } from '../deployment/operator-ports.ts';
import { type QueueState, readQueueState } from '../deployment/queues.ts';
import { deadCount, describeStatus } from './status-lines.ts';

const READS_AT_ONCE_MAX = 32;

/** The output of `--json`. */
export interface StatusResult {
  /** Removals that wait for a person; null when there are none. */
  readonly held: HeldRemovals | null;
  readonly counts: Overview['counts'];
  readonly problems: Overview['problems'];
  readonly feeds: readonly FeedAddresses[];
  readonly queues: { readonly articles: QueueState; readonly feeds: QueueState };
  /** The last repair, which may be under way; null when there never was one. */
  readonly rebuild: { readonly isDone: boolean; readonly found: RepairCounts } | null;
  /** The abilities that the buckets' server lacks; null for Amazon's, and for a server that was not tried yet. */
  readonly server: ServerState | null;
  /** Articles in the bucket that the publisher has not looked at as they are now. */
  readonly behind: Behind;
  /** The last backup of ids and first dates; null when there is none that can be read. */
  readonly backup: (Pick<BackupList, 'at' | 'articles'> & { /** More than a week. */ readonly isOld: boolean }) | null;
}

export interface ServerState {
  /** Whether the publisher may write there, as several do at once. It refuses where it may not. */
  readonly isAllowed: boolean;
  readonly lacks: readonly { readonly what: string; readonly cost: string }[];
}

export interface Behind {
  readonly count: number;
  /** How long the oldest of them has been there; null when there is none. */
  readonly oldestMs: number | null;
}

export async function status(
  options: StatusOptions,
  environment: Variables,
  { terminal, now }: Pick<CommandContext, 'terminal' | 'now'>,
): Promise<number> {
  const deployment = openDeployment(options.stack, environment);
  try {
    const overview = await readOverview(deployment);
    const { articleQueueUrl, feedQueueUrl } = deployment.environment;
    const result: StatusResult = {
      held: await readHeldRemovals(deployment),
      counts: overview.counts,
      problems: overview.problems,
      feeds: listFeeds(overview),
      queues: {
        articles: await readQueueState(deployment.sqs, articleQueueUrl),
        feeds: await readQueueState(deployment.sqs, feedQueueUrl),
      },
      rebuild: await readRepair(deployment),
      server: describeServer(await deployment.readServer()),
      behind: await measureBehind(deployment, now()),
      backup: await findBackup(deployment, now()),
    };
    if (options.json) terminal.print(JSON.stringify(result, null, 2));
    else for (const line of describeStatus(result, options, terminal)) terminal.print(line);
    return exitCodeFor(result, overview);
  } finally {
    deployment.close();
  }
}

const NOTHING: Overview = {
  site: null,
  problems: [],
  counts: { published: 0, drafts: 0, scheduled: 0, broken: 0 },
  feeds: [],
};

/**
 * The publisher's own overview, on stores that it can't write to. The first call of all is one whose refusal has a reason,
 * which the answer to a mere look (HEAD) has no room for.
 */
async function readOverview(deployment: Deployment): Promise<Overview> {
  if ((await deployment.state.read(SITE_STATE_KEY)) === null) return NOTHING;
  return createPublisher(createOperatorPorts(deployment)).overview();
}

/** Between two backups: seven nights. */
const BACKUP_MS_MAX = 7 * 24 * 3_600_000;

async function findBackup({ content }: Deployment, now: number): Promise<StatusResult['backup']> {
  const list = await readBackupList(content).catch((error: unknown) => {
    if (error instanceof StoreError && error.kind === 'fatal') return null;
    throw error;
  });
  return list && { at: list.at, articles: list.articles, isOld: now - Date.parse(list.at) > BACKUP_MS_MAX };
}

async function readRepair({ state }: Deployment): Promise<StatusResult['rebuild']> {
  const stored = await readJson<RepairState>(state, upkeepKey(REPAIR_LANE));
  return stored && { isDone: stored.value.phase === 'done', found: stored.value.counts };
}

function describeServer(note: ServerNote | null): ServerState | null {
  if (note === null) return null;
  const lacks = describeTrial(note.trial).filter(({ holds }) => !holds);
  return { isAllowed: note.allowsSeveral, lacks: lacks.map(({ what, cost }) => ({ what, cost })) };
}

/** How far the publisher is behind the content bucket. */
export async function measureBehind(
  { content, state }: Pick<Deployment, 'content' | 'state'>,
  now: number,
): Promise<Behind> {
  const files: { readonly key: string; readonly version: string; readonly modifiedAt: number }[] = [];
  for await (const facts of listAll(content, '')) if (isArticleKey(facts.key)) files.push(facts);
  const waiting = await mapBounded(files, READS_AT_ONCE_MAX, async ({ key, version, modifiedAt }) => {
    const record = await readJson<ArticleRecord>(state, recordKey(key));
    return record?.value.sourceVersion === version ? [] : [modifiedAt];
  });
  const since = waiting.flat();
  return { count: since.length, oldestMs: since.length === 0 ? null : Math.max(0, now - Math.min(...since)) };
}

/** As a build's; dead letters count as a problem too. */
function exitCodeFor({ held, queues, problems, server }: StatusResult, overview: Overview): number {
  if (problems.some(isError)) return exitCodeOf(overview);
  if (server?.isAllowed === false) return EXIT.problems;
  return held !== null || deadCount(queues) > 0 ? EXIT.problems : EXIT.published;
}
