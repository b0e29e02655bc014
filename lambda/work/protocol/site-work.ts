/**
 * The settings of the site in the state store: parsed once, where site.yaml or the list of takedowns changed, and
 * read everywhere else. Their revision only rises. Settings with an error are not taken over; the last good ones stay in force.
 *
 * Folder files (`site/folder/`) are settings too: what they say of the articles under them is kept here, each with the
 * version it was read from. Each is read when an event tells of it or a look finds it.
 */

import { createHash } from 'node:crypto';
import { isOwnFile } from '../../address/own-documents.ts';
import { isStaticFile } from '../../address/static/static-file.ts';
import { idsOf } from '../../model/entry.ts';
import type { Podcast } from '../../model/podcast.ts';
import { isError, type Problem } from '../../model/problem.ts';
import type { Site } from '../../model/site.ts';
import { RENDERER_VERSION } from '../../render/version.ts';
import { FOLDER_FILE_BYTES_MAX, isOfOneArticle } from '../../site/folder/folder-file.ts';
import type { FolderFile, FolderFiles } from '../../site/folder/folder-rules.ts';
import { findFilesDown, settleTakedowns, TAKEDOWNS_KEY, type Takedowns } from '../../site/takedowns.ts';
import { findJson, readJson, STATE_SCHEMA, type StateObject, type Stored, swapJson } from '../../state/json-object.ts';
import { recordKey, SITE_STATE_KEY } from '../../state/keys.ts';
import type { ArticleRecord } from '../../state/record.ts';
import { mapBounded } from '../../store/bounded.ts';
import { type StoredObject, StoreError } from '../../store/store.ts';
import { markDue } from './due-work.ts';
import { RECONCILE_ALL_LANE } from './lanes.ts';
import type { Ports } from './ports.ts';
import { doubtsRemovals } from './removal-work.ts';

/** Key of the settings in the content store. */
export const SITE_KEY = 'site.yaml';

/** The settings that are in force. */
export interface SiteState extends StateObject {
  readonly revision: number;
  /** Fingerprint of everything that documents depend on apart from the entries. */
  readonly fingerprint: string;
  /** Of the publisher that read the settings. Another version may have understood them differently. */
  readonly rendererVersion?: number;
  /** The addresses that publisher was given, which the settings depend on as well (`url` and `fallbackUrl` of its ports). */
  readonly addresses?: readonly (string | null)[];
  /** Whether there was a site.yaml to read. Absent if an older publisher wrote this. */
  readonly stated?: boolean;
  /**
   * Version of the site.yaml that this was read from; null if there is none. Absent if an older publisher wrote this.
   */
  readonly siteVersion?: string | null;
  /** Null until there have been settings without an error. */
  readonly site: Site | null;
  /** What was taken down, and stays down; null, or absent in the state of an older publisher, when nothing was. */
  readonly takedowns?: Takedowns | null;
  /** Version of the list that this was read from; null if there is none. */
  readonly takedownsVersion?: string | null;
  /** `feedMinimum` where site.yaml states none. Absent where an older publisher began the publication: 1. */
  readonly feedMinimum?: number;
  readonly problems: readonly Problem[];
  /** Content keys of the files that the settings name, or once named: icon, favicon, image. */
  readonly uses: readonly string[];
  /** The former addresses that the settings name, or once named. */
  readonly redirects: readonly string[];
  /** What folder files say; absent before the first was seen. */
  readonly folderFiles?: FolderFiles;
  /** Whether all articles and feeds have been told of this revision. */
  readonly announced: boolean;
}

/** Settings from which documents can be made. */
export interface GoodSite {
  readonly site: Site;
  readonly revision: number;
}

/** How long it may take to carry out settings before the tick checks whether it was finished. */
const UNFINISHED_MS = 15 * 60 * 1000;
const ATTEMPTS_MAX = 10;
const READS_AT_ONCE_MAX = 32;
const SECOND_MS = 1000;
/** Of a new publication. Most tags of a large archive are used once or twice. */
const FEED_MINIMUM = 3;

/**
 * The settings in force and the version they are stored as; parses site.yaml if this publisher has not done so yet, or
 * publishes at another address now.
 */
export async function readSite(ports: Ports): Promise<Stored<SiteState>> {
  const stored = await readJson<SiteState>(ports.state, SITE_STATE_KEY);
  return stored !== null && isOwn(stored.value, ports) ? stored : workOnSite(ports);
}

/**
 * The settings as they are stored, whichever publisher read them; null if there are none yet. For callers that must not
 * write.
 */
export async function readStoredSite({ state }: Pick<Ports, 'state'>): Promise<SiteState | null> {
  return (await readJson<SiteState>(state, SITE_STATE_KEY))?.value ?? null;
}

function isOwn({ rendererVersion, addresses = [] }: SiteState, { url, fallbackUrl }: Ports): boolean {
  return rendererVersion === RENDERER_VERSION && addresses[0] === url && addresses[1] === fallbackUrl;
}

/**
 * Reconciles all if this publisher is another version than the one that read the settings, or has another address. No
 * event tells of a deployment, and a publication at rest has no other work that reads them. Costs one read.
 */
export async function noticeDeployment(ports: Ports): Promise<void> {
  const stored = await readStoredSite(ports);
  if (stored !== null && !isOwn(stored, ports)) await workOnSite(ports);
}

/** Whether the settings were read from a file that is gone. */
export async function isSiteGone(ports: Pick<Ports, 'content'>, { stated = false }: SiteState): Promise<boolean> {
  return stated && (await ports.content.inspect(SITE_KEY)) === null;
}

/**
 * Reads site.yaml, the list of takedowns, and these folder files, as they are now. If something changed, everything is
 * looked at again (reconcile-work.ts). If a folder file is about one article, the caller wakes that article.
 *
 * @param told files to which something was seen to happen. If another file is gone, the content may be answering
 *   wrongly: the last site.yaml stays in force until a reconcile has counted what else is gone
 */
export async function workOnSite(
  ports: Ports,
  folderKeys: readonly string[] = [],
  told: ReadonlySet<string> = new Set(),
): Promise<Stored<SiteState>> {
  // A file that disappears between two looks was seen to go.
  let wasThere = told.has(SITE_KEY);
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const stored = await readJson<SiteState>(ports.state, SITE_STATE_KEY);
    const before = stored?.value ?? null;
    const sources = await readSources(ports, before, folderKeys, told);
    const isThere = sources.get(SITE_KEY) !== null;
    wasThere ||= isThere;
    const kept = !wasThere && before?.stated === true ? before : null;
    const next = await settle(before, sources, ports, kept);
    const settled = next === before ? stored : await swap(ports, next, stored);
    if (settled === null || !(await arePresent(ports, sources))) continue;
    const isAnnounced = settled.value.announced || settled.value.site === null;
    if (!isAnnounced) await ports.queue.sendLaneWork([{ lane: RECONCILE_ALL_LANE, key: null }]);
    return settled;
  }
  throw new StoreError('retry', `${SITE_KEY}, ${TAKEDOWNS_KEY} or their state kept changing while they were read.`);
}

/** By content key; null for a file that is not there. */
type Sources = ReadonlyMap<string, StoredObject | null>;

/** Another version may have understood the folder files differently. */
async function readSources(
  ports: Ports,
  before: SiteState | null,
  folderKeys: readonly string[],
  told: ReadonlySet<string>,
): Promise<Sources> {
  const others = before === null || isOwn(before, ports) ? [] : Object.keys(before.folderFiles ?? {});
  const keys = [...new Set([SITE_KEY, TAKEDOWNS_KEY, ...folderKeys, ...others])];
  const read = await mapBounded(keys, READS_AT_ONCE_MAX, async (key) => {
    const isWhole = key === SITE_KEY || key === TAKEDOWNS_KEY;
    return [key, await ports.content.read(key, isWhole ? {} : { firstBytes: FOLDER_FILE_BYTES_MAX + 1 })] as const;
  });
  // While much is gone, a folder file that holds articles back stays in force.
  const isDoubtful = ([key, source]: (typeof read)[number]) => source === null && key !== SITE_KEY && !told.has(key);
  if (!read.some(isDoubtful) || !(await doubtsRemovals(ports))) return new Map(read);
  return new Map(read.filter((each) => !isDoubtful(each)));
}

/** A run that finds nothing to do writes nothing and so fences nobody. Therefore the files are inspected once more. */
async function arePresent(ports: Ports, sources: Sources): Promise<boolean> {
  const present = await mapBounded([...sources], READS_AT_ONCE_MAX, async ([key, source]) => {
    return ((await ports.content.inspect(key))?.version ?? null) === (source?.version ?? null);
  });
  return present.every((isSame) => isSame);
}

/** Has everything looked at again with the same settings, as after a change of them. */
export async function reconcileAll(ports: Ports): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const stored = await readSite(ports);
    const next = { ...stored.value, nonce: ports.nonce(), revision: stored.value.revision + 1, announced: false };
    if ((await swap(ports, next, stored)) === null) continue;
    await workOnSite(ports);
    return;
  }
  throw new StoreError('retry', 'The settings kept changing.');
}

/**
 * Makes the settings again if they can't be read, or were lost while there are records. Their revision then begins
 * above every earlier one, so that no record counts as made with them.
 */
export async function mendSite(ports: Ports): Promise<void> {
  const found = await findJson<SiteState>(ports.state, SITE_STATE_KEY);
  if (found.kind === 'sound') return;
  const begun: SiteState = {
    schema: STATE_SCHEMA,
    nonce: ports.nonce(),
    revision: Math.floor(ports.now() / SECOND_MS),
    fingerprint: '',
    // Feeds that are public stay, whatever this says.
    feedMinimum: FEED_MINIMUM,
    site: null,
    problems: [],
    uses: [],
    redirects: [],
    announced: false,
  };
  // A faster run has mended them.
  await swapJson(ports.state, SITE_STATE_KEY, begun, found.version);
}

/** @param kept the settings whose file is gone and that stay in force all the same; null for those of the file */
async function settle(
  before: SiteState | null,
  sources: Sources,
  ports: Ports,
  kept: SiteState | null,
): Promise<SiteState> {
  const { parseSite } = await import('../../site/parse-site.ts');
  const parsed = kept ?? parseSite(sources.get(SITE_KEY)?.body ?? null, ports);
  const ownProblems = parsed.problems.filter(({ path }) => path === SITE_KEY);
  const isGood = parsed.site !== null && !ownProblems.some(isError);
  const feedMinimum = before === null ? FEED_MINIMUM : before.feedMinimum;
  const usable = isGood ? parsed.site : keptSite(before, () => parseSite(null, ports).site);
  const good = withFeedMinimum(usable, feedMinimum);
  const stated = kept !== null || (sources.get(SITE_KEY) ?? null) !== null;
  const folderFiles = await readFolderFiles(before?.folderFiles ?? {}, sources);
  const listed = sources.get(TAKEDOWNS_KEY) ?? null;
  const { takedowns, problems: faults } = settleTakedowns(before?.takedowns ?? null, listed?.body ?? null);
  const problems = [...ownProblems, ...faults];
  const fingerprint = fingerprintOf(good, folderFiles, takedowns);
  const takedownsVersion = listed?.version ?? null;
  const siteVersion = kept === null ? (sources.get(SITE_KEY)?.version ?? null) : (kept.siteVersion ?? null);
  const changed = before === null || before.fingerprint !== fingerprint;
  const said = JSON.stringify([problems, folderFiles, takedownsVersion, stated, siteVersion]);
  const saidBefore = JSON.stringify([
    before?.problems,
    before?.folderFiles ?? {},
    before?.takedownsVersion ?? null,
    before?.stated,
    before?.siteVersion,
  ]);
  const isSame = !changed && saidBefore === said;
  if (isSame && isOwn(before, ports)) return before;
  return {
    schema: STATE_SCHEMA,
    nonce: ports.nonce(),
    revision: (before?.revision ?? 0) + (changed ? 1 : 0),
    fingerprint,
    rendererVersion: RENDERER_VERSION,
    addresses: [ports.url, ports.fallbackUrl],
    stated,
    siteVersion,
    site: good,
    takedowns: changed ? takedowns && (await withShownIds(ports, takedowns)) : (before.takedowns ?? null),
    takedownsVersion,
    ...(feedMinimum !== undefined && { feedMinimum }),
    problems,
    uses: [...new Set([...(before?.uses ?? []), ...(good === null ? [] : siteAssets(good))])],
    redirects: [...new Set([...(before?.redirects ?? []), ...Object.keys(good?.redirects ?? {})])],
    ...(Object.keys(folderFiles).length > 0 && { folderFiles }),
    announced: changed ? false : before.announced,
  };
}

/**
 * The known folder files, with those that were read now. In order of their keys, so that equal states have equal bytes.
 */
async function readFolderFiles(before: FolderFiles, sources: Sources): Promise<FolderFiles> {
  const files = new Map(Object.entries(before));
  for (const [key, source] of sources) {
    if (key === SITE_KEY || key === TAKEDOWNS_KEY) continue;
    if (source === null) files.delete(key);
    else files.set(key, await readFolderFile(key, source));
  }
  return Object.fromEntries([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function readFolderFile(key: string, { body, version }: StoredObject): Promise<FolderFile> {
  const reader = await import('../../site/folder/readers/read-folder-file.ts');
  return reader.readFolderFile(key, body, version);
}

/**
 * The list with the ids under which its files were shown: the writer of the list may not have known them, and a renamed
 * file keeps its id. They are looked up when the list changes. No file on it gets another id after that.
 */
async function withShownIds({ state }: Ports, { list, ...rest }: Takedowns): Promise<Takedowns> {
  const known = await mapBounded(list, READS_AT_ONCE_MAX, async (takedown) => {
    const facts = (await readJson<ArticleRecord>(state, recordKey(takedown.key)))?.value.facts ?? {};
    const shown = Object.values(facts).flatMap(({ id, guid }) => (id === null ? [] : idsOf({ id, guid })));
    return { ...takedown, ids: [...new Set([...takedown.ids, ...shown])] };
  });
  return { ...rest, list: known };
}

function withFeedMinimum(site: Site | null, feedMinimum: number | undefined): Site | null {
  if (site === null || feedMinimum === undefined) return site;
  return { ...site, feedMinimum: site.feedMinimum ?? feedMinimum };
}

/** The last good settings, with the defaults of those that came with a newer publisher. */
function keptSite(before: SiteState | null, defaults: () => Site | null): Site | null {
  const kept = before?.site ?? null;
  return kept === null ? null : { ...defaults(), ...kept };
}

/** Content keys of the files that the settings name, except those that were taken down. */
export function publicSiteAssets({ site, takedowns }: SiteState): readonly string[] {
  const named = site === null ? [] : siteAssets(site);
  const down = findFilesDown(takedowns, named);
  return named.filter((key) => !down.has(key));
}

/** Whether a file is public by its name alone, unless it was taken down. */
export function isPublicStaticFile({ takedowns }: Pick<SiteState, 'takedowns'>, key: string): boolean {
  return isStaticFile(key) && findFilesDown(takedowns, [key]).size === 0;
}

/** Content keys of the files that the settings name at an address of the site itself. */
export function siteAssets({ icon, favicon, image, pages, feeds, url }: Site): readonly string[] {
  const shows = feeds.flatMap(({ podcast }) => (podcast === undefined ? [] : podcastFiles(podcast)));
  return [icon, favicon, image, pages.stylesheet, pages.logo, ...shows]
    .filter((address) => address?.startsWith(url) === true)
    .map((address) => decodeURIComponent(new URL(address ?? '').href.slice(url.length)))
    .filter((key) => !isOwnFile(key));
}

function podcastFiles({ image, people, trailers }: Podcast): readonly (string | null)[] {
  return [image, ...people.map((person) => person.image), ...trailers.map(({ url }) => url)];
}

/** A file about one article concerns no other, so it raises no revision. */
function fingerprintOf(site: Site | null, folderFiles: FolderFiles, takedowns: Takedowns | null): string {
  const rules = Object.entries(folderFiles).flatMap(([key, { rules = [] }]) =>
    isOfOneArticle(key) || rules.length === 0 ? [] : [[key, rules]],
  );
  return createHash('sha256')
    .update(
      JSON.stringify([
        RENDERER_VERSION,
        site,
        ...(rules.length === 0 ? [] : [rules]),
        ...(takedowns === null ? [] : [{ takedowns }]),
      ]),
    )
    .digest('base64url');
}

/**
 * The marker is written before settings that are not carried out yet. The run that swaps them may have come for another
 * file. If it is killed before everything is told, no event of site.yaml comes again.
 */
async function swap(
  ports: Ports,
  value: SiteState,
  stored: Stored<SiteState> | null,
): Promise<Stored<SiteState> | null> {
  if (!value.announced) await markDue(ports, 'site', SITE_KEY, ports.now() + UNFINISHED_MS);
  const version = await swapJson(ports.state, SITE_STATE_KEY, value, stored?.version ?? null);
  return version === null ? null : { value, version };
}

/** Notes that all have been told, if those are still the settings. */
export async function endReconcileAll(ports: Ports, revision: number): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const stored = await readSite(ports);
    if (stored.value.revision !== revision || stored.value.announced) return;
    if ((await swap(ports, { ...stored.value, nonce: ports.nonce(), announced: true }, stored)) !== null) return;
  }
  throw new StoreError('retry', 'The settings kept changing.');
}
