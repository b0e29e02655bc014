/**
 * What has been fully worked off: the version of every content file, noted only when the queue is empty. The queue of
 * one machine lives in memory, so a killed process forgets what was in it; whatever is not in the note is looked at
 * again by the next one.
 */

import { encodeJson, readJson, STATE_SCHEMA, type StateObject } from '../lambda/state/json-object.ts';
import { listAll, type Store } from '../lambda/store/store.ts';
import { readSiteRevision } from '../lambda/work/site-work.ts';

/** Versions by content key; null for a file that is gone. */
export type Versions = ReadonlyMap<string, string | null>;

interface WorkNote extends StateObject {
  readonly versions: Readonly<Record<string, string>>;
  /** Revision of the settings for which all work is done. */
  readonly siteRevision: number;
}

const NOTE_KEY = 'local/work-note.json';

/** The files whose versions differ from the note, and those in the note that are gone. */
export async function findChanges(content: Store, state: Store): Promise<Versions> {
  const noted = new Map(Object.entries((await readNote(state)).versions));
  const changes = new Map<string, string | null>();
  for await (const { key, version } of listAll(content, '')) {
    if (noted.get(key) !== version) changes.set(key, version);
    noted.delete(key);
  }
  for (const key of noted.keys()) changes.set(key, null);
  return changes;
}

/** The versions of some files as they are now. */
export async function readPresentVersions(content: Store, keys: readonly string[]): Promise<Versions> {
  const facts = await Promise.all(keys.map((key) => content.inspect(key)));
  return new Map(keys.map((key, index) => [key, facts[index]?.version ?? null]));
}

/** Whether a process ended after it had taken over new settings and before everything was made with them. */
export async function isInterrupted(state: Store): Promise<boolean> {
  return (await readNote(state)).siteRevision !== (await readSiteRevision(state));
}

/** Notes that the queue is empty, and versions that have been worked off; they were read before the work began. */
export async function noteVersions(state: Store, done: Versions): Promise<void> {
  const before = await readNote(state);
  const siteRevision = await readSiteRevision(state);
  if (done.size === 0 && siteRevision === before.siteRevision) return;
  const versions = { ...before.versions };
  for (const [key, version] of done) {
    if (version === null) delete versions[key];
    else versions[key] = version;
  }
  await state.write(NOTE_KEY, encodeJson({ ...before, versions, siteRevision } satisfies WorkNote));
}

async function readNote(state: Store): Promise<WorkNote> {
  const stored = await readJson<WorkNote>(state, NOTE_KEY);
  return stored?.value ?? { schema: STATE_SCHEMA, nonce: '', versions: {}, siteRevision: 0 };
}
