/**
 * One owner per id and per address. The record comes first: it lists every claim it may hold before the claim is taken,
 * so that a crash in between leaves a list from which to resume. The owner keeps a claim. Others add themselves to its
 * waiters, and are woken when it is released. Anybody may take a claim that its owner's record does not list.
 */

import { findJson, readJson, STATE_SCHEMA, type StateObject, type Stored, swapJson } from '../../state/json-object.ts';
import { claimKey, recordKey } from '../../state/keys.ts';
import type { ArticleRecord } from '../../state/record.ts';
import { StoreError } from '../../store/store.ts';
import type { Ports } from './ports.ts';

interface Claim extends StateObject {
  /** Content key of the owner; null once it is released. */
  readonly owner: string | null;
  /** Content keys of its waiters. */
  readonly waiting: readonly string[];
  /** Content keys of its former owners, the last one last. Feeds may still show their entries. */
  readonly former?: readonly string[];
}

/** The owner of a claim and its former owners, as far as they are known. */
export interface Holding {
  /** Content key. */
  readonly owner: string;
  readonly former: readonly string[];
}

const ATTEMPTS_MAX = 20;
/** Later waiters are not woken. The next reconcile looks at them again. */
const WAITING_COUNT_MAX = 1_000;
/** How many owners a claim may have had, one after another, before a feed has looked at the first of them. */
export const FORMER_COUNT_MAX = 8;

/**
 * Takes a claim for the article whose record (as stored) lists it.
 *
 * If nobody ever had the claim, one call takes it. Claims are never removed, so a claim that is absent when it is written was
 * never touched. The write of the record was the last look at the record, and nobody can have let the claim go since.
 *
 * @param isUnknown whether the caller has just written the first record of the file, so that the claim is probably new
 * @returns the owner of the claim now: the article itself if nobody else is. Null if the article's record was changed
 *   meanwhile: start again.
 */
export async function takeClaim(
  ports: Ports,
  own: Stored<ArticleRecord>,
  claim: string,
  isUnknown = false,
): Promise<Holding | null> {
  const { key } = own.value;
  if (isUnknown) {
    const first: Claim = { schema: STATE_SCHEMA, nonce: ports.nonce(), owner: key, waiting: [], former: [] };
    if ((await swapJson(ports.state, claimKey(claim), first, null)) !== null) return { owner: key, former: [] };
  }
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const stored = await readJson<Claim>(ports.state, claimKey(claim));
    const owner = stored?.value.owner ?? null;
    const taken = owner !== null && owner !== key && (await isListed(ports, owner, claim));
    const waiting = stored?.value.waiting ?? [];
    const former = stored?.value.former ?? [];
    if (taken && (waiting.includes(key) || waiting.length >= WAITING_COUNT_MAX)) return { owner, former };
    if (!(await isPresent(ports, own))) return null;
    // An article's own claim is written too. So a slower run of this file that is about to release it loses the swap.
    const next: Claim = {
      schema: STATE_SCHEMA,
      nonce: ports.nonce(),
      owner: taken ? owner : key,
      waiting: taken ? [...waiting, key] : waiting.filter((other) => other !== key),
      former: taken || owner === null ? former : addFormer(former, owner),
    };
    if ((await swapJson(ports.state, claimKey(claim), next, stored?.version ?? null)) !== null) {
      return { owner: taken ? owner : key, former: (next.former ?? []).filter((other) => other !== key) };
    }
  }
  throw new StoreError('retry', `The claim to ${claim} kept changing.`);
}

/**
 * Releases a claim that the article's record (as stored) lists and does not need, and wakes its waiters. Idempotent:
 * after a crash it wakes them again.
 *
 * @param waits whether the article stays among its waiters
 * @returns whether it is done; false when the article's record was changed meanwhile
 */
export async function releaseClaim(
  ports: Ports,
  own: Stored<ArticleRecord>,
  claim: string,
  waits: boolean,
): Promise<boolean> {
  const { key } = own.value;
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const stored = await readJson<Claim>(ports.state, claimKey(claim));
    const { owner, waiting, former = [] } = stored?.value ?? { owner: null, waiting: [] };
    // A claim for which the article waits itself stays as it is. The other waiters are woken again, in case the article
    // released it before it came to wait.
    const isOthers = owner !== key && (owner !== null || waiting.some((other) => other === key));
    if (waits && isOthers) return true;
    if (!(await isPresent(ports, own))) return false;
    const others = waiting.filter((other) => other !== key);
    const left = owner === key ? { owner: null, former: addFormer(former, key) } : { owner, former };
    // Written even if it stays the same. So a slower run of this file that is about to take it loses the swap.
    const next: Claim = { schema: STATE_SCHEMA, nonce: ports.nonce(), ...left, waiting: others };
    if ((await swapJson(ports.state, claimKey(claim), next, stored?.version ?? null)) === null) continue;
    if (next.owner === null) await ports.queue.sendArticleWork(others.map((other) => ({ key: other })));
    return true;
  }
  throw new StoreError('retry', `The claim to ${claim} kept changing.`);
}

/**
 * Gives a claim that is damaged, missing or without an owner to the article whose record (as stored) depends on it.
 *
 * @returns whether that was needed; null if the article's record was changed meanwhile, and the claim may be released
 */
export async function restoreClaim(ports: Ports, own: Stored<ArticleRecord>, claim: string): Promise<boolean | null> {
  const key = claimKey(claim);
  const found = await findJson<Claim>(ports.state, key);
  if (found.kind === 'sound' && found.value.owner !== null) return false;
  if (!(await isPresent(ports, own))) return null;
  const rest = found.kind === 'sound' ? found.value : { waiting: [] };
  const next: Claim = { ...rest, schema: STATE_SCHEMA, nonce: ports.nonce(), owner: own.value.key };
  return (await swapJson(ports.state, key, next, found.version)) === null ? null : true;
}

/**
 * Adds the article whose record (as stored) lists a claim to its waiters, although it is not to own the claim itself.
 *
 * @returns false when there is nothing to wait for, or the article's record was changed meanwhile
 */
export async function awaitClaim(ports: Ports, own: Stored<ArticleRecord>, claim: string): Promise<boolean> {
  const { key } = own.value;
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const stored = await readJson<Claim>(ports.state, claimKey(claim));
    if (stored === null || stored.value.owner === null) return false;
    const { waiting } = stored.value;
    if (waiting.includes(key) || waiting.length >= WAITING_COUNT_MAX) return true;
    if (!(await isPresent(ports, own))) return false;
    const next: Claim = { ...stored.value, nonce: ports.nonce(), waiting: [...waiting, key] };
    if ((await swapJson(ports.state, claimKey(claim), next, stored.version)) !== null) return true;
  }
  throw new StoreError('retry', `The claim to ${claim} kept changing.`);
}

/** Content keys of a claim's owner, null if there is none, and of its former owners. */
export interface Holders {
  readonly owner: string | null;
  readonly former: readonly string[];
}

/** The owner of a claim, and its former owners. */
export async function readHolders(ports: Pick<Ports, 'state'>, claim: string): Promise<Holders> {
  const { owner = null, former = [] } = (await readJson<Claim>(ports.state, claimKey(claim)))?.value ?? {};
  return { owner, former };
}

/** Content key of the owner of a claim; null if there is none. */
export async function readOwner(ports: Pick<Ports, 'state'>, claim: string): Promise<string | null> {
  return (await readHolders(ports, claim)).owner;
}

/** Content keys of the waiters for a claim that another article owns. */
export async function readWaiting(ports: Pick<Ports, 'state'>, claim: string): Promise<readonly string[]> {
  return (await readJson<Claim>(ports.state, claimKey(claim)))?.value.waiting ?? [];
}

function addFormer(former: readonly string[], key: string): readonly string[] {
  return [...former.filter((other) => other !== key), key].slice(-FORMER_COUNT_MAX);
}

async function isPresent(ports: Ports, own: Stored<ArticleRecord>): Promise<boolean> {
  return (await ports.state.inspect(recordKey(own.value.key)))?.version === own.version;
}

/** Whether the record of a claim's owner still lists the claim. If not, anybody may take it. */
export async function isListed(ports: Pick<Ports, 'state'>, owner: string, claim: string): Promise<boolean> {
  const record = await readJson<ArticleRecord>(ports.state, recordKey(owner));
  return record?.value.claims.includes(claim) ?? false;
}
