/**
 * What a publisher on one machine notes of its work, because its queue lives in memory and a killed process forgets it:
 * the version of every content file that is fully worked off, so that a start looks at the others only; and whether
 * work is under way, so that after a crash everything is looked at once more. And when it was done last: a clock that shows
 * less was ahead then, and what became due, or expired, by it has to be looked at again.
 */

import { createHash } from 'node:crypto';
import { TAKEDOWNS_KEY } from '../../lambda/site/takedowns.ts';
import { encodeJson, findJson, readJson, STATE_SCHEMA, type StateObject } from '../../lambda/state/json-object.ts';
import { recordKey } from '../../lambda/state/keys.ts';
import type { ArticleRecord } from '../../lambda/state/record.ts';
import { listAll, type Store } from '../../lambda/store/store.ts';
import { readStoredSite, SITE_KEY } from '../../lambda/work/protocol/site-work.ts';

/** Versions by content key; null for a file that is gone. */
export type Versions = ReadonlyMap<string, string | null>;

interface WorkNote extends StateObject {
  readonly versions: Readonly<Record<string, string>>;
  /** What the settings were made of when a run last looked at them; absent where that is not known. */
  readonly settings?: string;
}

const NOTE_KEY = 'local/work-note.json';
const BUSY_KEY = 'local/busy.json';
const CLOCK_KEY = 'local/clock.json';
/** Clocks that are set right by the network go back a little, and nobody needs to mind. */
const CLOCK_BACK_MS_MAX = 5 * 60 * 1000;
/** So often is the time noted that has been reached. */
const CLOCK_NOTE_MS = 60 * 1000;

/** The files in the note that are gone, and those whose versions differ from it: a file that was renamed goes first. */
export async function findChanges(content: Store, state: Store): Promise<Versions> {
  const noted = new Map(Object.entries((await readNote(state)).versions));
  const changes = new Map<string, string | null>();
  for await (const { key, version } of listAll(content, '')) {
    if (noted.get(key) !== version) changes.set(key, version);
    noted.delete(key);
  }
  return new Map([...[...noted.keys()].map((key) => [key, null] as const), ...changes]);
}

/** Of some files, those that are there. */
export function presentOf(versions: Versions): Versions {
  return new Map([...versions].filter(([, version]) => version !== null));
}

/** How many entries are shown of files that are gone. */
export async function countGone(state: Store, versions: Versions): Promise<number> {
  let count = 0;
  for (const [key, version] of versions) {
    const record = version === null ? await readJson<ArticleRecord>(state, recordKey(key)) : null;
    count += record?.value.shown.length ?? 0;
  }
  return count;
}

/** The versions of some files as they are now. */
export async function readPresentVersions(content: Store, keys: readonly string[]): Promise<Versions> {
  const facts = await Promise.all(keys.map((key) => content.inspect(key)));
  return new Map(keys.map((key, index) => [key, facts[index]?.version ?? null]));
}

/**
 * Notes versions that have been worked off; they were read before the work began.
 *
 * @param settings what `markSettings` gave before. @default they were not looked at
 */
export async function noteVersions(state: Store, done: Versions, settings: string | null = null): Promise<void> {
  const before = await readNote(state);
  const mark = settings ?? before.settings;
  if (done.size === 0 && mark === before.settings) return;
  const versions = { ...before.versions };
  for (const [key, version] of done) {
    if (version === null) delete versions[key];
    else versions[key] = version;
  }
  const note: WorkNote = { schema: STATE_SCHEMA, nonce: '', versions, ...(mark !== undefined && { settings: mark }) };
  await state.write(NOTE_KEY, encodeJson(note));
}

/** What the settings depend on beside the files that they are in. */
export interface SettingsReader {
  /** Differs for each program that may read them in another way; null where nothing tells. */
  readonly program: string | null;
  readonly url: string | null;
  /** Lines that count where site.yaml is silent. */
  readonly defaults: string;
}

/** A fingerprint of all that the settings are made of, the bytes of their files included; null where nothing tells. */
export async function markSettings(content: Store, { program, url, defaults }: SettingsReader): Promise<string | null> {
  if (program === null) return null;
  const files = [await content.read(SITE_KEY), await content.read(TAKEDOWNS_KEY)];
  const bytes = files.map((file) => (file === null ? null : Buffer.from(file.body).toString('base64')));
  const parts = [program, process.version, url, defaults, ...bytes];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

/**
 * Whether the settings in force are those of the files as they are, and all was told of them. A file that was changed, and put
 * back while a run looked, has another version than the one that was read.
 */
export async function areSettingsKnown(content: Store, state: Store, mark: string | null): Promise<boolean> {
  if (mark === null || mark !== (await readNote(state)).settings) return false;
  const site = await readStoredSite({ state });
  if (site === null || !(site.announced || site.site === null)) return false;
  const versions = await readPresentVersions(content, [SITE_KEY, TAKEDOWNS_KEY]);
  return versions.get(SITE_KEY) === site.siteVersion && versions.get(TAKEDOWNS_KEY) === site.takedownsVersion;
}

/** Notes that work is under way. */
export async function beginWork(state: Store): Promise<void> {
  await state.write(BUSY_KEY, encodeJson({ schema: STATE_SCHEMA, nonce: '' } satisfies StateObject));
}

/** Notes that the queue is empty. */
export async function endWork(state: Store): Promise<void> {
  await state.remove(BUSY_KEY);
}

interface ClockNote extends StateObject {
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Whether the clock is behind where it was before, by more than clocks are set right by. */
export async function isClockBack(state: Store, now: number): Promise<boolean> {
  const before = await readClock(state);
  return before !== null && now < before - CLOCK_BACK_MS_MAX;
}

/** Notes how far the clock is, once what a clock that went back takes is under way. */
export async function noteClock(state: Store, now: number): Promise<void> {
  const before = await readClock(state);
  if (before !== null && now >= before - CLOCK_BACK_MS_MAX && now < before + CLOCK_NOTE_MS) return;
  await state.write(CLOCK_KEY, encodeJson({ schema: STATE_SCHEMA, nonce: '', at: now } satisfies ClockNote));
}

/** Null where nothing is noted that can be read. */
async function readClock(state: Store): Promise<number | null> {
  const found = await findJson<ClockNote>(state, CLOCK_KEY);
  return found.kind === 'sound' ? found.value.at : null;
}

/** Removes a note that can't be read: everything counts as changed then. */
export async function mendNote(state: Store): Promise<void> {
  const found = await findJson<WorkNote>(state, NOTE_KEY);
  if (found.kind === 'damaged') await state.remove(NOTE_KEY, { ifVersion: found.version });
}

/** Whether the last process ended, or failed, with work in its queue: nobody knows what is left to do. */
export async function isInterrupted(state: Store): Promise<boolean> {
  return (await state.inspect(BUSY_KEY)) !== null;
}

async function readNote(state: Store): Promise<WorkNote> {
  const stored = await readJson<WorkNote>(state, NOTE_KEY);
  return stored?.value ?? { schema: STATE_SCHEMA, nonce: '', versions: {} };
}
