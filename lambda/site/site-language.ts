/** Languages and time zones as site.yaml states them. */

import { NAME_CHARACTERS_MAX } from '../model/site-limits.ts';
import { isKnownLanguage, tagOfName } from '../text/language.ts';
import { isTimeZone } from '../time/time-zone.ts';
import { type Reader, report, text } from './setting.ts';

/** A language tag of BCP 47, in its usual spelling: `en-us` becomes `en-US`. */
export const language: Reader<string> = (node, place) => {
  const written = text(NAME_CHARACTERS_MAX)(node, place);
  if (written === null) return null;
  const tag = canonicalTag(written);
  if (tag !== null) return tag;
  const corrected =
    tagOfName(written) ??
    canonicalTag(written.replace(/[\s_.].*$/, (rest) => rest.replace(/[_\s]/g, '-').replace(/\..*$/, '')));
  const example = corrected ?? 'en';
  return report(
    place,
    `“${place.name}” is not a language tag: ${written}`,
    `Write a tag of BCP 47, such as “${example}”.`,
  );
};

/** The name of a time zone in the IANA data base. */
export const timeZone: Reader<string> = (node, place) => {
  const written = text(NAME_CHARACTERS_MAX)(node, place);
  if (written === null || isTimeZone(written)) return written;
  const fix = 'Write its name in the IANA database, such as “Europe/Berlin”, or “UTC”.';
  return report(place, `“${place.name}” is not a time zone: ${written}`, fix);
};

function canonicalTag(written: string): string | null {
  try {
    return Intl.getCanonicalLocales(written).find(isKnownLanguage) ?? null;
  } catch {
    return null;
  }
}
