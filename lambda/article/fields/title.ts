/** What the fields of an article call it. */

import { type Field, type Fields, findField, isMap, textIn } from '../../model/fields.ts';

export function findTitle(fields: Fields): Field | null {
  return findField(fields, ['title', 'headline', 'subject']);
}

/** As it is written; null where there is no title, or it is no text. */
export function statedTitle(fields: Fields): string | null {
  const value = findTitle(fields)?.value;
  if (typeof value === 'string') return value;
  return value !== undefined && value !== null && isMap(value) ? textIn(value, TEXT_NAMES) : null;
}

/** Under these a field that is a map has its text. */
export const TEXT_NAMES = ['text', 'name', 'rendered', 'title'];

/** Whether a reader would take the one for the other: letter case, blanks and punctuation don't count. */
export function isSameTitle(one: string, other: string): boolean {
  const plain = (title: string) =>
    title
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\s\p{Pd}\p{Pi}\p{Pf}"'’:;,.!?…()[\]]+/gu, '');
  return one === other || (plain(one) !== '' && plain(one) === plain(other));
}
