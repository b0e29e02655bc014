/** Sounds and films under names that hold other things as well, and what says that an article is an episode. */

import { type Field, type Fields, type FieldValue, isMap, plainName } from '../../model/fields.ts';
import { typeFromName } from '../media/media-types.ts';

/** Names that show notes have for the address of their sound; the sooner one counts. */
const NAMES = [
  ...['file', 'filename', 'soundfile', 'sound', 'recording', 'audiolink', 'audiosrc', 'audiosource', 'audiofilename'],
  ...['mp3url', 'mp3link', 'mp3file', 'm4a', 'ogg', 'opus', 'soundurl', 'episodelink', 'episodemp3', 'podcastmp3'],
  ...[
    'enclosurelink',
    'enclosureuri',
    'downloadurl',
    'downloadlink',
    'download',
    'listenurl',
    'listen',
    'stream',
    'src',
  ],
  ...['source', 'url', 'link'],
];
/** Sounds that are beside the article, and not what it is about. */
const OTHERS =
  /music|theme|intro|outro|jingle|background|trailer|teaser|sample|prev|next|related|pronunciation|spoken|alert|effect/;

/**
 * The fields that hold a sound or film by the ending of what they say: those with a known name, else the first of any other.
 * Nobody looks here where a field says by its name that it holds one.
 */
export function findSounds(fields: Fields): readonly Field[] {
  const named = NAMES.flatMap((name) => {
    const field = fields.get(name);
    return field !== undefined && isSoundAddress(field.value) ? [field] : [];
  });
  if (named.length > 0) return named.slice(0, 1);
  const other = [...fields].find(([name, { value }]) => !OTHERS.test(name) && isSoundAddress(value))?.[1];
  return other === undefined ? [] : [other];
}

const ADDRESS_CHARACTERS_MAX = 2_000;

/** Whether a text is the address of a sound or a film, on its own. */
export function isSoundAddress(value: FieldValue): boolean {
  if (typeof value !== 'string' || value.length > ADDRESS_CHARACTERS_MAX) return false;
  const [, path = ''] = /^([^?#\n]+\.[a-z\d]{2,4})(?:[?#][^\s]*)?$/i.exec(value.trim()) ?? [];
  return /^(?:audio|video)\//.test(typeFromName(path) ?? '');
}

/** Fields that episodes have, each of which other articles may have, too. */
const SIGNS: readonly RegExp[] = [
  /^(?:audio|podcast|itunes|episode|mp3|file|enclosure)?(?:duration|length)(?:in)?(?:seconds)?$/,
  /^(?:audio|podcast|itunes|mp3|file|enclosure)?(?:bytes|filesize|sizeinbytes|lengthinbytes)$/,
  /^(?:podcast|itunes)?(?:episode|ep|episodenumber|episodeno)$/,
  /^(?:podcast|itunes)?(?:season|seasonnumber|episodetype)$/,
  /^(?:podcast|itunes)?explicit$/,
  /^(?:podcast|itunes)/,
  /^(?:audio|mp3|enclosure|enclosures|audiourl|audiofile|shownotes|chapters|hosts|guests)$/,
];
const SIGNS_MIN = 3;

/** Whether an article says so much that only episodes say that it must be one. */
export function saysEpisode(fields: Fields): boolean {
  const names = [...fields].flatMap(([name, { value }]) => (value === null || value === '' ? [] : [name]));
  return SIGNS.filter((sign) => names.some((name) => sign.test(name))).length >= SIGNS_MIN;
}

const UNITS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };

/** `56 min`, `1h 2m 3s`, `1 hour 5 minutes`; null for any other text. */
export function spokenSeconds(text: string): number | null {
  const parts = [...text.trim().matchAll(/(\d{1,5})\s*(h|m|s)[a-z]*\.?(?:,|\s+and)?\s*/gi)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== text.trim()) return null;
  return parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (UNITS[unit.toLowerCase()] ?? 0), 0) || null;
}

/** A value without an address in it: chapters that stand in the article itself. */
export function isWithoutFile(value: FieldValue): boolean {
  if (value === null) return true;
  if (typeof value === 'string') return value.trim() === '' || value.includes('\n');
  if (!isMap(value)) return true;
  return !['url', 'src', 'href', 'file', 'path'].some((name) => typeof value.get(plainName(name)) === 'string');
}
