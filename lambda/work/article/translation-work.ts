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
 * where the family has another member, and the pages of all link to one another. So whoever comes or goes tells the others,
 * before its record is written. Every file lists its family before it is read; one that has a family, or the name of a
 * translation, lists it again after its record was written, since a slow run may have seen an older one.
 */

import { isArticleKey } from '../../address/article-key.ts';
import { nameLanguage } from '../../address/name-language.ts';
import { FRONT_MATTER_CHARACTERS_MAX } from '../../model/article-limits.ts';
import type { Field } from '../../model/fields.ts';
import { hasNikolaHeader, originalOf } from '../../site/folder/translation.ts';
import { readJson } from '../../state/json-object.ts';
import { recordKey } from '../../state/keys.ts';
import type { ArticleRecord } from '../../state/record.ts';
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

export async function isOriginalAsSeen(
  { content }: Pick<Ports, 'content'>,
  original: SeenOriginal | null,
): Promise<boolean> {
  return original === null || ((await content.inspect(original.key))?.version ?? null) === original.version;
}

/** The other files of the family that an article is in by its name. */
export interface SeenFamily {
  /** Content keys, sorted. */
  readonly members: readonly string[];
  /** Whether the name is that of a translation, so that what the article is depends on there being others. */
  readonly isNamed: boolean;
  /** Whether there are others, or were when its record was written. */
  readonly isNone: boolean;
}

export const NO_FAMILY: SeenFamily = { members: [], isNamed: false, isNone: true };

export async function lookAtFamily(
  ports: Pick<Ports, 'content'>,
  { key, family = [] }: Pick<ArticleRecord, 'key' | 'family'>,
): Promise<SeenFamily> {
  const members = await familyOf(ports, key);
  return { members, isNamed: nameLanguage(key) !== null, isNone: members.length + family.length === 0 };
}

/** After the record was written. Where there was nobody before and nobody is seen, whoever comes changes the record. */
export async function isFamilyAsSeen(
  ports: Pick<Ports, 'content'>,
  key: string,
  { members, isNamed, isNone }: SeenFamily,
): Promise<boolean> {
  return (isNone && !isNamed) || (await familyOf(ports, key)).join('\n') === members.join('\n');
}

async function familyOf({ content }: Pick<Ports, 'content'>, key: string): Promise<readonly string[]> {
  const original = nameLanguage(key)?.original ?? key;
  const name = original.slice(0, original.lastIndexOf('.') + 1);
  const { objects } = await content.list({ prefix: name, limitCount: TRANSLATIONS_MAX });
  return objects
    .map((each) => each.key)
    .filter((each) => each !== key && isArticleKey(each))
    .filter((each) => each === original || nameLanguage(each)?.original === original)
    .sort();
}

/** Has the others look at a file that has come. */
export async function tellFamily({ queue }: Pick<Ports, 'queue'>, { members }: SeenFamily): Promise<void> {
  if (members.length > 0) await queue.sendArticleWork(members.map((key) => ({ key })));
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
