/** Wall-clock times in a named time zone, with its summer times as the runtime's time-zone data knows them. */

import type { Moment } from './moment.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Making a formatter costs a hundred times what using it does; a publication has one zone, seldom a few. */
const formatters = new Map<string, Intl.DateTimeFormat>();
const FORMATTERS_MAX = 20;

export function isTimeZone(name: string): boolean {
  try {
    formatterOf(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * The moment at which clocks in `timeZone` show `wallMs`, a local time counted as if it were UTC. A time that occurs
 * twice is the first of the two; one that a change of clocks leaves out is as late as it would have been without.
 */
export function momentInZone(wallMs: number, timeZone: string): Moment {
  const before = offsetMinutesAt(wallMs - DAY_MS, timeZone);
  const after = offsetMinutesAt(wallMs + DAY_MS, timeZone);
  for (const offsetMinutes of before >= after ? [before, after] : [after, before]) {
    const at = wallMs - offsetMinutes * MINUTE_MS;
    if (offsetMinutesAt(at, timeZone) === offsetMinutes) return { at, offsetMinutes };
  }
  const at = wallMs - before * MINUTE_MS;
  return { at, offsetMinutes: offsetMinutesAt(at, timeZone) };
}

/** Offsets of old local mean times have seconds; they are cut to minutes, as RFC 3339 asks. */
export function offsetMinutesAt(at: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0;
  const name = formatterOf(timeZone)
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value;
  const match = /^GMT([+-])(\d{2}):(\d{2})/.exec(name ?? '');
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === '-' ? -minutes : minutes;
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
    if (formatters.size >= FORMATTERS_MAX) formatters.clear();
    formatters.set(timeZone, formatter);
  }
  return formatter;
}
