/**
 * What has been fully worked off: the version of every content file, noted only when the queue is empty. The queue of
 * one machine lives in memory, so a killed process forgets what was in it; whatever is not in the note is looked at
 * again by the next one.
 */

import { encodeJson, readJson, STATE_SCHEMA, type StateObject } from '../lambda/state/json-object.ts';
import { listAll, type Store } from '../lambda/store/store.ts';

/** Versions by content key; null for a file that is gone. */
export type Versions = ReadonlyMap<string, string | null>;

interface WorkNote extends StateObject {
  readonly versions: Readonly<Record<string, string>>;
}

const NOTE_KEY = 'local/work-note.json';

/** The files whose versions differ from the note, and those in the note that are gone. */
export async function findChanges(content: Store, state: Store): Promise<Versions> {
  const noted = new Map(Object.entries(await readVersions(state)));
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

/** Notes versions that have been worked off; they must have been read before the work began. */
export async function noteVersions(state: Store, done: Versions): Promise<void> {
  if (done.size === 0) return;
  const versions = { ...(await readVersions(state)) };
  for (const [key, version] of done) {
    if (version === null) delete versions[key];
    else versions[key] = version;
  }
  const note: WorkNote = { schema: STATE_SCHEMA, nonce: '', versions };
  await state.write(NOTE_KEY, encodeJson(note));
}

async function readVersions(state: Store): Promise<Readonly<Record<string, string>>> {
  return (await readJson<WorkNote>(state, NOTE_KEY))?.value.versions ?? {};
}
