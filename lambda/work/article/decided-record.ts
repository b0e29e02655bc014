/** The record of a source file, decided from what the file proposes and what came of its claims. Pure. */

import { rememberGone, renameAwaited } from '../../feed/entry/renaming.ts';
import { idsOf } from '../../model/entry.ts';
import { ID_CLAIM } from '../../state/keys.ts';
import { type ArticleRecord, presentPlaces, unitePlaces } from '../../state/record.ts';
import { FORMER_COUNT_MAX } from '../protocol/claim-work.ts';
import type { Claimed } from './article-claims.ts';
import { claimRefused } from './article-problems.ts';
import { statedLinks } from './link-work.ts';
import type { ProposedRecord } from './proposed-record.ts';
import { idClaims } from './renaming-work.ts';

/** The record as it shall be. A file with an error, or a refused claim, keeps what it showed before and still may. */
export function decideRecord(
  record: ArticleRecord,
  proposed: ProposedRecord,
  { refused, former }: Claimed,
): ArticleRecord {
  const { broken, kept, now, retryAt, looks, shown: wanted, problems, seen, heldBy, doubtedBy, ...rest } = proposed;
  const { expected, formerHolders, renamed, awaited, saysPublic, part, original, family, leads, ...others } = rest;
  const { links, linked, deadLinks, ...settled } = others;
  const { heldBy: _held, doubtedBy: _doubted, leads: _led, family: _family, includes: _included, ...known } = record;
  const { untold: _untold, ...recorded } = known;
  const { links: _links, linked: _linked, deadLinks: _dead, named, ...before } = recorded;
  const isKept = broken || refused.size > 0;
  const shown = isKept ? kept.filter(({ expires }) => !(expires !== null && expires <= now)) : wanted;
  const expiries = isKept ? shown.flatMap(({ expires }) => expires ?? []) : [];
  // Its old file is gone, and about to let the id go: unless it comes back.
  const lent = renamed.filter(({ facts }) => idClaims(facts).some((claim) => refused.has(claim)));
  const dues = [...expiries, ...(proposed.dueAt === null ? [] : [proposed.dueAt]), ...lent.map(() => retryAt)];
  const untold = partsToTell(record, proposed);
  return {
    ...before,
    ...settled,
    ...(untold.length > 0 && { untold }),
    ...(heldBy !== null && { heldBy }),
    ...(doubtedBy !== null && { doubtedBy }),
    ...(leads && { leads }),
    ...(family.members.length > 0 && { family: family.members }),
    shown,
    gone: rememberGone(record, shown, now),
    facts: isKept ? withoutLost(seen, shown, refused, record.key) : settled.facts,
    dueAt: dues.length === 0 ? null : Math.min(...dues),
    places: unitePlaces(record.places, presentPlaces(shown)),
    claims: [...new Set([...record.claims, ...wanted.flatMap(({ claims }) => claims)])],
    successorOf: predecessors([...(record.successorOf ?? []), ...former], shown.length),
    problems: [
      ...problems,
      ...lent.map((from) => renameAwaited(record.key, [from], retryAt)),
      ...[...refused].flatMap(([each, owner]) => (expected.has(each) ? [] : claimRefused(record.key, each, owner))),
    ],
    ...statedLinks({ links, linked, deadLinks }),
    ...(named !== undefined && { named }),
  };
}

/** Files that the article takes in and didn't before, or the other way round; and those that were not told of the last time. */
function partsToTell(
  { includes: former = [], untold = [] }: ArticleRecord,
  { includes: present = [] }: ProposedRecord,
): readonly string[] {
  const gone = former.filter((key) => !present.includes(key));
  const come = present.filter((key) => !former.includes(key));
  return [...new Set([...untold, ...gone, ...come])];
}

/**
 * Facts of articles that show nothing new, without the ids that went to another file: one that came back, say, after
 * another was given its id. Such an article is free to take another id.
 */
function withoutLost(
  facts: ArticleRecord['facts'],
  shown: ArticleRecord['shown'],
  refused: Claimed['refused'],
  key: string,
): ArticleRecord['facts'] {
  const present = new Set(shown.map(({ entry }) => entry.id));
  const isLost = (id: string): boolean => (refused.get(ID_CLAIM + id) ?? key) !== key;
  return Object.fromEntries(
    Object.entries(facts).map(([part, each]) => {
      const { id, guid, ...rest } = each;
      const isKept = id === null || present.has(id) || !idsOf({ id, guid }).some(isLost);
      const handedOn = (rest.handedOn ?? 0) + 1;
      return [part, isKept ? each : { ...rest, id: null, handedOn }];
    }),
  );
}

/** Whether an id that a record had was lost to another file, so that the article has to be looked at with a new one. */
export function hasLostId(before: ArticleRecord, after: ArticleRecord): boolean {
  const ids = (record: ArticleRecord) => Object.values(record.facts).filter(({ id }) => id !== null).length;
  return ids(after) < ids(before);
}

/** Each once, those that were found last kept longest: enough for all that the claims of the ids shown remember. */
function predecessors(keys: readonly string[], shownCount: number): readonly string[] {
  const countMax = shownCount === 0 ? 0 : Math.max(PREDECESSORS_MAX, shownCount * FORMER_COUNT_MAX);
  return [...new Set(keys.toReversed())].slice(0, countMax).toReversed();
}

/** Of a file that shows few entries: more than the ids it showed can have passed on before its feeds have looked. */
const PREDECESSORS_MAX = 64;
