/**
 * Files in the index of names (name-index.ts), so that notes find them by their names alone. Only names that an article
 * has looked up hold files. The first look lists the content. From then on the events of files keep the name right.
 *
 * - A look first marks the name as linked, then lists. The event of a later file finds the name linked; the listing
 *   sees all earlier files.
 * - An event reads the index, then checks whether the file is there, and swaps. So no slow run leaves an older truth.
 * - A listing is done again whenever no file has the name. It adds whatever a crash kept out of the index.
 */

import { nameOfFile } from '../../address/asset-places.ts';
import { isNeverPublic } from '../../site/folder/folder-file.ts';
import type { NameHolder } from '../../state/name-state.ts';
import { mapBounded } from '../../store/bounded.ts';
import type { LaneMessage } from '../../store/queue.ts';
import { addHolders, isNameSettled, lookAtName, type NameLook, readName, settleName, watchName } from './name-index.ts';
import type { Ports } from './ports.ts';

/** Keys that are listed at once, and how often: what lies behind them is found when its event comes. */
const LIST_COUNT = 1_000;
const LISTS_MAX = 50;
const HOLDERS_MAX = 100;
const READS_AT_ONCE_MAX = 16;

/** Looks up which files have a name, as `lookAtName` does. */
export async function lookAtFiles(ports: Ports, name: string, by: string, isMarked: boolean): Promise<NameLook> {
  const look = await lookAtName(ports, name, by, isMarked);
  if (look.holders.some(isThere)) return look;
  const keys = await findFiles(ports, name);
  if (keys.length === 0) return look;
  const readAll = async () =>
    (await mapBounded(keys, READS_AT_ONCE_MAX, (key) => readFile(ports, key))).filter(isThere);
  const messages = await addHolders(ports, name, readAll);
  if (messages.length > 0) await ports.queue.sendLaneWork(messages);
  return watchName(ports, name);
}

function isThere({ url }: NameHolder): boolean {
  return url !== null;
}

async function findFiles({ content }: Pick<Ports, 'content'>, name: string): Promise<readonly string[]> {
  const keys: string[] = [];
  let after = '';
  for (let count = 0; count < LISTS_MAX && keys.length < HOLDERS_MAX; count += 1) {
    const { objects, next } = await content.list({ prefix: '', after, limitCount: LIST_COUNT });
    keys.push(...objects.flatMap(({ key }) => (nameOfFile(key) === name && !isNeverPublic(key) ? [key] : [])));
    if (next === null) break;
    after = next;
  }
  return keys;
}

/**
 * Notes in the index whether a file is there, if an article has looked its name up. Gives the messages that wake those
 * articles.
 */
export async function settleFile(ports: Ports, key: string): Promise<readonly LaneMessage[]> {
  const name = nameOfFile(key);
  if (name === null || isNeverPublic(key)) return [];
  const known = (await readName(ports, name))?.value;
  if (known?.isLinked !== true) return [];
  const isKnown = known.holders.some((holder) => holder.key === key);
  return settleName(ports, name, async () => {
    const file = await readFile(ports, key);
    // What was never there is no holder that has gone.
    return file.url === null && !isKnown ? null : file;
  });
}

/** Whether the index says of a file that is there what is to be said, and all were told: else its event was lost. */
export async function isFileSettled(ports: Pick<Ports, 'state'>, key: string): Promise<boolean> {
  const name = nameOfFile(key);
  if (name === null || isNeverPublic(key)) return true;
  const known = (await readName(ports, name))?.value;
  if (known?.isLinked !== true) return true;
  return isNameSettled(ports, name, { key, url: `/${key}`, id: THERE });
}

const THERE = 'there';

/** Only the presence of the file matters under its name. */
export async function readFile({ content }: Pick<Ports, 'content'>, key: string): Promise<NameHolder> {
  const isPresent = (await content.inspect(key)) !== null;
  return { key, url: isPresent ? `/${key}` : null, id: isPresent ? THERE : 'gone' };
}
