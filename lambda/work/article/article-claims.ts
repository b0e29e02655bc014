/** The ids and addresses of an article are claimed before it shows them. */

import type { Stored } from '../../state/json-object.ts';
import { ID_CLAIM } from '../../state/keys.ts';
import type { ArticleRecord } from '../../state/record.ts';
import { awaitClaim, takeClaim } from '../protocol/claim-work.ts';
import type { Ports } from '../protocol/ports.ts';
import { writeRecord } from '../protocol/record-write.ts';
import type { ProposedRecord } from './proposed-record.ts';
import { awaitedClaims } from './renaming-work.ts';

/** What came of the claims that a file did not hold yet. */
export interface Claimed {
  /** Who holds what was refused, by claim. */
  readonly refused: ReadonlyMap<string, string>;
  /** Content keys of those who had the ids before. */
  readonly former: readonly string[];
}

/**
 * Takes the claims that are not held yet: first the record lists them, then they are taken one by one. All take them in
 * one order and stop at the first that is refused, so no two articles wait for one another. The record is written even
 * if it lists them already, so that a slower run of this file that is about to release one loses the swap.
 *
 * @returns the record as it is then, with what came of it; null to start again
 */
export async function claim(
  ports: Ports,
  stored: Stored<ArticleRecord>,
  proposed: ProposedRecord,
  turn: () => Promise<void>,
): Promise<({ readonly stored: Stored<ArticleRecord> } & Claimed) | null> {
  const held = stored.value.shown.flatMap(({ claims }) => claims);
  const wanted = proposed.shown.flatMap(({ claims }) => claims);
  const missing = wanted.filter((each) => !held.includes(each)).sort();
  const refused = new Map<string, string>();
  const former: string[] = [];
  const twice = wanted.find((each, index) => wanted.indexOf(each) !== index);
  if (twice !== undefined) return { stored, refused: new Map([[twice, stored.value.key]]), former };
  const awaited = awaitedClaims(proposed.awaited);
  if (missing.length + awaited.length === 0) return { stored, refused, former };
  const claims = [...new Set([...stored.value.claims, ...wanted, ...awaited])];
  const listed = await writeRecord(ports, stored, {
    ...stored.value,
    claims,
    facts: proposed.seen,
    nonce: ports.nonce(),
  });
  if (listed === null) return null;
  await turn();
  for (const each of missing) {
    const holding = await takeClaim(ports, listed, each, stored.version === null);
    if (holding === null) return null;
    if (holding.owner !== stored.value.key) {
      // Another file has taken the id meanwhile: what this file is has to be decided again.
      if ((proposed.expected.get(each) ?? holding.owner) !== holding.owner) return null;
      refused.set(each, holding.owner);
      break;
    }
    // The address may have had another owner in between.
    if (hasOtherHolders(proposed.formerHolders.get(each), holding.former, stored.value.key)) return null;
    if (each.startsWith(ID_CLAIM)) former.push(...holding.former);
  }
  for (const each of awaited) if (!(await awaitClaim(ports, listed, each))) return null;
  return { stored: listed, refused, former };
}

/** Whether somebody had a claim since its former holders were read. */
function hasOtherHolders(read: readonly string[] | null | undefined, former: readonly string[], key: string): boolean {
  if (read === undefined) return false;
  return read === null || former.join('\n') !== read.filter((other) => other !== key).join('\n');
}
