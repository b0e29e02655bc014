/** The names by which links find an article's file: in its record, and in the index (name-index.ts). */

import { namesOfArticle } from '../../address/article-name.ts';
import { nameOfFile } from '../../address/asset-places.ts';
import { readJson } from '../../state/json-object.ts';
import { recordKey } from '../../state/keys.ts';
import type { NamedFile, NameHolder, NameState } from '../../state/name-state.ts';
import type { ArticleRecord } from '../../state/record.ts';
import type { LaneMessage } from '../../store/queue.ts';
import { isNameSettled, settleName } from './name-index.ts';
import type { Ports } from './ports.ts';
import { readFile } from './vault-files.ts';

/**
 * The record with the names by which links find its file. They are noted as soon as the record shows something.
 *
 * @param isSettled whether the index was seen to say what the record before says
 */
export function withNamed(
  before: ArticleRecord,
  next: ArticleRecord,
  nonce: string,
  isSettled: boolean,
): ArticleRecord {
  const { named: _, ...rest } = next;
  const { named } = before;
  const [shown, second] = next.shown;
  const url = second === undefined ? (shown?.entry.url ?? null) : null;
  if (url === null && named === undefined) return rest;
  const names =
    url === null ? (named?.names ?? []) : [...new Set([...namesOfArticle(next.key, null), ...(shown?.names ?? [])])];
  const former = named === undefined || isSettled ? [] : named.left;
  if (named !== undefined && named.url === url && named.names.join('\n') === names.join('\n')) {
    return { ...rest, named: { ...named, left: former, isSettled: named.isSettled || isSettled } };
  }
  const left = [...new Set([...former, ...(named?.names ?? [])])].filter((name) => !names.includes(name));
  return { ...rest, named: { id: nonce, names, url, left, isSettled: false } };
}

/** Whether the index agrees with the record, and all articles that link to its names were told. */
export async function isNamedSettled(ports: Ports, { key, named }: ArticleRecord): Promise<boolean> {
  if (named === undefined || named.isSettled) return true;
  for (const name of namesIn(named)) {
    const holder = holderOf(key, named, name);
    if (holder !== null && !(await isNameSettled(ports, name, holder))) return false;
  }
  return true;
}

/**
 * Makes the index agree with the record.
 *
 * @param isNew whether the file has never had a name before
 * @returns the messages that wake the articles that link to it
 */
export async function settleNamed(
  ports: Ports,
  { key, named }: Pick<ArticleRecord, 'key' | 'named'>,
  isNew: boolean,
): Promise<readonly LaneMessage[]> {
  if (named === undefined) return [];
  const messages: LaneMessage[] = [];
  for (const name of namesIn(named)) {
    const first = isNew ? holderOf(key, named, name) : null;
    messages.push(...(await settleName(ports, name, () => readHolder(ports, key, name), first)));
  }
  return messages;
}

/** What the record of a file says now; null if it says nothing of the name. */
async function readHolder(ports: Pick<Ports, 'state'>, key: string, name: string): Promise<NameHolder | null> {
  const named = (await readJson<ArticleRecord>(ports.state, recordKey(key)))?.value.named;
  return named === undefined ? null : holderOf(key, named, name);
}

/** Takes files out of the index whose records were lost, and with them what was known of where they are. */
export async function dropLostHolders(ports: Ports, { name, holders }: NameState): Promise<void> {
  for (const { key, url } of holders) {
    if (url === null || !(await isLost(ports, key, name))) continue;
    const gone = { key, url: null, id: nameOfFile(key) === null ? ports.nonce() : 'gone' };
    const messages = await settleName(ports, name, async () => ((await isLost(ports, key, name)) ? gone : null));
    if (messages.length > 0) await ports.queue.sendLaneWork(messages);
  }
}

/** What shows something is about to be looked at, and says its names then. */
async function isLost(ports: Pick<Ports, 'state' | 'content'>, key: string, name: string): Promise<boolean> {
  if (nameOfFile(key) !== null) return (await readFile(ports, key)).url === null;
  const record = (await readJson<ArticleRecord>(ports.state, recordKey(key)))?.value;
  if (record === undefined) return true;
  return record.named === undefined ? record.shown.length === 0 : holderOf(key, record.named, name) === null;
}

function namesIn({ names, left }: NamedFile): readonly string[] {
  return [...names, ...left];
}

function holderOf(key: string, { id, names, left, url }: NamedFile, name: string): NameHolder | null {
  if (names.includes(name)) return { key, url, id };
  return left.includes(name) ? { key, url: null, id } : null;
}
