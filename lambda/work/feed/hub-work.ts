/**
 * Hub work: tell WebSub hubs that the documents of a feed have changed. It never holds up publishing: feed work queues
 * a delayed message that arrives when shared caches have dropped the old documents. Everything else happens here.
 *
 * - A hub is told if the documents differ from those that it was last told of. So messages may come twice, and a run
 *   that changed nothing tells no hub.
 * - While a feed goes on changing, the message of its last change does the telling, and all before it only wait: one
 *   ping for a burst. Of a feed that changes all the time, hubs are told every few minutes.
 * - A hub that fails is told again later, each hub for itself, until a named number of attempts.
 */

import { isPublicAddress } from '../../address/public-address.ts';
import { FEED_FORMATS, publicAddress, subscriptionPath } from '../../model/addresses.ts';
import type { Site } from '../../model/site.ts';
import { createHubState, type HubState } from '../../state/hub-state.ts';
import { readJson, swapJson } from '../../state/json-object.ts';
import { hubKey } from '../../state/keys.ts';
import { mapBounded } from '../../store/bounded.ts';
import type { Hub, HubAnswer } from '../../store/hub.ts';
import { DELAY_SECONDS_MAX, type HubMessage } from '../../store/queue.ts';
import { StoreError } from '../../store/store.ts';
import { SUBSCRIPTION_STALE_SECONDS_MAX } from '../protocol/documents.ts';
import type { Ports } from '../protocol/ports.ts';
import { readSite } from '../protocol/site-work.ts';

/** The outcome of telling one hub of one feed. */
export interface HubOutcome {
  readonly feed: string;
  /** Null if no hub was asked: there is nothing new, or a later message will tell it. */
  readonly hub: string | null;
  readonly result: 'told' | 'later' | 'given-up' | 'nothing' | 'waits';
  /** Why the hub could not be told; null where it could. */
  readonly reason: string | null;
}

/** For the clocks of the store and of the queue, which need not agree. */
const MARGIN_SECONDS = 5;
const TOLD_AFTER_SECONDS = SUBSCRIPTION_STALE_SECONDS_MAX + MARGIN_SECONDS;
/** How often hubs are told of a feed that changes all the time. */
const WAITING_MS_MAX = 5 * 60 * 1000;
const RETRY_SECONDS = 60;
/** About an hour of trying. */
const ATTEMPTS_MAX = 8;
const MESSAGES_AT_ONCE_MAX = 8;
const HUBS_AT_ONCE_MAX = 4;
const SWAPS_MAX = 10;

/** Schedules telling the hubs of a feed whose documents were written, once no cache serves the old ones any more. */
export async function askForPings(ports: Ports, site: Site, feed: string): Promise<void> {
  if (ports.hub === null || site.hubs.length === 0 || !isPublicAddress(site.url)) return;
  await ports.queue.sendHubWork([{ feed, hub: null, attempt: 1 }], TOLD_AFTER_SECONDS);
}

/** Works on a batch. A hub's failure is no failure of the message; this throws only if a store or the queue fails. */
export async function workOnHubs(ports: Ports, messages: readonly HubMessage[]): Promise<readonly HubOutcome[]> {
  const { site } = (await readSite(ports)).value;
  const { hub } = ports;
  if (site === null || hub === null) return [];
  const different = new Map(messages.map((message) => [JSON.stringify([message.feed, message.hub]), message]));
  const asked = askOnce(hub);
  const outcomes = await mapBounded([...different.values()], MESSAGES_AT_ONCE_MAX, (message) =>
    tellHubs({ ...ports, hub: asked }, site, message),
  );
  return outcomes.flat();
}

/**
 * A hub that failed in this batch is not asked again in it: the rest of the work must not wait for it. So the first of
 * several goes ahead, and the others wait for what it hears.
 */
function askOnce(hub: Hub): Hub {
  const first = new Map<string, Promise<HubAnswer>>();
  const failed = new Map<string, HubAnswer>();
  const ask = async (address: string, topics: readonly string[]): Promise<HubAnswer> => {
    const answer = await hub.publish(address, topics);
    if (answer.kind === 'failed') failed.set(address, answer);
    return answer;
  };
  return {
    async publish(address, topics) {
      const ahead = first.get(address);
      if (ahead !== undefined) {
        await ahead;
        return failed.get(address) ?? ask(address, topics);
      }
      const own = ask(address, topics);
      first.set(address, own);
      return own;
    },
  };
}

async function tellHubs(
  ports: Ports & { readonly hub: Hub },
  site: Site,
  message: HubMessage,
): Promise<readonly HubOutcome[]> {
  const { feed, hub } = message;
  const present = await readDocuments(ports, feed);
  const state = (await readJson<HubState>(ports.state, hubKey(feed)))?.value ?? createHubState();
  const hubs = site.hubs.filter((each) => (hub === null || each === hub) && state.told[each] !== present?.versions);
  if (present === null || hubs.length === 0) return [{ feed, hub: null, result: 'nothing', reason: null }];
  const isAtRest = present.changedAt <= ports.now() - SUBSCRIPTION_STALE_SECONDS_MAX * 1000;
  if (!isAtRest && (await mayWait(ports, feed))) return [{ feed, hub: null, result: 'waits', reason: null }];
  const topics = FEED_FORMATS.map((format) => publicAddress(site.url, subscriptionPath(feed, format)));
  const outcomes = await mapBounded(hubs, HUBS_AT_ONCE_MAX, (each) => tellHub(ports, message, each, topics));
  const told = outcomes.flatMap((outcome) => (outcome.result === 'told' ? (outcome.hub ?? []) : []));
  // What the caches gave may be older than the last change, whose own message is still to come.
  const known = isAtRest ? Object.fromEntries(told.map((each) => [each, present.versions])) : {};
  await changeState(ports, feed, (before) => ({
    told: { ...keepOnly(before.told, site.hubs), ...known },
    waitingSince: null,
  }));
  return outcomes;
}

interface PresentDocuments {
  /** Other ones with every change. */
  readonly versions: string;
  /** Milliseconds since the epoch. */
  readonly changedAt: number;
}

/** Null when the feed has no documents (yet). */
async function readDocuments(ports: Ports, feed: string): Promise<PresentDocuments | null> {
  const paths = FEED_FORMATS.map((format) => subscriptionPath(feed, format));
  const found = await Promise.all(paths.map((path) => ports.public.inspect(path)));
  const facts = found.filter((each) => each !== null);
  if (facts.length < paths.length) return null;
  return {
    versions: facts.map(({ version }) => version).join(' '),
    changedAt: Math.max(...facts.map(({ modifiedAt }) => modifiedAt)),
  };
}

/** Whether a change may be left to the message of a later one. Notes since when one waits. */
async function mayWait(ports: Ports, feed: string): Promise<boolean> {
  const now = ports.now();
  const { waitingSince } = await changeState(ports, feed, (state) => ({
    ...state,
    waitingSince: state.waitingSince ?? now,
  }));
  return waitingSince === null || now - waitingSince < WAITING_MS_MAX;
}

async function tellHub(
  ports: Ports & { readonly hub: Hub },
  { feed, attempt }: HubMessage,
  hub: string,
  topics: readonly string[],
): Promise<HubOutcome> {
  const answer = await ports.hub.publish(hub, topics);
  if (answer.kind === 'accepted') return { feed, hub, result: 'told', reason: null };
  const { reason } = answer;
  if (answer.kind === 'refused' || attempt >= ATTEMPTS_MAX) return { feed, hub, result: 'given-up', reason };
  const delaySeconds = Math.min(DELAY_SECONDS_MAX, RETRY_SECONDS * 2 ** (attempt - 1));
  await ports.queue.sendHubWork([{ feed, hub, attempt: attempt + 1 }], delaySeconds);
  return { feed, hub, result: 'later', reason };
}

type Change = (state: HubState) => Pick<HubState, 'told' | 'waitingSince'>;

/** Changes the note, also while others do so at the same time; gives the note as it is then. */
async function changeState(ports: Ports, feed: string, change: Change): Promise<HubState> {
  for (let attempt = 0; attempt < SWAPS_MAX; attempt += 1) {
    const stored = await readJson<HubState>(ports.state, hubKey(feed));
    const before = stored?.value ?? createHubState();
    const next: HubState = { ...before, ...change(before), nonce: ports.nonce() };
    const isSame = JSON.stringify({ ...next, nonce: '' }) === JSON.stringify({ ...before, nonce: '' });
    if (isSame || (await swapJson(ports.state, hubKey(feed), next, stored?.version ?? null)) !== null) return next;
  }
  throw new StoreError('retry', `What hubs know of ${feed} kept changing.`);
}

function keepOnly(told: HubState['told'], hubs: readonly string[]): HubState['told'] {
  return Object.fromEntries(Object.entries(told).filter(([hub]) => hubs.includes(hub)));
}
