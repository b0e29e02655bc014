/**
 * A translation has what its original says of both (site/folder/translation.ts), so it depends on another file:
 *
 * - it reads the original before it is shown, and looks at it again after its record was written;
 * - who sees that an original has changed tells its translations. They are told before the original's record is written,
 *   because an event that comes again after that finds nothing new. They read the file, which is there already.
 *
 * An original that gets a header and loses it again before anybody has looked tells nobody: a translation that has seen it is
 * held until one of both changes. To tell of every article that changes would cost a LIST for each.
 *
 * So whichever of both changes last is heard: as with the settings, who wrote what was true before must notice.
 *
 * An original and its translations are a family, known by their names alone. An ending such as `.io` names a language only
 * where the family has another member, and the pages of all link to one another. Files with the name of a translation are
 * found by markers under the name of the original, which are never removed: of those that are gone the content has nothing.
 *
 * - A file with such a name writes its marker, then looks at the family, then writes its record, then looks again: a slow run
 *   may have seen an older one. So does an original that has a family.
 * - Whoever sees another family than its record says tells all members, before its record is written; so does who goes.
 *
 * Of two that come at once, one looks after the other's marker was written, or after its file was there, and tells it.
 */

import { isArticleKey } from '../../address/article-key.ts';
import { familyName, nameLanguage, originalKeys } from '../../address/name-language.ts';
import { FRONT_MATTER_CHARACTERS_MAX } from '../../model/article-limits.ts';
import type { Field } from '../../model/fields.ts';
import { hasNikolaHeader, originalOf } from '../../site/folder/translation.ts';
import { encodeJson, readJson, STATE_SCHEMA } from '../../state/json-object.ts';
import { decodedKey, recordKey, translationKey, translationsPrefix } from '../../state/keys.ts';
import type { ArticleRecord, UseMarker } from '../../state/record.ts';
import { mapBounded } from '../../store/bounded.ts';
import type { ArticleMessage, LaneMessage } from '../../store/queue.ts';
import { pageMessages } from '../protocol/page-messages.ts';
import type { Ports } from '../protocol/ports.ts';

/** A file with more translations than there are languages is none. */
const TRANSLATIONS_MAX = 1_000;
const READS_AT_ONCE_MAX = 16;

export interface SeenOriginal {
  readonly key: string;
  /** Null when it was not there. */
  readonly version: string | null;
  /** Fields that the translation has unless it states them. */
  readonly fields: readonly Field[];
}

/** The original of what may be a translation by its name; null for all else. */
export async function lookAtOriginal(
  { content }: Pick<Ports, 'content'>,
  articleKey: string,
): Promise<SeenOriginal | null> {
  const key = originalOf(articleKey);
  if (key === null) return null;
  const source = await content.read(key, { firstBytes: FRONT_MATTER_CHARACTERS_MAX });
  if (source === null || !hasNikolaHeader(source.body)) return { key, version: source?.version ?? null, fields: [] };
  const { readOriginal } = await import('../../site/folder/readers/read-folder-file.ts');
  return { key, version: source.version, fields: readOriginal(key, source.body) };
}

async function isOriginalAsSeen({ content }: Pick<Ports, 'content'>, original: SeenOriginal | null): Promise<boolean> {
  return original === null || ((await content.inspect(original.key))?.version ?? null) === original.version;
}

/** The other files of the family that an article is in by its name. */
export interface SeenFamily {
  /** Content keys, sorted. */
  readonly members: readonly string[];
  /** Whether the name is that of a translation, so that what the article is depends on there being others. */
  readonly isNamed: boolean;
  /** Whether its record says otherwise. */
  readonly isNews: boolean;
}

export const NO_FAMILY: SeenFamily = { members: [], isNamed: false, isNews: false };

export async function lookAtFamily(
  ports: Pick<Ports, 'content' | 'state' | 'nonce'>,
  { key, family = [] }: Pick<ArticleRecord, 'key' | 'family'>,
): Promise<SeenFamily> {
  const named = nameLanguage(key);
  if (named !== null) await markTranslation(ports, key);
  const members = await familyOf(ports, key);
  return { members, isNamed: named !== null, isNews: members.join('\n') !== family.join('\n') };
}

/** After the record was written. Where there was nobody before and nobody is seen, whoever comes changes the record. */
async function isFamilyAsSeen(
  ports: Pick<Ports, 'content' | 'state'>,
  key: string,
  { members, isNamed, isNews }: SeenFamily,
): Promise<boolean> {
  const isNone = members.length === 0 && !isNamed && !isNews;
  return isNone || (await familyOf(ports, key)).join('\n') === members.join('\n');
}

async function markTranslation({ state, nonce }: Pick<Ports, 'state' | 'nonce'>, key: string): Promise<void> {
  const marker = translationKey(familyName(key), key);
  if ((await state.inspect(marker)) !== null) return;
  await state.write(marker, encodeJson({ schema: STATE_SCHEMA, nonce: nonce(), key }));
}

async function familyOf({ content, state }: Pick<Ports, 'content' | 'state'>, key: string): Promise<readonly string[]> {
  const named = nameLanguage(key);
  const originals = (named === null ? [] : originalKeys(named)).filter(isArticleKey);
  // Where older publishers have left them.
  const names = new Set([familyName(key), named?.original ?? key]);
  const listed = await mapBounded([...names], READS_AT_ONCE_MAX, (name) =>
    state.list({ prefix: translationsPrefix(name), limitCount: TRANSLATIONS_MAX }),
  );
  const marked = await mapBounded(
    listed.flatMap(({ objects }) => objects),
    READS_AT_ONCE_MAX,
    async (marker) => {
      const decoded = decodedKey(marker.key.slice(marker.key.lastIndexOf('/') + 1));
      return decoded ?? (await readJson<UseMarker>(state, marker.key))?.value.key ?? key;
    },
  );
  const others = [...new Set([...originals, ...marked])].filter((each) => each !== key);
  const present = await mapBounded(others, READS_AT_ONCE_MAX, async (each) => (await content.inspect(each)) !== null);
  return others.filter((_, index) => present[index]).sort();
}

/** What was seen of the files that an article depends on by their names. */
interface SeenRelatives {
  readonly original: SeenOriginal | null;
  readonly family: SeenFamily;
}

/** Whether they are still so, after the record was written. */
export async function areRelativesAsSeen(
  ports: Pick<Ports, 'content' | 'state'>,
  key: string,
  { original, family }: SeenRelatives,
): Promise<boolean> {
  return (await isOriginalAsSeen(ports, original)) && isFamilyAsSeen(ports, key, family);
}

/**
 * Has everything looked at again that depends on a file by its name.
 *
 * @param record what it was
 * @param proposed what it is
 */
export async function tellRelatives(
  ports: Pick<Ports, 'content' | 'state' | 'queue'>,
  record: Pick<ArticleRecord, 'key' | 'sourceVersion' | 'leads'>,
  proposed: SeenRelatives & Pick<ArticleRecord, 'sourceVersion'> & { readonly leads: boolean },
): Promise<void> {
  const hasChanged = proposed.sourceVersion !== record.sourceVersion;
  if (hasChanged && (proposed.leads || record.leads === true)) await tellTranslations(ports, record.key);
  const isGone = hasChanged && proposed.sourceVersion === null;
  const told = isGone ? await familyOf(ports, record.key) : proposed.family.isNews ? proposed.family.members : [];
  if (told.length > 0) await ports.queue.sendArticleWork(told.map((key) => ({ key })));
}

/** Has everything looked at that is of the file's family, or may be a translation of it by its name. */
export async function tellTranslations(
  { content, queue }: Pick<Ports, 'content' | 'queue'>,
  key: string,
): Promise<void> {
  const original = nameLanguage(key)?.original ?? key;
  const name = original.slice(0, original.lastIndexOf('.') + 1);
  const { objects } = await content.list({ prefix: name, limitCount: TRANSLATIONS_MAX });
  const messages = objects
    .filter((each) => each.key !== key && (each.key === original || originalOf(each.key) === original))
    .map((each): ArticleMessage => ({ key: each.key }));
  if (messages.length > 0) await queue.sendArticleWork(messages);
}

/** The pages of originals and translations link to one another. */
export async function familyPages(ports: Ports, records: readonly ArticleRecord[]): Promise<readonly LaneMessage[]> {
  const members = new Set(records.flatMap(({ family = [] }) => family));
  const others = await mapBounded([...members], READS_AT_ONCE_MAX, (key) =>
    readJson<ArticleRecord>(ports.state, recordKey(key)),
  );
  return others.flatMap((other) => (other === null ? [] : pageMessages(other.value)));
}
