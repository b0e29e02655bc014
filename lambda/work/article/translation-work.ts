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
 */

import { FRONT_MATTER_CHARACTERS_MAX } from '../../model/article-limits.ts';
import type { Field } from '../../model/fields.ts';
import { hasNikolaHeader, originalOf } from '../../site/folder/translation.ts';
import type { ArticleMessage } from '../../store/queue.ts';
import type { Ports } from '../protocol/ports.ts';

/** A file with more translations than there are languages is none. */
const TRANSLATIONS_MAX = 1_000;

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

/** Has everything looked at that is a translation of the file by its name. */
export async function tellTranslations(
  { content, queue }: Pick<Ports, 'content' | 'queue'>,
  key: string,
): Promise<void> {
  const name = key.slice(0, key.lastIndexOf('.') + 1);
  const { objects } = await content.list({ prefix: name, limitCount: TRANSLATIONS_MAX });
  const messages = objects
    .filter((each) => originalOf(each.key) === key)
    .map((each): ArticleMessage => ({ key: each.key }));
  if (messages.length > 0) await queue.sendArticleWork(messages);
}
