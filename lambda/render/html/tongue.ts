/** The language of a part of a page, where it is another one than that of what is around. */

import { directionOf } from '../../direction.ts';
import { type Html, html } from './html.ts';

/** The attribute that tells it. */
export function tongue(language: string, around: string): Html {
  const [first] = around.split('-');
  return language === around || language === first ? html`` : html` lang="${language}"`;
}

/** The same with its direction, for whole sentences: in a text of the other one, their full stop would begin them. */
export function speech(language: string, around: string): Html {
  const direction = directionOf(language);
  return html`${tongue(language, around)}${direction === directionOf(around) ? html`` : html` dir="${direction}"`}`;
}
