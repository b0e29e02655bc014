/**
 * Moments: an instant together with the offset in which its author wrote it, so that a Moscow midnight stays on its
 * day in every format. Ordering and equality look at the instant alone.
 */

export interface Moment {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number;
  /** Offset from UTC in minutes, positive to the east; -1439 to 1439. */
  readonly offsetMinutes: number;
}

const MINUTE_MS = 60_000;

const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

/** A moment in UTC. */
export function momentAt(at: number): Moment {
  return { at, offsetMinutes: 0 };
}

/** The later of two moments; the first where both are at the same instant. */
export function laterOf(a: Moment, b: Moment): Moment {
  return b.at > a.at ? b : a;
}

/**
 * A moment as RFC 3339 (Atom, JSON Feed): `2021-04-07T00:00:00+03:00`, `…Z` in UTC.
 *
 * @param fraction digits of a second; none for whole seconds
 */
export function formatRfc3339(moment: Moment, fraction = ''): string {
  const local = formatSecond(new Date(moment.at + moment.offsetMinutes * MINUTE_MS));
  const digits = fraction === '' ? '' : `.${fraction}`;
  return `${local}${digits}${moment.offsetMinutes === 0 ? 'Z' : formatOffset(moment.offsetMinutes, ':')}`;
}

/** As `toISOString`, to the second, in a third of its time: two or three dates an entry are a tenth of a document. */
function formatSecond(date: Date): string {
  const year = date.getUTCFullYear();
  if (!(year >= 1_000 && year <= 9_999)) return date.toISOString().slice(0, 19);
  const day = `${year}-${TWO_DIGITS[date.getUTCMonth() + 1]}-${TWO_DIGITS[date.getUTCDate()]}`;
  const minute = `${TWO_DIGITS[date.getUTCHours()]}:${TWO_DIGITS[date.getUTCMinutes()]}`;
  return `${day}T${minute}:${TWO_DIGITS[date.getUTCSeconds()]}`;
}

/** As `formatRfc3339`, in UTC, for readers that leave the offset out of account. */
export function formatUtc({ at }: Moment, fraction = ''): string {
  return formatRfc3339(momentAt(at), fraction);
}

/** A moment as RFC 822 with a four-digit year (RSS 2.0): `Wed, 07 Apr 2021 00:00:00 +0300`, `GMT` in UTC. */
export function formatRfc822(moment: Moment): string {
  const local = new Date(moment.at + moment.offsetMinutes * MINUTE_MS).toUTCString();
  return moment.offsetMinutes === 0 ? local : local.replace('GMT', formatOffset(moment.offsetMinutes, ''));
}

function formatOffset(offsetMinutes: number, separator: string): string {
  const minutes = Math.abs(offsetMinutes);
  const hours = String(Math.floor(minutes / 60)).padStart(2, '0');
  return `${offsetMinutes < 0 ? '-' : '+'}${hours}${separator}${String(minutes % 60).padStart(2, '0')}`;
}
