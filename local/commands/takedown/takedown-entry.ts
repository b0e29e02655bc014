/** The entry of a takedown on the list: the marks by which the file, and its public entries, are recognised when they come back. */

import { addTakedown } from '../../../lambda/site/takedowns.ts';
import { ADDRESS_CLAIM, ID_CLAIM } from '../../../lambda/state/keys.ts';
import { mapBounded } from '../../../lambda/store/bounded.ts';
import { readOwner } from '../../../lambda/work/protocol/claim-work.ts';
import { readStoredSite } from '../../../lambda/work/protocol/site-work.ts';
import type { CommandContext } from '../context.ts';
import { bucketList, changeList } from './takedown-list.ts';
import { type Buckets, readRecord, type Target } from './takedown-target.ts';
import { readTraits } from './takedown-traits.ts';

const READS_AT_ONCE_MAX = 32;

/**
 * Writes the target on the list.
 *
 * @returns null when it is listed, else why it can't be, as the end of a sentence
 */
export async function listTarget(
  buckets: Buckets,
  target: Target,
  { now, operator }: Pick<CommandContext, 'now' | 'operator'>,
): Promise<string | null> {
  const { key, site } = target;
  const stated = await readTraits(buckets.content, key, site);
  const shown = (await readRecord(buckets, key))?.shown ?? [];
  const claims = [
    ...[...target.ids, ...stated.ids].map((id) => ID_CLAIM + id),
    ...stated.addresses.map((address) => ADDRESS_CLAIM + address),
    ...shown.flatMap((each) => each.claims),
  ];
  const own = await withoutOthers(buckets, key, claims);
  const named = (prefix: string): readonly string[] =>
    own.filter((claim) => claim.startsWith(prefix)).map((claim) => claim.slice(prefix.length));
  const takedown = {
    key,
    ids: named(ID_CLAIM),
    addresses: named(ADDRESS_CLAIM),
    hashes: stated.hashes,
    at: new Date(now()).toISOString(),
    by: operator ?? null,
  };
  return changeList(bucketList(buckets), (list) => addTakedown(list, takedown));
}

/** A claim that another file holds says nothing of this one, which only waited for it. */
async function withoutOthers(buckets: Buckets, key: string, claims: readonly string[]): Promise<readonly string[]> {
  const each = [...new Set(claims)];
  const owners = await mapBounded(each, READS_AT_ONCE_MAX, (claim) => readOwner(buckets, claim));
  return each.filter((_, index) => owners[index] === null || owners[index] === key);
}

/** Whether the publisher keeps the file down; where it never had settings, it can't have made anything public. */
export async function isObeyed(buckets: Pick<Buckets, 'state'>, key: string): Promise<boolean> {
  const site = await readStoredSite(buckets);
  return site === null || site.takedowns?.list.some((takedown) => takedown.key === key) === true;
}
