/**
 * The index of names (docs/decisions/080-links-between-articles.md): it tells a link which article has the file that it
 * names, and it wakes the linking articles when something changes under a name.
 *
 * - A linking article writes a marker first, then looks, and writes the change it saw into its record. A run that saw
 *   another change must write too, so one of two runs loses the swap.
 * - Whoever writes a holder reads the index, then the present truth of the file, and swaps. So no slow run leaves an
 *   older truth.
 * - The lane of the name then wakes the linking articles, a portion a run.
 */

import {
  encodeJson,
  readJson,
  STATE_SCHEMA,
  type StateObject,
  type Stored,
  swapJson,
} from '../../state/json-object.ts';
import { decodedKey, linkKey, linksPrefix, nameKey, recordKey } from '../../state/keys.ts';
import { type NameHolder, type NameState, withHolder } from '../../state/name-state.ts';
import type { ArticleRecord } from '../../state/record.ts';
import { mapBounded } from '../../store/bounded.ts';
import type { LaneMessage } from '../../store/queue.ts';
import { StoreError } from '../../store/store.ts';
import { linksLane } from './lanes.ts';
import type { Ports } from './ports.ts';

const ATTEMPTS_MAX = 20;
/** Articles that one run of the lane wakes. */
const PORTION_COUNT = 1_000;
const READS_AT_ONCE_MAX = 32;

/** What an article saw under a name. */
export interface NameLook {
  readonly change: string;
  readonly holders: readonly NameHolder[];
}

/** What a marker under `links/` says. */
export interface LinkMarker extends StateObject {
  /** Content key of the article that links to the name. */
  readonly key: string;
}

/**
 * Looks up who has a name. The article that looks is woken from then on when that changes.
 *
 * @param by content key of the article that links to the name
 * @param isMarked whether its record says that its marker is there
 */
export async function lookAtName(ports: Ports, name: string, by: string, isMarked: boolean): Promise<NameLook> {
  if (!isMarked) {
    const marker: LinkMarker = { schema: STATE_SCHEMA, nonce: ports.nonce(), key: by };
    // Written even over a marker that is there, so that a run that is about to remove that one leaves it.
    await ports.state.write(linkKey(name, by), encodeJson(marker));
  }
  return watchName(ports, name);
}

/** Makes sure that the articles with a marker are told of changes under a name. */
export async function watchName(ports: Ports, name: string): Promise<NameLook> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const stored = await readName(ports, name);
    if (stored?.value.isLinked) return stored.value;
    const next: NameState = { ...(stored?.value ?? createName(ports, name)), nonce: ports.nonce(), isLinked: true };
    if ((await swapJson(ports.state, nameKey(name), next, stored?.version ?? null)) !== null) return next;
  }
  throw new StoreError('retry', `The name ${name} kept changing.`);
}

/**
 * Writes into the index what is true of a file.
 *
 * @param readTruth what is true by then; null where nothing is known of the file
 * @param first what is true, where nobody is likely to have the name yet: then nothing has to be read
 * @returns the messages that wake the linking articles; empty if there is nothing to tell
 */
export async function settleName(
  ports: Ports,
  name: string,
  readTruth: () => Promise<NameHolder | null>,
  first: NameHolder | null = null,
): Promise<readonly LaneMessage[]> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const isFirst = attempt === 0 && first !== null;
    const stored = isFirst ? null : await readName(ports, name);
    const holder = isFirst ? first : await readTruth();
    if (holder === null) return [];
    const before = stored?.value ?? createName(ports, name);
    const holders = isHeldAs(before, holder) ? null : withHolder(before.holders, holder);
    if (holders === null) return messagesOf(before);
    const change = ports.nonce();
    const told = before.isLinked ? before.told : change;
    const next: NameState = { ...before, nonce: ports.nonce(), holders, change, told };
    if ((await swapJson(ports.state, nameKey(name), next, stored?.version ?? null)) !== null) return messagesOf(next);
  }
  throw new StoreError('retry', `The name ${name} kept changing.`);
}

/**
 * Writes several into the index at once, so that no crash leaves some of them out. Gives the messages that wake the
 * linking articles.
 */
export async function addHolders(
  ports: Ports,
  name: string,
  readTruth: () => Promise<readonly NameHolder[]>,
): Promise<readonly LaneMessage[]> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const stored = await readName(ports, name);
    const before = stored?.value ?? createName(ports, name);
    const added = (await readTruth()).filter((holder) => !isHeldAs(before, holder));
    const holders = added.reduce((all, holder) => withHolder(all, holder) ?? all, before.holders);
    if (holders === before.holders) return messagesOf(before);
    const change = ports.nonce();
    const told = before.isLinked ? before.told : change;
    const next: NameState = { ...before, nonce: ports.nonce(), holders, change, told };
    if ((await swapJson(ports.state, nameKey(name), next, stored?.version ?? null)) !== null) return messagesOf(next);
  }
  throw new StoreError('retry', `The name ${name} kept changing.`);
}

/** Whether the index says of a file what it should, as far as it has room, and all linking articles were told. */
export async function isNameSettled(ports: Pick<Ports, 'state'>, name: string, holder: NameHolder): Promise<boolean> {
  const state = (await readName(ports, name))?.value;
  if (state === undefined || messagesOf(state).length > 0) return false;
  return isHeldAs(state, holder) || withHolder(state.holders, holder) === null;
}

function isHeldAs({ holders }: NameState, { key, id }: NameHolder): boolean {
  return holders.some((each) => each.key === key && each.id === id);
}

function messagesOf({ name, isLinked, change, told }: NameState): readonly LaneMessage[] {
  return isLinked && change !== told ? [{ lane: linksLane(name), key: null }] : [];
}

/**
 * Wakes the articles that link to a name, from where the last run of the same change stopped; then notes that all were
 * told.
 *
 * @param messages their keys tell how far that was: the change, and the last marker's key
 */
export async function workOnName(ports: Ports, name: string, messages: readonly LaneMessage[]): Promise<void> {
  const stored = await readName(ports, name);
  if (stored === null || messagesOf(stored.value).length === 0) return;
  const { change } = stored.value;
  const passed = messages.flatMap(({ key }) => (key?.startsWith(`${change} `) ? key.slice(change.length + 1) : []));
  const after = passed.reduce((last, each) => (each > last ? each : last), '');
  const prefix = linksPrefix(name);
  const { objects, next } = await ports.state.list({ prefix, after, limitCount: PORTION_COUNT });
  const keys = (
    await mapBounded(objects, READS_AT_ONCE_MAX, ({ key }) => findSleeper(ports, name, change, key))
  ).flat();
  if (keys.length > 0) await ports.queue.sendArticleWork(keys.map((key) => ({ key })));
  if (next === null) await noteTold(ports, name, change);
  else await ports.queue.sendLaneWork([{ lane: linksLane(name), key: `${change} ${next}` }]);
}

/** Content key of the article of a marker, unless it has seen the change already. */
async function findSleeper(
  { state }: Pick<Ports, 'state'>,
  name: string,
  change: string,
  marker: string,
): Promise<readonly string[]> {
  const decoded = decodedKey(marker.slice(linksPrefix(name).length));
  const key = decoded ?? (await readJson<LinkMarker>(state, marker))?.value.key;
  if (key === undefined) return [];
  const record = await readJson<ArticleRecord>(state, recordKey(key));
  return record?.value.links?.[name] === change ? [] : [key];
}

/** Unless something else has changed: that has a message of its own. */
async function noteTold(ports: Ports, name: string, change: string): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const stored = await readName(ports, name);
    if (stored === null || stored.value.change !== change) return;
    const next: NameState = { ...stored.value, nonce: ports.nonce(), told: change };
    if ((await swapJson(ports.state, nameKey(name), next, stored.version)) !== null) return;
  }
  throw new StoreError('retry', `The name ${name} kept changing.`);
}

export async function readName({ state }: Pick<Ports, 'state'>, name: string): Promise<Stored<NameState> | null> {
  return readJson<NameState>(state, nameKey(name));
}

function createName(ports: Pick<Ports, 'nonce'>, name: string): NameState {
  const change = ports.nonce();
  return { schema: STATE_SCHEMA, nonce: ports.nonce(), name, holders: [], change, told: change, isLinked: false };
}
