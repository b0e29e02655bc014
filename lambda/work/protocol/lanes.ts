/**
 * The lanes: everything that has one writer at a time. A lane is a message group of the FIFO queue, and the group's name is
 * the mutual exclusion: two names for one thing would give it two writers. Names also stand in messages and markers that
 * another version wrote. So a name never changes (tests/work/protocol/lanes.test.ts holds them all).
 *
 * A feed's lane has the feed's name. All others begin with `@`, which no feed's name does. lane-work.ts says what each
 * kind of lane does.
 */

import { type LaneName, laneNamed } from '../../store/queue.ts';

/**
 * The name of each kind of lane: a whole name, or a prefix followed by the subject. The first form that fits counts.
 */
const FORMS = {
  /** The list of all feeds. A message's key names a feed whose row may have changed; without one, all have. */
  catalog: { name: '@catalog' },
  sitemap: { name: '@sitemap' },
  /**
   * An asset if the content has one, else a document of the publisher. So it has the name that the asset would have.
   */
  robots: { name: '@asset/robots.txt' },
  /** Reconcile all: looks at everything again, after new settings or on request. */
  reconcileAll: { name: '@sweep/announcement' },
  /**
   * Reconcile: compares everything with the content and puts right what differs. The key `begin` begins it, perhaps
   * with the number of removals that are meant: `begin 40`.
   */
  reconcile: { name: '@sweep/comparison' },
  /**
   * Repair: reads everything, mends what is damaged, then reconciles. The key `@begin` begins it; another names a feed
   * that is repaired.
   */
  repair: { name: '@sweep/rebuild' },
  /** What is at an address, which begins with a slash: an article's page, a redirect, or nothing. */
  page: { prefix: '@page' },
  /** Whether the file at a content key is public. A message's key names an article that stopped using it. */
  asset: { prefix: '@asset/' },
  /**
   * Wakes the articles that link to a name after something changed under it. A message's key says how far the last run
   * came.
   */
  links: { prefix: '@links/' },
  /** A feed's pages and documents. A message's key names an article that may have changed, or is one of those below. */
  feed: { prefix: '' },
} as const satisfies Record<string, { readonly name: string } | { readonly prefix: string }>;

export type LaneKind = keyof typeof FORMS;

export interface Lane {
  readonly kind: LaneKind;
  /** The feed's name, the page's address, the asset's content key or the name that is linked to; empty where there is only one such lane. */
  readonly subject: string;
}

export const CATALOG_LANE = nameLane('catalog');
export const SITEMAP_LANE = nameLane('sitemap');
export const ROBOTS_LANE = nameLane('robots');
export const RECONCILE_ALL_LANE = nameLane('reconcileAll');
export const RECONCILE_LANE = nameLane('reconcile');
export const REPAIR_LANE = nameLane('repair');

/** The lane of one feed. */
export function feedLane(feed: string): LaneName {
  return nameLane('feed', feed);
}

/** @param address begins with a slash */
export function pageLane(address: string): LaneName {
  return nameLane('page', address);
}

/** The lane of one file: that of robots.txt, too. */
export function assetLane(contentKey: string): LaneName {
  return nameLane('asset', contentKey);
}

/** The lane of all articles that link to a name. @param name as `normalName` has it */
export function linksLane(name: string): LaneName {
  return nameLane('links', name);
}

/** The lane of a name. A name that fits no other form is a feed's. */
export function parseLane(name: LaneName): Lane {
  for (const kind of KINDS) {
    const form = FORMS[kind];
    if ('name' in form && name === form.name) return { kind, subject: '' };
    if ('prefix' in form && name.startsWith(form.prefix)) return { kind, subject: name.slice(form.prefix.length) };
  }
  throw new Error('Every name is that of a feed, if of nothing else.');
}

/** Whether the lane reconciles or repairs everything. Such work makes other work, so a single process does it first. */
export function isUpkeep(name: LaneName): boolean {
  const { kind } = parseLane(name);
  return kind === 'reconcile' || kind === 'reconcileAll' || kind === 'repair';
}

/** No article has such a key. */
const TAKEDOWN = '@takedown';

/**
 * The key that has a feed remove former archive pages that hold what was taken down.
 *
 * @param after name of the last page that is done. @default from the first page on
 */
export function takedownKey(after = ''): string {
  return after === '' ? TAKEDOWN : `${TAKEDOWN} ${after}`;
}

/** The last page for which takedowns are done, empty for none; null for the key of other work. */
export function readTakedownKey(key: string | null): string | null {
  if (key === TAKEDOWN) return '';
  return key?.startsWith(`${TAKEDOWN} `) ? key.slice(TAKEDOWN.length + 1) : null;
}

/** Whether the lane does nothing but wake articles. A single process does it before those articles. */
export function isWaking(name: LaneName): boolean {
  return parseLane(name).kind === 'links';
}

const KINDS = Object.keys(FORMS) as readonly LaneKind[];

function nameLane(kind: LaneKind, subject = ''): LaneName {
  const form = FORMS[kind];
  return laneNamed('prefix' in form ? form.prefix + subject : form.name);
}
