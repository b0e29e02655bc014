/** Days as people write them, in the offset of the author: a Moscow midnight stays on its day. */

import { type Html, html } from '../../../text/html.ts';
import { formatRfc3339, type Moment } from '../../../time/moment.ts';
import { langAttribute } from './language-attributes.ts';

const MINUTE_MS = 60_000;

/** By language; making one costs more than all else on a page. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** `5 November 2026`, in the given language. */
export function formatDay({ at, offsetMinutes }: Moment, language: string): string {
  const known = formats.get(language);
  const format = known ?? new Intl.DateTimeFormat(dayLocale(language), { dateStyle: 'long', timeZone: 'UTC' });
  if (known === undefined) formats.set(language, format);
  return format.format(new Date(at + offsetMinutes * MINUTE_MS));
}

/**
 * A day as an element that also tells machines the instant.
 *
 * @param language in which the day is written
 * @param around the language of what is around it
 * @param name its class
 */
export function renderDay(moment: Moment, language: string, around: string, name: string): Html {
  const day = formatDay(moment, language);
  return html`<time class="${name}"${langAttribute(language, around)} datetime="${formatRfc3339(moment)}">${day}</time>`;
}

/** English without a country is read everywhere; its days come before their months. */
function dayLocale(language: string): string {
  return language === 'en' ? 'en-GB' : language;
}
