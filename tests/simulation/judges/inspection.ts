/** What must hold when nothing is under way. */

import { isArticleKey } from '../../../lambda/address/article-key.ts';
import { plainPathOf } from '../../../lambda/address/variants.ts';
import { FEED_FORMATS } from '../../../lambda/model/addresses.ts';
import type { FeedFormat } from '../../../lambda/model/document.ts';
import { createPublisher, type Ports } from '../../../lambda/publish.ts';
import { hashBytes } from '../../../lambda/site/takedowns.ts';
import { readJson, type StateObject } from '../../../lambda/state/json-object.ts';
import { claimKey, RECORDS_PREFIX } from '../../../lambda/state/keys.ts';
import type { ArticleRecord } from '../../../lambda/state/record.ts';
import { type FeedRoot, isUnfinished } from '../../../lambda/state/root.ts';
import type { LaneMessage } from '../../../lambda/store/queue.ts';
import { listAll, type Store, type StoredObject } from '../../../lambda/store/store.ts';
import { feedLane, isUpkeep, takedownKey } from '../../../lambda/work/protocol/lanes.ts';
import { readSite, readStoredSite } from '../../../lambda/work/protocol/site-work.ts';
import { bucketList, readList } from '../../../local/commands/takedown/takedown-list.ts';
import type { SimulatedStore } from '../simulated-store.ts';
import { inspectVariants } from '../variants.ts';
import type { Auditor } from './auditor.ts';
import { buildAnew } from './fresh-build.ts';

/** @param site what `ports.public` writes to */
export async function inspectRest(ports: Ports, site: SimulatedStore, auditor: Auditor): Promise<readonly string[]> {
  // Nobody ever had anything to tell the publisher, so it has not even read the settings.
  if ((await readStoredSite(ports)) === null && site.keys.length === 0) return [];
  const records = await readAll<ArticleRecord>(ports.state, RECORDS_PREFIX, '.json');
  const roots = await readAll<FeedRoot>(ports.state, 'feeds/', '/root.json');
  const isSuperseded = supersededIn(roots);
  const queued = await compareEverything(ports);
  // Without settings nothing can be published, so there is always something to do.
  const isUnsettled = (await readSite(ports)).value.site === null;
  return [
    ...(queued.length === 0 || isUnsettled ? [] : [`reconcile still finds work: ${JSON.stringify(queued)}`]),
    ...(await inspectTakedowns(ports, site, records, isSuperseded)),
    ...(await inspectFormerPages(ports, site, roots, isSuperseded)),
    ...inspectRoots(roots, auditor),
    ...(await inspectPictures(ports, roots.filter(isPublic), auditor)),
    ...(await inspectClaims(ports.state, records)),
    ...compare(site, await buildAnew(ports), isSuperseded),
    ...inspectVariants(site, isSuperseded),
  ];
}

/** The messages that reconciling would queue. */
async function compareEverything(ports: Ports): Promise<readonly unknown[]> {
  const queued: unknown[] = [];
  const upkeep: LaneMessage[] = [];
  const queue: Ports['queue'] = {
    sendArticleWork: async (messages) => void queued.push(...messages),
    sendHubWork: async (messages) => void queued.push(...messages),
    async sendLaneWork(messages) {
      for (const message of messages) (isUpkeep(message.lane) ? upkeep : queued).push(message);
    },
  };
  const publisher = createPublisher({ ...ports, queue });
  await publisher.reconcile();
  for (let next = upkeep.shift(); next !== undefined; next = upkeep.shift())
    await publisher.laneWork(next.lane, [next]);
  return queued;
}

/** Every public document as a fresh build gives it, and none besides but archive pages that were there until lately. */
function compare(
  present: SimulatedStore,
  expected: SimulatedStore,
  isSuperseded: (path: string) => boolean,
): readonly string[] {
  return [
    ...expected.keys.flatMap((path) => difference(path, present.objects.get(path), expected.objects.get(path)) ?? []),
    ...present.keys
      .filter((path) => !expected.objects.has(path) && !isSuperseded(path) && plainPathOf(path) === null)
      .map((path) => `${path} should not be there`),
  ];
}

/** Whether a path is that of an archive page that is no more: each of its documents stays as it was last written. */
function supersededIn(roots: readonly FeedRoot[]): (path: string) => boolean {
  const superseded = new Set(
    roots.flatMap(({ feed, superseded: pages }) =>
      pages.map(({ name }) => `${feed === 'all' ? '' : `${feed}/`}archive/${name}/`),
    ),
  );
  return (path) => superseded.has(path.slice(0, path.lastIndexOf('/') + 1));
}

function difference(
  path: string,
  present: StoredObject | undefined,
  expected: StoredObject | undefined,
): string | null {
  if (present?.version === expected?.version) return null;
  if (present === undefined) return `${path} is missing`;
  const lines = linesOf(present);
  const wanted = linesOf(expected);
  const index = lines.findIndex((line, number) => line !== wanted[number]);
  return `${path} differs from a fresh build in line ${index + 1}:\n  is:     ${lines[index]}\n  should: ${wanted[index]}`;
}

function linesOf(object: StoredObject | undefined): readonly string[] {
  return new TextDecoder().decode(object?.body).split('\n');
}

function inspectRoots(roots: readonly FeedRoot[], auditor: Auditor): readonly string[] {
  return roots.flatMap((root) => [
    ...(isPublic(root) ? FEED_FORMATS.flatMap((format) => inspectHistory(root, format, auditor)) : []),
    ...(isUnfinished(root) ? [`${root.feed} has documents pending`] : []),
  ]);
}

/** A feed that never had enough entries has no documents, which the comparison with a fresh build looks after. */
function isPublic({ opening }: FeedRoot): boolean {
  return opening !== 'withheld';
}

function inspectHistory(root: FeedRoot, format: FeedFormat, auditor: Auditor): readonly string[] {
  const ids = auditor.walk(root.feed, format)?.flatMap((document) => document.ids);
  if (ids === undefined) return [`the history of ${root.feed} as ${format} has a link that leads nowhere`];
  const removed = root.removals.filter(({ id }) => ids.includes(id));
  return [
    ...(ids.length === root.entryCount
      ? []
      : [`${root.feed} shows ${ids.length} entries as ${format} of ${root.entryCount}`]),
    ...removed.map(({ id }) => `${root.feed} announces the removal of ${id}, which it shows`),
  ];
}

/** What a document names is there, unless nobody has it any more: an article with an error still names what it did. */
async function inspectPictures(ports: Ports, roots: readonly FeedRoot[], auditor: Auditor): Promise<readonly string[]> {
  const chains = roots.flatMap(({ feed }) => auditor.walk(feed, 'json') ?? []);
  const missing: string[] = [];
  for (const path of new Set(chains.flatMap(({ pictures }) => pictures))) {
    const isHad = (await ports.content.inspect(path)) !== null;
    if (isHad && (await ports.public.inspect(path)) === null) missing.push(`${path} is named, and not public`);
  }
  return missing;
}

/** Nothing public says what a file says that was taken down, whatever file it came back in. */
async function inspectTakedowns(
  { content, state }: Ports,
  { objects }: SimulatedStore,
  records: readonly ArticleRecord[],
  isSuperseded: (path: string) => boolean,
): Promise<readonly string[]> {
  const { list } = await readList(bucketList({ content, state }));
  const hashes = new Set(list.flatMap((takedown) => takedown.hashes));
  const keys = new Set(list.map(({ key }) => key));
  const hidden = new Set<string>();
  const free = new Set<string>();
  for await (const { key } of listAll(content, '')) {
    const body = (await content.read(key))?.body ?? new Uint8Array();
    if (!isArticleKey(key)) continue;
    const titles = hashes.has(hashBytes(body)) ? hidden : free;
    for (const [title] of new TextDecoder().decode(body).matchAll(/k[\d.]+ r\d+/g)) titles.add(title);
  }
  // A copy that was touched has other bytes, and its text is too short to be known by.
  for (const title of free) hidden.delete(title);
  const shown = records.filter((record) => keys.has(record.key) && record.shown.length > 0);
  const faults = shown.map(({ key }) => `${key} shows something, and was taken down`);
  const documents = [...objects].flatMap(([path, { body }]) => {
    // Pages that are no more are for the command to remove, which looks into them.
    const isLooked = plainPathOf(path) === null && !isSuperseded(path);
    const text = isLooked ? new TextDecoder().decode(body) : '';
    const title = [...text.matchAll(/k[\d.]+ r\d+/g)].find(([each]) => hidden.has(each));
    return title === undefined ? [] : [`${path} shows ${title[0]}, which was taken down`];
  });
  return [...faults, ...documents];
}

/** Feeds that are asked to remove pages that are no more and have what was taken down leave none, and no other goes. */
async function inspectFormerPages(
  ports: Ports,
  { objects }: SimulatedStore,
  roots: readonly FeedRoot[],
  isSuperseded: (path: string) => boolean,
): Promise<readonly string[]> {
  const { list } = await readList(bucketList(ports));
  const ids = new Set(list.flatMap((takedown) => takedown.ids));
  const former = (): readonly string[] => [...objects.keys()].filter((path) => isSuperseded(path));
  const hasTakenDown = (path: string): boolean => {
    if (!path.endsWith('/feed.json')) return false;
    const { items } = JSON.parse(new TextDecoder().decode(objects.get(path)?.body)) as { items: { id: string }[] };
    return items.some(({ id }) => ids.has(id));
  };
  const before = former();
  const queued: LaneMessage[] = roots.map(({ feed }) => ({ lane: feedLane(feed), key: takedownKey() }));
  const queue = {
    ...ports.queue,
    sendLaneWork: async (messages: readonly LaneMessage[]) => void queued.push(...messages),
  };
  const publisher = createPublisher({ ...ports, queue });
  for (let next = queued.shift(); next !== undefined; next = queued.shift())
    await publisher.laneWork(next.lane, [next]);
  const after = former();
  return [
    ...after.filter(hasTakenDown).map((path) => `${path} is of a page that is no more, and has what was taken down`),
    ...(list.length > 0 || after.length === before.length ? [] : ['Pages that are no more went without a takedown']),
  ];
}

interface Claim extends StateObject {
  readonly owner: string | null;
}

/** Every shown claim has its one owner, every owner shows it, and who waits does so for somebody who shows it. */
async function inspectClaims(state: Store, records: readonly ArticleRecord[]): Promise<readonly string[]> {
  const owners = new Map<string, string | null>();
  for (const claim of new Set(records.flatMap(({ claims }) => claims))) {
    owners.set(claim, (await readJson<Claim>(state, claimKey(claim)))?.value.owner ?? null);
  }
  const isShown = (claim: string): boolean => {
    const owner = records.find(({ key }) => key === owners.get(claim));
    return owner !== undefined && shownClaims(owner).includes(claim);
  };
  const idle = [...owners].filter(([claim, owner]) => owner !== null && !isShown(claim));
  return [
    ...idle.map(([claim, owner]) => `${owner} owns ${claim}, which it does not show`),
    ...records.flatMap((record) => {
      const { key, claims } = record;
      const shown = shownClaims(record);
      const foreign = shown.filter((claim) => owners.get(claim) !== key);
      const others = claims.filter((claim) => !shown.includes(claim));
      return [
        ...foreign.map((claim) => `${key} shows ${claim}, which belongs to ${owners.get(claim)}`),
        ...(isWaiting(record) && !isAtOddsWithItself(record) && !others.some(isShown)
          ? [`${key} waits for nothing: ${others.join(', ')}`]
          : []),
        ...(!isWaiting(record) && others.length > 0 ? [`${key} still lists ${others.join(', ')}`] : []),
      ];
    }),
  ];
}

function shownClaims({ shown }: ArticleRecord): readonly string[] {
  return shown.flatMap(({ claims }) => claims);
}

function isWaiting({ problems }: ArticleRecord): boolean {
  return problems.some(({ code }) => code === 'address-taken' || code === 'id-taken');
}

/** Two entries of one file want the same: nobody else can let go of it. */
function isAtOddsWithItself({ problems }: ArticleRecord): boolean {
  return problems.some(({ message }) => message.includes('another article in this file'));
}

async function readAll<Value extends StateObject>(
  store: Store,
  prefix: string,
  ending: string,
): Promise<readonly Value[]> {
  const values: Value[] = [];
  for await (const { key } of listAll(store, prefix)) {
    const stored = key.endsWith(ending) ? await readJson<Value>(store, key) : null;
    if (stored !== null) values.push(stored.value);
  }
  return values;
}
