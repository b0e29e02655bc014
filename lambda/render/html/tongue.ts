/** The language of a part of a page. */

import { type Html, html } from './html.ts';

/** The attribute that tells it, where it is another language than that of what is around. */
export function tongue(language: string, around: string): Html {
  const [first] = around.split('-');
  return language === around || language === first ? html`` : html` lang="${language}"`;
}
