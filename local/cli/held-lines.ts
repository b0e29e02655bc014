/** Messages about removals that wait for a person. */

import type { HeldRemovals } from '../../lambda/model/mass-removal.ts';

/**
 * How much would go, where it is, and how to go on.
 *
 * @param what would go, and has gone from where: `entries`, `the folder`
 * @param named the number that a person gave; null for none
 */
export function describeHeld(
  { count, publishedCount, files }: HeldRemovals,
  what: { readonly things: string; readonly place: string; readonly goOn: string },
  named: number | null = null,
): readonly string[] {
  const more = files.length < count ? ' …' : '';
  return [
    `${count} of ${publishedCount} ${what.things} would be removed: their files are gone from ${what.place}. ` +
      'So much at once looks like an accident, so nothing of it was removed.',
    `  ${files.join(', ')}${more}`,
    ...(named === null ? [] : [`--remove ${named} is another number, so it counts for nothing.`]),
    `If it is no accident: ${what.goOn} --remove ${count}`,
  ];
}
