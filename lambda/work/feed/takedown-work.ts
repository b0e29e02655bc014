/**
 * Former archive pages keep their last documents for a month, for readers that are on their way through the history.
 * They are never written again. So a former page with an entry that was taken down is removed here, in the feed's own
 * lane: the same writer makes pages and brings them back. Pages in the feed's directory are never touched, because feed
 * work on the removal writes them again.
 *
 * A document is judged by its content, plain and in each compressed copy, since a crash may leave older copies.
 */

import { promisify } from 'node:util';
import { brotliDecompress, gunzip } from 'node:zlib';
import { plainPathOf, VARIANTS } from '../../address/variants.ts';
import { archiveFolder, archivePath, articlesBase } from '../../model/addresses.ts';
import { idsOf } from '../../model/entry.ts';
import type { Site } from '../../model/site.ts';
import type { Takedown } from '../../site/takedowns.ts';
import { readJson } from '../../state/json-object.ts';
import { afterPrefix, recordKey, rootKey } from '../../state/keys.ts';
import type { ArticleRecord } from '../../state/record.ts';
import { type FeedRoot, isHeadWaiting, isWaiting } from '../../state/root.ts';
import { mapBounded } from '../../store/bounded.ts';
import type { LaneMessage } from '../../store/queue.ts';
import type { StoredObject } from '../../store/store.ts';
import { feedLane, readTakedownKey, takedownKey } from '../protocol/lanes.ts';
import type { Ports } from '../protocol/ports.ts';
import type { GoodSite, SiteState } from '../protocol/site-work.ts';
import { formatsOf, removeArchiveDocuments } from './feed-documents.ts';
import { readDirectory } from './feed-store.ts';
import { createEvidence, type Evidence } from './takedown-evidence.ts';

/** Pages whose documents one run reads, and objects that it lists; the next run continues. */
const PAGES_PER_RUN_MAX = 50;
const LISTINGS_PER_RUN_MAX = 20;
const PAGES_AT_ONCE_MAX = 4;
const RECORDS_AT_ONCE_MAX = 32;

/**
 * Removes documents that have something that was taken down, and sends the message for the next run if any are left.
 */
export async function workOnTakedowns(
  ports: Ports,
  { site, takedowns }: GoodSite & Pick<SiteState, 'takedowns'>,
  feed: string,
  messages: readonly LaneMessage[],
): Promise<void> {
  const afters = messages.flatMap(({ key }) => readTakedownKey(key) ?? []);
  const list = takedowns?.list ?? [];
  const root = (await readJson<FeedRoot>(ports.state, rootKey(feed)))?.value;
  // Without a root the present pages are unknown: a repair comes first.
  if (afters.length === 0 || list.length === 0 || root === undefined) return;
  // The first name of all starts from the beginning.
  const after = afters.sort()[0] ?? '';
  // Pending documents may still link to former pages.
  const isWritten = !isWaiting(root.pending) && !isHeadWaiting(root);
  const next = isWritten ? await removeNext(ports, site, root, list, after) : after;
  if (next !== null) await ports.queue.sendLaneWork([{ lane: feedLane(feed), key: takedownKey(next) }]);
}

/** @returns the name of the last page that is done; null if nothing is left */
async function removeNext(
  ports: Ports,
  site: Site,
  root: FeedRoot,
  list: readonly Takedown[],
  after: string,
): Promise<string | null> {
  const { feed } = root;
  const present = new Set((await readDirectory(ports, root)).map(({ name }) => name));
  const { names, next } = await listFormerPages(ports, feed, present, after);
  if (names.length === 0) return next;
  const evidence = await collectEvidence(ports, site, list);
  const found = await mapBounded(names, PAGES_AT_ONCE_MAX, async (name) =>
    hasTakenDown(ports, site, feed, name, evidence),
  );
  // The newest first: a page links to the one before it.
  const gone = names.filter((_, index) => found[index]).toReversed();
  for (const name of gone) await removeArchiveDocuments(ports, site, feed, name);
  return next;
}

/** The next former pages that have documents. */
async function listFormerPages(
  ports: Ports,
  feed: string,
  present: ReadonlySet<string>,
  start: string,
): Promise<{ readonly names: readonly string[]; readonly next: string | null }> {
  const folder = archiveFolder(feed);
  const names = new Set<string>();
  let after = start === '' ? '' : afterPrefix(`${folder}${start}/`);
  let last = start;
  for (let listing = 0; listing < LISTINGS_PER_RUN_MAX; listing += 1) {
    const { objects, next } = await ports.public.list({ prefix: folder, after });
    for (const { key } of objects) {
      const name = key.slice(folder.length).split('/')[0] ?? '';
      if (name !== last && names.size === PAGES_PER_RUN_MAX) return { names: [...names], next: last };
      if (!present.has(name)) names.add(name);
      last = name;
    }
    if (next === null) return { names: [...names], next: null };
    after = next;
  }
  return { names: [...names], next: last };
}

/** The marks of entries that were taken down: from the list, and from the frozen facts of their records. */
async function collectEvidence(ports: Ports, site: Site, list: readonly Takedown[]): Promise<Evidence> {
  const records = await mapBounded(list, RECORDS_AT_ONCE_MAX, ({ key }) =>
    readJson<ArticleRecord>(ports.state, recordKey(key)),
  );
  const facts = records.flatMap((record) => Object.values(record?.value.facts ?? {}));
  const frozen = facts.flatMap(({ id, guid }) => (id === null ? [] : idsOf({ id, guid })));
  const urls = list.flatMap(({ addresses }) =>
    addresses.map((address) => new URL(address.slice(1), articlesBase(site)).href),
  );
  return createEvidence({ ids: [...list.flatMap(({ ids }) => ids), ...frozen], urls }, site.url);
}

async function hasTakenDown(
  ports: Ports,
  site: Site,
  feed: string,
  name: string,
  evidence: Evidence,
): Promise<boolean> {
  for (const format of formatsOf(feed, site)) {
    const path = archivePath(feed, name, format);
    for (const each of [path, ...VARIANTS.map(({ ending }) => path + ending)]) {
      const object = await ports.public.read(each);
      if (object !== null && (await isFound(object, evidence))) return true;
    }
  }
  return false;
}

/** A damaged document may hold anything, so it is removed. */
async function isFound(object: StoredObject, evidence: Evidence): Promise<boolean> {
  try {
    return evidence.has(await readDocument(object));
  } catch {
    return true;
  }
}

/** The text of a public document, or of a compressed copy of one. Rejects where it is damaged. */
export async function readDocument({ key, body }: StoredObject): Promise<string> {
  const isCopy = plainPathOf(key) !== null;
  const bytes = isCopy ? await promisify(key.endsWith('.br') ? brotliDecompress : gunzip)(body) : body;
  return new TextDecoder().decode(bytes);
}
