/** What must hold when nothing is under way. */

import { createPublisher, type Ports } from '../../lambda/publish.ts';
import { readJson, type StateObject } from '../../lambda/state/json-object.ts';
import { claimKey, RECORDS_PREFIX } from '../../lambda/state/keys.ts';
import type { ArticleRecord } from '../../lambda/state/record.ts';
import type { FeedRoot } from '../../lambda/state/root.ts';
import { listAll, type Store } from '../../lambda/store/store.ts';
import { readSite } from '../../lambda/work/site-work.ts';
import type { Auditor } from './auditor.ts';
import { buildAnew, readTexts } from './fresh-build.ts';

export async function inspectRest(ports: Ports, auditor: Auditor): Promise<readonly string[]> {
  const records = await readAll<ArticleRecord>(ports.state, RECORDS_PREFIX, '.json');
  const roots = await readAll<FeedRoot>(ports.state, 'feeds/', '/root.json');
  const queued: unknown[] = [];
  const collect = async (messages: readonly unknown[]): Promise<void> => {
    queued.push(...messages);
  };
  const queue = { sendArticleWork: collect, sendFeedWork: collect };
  await createPublisher({ ...ports, queue }).reconcile();
  // Without settings nothing can be published, so there is always something to do.
  const isUnsettled = (await readSite(ports)).value.site === null;
  return [
    ...(queued.length === 0 || isUnsettled ? [] : [`reconcile still finds work: ${JSON.stringify(queued)}`]),
    ...inspectRoots(roots, auditor),
    ...(await inspectClaims(ports.state, records)),
    ...compare(await readTexts(ports.site), await buildAnew(ports), roots),
  ];
}

/** Every public document as a fresh build gives it, and none besides but archive pages that were there until lately. */
function compare(
  present: ReadonlyMap<string, string>,
  expected: ReadonlyMap<string, string>,
  roots: readonly FeedRoot[],
): readonly string[] {
  const superseded = new Set(
    roots.flatMap(({ feed, superseded: pages }) =>
      pages.map(({ name }) => `${feed === 'all' ? '' : `${feed}/`}archive/${name}/`),
    ),
  );
  const isSuperseded = (path: string): boolean => superseded.has(path.slice(0, path.lastIndexOf('/') + 1));
  return [
    ...[...expected].flatMap(([path, text]) => difference(path, present.get(path), text) ?? []),
    ...[...present.keys()]
      .filter((path) => !expected.has(path) && !isSuperseded(path))
      .map((path) => `${path} should not be there`),
  ];
}

function difference(path: string, present: string | undefined, expected: string): string | null {
  if (present === expected) return null;
  if (present === undefined) return `${path} is missing`;
  const lines = present.split('\n');
  const wanted = expected.split('\n');
  const index = lines.findIndex((line, number) => line !== wanted[number]);
  return `${path} differs from a fresh build in line ${index + 1}:\n  is:     ${lines[index]}\n  should: ${wanted[index]}`;
}

function inspectRoots(roots: readonly FeedRoot[], auditor: Auditor): readonly string[] {
  return roots.flatMap((root) => {
    const ids = auditor.walk(root.feed);
    if (ids === null) return [`the history of ${root.feed} has a link that leads nowhere`];
    const removed = root.removals.filter(({ id }) => ids.includes(id));
    return [
      ...(ids.length === root.entryCount ? [] : [`${root.feed} shows ${ids.length} entries of ${root.entryCount}`]),
      ...(root.pendingHead || root.pendingPages.length > 0 ? [`${root.feed} has documents pending`] : []),
      ...removed.map(({ id }) => `${root.feed} announces the removal of ${id}, which it shows`),
    ];
  });
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
        ...(isWaiting(record) && !others.some(isShown) ? [`${key} waits for nothing: ${others.join(', ')}`] : []),
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
