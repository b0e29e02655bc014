/**
 * `feedwright takedown <key>`: writes a file on the list of takedowns, so that it stays down whoever puts it back; removes
 * it from the content bucket, waits until no public document has it, and has the CDN let go of its copies. The publisher
 * does the work, each feed in its own lane: nothing here writes or removes a public document. What the publisher would do
 * later by itself is asked for: sitemaps, and the removal of archive pages that are no more.
 */

import { setTimeout as wait } from 'node:timers/promises';
import { plainPathOf } from '../../../lambda/address/variants.ts';
import { ALL_FEED } from '../../../lambda/feed/membership.ts';
import { TAKEDOWNS_KEY } from '../../../lambda/site/takedowns.ts';
import type { ArticleRecord } from '../../../lambda/state/record.ts';
import { feedLane, SITEMAP_LANE, takedownKey } from '../../../lambda/work/protocol/lanes.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { countIfAny } from '../../cli/problem-lines.ts';
import type { CommandContext } from '../context.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { type Invalidation, invalidateAll } from '../deployment/invalidation.ts';
import { type QueueState, readQueueState } from '../deployment/queues.ts';
import { type FormerPages, findFormerPages } from './takedown-archive.ts';
import { isObeyed, listTarget } from './takedown-entry.ts';
import {
  type ArchivePage,
  type Free,
  findAmong,
  findHolders,
  type Holder,
  isSitemap,
  listFeeds,
} from './takedown-search.ts';
import { findFiles, findTakenOver, learnRecord, readRecord, readTarget, type Target } from './takedown-target.ts';

const NOT_OBEYED =
  'The publisher has not read the list of takedowns yet: that is on the article queue, or it is too old to know of one.';
/** The publisher needs seconds; after this something is wrong, and its alarms know more. */
const WAIT_MS_MAX = 180_000;
const POLL_MS = 1_000;
/** After which the same is asked for again: the run that was asked for may have read the feed as it was. */
const ASK_AGAIN_MS = 15_000;
const NAMED_COUNT_MAX = 10;

/** @returns the exit code */
export function takeDownDeployed(
  deployment: Deployment,
  key: string,
  { terminal, now, operator }: CommandContext,
): Promise<number> {
  const { sqs, environment } = deployment;
  return takeDown(deployment, key, {
    terminal,
    now,
    ...(operator === undefined ? {} : { operator }),
    wait: (ms) => wait(ms),
    readQueues: async () => [
      await readQueueState(sqs, environment.articleQueueUrl),
      await readQueueState(sqs, environment.feedQueueUrl),
    ],
  });
}

type Stores = Pick<Deployment, 'content' | 'state' | 'public' | 'publicObjects' | 'queue'>;

/** The context of a takedown: clock, waiting, and the state of the queues. */
export interface TakedownContext extends Pick<CommandContext, 'terminal' | 'now' | 'operator'> {
  readonly wait: (ms: number) => Promise<unknown>;
  readonly readQueues: () => Promise<readonly QueueState[]>;
}

/** @returns the exit code */
export async function takeDown(
  deployment: Stores & Pick<Deployment, 'cdn'>,
  key: string,
  context: TakedownContext,
): Promise<number> {
  const { terminal } = context;
  const target = await readTarget(deployment, key);
  // Listed first: what is listed and not removed yet is held, and what is removed and not listed may come back.
  const refusal = await listTarget(deployment, target, context);
  await deployment.content.remove(key);
  terminal.note(`${key} is removed from the content bucket; waiting until no public document has it.`);
  try {
    const code = await finish(deployment, target, { ...context, isListed: refusal === null });
    return refusal === null ? code : reportUnlisted(key, refusal, terminal);
  } catch (error) {
    terminal.note(`The takedown stopped half way: public documents and the CDN may still have ${key}. Run it again.`);
    throw error;
  }
}

function reportUnlisted(key: string, refusal: string, terminal: CommandContext['terminal']): number {
  terminal.note(`${key} may come back: the list of takedowns, ${TAKEDOWNS_KEY}, ${refusal}.`);
  terminal.note('Mend it, and run this again (docs/runbook.md, "Taking an article down at once").');
  return EXIT.problems;
}

/** The steps after the removal; each can be repeated. */
async function finish(
  deployment: Stores & Pick<Deployment, 'cdn'>,
  target: Target,
  context: TakedownContext & { readonly isListed: boolean },
): Promise<number> {
  const { key } = target;
  const { terminal } = context;
  // S3's own events may take a minute.
  await deployment.queue.sendArticleWork([{ key: TAKEDOWNS_KEY }, { key, told: true }]);
  const { paths, reasons } = await waitUntilGone(deployment, target, context);
  const isGone = paths.length + reasons.length === 0;
  if (isGone) {
    terminal.print(`No public document has ${key} any more.`);
    terminal.note(`The way back: feedwright takedown --restore ${key}`);
  } else reportLeft(key, { paths, reasons }, terminal);
  if (context.isListed)
    terminal.note('Copies of it, and articles at its address, are held too. feedwright status names them.');
  const { owners } = await findTakenOver(deployment, target);
  for (const owner of owners) {
    terminal.note(`${owner} has its id or its address now, and is published: take that down too if it says the same.`);
  }
  const isTold = await clearCdn(deployment.cdn, terminal);
  if (!isGone) await reportQueues(context);
  return isTold && isGone ? EXIT.published : EXIT.problems;
}

/** The paths that are still public, and the reasons, as far as they can be seen. Neither when all is gone. */
interface Left {
  readonly paths: readonly string[];
  readonly reasons: readonly string[];
}

/** The result of a look at everything that may still be public. */
interface Look {
  readonly holders: readonly Holder[];
  readonly files: readonly string[];
  readonly former: FormerPages;
}

/** Waits for the publisher, helps where it would take its time, and gives what is left all the same. */
async function waitUntilGone(
  stores: Stores,
  target: Target,
  context: TakedownContext & { readonly isListed: boolean },
): Promise<Left> {
  const { now, isListed } = context;
  const free: Free = new Map();
  const feeds = new Set<string>([ALL_FEED]);
  let look: Look | null = null;
  let giveUpAt = Number.POSITIVE_INFINITY;
  let askedAt = Number.NEGATIVE_INFINITY;
  const named = new Set<string>();
  for (;;) {
    const record = await readRecord(stores, target.key);
    if (record !== null && (await learnRecord(stores, target, record))) {
      free.clear();
      // The publisher goes by the list: what was learned only now belongs there too.
      if (isListed) await listTarget(stores, target, context);
    }
    for (const { feed } of record?.places ?? []) feeds.add(feed);
    const isHeld = isListed && (await isObeyed(stores, target.key));
    const waitsFor = [...describeWork(record, isHeld), ...(isListed && !isHeld ? [NOT_OBEYED] : [])];
    // A held file may be put back any number of times.
    const isBack = !isListed && (await stores.content.inspect(target.key)) !== null;
    // The last word is that of all documents, after the publisher is through: pages may have been cut anew meanwhile. So
    // it is when this gives up: a slow run may have made public what was not when this began.
    const isLast = isBack || now() >= giveUpAt;
    const isWhole = look === null || isLast || (isEmpty(look) && waitsFor.length === 0);
    if (isWhole || (look !== null && !isEmpty(look))) {
      look = await takeLook(stores, target, { feeds, free, before: isWhole ? null : look });
      reportFormer(look.former, named, context);
    }
    const { holders = [], files = [], former = { pages: [], lost: [] } } = look ?? {};
    const paths = [...holders.map(({ path }) => path), ...files];
    const back = isBack ? [`${target.key} is in the content bucket again: somebody has put it back meanwhile.`] : [];
    if (isWhole && paths.length === 0 && waitsFor.length === 0 && !isBack) return { paths, reasons: [] };
    if (giveUpAt === Number.POSITIVE_INFINITY) giveUpAt = now() + WAIT_MS_MAX;
    if (isLast) {
      return { paths, reasons: [...back, ...waitsFor, ...describeUnreadable(holders), ...describeFormer(former)] };
    }
    if (now() >= askedAt && (await askFor(stores, { record, holders, former, isHeld }))) {
      askedAt = now() + ASK_AGAIN_MS;
    }
    if (!(isEmpty(look) && waitsFor.length === 0)) await context.wait(POLL_MS);
  }
}

interface Seen {
  readonly record: ArticleRecord | null;
  readonly holders: readonly Holder[];
  readonly former: FormerPages;
  /** Whether the publisher knows of the takedown. */
  readonly isHeld: boolean;
}

/**
 * Asks for what the publisher would do only later: sitemaps some minutes after a change, pages that are no more after a
 * month. What is asked for before the feed itself is done changes nothing.
 *
 * @returns whether anything was asked for
 */
async function askFor({ queue }: Stores, { record, holders, former, isHeld }: Seen): Promise<boolean> {
  const isDone = (feed: string): boolean => record?.places.some((place) => place.feed === feed) !== true;
  const feeds = [...new Set(former.pages.map(({ feed }) => feed))].filter((feed) => isHeld && isDone(feed));
  const messages = [
    ...(isDone(ALL_FEED) && holders.some(({ path }) => isSitemap(path)) ? [{ lane: SITEMAP_LANE, key: null }] : []),
    ...feeds.map((feed) => ({ lane: feedLane(feed), key: takedownKey() })),
  ];
  if (messages.length > 0) await queue.sendLaneWork(messages);
  return messages.length > 0;
}

/** Says of each page once that it is to be removed. */
function reportFormer({ pages }: FormerPages, named: Set<string>, { terminal }: TakedownContext): void {
  const names = pages.map(({ feed, name }) => `${feed} ${name}`).filter((name) => !named.has(name));
  for (const name of names) named.add(name);
  if (names.length === 0) return;
  const count = countIfAny(names.length, 'archive page that is no more', 'archive pages that are no more');
  terminal.note(`The publisher is asked to remove ${count} and still ${names.length === 1 ? 'has' : 'have'} it.`);
}

function isEmpty(look: Look | null): boolean {
  return look !== null && look.holders.length + look.files.length === 0;
}

interface Scope {
  readonly feeds: ReadonlySet<string>;
  readonly free: Free;
  /** Only what this look has found is looked at again; null to look at everything. */
  readonly before: Look | null;
}

async function takeLook(stores: Stores, target: Target, { feeds, free, before }: Scope): Promise<Look> {
  const found =
    before === null
      ? await findHolders(stores, target, await listFeeds(stores, feeds), free)
      : await findAmong(stores, target, before.holders, free);
  const former = await findFormerPages(stores, found);
  const isFormer = (page: ArchivePage): boolean =>
    former.pages.some(({ feed, name }) => feed === page.feed && name === page.name);
  const holders = found.filter(({ isTakenOver, page }) => !isTakenOver || (page !== null && isFormer(page)));
  return { holders, files: await findFiles(stores, target), former };
}

/** The work that the publisher still has to do, by its record of the file. */
function describeWork(record: ArticleRecord | null, isHeld: boolean): readonly string[] {
  if (record === null) return [];
  if ((record.sourceVersion !== null && !isHeld) || record.shown.length > 0) {
    return ['The publisher has not looked at the removal yet: that is on the article queue.'];
  }
  const feeds = [...new Set(record.places.map(({ feed }) => feed))];
  return feeds.length === 0 ? [] : [`Not taken out of these feeds yet: ${shorten(feeds).join(', ')}.`];
}

function describeUnreadable(holders: readonly Holder[]): readonly string[] {
  const damaged = holders.filter(({ isUnreadable }) => isUnreadable).map(({ path }) => path);
  if (damaged.length === 0) return [];
  const names = shorten(damaged).join(', ');
  return [`Damaged, so that nobody can tell what they have: ${names}. Run feedwright repair, then this again.`];
}

function describeFormer({ pages, lost }: FormerPages): readonly string[] {
  const feeds = shorten([...new Set(pages.map(({ feed }) => feed))]).join(', ');
  return [
    ...(feeds === ''
      ? []
      : [`Archive pages that are no more are not removed yet: that is on the feed queue, for ${feeds}.`]),
    ...(lost.length === 0
      ? []
      : [`The state of ${shorten(lost).join(', ')} is missing: feedwright repair, then this.`]),
  ];
}

function shorten(names: readonly string[]): readonly string[] {
  const more = names.length - NAMED_COUNT_MAX;
  return more > 0 ? [...names.slice(0, NAMED_COUNT_MAX), `and ${more} more`] : names;
}

function reportLeft(key: string, { paths, reasons }: Left, terminal: CommandContext['terminal']): void {
  if (paths.length === 0) terminal.note(`No public document has ${key} at this moment, but one may have it again:`);
  else terminal.note(`${key} is still public at these paths of the site bucket:`);
  // A compressed copy is told of where it alone is left.
  const named = paths.filter((path) => !paths.includes(plainPathOf(path) ?? ''));
  for (const path of shorten(named)) terminal.note(`  ${path}`);
  for (const reason of reasons) terminal.note(reason);
}

/** The reason may be work that was given up, or that waits. */
async function reportQueues({ terminal, readQueues }: TakedownContext): Promise<void> {
  const queues = await readQueues();
  const sum = (count: (queue: QueueState) => number) => queues.reduce((total, queue) => total + count(queue), 0);
  const waiting = sum(({ waitingCount, workingCount }) => waitingCount + workingCount);
  const dead = sum(({ deadCount }) => deadCount);
  terminal.note(`On the queues: ${countIfAny(waiting, 'message') || 'nothing'}, and ${dead} dead letters.`);
  if (dead > 0) terminal.note('Dead letters are work that was given up. Send them back first: feedwright redrive');
  terminal.note(
    'Then run this again: it goes on from here. A run of the publisher that failed comes again in 12 minutes.',
  );
}

/** Clears the CDN, or says what is to do by hand. */
async function clearCdn(cdn: Invalidation | null, terminal: CommandContext['terminal']): Promise<boolean> {
  if (cdn === null) {
    terminal.note(
      'No distribution is named, so no CDN was invalidated: cached copies expire within a quarter of an hour.',
    );
    return true;
  }
  const refusal = await invalidateAll(cdn);
  if (refusal === null) {
    terminal.print('The CDN is dropping its copies now. That takes a minute or two.');
    return true;
  }
  terminal.note(`The CDN could not be invalidated (${refusal}). Its copies expire within a quarter of an hour.`);
  terminal.note('To hurry it, run this again with the right cloudfront:CreateInvalidation, or do one of these:');
  terminal.note(`  aws cloudfront create-invalidation --distribution-id ${cdn.distributionId} --paths '/*'`);
  terminal.note(`  in the console: CloudFront → ${cdn.distributionId} → Invalidations → Create invalidation → /*`);
  return false;
}
