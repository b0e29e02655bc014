/**
 * One owner per id and per address. The record comes first: it lists every claim it may hold before the claim is taken,
 * so that a crash in between leaves a list from which to resume. The holder keeps a claim; others add themselves to
 * those who wait, and are woken when it is let go. A claim whose owner's record does not list it may be taken.
 */

import { findJson, readJson, STATE_SCHEMA, type StateObject, type Stored, swapJson } from '../../state/json-object.ts';
import { claimKey, recordKey } from '../../state/keys.ts';
import type { ArticleRecord } from '../../state/record.ts';
import { StoreError } from '../../store/store.ts';
import type { Ports } from './ports.ts';

interface Claim extends StateObject {
  /** Content key of the owner; null when it was let go. */
  readonly owner: string | null;
  /** Content keys of those who wait for it. */
  readonly waiting: readonly string[];
  /** Content keys of the last who had it, in that order; what stands on it in feeds may still be theirs. */
  readonly former?: readonly string[];
}

/** Who has a claim, and who had it before, as far as that is known. */
export interface Holding {
  /** Content key. */
  readonly owner: string;
  readonly former: readonly string[];
}

const ATTEMPTS_MAX = 20;
/** Whoever comes later is not woken, and is looked at again by the next reconcile. */
const WAITING_COUNT_MAX = 1_000;
/** So many can have had a claim, one after another, before a feed has looked at the first of them. */
export const FORMER_COUNT_MAX = 8;

/**
 * Takes a claim for the article whose record (as stored) lists it.
 *
 * @returns who holds the claim now: the article itself when nobody else does. Null when the article's record was changed
 * meanwhile, so that all of it has to be done again.
 */
export async function takeClaim(ports: Ports, own: Stored<ArticleRecord>, claim: string): Promise<Holding | null> {
  const { key } = own.value;
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const stored = await readJson<Claim>(ports.state, claimKey(claim));
    const owner = stored?.value.owner ?? null;
    const taken = owner !== null && owner !== key && (await isListed(ports, owner, claim));
    const waiting = stored?.value.waiting ?? [];
    const former = stored?.value.former ?? [];
    if (taken && (waiting.includes(key) || waiting.length >= WAITING_COUNT_MAX)) return { owner, former };
    if (!(await isPresent(ports, own))) return null;
    // One's own claim is written too: a slower run of this file that is about to let it go then notices.
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
 * Lets a claim go that the article's record (as stored) lists and does not need, and wakes those who wait for it. Done
 * again after a crash, it wakes them again.
 *
 * @param waits whether the article stays among those who wait for it
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
    // What it waits for itself stays as it is. What it let go before it came to wait is told to the others, again.
    const isOthers = owner !== key && (owner !== null || waiting.some((other) => other === key));
    if (waits && isOthers) return true;
    if (!(await isPresent(ports, own))) return false;
    const others = waiting.filter((other) => other !== key);
    const left = owner === key ? { owner: null, former: addFormer(former, key) } : { owner, former };
    // Written also where it stays as it is: a slower run of this file that is about to take it then notices.
    const next: Claim = { schema: STATE_SCHEMA, nonce: ports.nonce(), ...left, waiting: others };
    if ((await swapJson(ports.state, claimKey(claim), next, stored?.version ?? null)) === null) continue;
    if (next.owner === null) await ports.queue.sendArticleWork(others.map((other) => ({ key: other })));
    return true;
  }
  throw new StoreError('retry', `The claim to ${claim} kept changing.`);
}

/**
 * Gives a claim that is damaged, missing or nobody's to the article whose record (as stored) shows that it stands on it.
 *
 * @returns whether that was needed; null when the article's record was changed meanwhile, and may have let it go
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
 * Has the article whose record (as stored) lists a claim be woken when its holder lets it go, though it is not to have it
 * itself.
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

/** Content keys of who holds a claim, null when nobody does, and of the last who had it before. */
export interface Holders {
  readonly owner: string | null;
  readonly former: readonly string[];
}

/** Who holds a claim now, and who had it before. */
export async function readHolders(ports: Pick<Ports, 'state'>, claim: string): Promise<Holders> {
  const { owner = null, former = [] } = (await readJson<Claim>(ports.state, claimKey(claim)))?.value ?? {};
  return { owner, former };
}

/** Content key of who holds a claim now; null when nobody does. */
export async function readOwner(ports: Pick<Ports, 'state'>, claim: string): Promise<string | null> {
  return (await readHolders(ports, claim)).owner;
}

/** Content keys of those who wait for a claim that somebody else has. */
export async function readWaiting(ports: Pick<Ports, 'state'>, claim: string): Promise<readonly string[]> {
  return (await readJson<Claim>(ports.state, claimKey(claim)))?.value.waiting ?? [];
}

function addFormer(former: readonly string[], key: string): readonly string[] {
  return [...former.filter((other) => other !== key), key].slice(-FORMER_COUNT_MAX);
}

async function isPresent(ports: Ports, own: Stored<ArticleRecord>): Promise<boolean> {
  return (await ports.state.inspect(recordKey(own.value.key)))?.version === own.version;
}

/** Whether the record of a claim's owner still lists the claim; else anybody may take it. */
export async function isListed(ports: Pick<Ports, 'state'>, owner: string, claim: string): Promise<boolean> {
  const record = await readJson<ArticleRecord>(ports.state, recordKey(owner));
  return record?.value.claims.includes(claim) ?? false;
}
