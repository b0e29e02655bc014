/**
 * Reads dates as people write them. An offset is kept as written; a date without one is a local time of the site's
 * zone, and one without a time is midnight there. A date that isn't in the calendar is said to be so, never rolled
 * over to the next month.
 */

import type { Moment } from './moment.ts';
import { isTimeZone, momentInZone } from './time-zone.ts';

export type DateReading =
  | { readonly kind: 'moment'; readonly moment: Moment }
  | { readonly kind: 'impossible' }
  | { readonly kind: 'unreadable' };

export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const YEAR_MIN = 1000;
const YEAR_MAX = 9998;
const MINUTE_MS = 60_000;
const DATE_CHARACTERS_MAX = 100;
const IMPOSSIBLE: DateReading = { kind: 'impossible' };
const UNREADABLE: DateReading = { kind: 'unreadable' };

export function readDate(text: string, timeZone: string): DateReading {
  if (text.length > DATE_CHARACTERS_MAX) return UNREADABLE;
  const source = text
    .normalize('NFC')
    .replace(/[\u2212\u2013]/g, '-')
    // Org's marks around a date.
    .replace(/^\s*[<[](\d{4}-[^<>[\]]*)[>\]]\s*$/, '$1')
    .replace(/\s*\(([^)]*)\)\s*$/, (_, said: string) => (isZoneName(said) ? ` ${said}` : ''))
    .trim();
  const epoch = readEpoch(source);
  if (epoch !== null) return epoch;

  const date = splitDay(source);
  const time = date === null ? null : splitTime(date.rest);
  if (date === null || time === null) return UNREADABLE;
  if (!isInCalendar(date.day)) return IMPOSSIBLE;
  if (time.hour > 23 || time.minute > 59 || time.second > 60) return IMPOSSIBLE;

  // RFC 3339 knows the leap second; clocks here don't.
  const seconds = (time.hour * 60 + time.minute) * 60 + Math.min(time.second, 59);
  return withZone(dayStart(date.day) + seconds * 1000 + time.millisecond, time.zone, timeZone);
}

/** Midnight at which a day begins in a time zone; null when there is no such day. */
export function startOfDay(day: CalendarDay, timeZone: string): Moment | null {
  return isInCalendar(day) ? momentInZone(dayStart(day), timeZone) : null;
}

/** Seconds or milliseconds since 1970, as some exports write them. */
function readEpoch(source: string): DateReading | null {
  if (!/^\d{10}$|^\d{13}$/.test(source)) return null;
  const at = Number(source) * (source.length === 10 ? 1000 : 1);
  return { kind: 'moment', moment: { at, offsetMinutes: 0 } };
}

const WEEKDAY = /^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+/i;
/** In whatever language. */
const NAME_OF_DAY = /^\p{L}{2,12}\.?,\s+(?=\d)/u;
/** By month: English, short and whole; then German, French, Spanish, Italian, Portuguese, Dutch and Scandinavian, whole only. */
const MONTHS = [
  'jan january januar jänner janvier enero gennaio janeiro januari',
  'feb february februar février fevrier febrero febbraio fevereiro februari',
  'mar march märz maerz mars marzo março marco maart marts',
  'apr april avril abril aprile',
  'may mai mayo maggio maio mei maj',
  'jun june juni juin junio giugno junho',
  'jul july juli juillet julio luglio julho',
  'aug august août aout agosto augustus augusti',
  'sep sept september septembre septiembre settembre setembro',
  'oct october oktober octobre octubre ottobre outubro',
  'nov november novembre noviembre novembro',
  'dec december dezember décembre decembre diciembre dicembre dezembro desember',
].map((names) => names.split(' '));

/** As C and Git print a date: `Mar 5 18:30:22 2023 -0800`, the zone's name perhaps before the year. */
const TIME_BEFORE_YEAR = /^([a-z]+\s+\d{1,2})\s+(\d{1,2}:\d{2}(?::\d{2})?(?:\s+[A-Z]{3,4})?)\s+(\d{4})(?!\d)/i;
const COMPACT_TIME = /^t(\d{2})(\d{2})(\d{2})?(?!\d)/i;

/** Takes the day from the front. `04/07/2021` is not read: nobody knows whether it is in April or in July. `13/7/2021` is. */
function splitDay(source: string): { readonly day: CalendarDay; readonly rest: string } | null {
  const yearFirst =
    /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)(.*)$/s.exec(source) ??
    /^(\d{4})()(\d{2})(\d{2})(?!\d)(.*)$/s.exec(source) ??
    // Chinese, Japanese and Korean: year, month, day, each behind its number.
    /^(\d{4})\s?([年년])\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号號](.*)$/s.exec(source);
  if (yearFirst !== null) {
    return dayAndRest(yearFirst[1], Number(yearFirst[3]), yearFirst[4], yearFirst[5]);
  }
  const dotted = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)(.*)$/s.exec(source);
  if (dotted !== null) return dayAndRest(dotted[3], Number(dotted[2]), dotted[1], dotted[4]);

  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?!\d)(.*)$/s.exec(source);
  if (slashed !== null) {
    const [first, second] = [Number(slashed[1]), Number(slashed[2])];
    if (first > 12 || first === second) return dayAndRest(slashed[3], second, slashed[1], slashed[4]);
    return second > 12 ? dayAndRest(slashed[3], first, slashed[2], slashed[4]) : null;
  }

  const words = source.replace(WEEKDAY, '').replace(NAME_OF_DAY, '').replace(TIME_BEFORE_YEAR, '$1 $3 $2');
  const monthFirst = /^(\p{L}+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)(.*)$/isu.exec(words);
  if (monthFirst !== null) return dayAndRest(monthFirst[3], monthNumber(monthFirst[1]), monthFirst[2], monthFirst[4]);
  const dayFirst =
    /^(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\s-]+(?:(?:of|de)\s+)?(\p{L}+)\.?,?[\s-]+(?:(?:de|del)\s+)?(\d{4})(?!\d)(.*)$/isu.exec(
      words,
    );
  if (dayFirst !== null) return dayAndRest(dayFirst[3], monthNumber(dayFirst[2]), dayFirst[1], dayFirst[4]);
  return null;
}

function dayAndRest(year: string | undefined, month: number | null, day: string | undefined, rest = '') {
  return month === null ? null : { day: { year: Number(year), month, day: Number(day) }, rest };
}

function monthNumber(name = ''): number | null {
  const word = name.toLowerCase();
  return MONTHS.findIndex((names) => names.includes(word)) + 1 || null;
}

/** `3pm`, without minutes. */
const HOUR_ALONE = /^(t|\s*,?\s*(?:at\s+)?)(\d{1,2})\s*(?=[ap]\.?m\b)/i;
/** Also in brackets, and in Org's dates short and behind the day. */
const WEEKDAY_BEHIND = /^,?\s*\(?(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?\)?(?![a-z])/i;

const TIME =
  /^(?:t|\s*,?\s*(?:at\s+)?)(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,9}))?)?(?:\s*([ap])\.?m\.?)?(?=$|[\s\d+\-[]|[a-z])(.*)$/is;

interface WallTime {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  readonly zone: string;
}

function splitTime(rest: string): WallTime | null {
  const match = TIME.exec(
    rest
      .replace(WEEKDAY_BEHIND, '')
      .replace(COMPACT_TIME, (_, hour, minute, second = '00') => `T${hour}:${minute}:${second}`)
      .replace(HOUR_ALONE, '$1$2:00 '),
  );
  if (match === null)
    return { hour: 0, minute: 0, second: 0, millisecond: 0, zone: rest.replace(WEEKDAY_BEHIND, '').trim() };
  const [, hour = '', minute = '', second = '0', fraction = '0', half, zone = ''] = match;
  const written = Number(hour);
  if (half !== undefined && (written < 1 || written > 12)) return null;
  return {
    hour: half === undefined ? written : (written % 12) + (half.toLowerCase() === 'p' ? 12 : 0),
    minute: Number(minute),
    second: Number(second),
    millisecond: Math.floor(Number(`0.${fraction}`) * 1000),
    zone: zone.trim(),
  };
}

/** Abbreviations of RFC 822, and others of which people mean one thing only. `IST` is Indian, Irish and Israeli time. */
const ZONE_HOURS: Readonly<Record<string, number>> = {
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
  wet: 0,
  west: 1,
  bst: 1,
  cet: 1,
  cest: 2,
  eet: 2,
  eest: 3,
  msk: 3,
  jst: 9,
  kst: 9,
};

function withZone(wallMs: number, zone: string, siteTimeZone: string): DateReading {
  if (zone === '') return { kind: 'moment', moment: momentInZone(wallMs, siteTimeZone) };
  if (/^(?:z|utc|gmt|ut)$/i.test(zone)) return atOffset(wallMs, 0);
  // A name in brackets after an offset (RFC 9557) adds nothing to it.
  const offset = /^(?:utc|gmt)?\s*([+-])(\d{1,2})(?::?(\d{2}))?(?:\s*\[[^\]]*\])?$/i.exec(zone);
  if (offset !== null) {
    const hours = Number(offset[2]);
    const minutes = Number(offset[3] ?? 0);
    if (hours > 23 || minutes > 59) return IMPOSSIBLE;
    return atOffset(wallMs, (offset[1] === '-' ? -1 : 1) * (hours * 60 + minutes));
  }
  const hours = ZONE_HOURS[zone.toLowerCase()];
  if (hours !== undefined) return atOffset(wallMs, hours * 60);
  const name = zone.replace(/^\[(.*)\]$/, '$1');
  return isZoneName(name) ? { kind: 'moment', moment: momentInZone(wallMs, name) } : UNREADABLE;
}

/**
 * Whether the runtime knows a zone of this name (`Asia/Tokyo`, `Japan`, `EST5EDT`). What it knows of three letters are old
 * names, of which `BST` is the time of Bangladesh.
 */
function isZoneName(name: string): boolean {
  return /^[a-z][\w+/-]{3,}$/i.test(name) && isTimeZone(name);
}

function atOffset(wallMs: number, offsetMinutes: number): DateReading {
  return { kind: 'moment', moment: { at: wallMs - offsetMinutes * MINUTE_MS, offsetMinutes } };
}

function isInCalendar({ year, month, day }: CalendarDay): boolean {
  if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function dayStart({ year, month, day }: CalendarDay): number {
  return Date.UTC(year, month - 1, day);
}
