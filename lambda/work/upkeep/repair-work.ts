/**
 * Repair: mends whatever is damaged or missing in the state store, then reconciles all. Public documents stay as they
 * are meanwhile, and are written at the end where they differ.
 *
 * Like reconcile it has a lane of its own, and takes a bounded portion a run. The order matters, since each phase
 * relies on those before it:
 *
 * 1. *objects*: unreadable notes and markers are removed; they are made again when they are needed;
 * 2. *feeds*: every page is read. A record that can't be read is made again from the entries that stand there, with
 *    what of it is frozen; a feed with damage is noted;
 * 3. *records*: those that are still damaged are removed, and made from their files at the end. Of the others, claims and
 *    markers are looked after;
 * 4. *claims* that can't be read and that nobody shows are removed;
 * 5. *names* forget files whose records were lost;
 * 6. *remaking*: the damaged feeds are made again from the records, under new keys, and switched by their root
 *   (feed-repair.ts). Each sends a message when it is done;
 * 7. everything is reconciled, as after new settings: the state agrees with the files again.
 *
 * Each step is idempotent and may stop anywhere: a marker under `due/` has it continue.
 */

import type { Site } from '../../model/site.ts';
import { findJson, readJson, swapJson } from '../../state/json-object.ts';
import { afterPrefix, CLAIMS_PREFIX, FEEDS_PREFIX, NAMES_PREFIX, RECORDS_PREFIX, upkeepKey } from '../../state/keys.ts';
import { createRepair, REPAIR_FEED_KEY, type RepairCounts, type RepairState } from '../../state/repair-state.ts';
import { mapBounded } from '../../store/bounded.ts';
import type { LaneMessage } from '../../store/queue.ts';
import { StoreError } from '../../store/store.ts';
import { markDue } from '../protocol/due-work.ts';
import { feedLane, REPAIR_LANE } from '../protocol/lanes.ts';
import type { Ports } from '../protocol/ports.ts';
import { mendSite, reconcileAll } from '../protocol/site-work.ts';
import { beginReconcile } from './reconcile-work.ts';
import { inspectFeed } from './repair-feeds.ts';
import { mendNames, mendRecords } from './repair-records.ts';

/** The key of the message that begins a repair; no feed has such a name. */
const BEGIN = '@begin';
/** Objects that one step looks at. */
const PORTION_COUNT = 500;
/** Steps of a run: one run suffices for a small publication. */
const STEPS_PER_RUN = 20;
/** A run that has looked at so many objects and entries ends early. */
const OBJECTS_PER_RUN = 2_000;
const READS_AT_ONCE_MAX = 32;
/** How long a run may take before the tick sends the message again. */
const UNFINISHED_MS = 15 * 60 * 1000;

/** Begins a repair. If one is under way, it begins again. */
export async function beginRepair(ports: Ports): Promise<void> {
  // Everything reads the settings first, and the repair its own state.
  await mendSite(ports);
  await removeDamaged(ports, upkeepKey(REPAIR_LANE));
  await markDue(ports, 'feed', REPAIR_LANE, ports.now() + UNFINISHED_MS);
  await ports.queue.sendLaneWork([{ lane: REPAIR_LANE, key: BEGIN }]);
}

/** What the last repair found; null if there never was one, or it is still under way. */
export async function readRepair(ports: Pick<Ports, 'state'>): Promise<RepairCounts | null> {
  const stored = await readJson<RepairState>(ports.state, upkeepKey(REPAIR_LANE));
  return stored?.value.phase === 'done' ? stored.value.counts : null;
}

/** Moves the repair on by a few steps, and sends the messages for the next run. */
export async function workOnRepair(ports: Ports, site: Site, messages: readonly LaneMessage[]): Promise<void> {
  const stored = await readJson<RepairState>(ports.state, upkeepKey(REPAIR_LANE));
  // Without a state, the message that begins it came before there were settings to begin with.
  const isBeginning = stored === null || messages.some(({ key }) => key === BEGIN);
  const before = isBeginning ? createRepair(ports.nonce()) : stored.value;
  if (before.phase === 'done') return;
  const told = new Set(messages.map(({ key }) => key));
  let present: RepairState = { ...before, damaged: before.damaged.filter((feed) => !told.has(feed)) };
  let looked = 0;
  for (let step = 0; step < STEPS_PER_RUN && looked < OBJECTS_PER_RUN && isLooking(present); step += 1) {
    const taken = await takeStep(ports, site, present);
    present = taken.repair;
    looked += taken.looked;
  }
  if (present.phase === 'remaking' && present.damaged.length === 0) {
    await reconcileAll(ports);
    await beginReconcile(ports);
    present = { ...present, phase: 'done' };
  }
  const next = { ...present, nonce: ports.nonce() };
  const version = await swapJson(ports.state, upkeepKey(REPAIR_LANE), next, stored?.version ?? null);
  if (version === null) throw new StoreError('retry', 'The repair was moved on by somebody else meanwhile.');
  if (isLooking(present)) await ports.queue.sendLaneWork([{ lane: REPAIR_LANE, key: null }]);
  // If a feed that is done sent the message, the others have been asked already.
  const isAsked = before.phase === 'remaking' && !told.has(null);
  if (!isAsked) await ports.queue.sendLaneWork(feedMessages(present));
}

function isLooking({ phase }: RepairState): boolean {
  return phase !== 'remaking' && phase !== 'done';
}

function feedMessages({ phase, damaged }: RepairState): readonly LaneMessage[] {
  return phase === 'remaking' ? damaged.map((feed) => ({ lane: feedLane(feed), key: REPAIR_FEED_KEY })) : [];
}

interface Step {
  readonly repair: RepairState;
  /** How many objects and entries were looked at. */
  readonly looked: number;
}

async function takeStep(ports: Ports, site: Site, repair: RepairState): Promise<Step> {
  const goOn = (after: string | null, phase: RepairState['phase'], found: Partial<Findings> = {}): Step => ({
    repair: {
      ...repair,
      ...(after === null ? { phase, after: '' } : { after }),
      page: null,
      damaged: [...new Set([...repair.damaged, ...(found.damaged ?? [])])],
      counts: addFindings(repair, found),
    },
    looked: PORTION_COUNT,
  });
  switch (repair.phase) {
    case 'objects': {
      const { after, others } = await mendObjects(ports, repair.after);
      return goOn(after, 'feeds', { others });
    }
    case 'feeds': {
      const found = await inspectFeed(ports, site, repair);
      if (found === null) return goOn(null, 'records');
      const { after, page, looked } = found;
      const { repair: next } = goOn(after, 'feeds', found);
      return { repair: { ...next, page }, looked };
    }
    case 'records': {
      const { objects, next } = await listPortion(ports, RECORDS_PREFIX, repair.after);
      return goOn(next, 'claims', await mendRecords(ports, objects));
    }
    case 'claims': {
      const { objects, next } = await listPortion(ports, CLAIMS_PREFIX, repair.after);
      return goOn(next, 'names', { others: await removeAllDamaged(ports, objects) });
    }
    case 'names': {
      const { objects, next } = await listPortion(ports, NAMES_PREFIX, repair.after);
      await mendNames(ports, objects);
      return goOn(next, 'remaking');
    }
    case 'remaking':
    case 'done':
      return { repair: repair, looked: 0 };
  }
}

/** What a step found. */
export interface Findings extends Omit<RepairCounts, 'feeds'> {
  /** Feeds that have to be made again. */
  readonly damaged: readonly string[];
}

function addFindings({ damaged, counts }: RepairState, found: Partial<Findings>): RepairCounts {
  return {
    feeds: counts.feeds + (found.damaged ?? []).filter((feed) => !damaged.includes(feed)).length,
    recovered: counts.recovered + (found.recovered ?? 0),
    lost: counts.lost + (found.lost ?? 0),
    others: counts.others + (found.others ?? 0),
  };
}

/** Notes and markers that can't be read. What lies under these prefixes has phases of its own. */
async function mendObjects(ports: Ports, after: string): Promise<{ after: string | null; others: number }> {
  const { objects, next } = await listPortion(ports, '', after);
  const apart = [RECORDS_PREFIX, CLAIMS_PREFIX, FEEDS_PREFIX];
  const others = objects.filter((key) => !apart.some((prefix) => key.startsWith(prefix)));
  const passed = apart.find((prefix) => objects.at(-1)?.startsWith(prefix));
  return {
    after: passed === undefined ? next : afterPrefix(passed),
    others: await removeAllDamaged(ports, others),
  };
}

async function listPortion(
  ports: Ports,
  prefix: string,
  after: string,
): Promise<{ objects: readonly string[]; next: string | null }> {
  const { objects, next } = await ports.state.list({ prefix, after, limitCount: PORTION_COUNT });
  return { objects: objects.map(({ key }) => key), next };
}

async function removeAllDamaged(ports: Ports, keys: readonly string[]): Promise<number> {
  const removed = await mapBounded(keys, READS_AT_ONCE_MAX, (key) => removeDamaged(ports, key));
  return removed.filter(Boolean).length;
}

async function removeDamaged(ports: Ports, key: string): Promise<boolean> {
  const found = await findJson(ports.state, key);
  if (found.kind !== 'damaged') return false;
  await ports.state.remove(key, { ifVersion: found.version });
  return true;
}
