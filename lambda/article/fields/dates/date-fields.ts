/**
 * When an article was published and updated, and when it ends: from its fields, else from the name of its file, else from
 * the address that it states (`path = "2023/08/03/x"`).
 */

import { readFileName } from '../../../address/file-name.ts';
import type { DateHint } from '../../../model/article.ts';
import {
  type Field,
  type FieldMap,
  type Fields,
  type FieldValue,
  findField,
  isMap,
  textIn,
  toBoolean,
} from '../../../model/fields.ts';
import type { Report } from '../../../model/report.ts';
import { type DateReading, readDate, startOfDay } from '../../../time/dates.ts';
import type { Moment } from '../../../time/moment.ts';
import { isTimeZone, offsetMinutesAt } from '../../../time/time-zone.ts';
import { type DateKind, isOfDatesAlone, mayHoldDates, rankOfDateName } from './date-names.ts';

export interface Dates {
  /** Null when neither the fields nor the name of the file nor its address tell. */
  readonly published: Moment | null;
  readonly updated: Moment | null;
  readonly expires: Moment | null;
  /** Only where nothing tells when it was published, and a field looks as if it could. */
  readonly dateHint?: DateHint;
}

/** How dates without a zone are meant. */
export interface DateRules {
  readonly timeZone: string;
  /** Jekyll: bare times with seconds are in UTC, and every date is told in the zone of the site. */
  readonly dates?: 'jekyll';
}

/** A former publisher read Jekyll's dates as all others, and so the day in its address may have been another. */
export function readDateAsOthers(fields: Fields, { dates, ...rules }: DateRules): Moment | null {
  if (dates === undefined) return null;
  const zoned = withOwnZone(fields, rules);
  const stated = findStated(fields, 'published', zoned);
  const reading = stated === null ? null : read(stated, zoned);
  return reading?.kind === 'moment' ? reading.moment : null;
}

export function readDates(fields: Fields, key: string, rules: DateRules, report: Report): Dates {
  const zoned = withOwnZone(fields, rules);
  const read = (kind: DateKind) => readStated(findStated(fields, kind, zoned), zoned, report);
  const stated = withoutOrders(findStated(fields, 'published', zoned), report);
  const published =
    stated === null
      ? (dateOfKey(key, zoned.timeZone, report) ?? dateOfAddress(fields, zoned.timeZone))
      : readStated(stated, zoned, report);
  const [updated, expires] = [read('updated'), read('expires')];
  const hint = published === null && updated === null ? findHint(fields, zoned) : null;
  return { published, updated, expires, ...(hint !== null && { dateHint: hint }) };
}

const ZONE_NAMES = ['timezone', 'tz', 'timezonename'];

/** An article may name the zone of its dates in a field of its own. */
function withOwnZone(fields: Fields, rules: DateRules): DateRules {
  return inZone(findField(fields, ZONE_NAMES)?.value ?? null, rules);
}

function inZone(value: FieldValue, rules: DateRules): DateRules {
  const name = typeof value === 'string' ? value.trim() : '';
  return /^[a-z][\w+/-]*$/i.test(name) && isTimeZone(name) ? { ...rules, timeZone: name } : rules;
}

/** What a field says of a date, before it is known whether it can be read. */
interface Stated {
  readonly field: Field;
  /** Null where no text can be meant. */
  readonly text: string | null;
  readonly isQuoted: boolean;
  /** The zone that is named beside it, if any. */
  readonly zone: FieldValue;
}

/**
 * The first field that isn't a yes or no: `published: true` is no date. Hugo's year 1 means that there is none. A name that
 * may mean something else counts where its value can be read as a date.
 */
function findStated(fields: Fields, kind: DateKind, rules: DateRules): Stated | null {
  const ranked = [...fields].flatMap(([name, field]) => {
    const rank = rankOfDateName(name, kind);
    return rank === null ? [] : [{ name, field, rank }];
  });
  for (const { name, field } of ranked.toSorted((a, b) => a.rank - b.rank)) {
    if (isBlank(field.value) || toBoolean(field.value) !== null) continue;
    const stated = statedIn(field, kind, fields);
    if (stated.text?.startsWith('0001-01-01') === true) continue;
    // A map of dates says nothing of this kind where it says something of another.
    if (stated.text === null && isGroupWithout(field.value, kind)) continue;
    if (isOfDatesAlone(name) || isReadable(stated, rules)) return stated;
  }
  return findInGroups(fields, kind, rules);
}

/** `date: { created: …, updated: … }`, `dates: { modified: … }`: under names of one kind dates of another. */
function findInGroups(fields: Fields, kind: DateKind, rules: DateRules): Stated | null {
  for (const [name, field] of fields) {
    if (!mayHoldDates(name) || field.value === null || !isMap(field.value)) continue;
    const inner = innerDate(field.value, kind);
    const stated = inner === null ? null : { field, text: inner, isQuoted: true, zone: zoneIn(field.value) };
    if (stated !== null && isReadable(stated, rules)) return stated;
  }
  return null;
}

function isGroupWithout(value: FieldValue, kind: DateKind): boolean {
  if (value === null || !isMap(value)) return false;
  const others = (['published', 'updated', 'expires'] as const).filter((other) => other !== kind);
  return others.some((other) => innerDate(value, other) !== null);
}

function statedIn(field: Field, kind: DateKind, fields: Fields): Stated {
  const { value, isQuoted = false } = field;
  if (value !== null && isMap(value)) {
    const day =
      dayInParts(value) ??
      textIn(value, ['date', 'day', 'at', 'on', 'datetime', 'iso', 'value']) ??
      innerDate(value, kind);
    return { field, text: withTime(day, textIn(value, ['time'])), isQuoted: true, zone: zoneIn(value) };
  }
  const time = kind === 'published' ? (fields.get('time')?.value ?? null) : null;
  const day = textOf(value);
  const text = withTime(day, typeof time === 'string' ? time : null);
  return { field, text, isQuoted: isQuoted || text !== day, zone: null };
}

/** `{ year: 2024, month: 5, day: 13 }`, also with the name of the month. */
function dayInParts(map: FieldMap): string | null {
  const [year, month, day] = ['year', 'month', 'day'].map((name) => textIn(map, [name]));
  if (!year || !month || !day) return null;
  return /^\d+$/.test(month) ? [year, month, day].join('-') : [day, month, year].join(' ');
}

function zoneIn(map: FieldValue): FieldValue {
  return map !== null && isMap(map) ? textIn(map, [...ZONE_NAMES, 'zone']) : null;
}

/** The text under the name of a map that counts first among those of a kind. */
function innerDate(map: FieldValue, kind: DateKind): string | null {
  if (map === null || !isMap(map)) return null;
  const ranked = [...map].flatMap(([name, value]) => {
    const rank = rankOfDateName(name, kind);
    const text = textOf(value);
    return rank === null || text === null || text === '' ? [] : [{ rank, text }];
  });
  return ranked.toSorted((a, b) => a.rank - b.rank)[0]?.text ?? null;
}

/** A text, also as the only one of a list, and as a link to the page of that day: `[[2024-01-05]]`. */
function textOf(value: FieldValue): string | null {
  if (typeof value === 'string') return value.trim().replace(/^\[\[([^[\]|]*)(?:\|[^[\]]*)?\]\]$/, '$1');
  if (value !== null && isMap(value)) return null;
  return value?.length === 1 ? textOf(value[0] ?? null) : null;
}

const DAY_ALONE = /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}$/;
const TIME_ALONE = /^\d{1,2}(?::\d{2}){1,2}(?:\s*[ap]\.?m\.?)?$|^\d{1,2}\s*[ap]\.?m\.?$/i;

/** A day and the time of day that stands in a field of its own. */
function withTime(day: string | null, time: string | null): string | null {
  if (day === null || time === null || !DAY_ALONE.test(day) || !TIME_ALONE.test(time.trim())) return day;
  return `${day} ${time.trim()}`;
}

function isBlank(value: FieldValue): boolean {
  return value === null || (typeof value === 'string' ? value.trim() === '' : isMap(value) && value.size === 0);
}

function isReadable(stated: Stated, rules: DateRules): boolean {
  return read(stated, rules).kind === 'moment';
}

/** A plain time with seconds and no zone is a time of YAML, and so in UTC; Jekyll reads every other text by itself. */
const YAML_TIME = /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt]|[ \t]+)\d{1,2}:\d{2}:\d{2}(?:\.\d*)?$/;

function read({ text, isQuoted, zone }: Stated, rules: DateRules): DateReading {
  if (text === null) return { kind: 'unreadable' };
  const { timeZone, dates } = inZone(zone, rules);
  if (dates !== 'jekyll') return readDate(text, timeZone);
  const reading = readDate(text, !isQuoted && YAML_TIME.test(text) ? 'UTC' : timeZone);
  if (reading.kind !== 'moment') return reading;
  const { at } = reading.moment;
  return { kind: 'moment', moment: { at, offsetMinutes: offsetMinutesAt(at, timeZone) } };
}

/** Eleventy takes `date: Last Modified` for an order to look at the file or its history, of which nothing is known here. */
function withoutOrders(stated: Stated | null, report: Report): Stated | null {
  const text = stated?.text ?? null;
  if (stated === null || text === null || !/^(?:git )?(?:last modified|created)$/i.test(text)) return stated;
  const { name, line } = stated.field;
  const message = `“${text}” in the field “${name}” is no date of this article.`;
  report.add('field-unreadable', line, message, 'Write the date as 2021-04-07, or remove the line.');
  return null;
}

function readStated(stated: Stated | null, rules: DateRules, report: Report): Moment | null {
  if (stated === null) return null;
  const reading = read(stated, rules);
  if (reading.kind === 'moment') return reading.moment;
  const { text, field } = stated;
  const shown = text === null ? 'What stands' : `“${text.slice(0, 60)}”`;
  if (reading.kind === 'impossible') {
    const message = `${shown} in the field “${field.name}” is no day or time of the calendar.`;
    const fix = 'Correct the date; for example 2021-04-07 or 2021-04-07T10:30:00+03:00.';
    report.add('date-impossible', field.line, message, fix);
  } else {
    const message = `${shown} in the field “${field.name}” can't be read as a date.`;
    const fix = `Write the date as 2021-04-07 or 2021-04-07T10:30:00+03:00${text === null ? `, for example “${field.name}: 2021-04-07”` : ''}.`;
    report.add('date-unreadable', field.line, message, fix);
  }
  return null;
}

function dateOfKey(key: string, timeZone: string, report: Report): Moment | null {
  const { day } = readFileName(key);
  if (day === null) return null;
  const moment = startOfDay(day, timeZone);
  if (moment === null) {
    const text = [day.year, day.month, day.day].join('-');
    const message = `The date ${text} in the name of the file or its folder is no day of the calendar.`;
    report.add('date-impossible', null, message, 'Rename the file, or give the article a “date”.');
  }
  return moment;
}

const ADDRESS_NAMES = ['permalink', 'url', 'path', 'route', 'slug'];
const DAY_IN_ADDRESS = /(?:^|\/)((?:19|20)\d{2})([-/])(\d{1,2})\2(\d{1,2})(?=[-/_.]|$)/;

/** The day in the address that an article states: of another site's page, too, it is the day of this article. */
function dateOfAddress(fields: Fields, timeZone: string): Moment | null {
  for (const name of ADDRESS_NAMES) {
    const value = fields.get(name)?.value;
    const [, year, , month, day] = typeof value === 'string' ? (DAY_IN_ADDRESS.exec(value.trim()) ?? []) : [];
    if (year === undefined) continue;
    const moment = startOfDay({ year: Number(year), month: Number(month), day: Number(day) }, timeZone);
    if (moment !== null) return moment;
  }
  return null;
}

/** With a day, and not a number that may count anything. */
const PLAIN_DATE = /\d{4}[-/.年]\s?\d{1,2}|[a-z]{3,}\.?,?\s+\d{4}|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}/i;
const HINT_CHARACTERS_MAX = 60;

function findHint(fields: Fields, rules: DateRules): DateHint | null {
  for (const [name, field] of fields) {
    if (rankOfDateName(name, 'expires') !== null) continue;
    const text = textOf(field.value);
    if (text === null || text.length > HINT_CHARACTERS_MAX || !PLAIN_DATE.test(text)) continue;
    const isNamedSo = rankOfDateName(name, 'published') !== null;
    if (isNamedSo || readDate(text, rules.timeZone).kind === 'moment') {
      return { name: field.name, text, line: field.line };
    }
  }
  return null;
}
