/**
 * Publishers up to renderer version 6 wrote Atom's `updated` with six digits of a second and with the author's offset. Yarr
 * knows an entry whose id is an address by its id and that text, so another text of the same moment would be a second
 * article, unread. Such an entry keeps the text until its date changes; all others have the new one at once.
 */

import type { Entry } from '../../model/entry.ts';
import type { FrozenFacts, ShownEntry } from '../../state/record.ts';

/**
 * The entry, with the mark where it keeps that text.
 *
 * @param before the facts as they were read: those publishers left no wording in them
 * @param shown what is shown of the file so far
 */
export function keepUpdatedText(entry: Entry, before: FrozenFacts, shown: readonly ShownEntry[]): Entry {
  const standing = shown.find((each) => each.entry.id === entry.id)?.entry;
  if (standing === undefined || !/^https?:/i.test(entry.id)) return entry;
  const isOlder = standing.keepsUpdatedText === true || before.wording === undefined;
  const [is, was] = [entry.updated, standing.updated];
  return isOlder && is.at === was.at && is.offsetMinutes === was.offsetMinutes
    ? { ...entry, keepsUpdatedText: true }
    : entry;
}
