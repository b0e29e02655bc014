/** The language of a part of a page, where it is another one than that of what is around. */

import { type Html, html } from '../../../text/html.ts';
import { directionOf } from '../../../text/language.ts';

/** The attribute `lang`, where it is needed. */
export function langAttribute(language: string, around: string): Html {
  const [first] = around.split('-');
  return language === around || language === first ? html`` : html` lang="${language}"`;
}

/** With `dir`, for whole sentences: in a text of the other direction, their full stop would begin them. */
export function langAndDirection(language: string, around: string): Html {
  const direction = directionOf(language);
  return html`${langAttribute(language, around)}${direction === directionOf(around) ? html`` : html` dir="${direction}"`}`;
}
