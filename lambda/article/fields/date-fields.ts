/** When an article was published and updated, and when it ends: from its fields, else from the name of its file. */

import { readFileName } from '../../address/file-name.ts';
import { type Field, type Fields, type FieldValue, findField, isMap, textIn, toBoolean } from '../../model/fields.ts';
import type { Report } from '../../model/report.ts';
import { type DateReading, readDate, startOfDay } from '../../time/dates.ts';
import type { Moment } from '../../time/moment.ts';

/** The date on which readers should see an article goes before the one on which its file was made. */
const PUBLISHED_NAMES = [
  'publishdate',
  'datepublished',
  'publishedat',
  'publishedon',
  'publisheddate',
  'publishedtime',
  'published',
  'pubdate',
  'date',
  'posted',
  'postdate',
  'datetime',
  'created',
  'createdat',
  'datecreated',
  'creationdate',
];
const UPDATED_NAMES = [
  'updated',
  'lastmod',
  'lastmodified',
  'lastmodifiedat',
  'modified',
  'modifiedat',
  'modifiedtime',
  'datemodified',
  'modifieddate',
  'updatedat',
  'updatedate',
  'updateddate',
  'dateupdated',
  'lastupdate',
  'lastupdated',
];
const EXPIRES_NAMES = ['expires', 'expirydate', 'expiry', 'expiresat', 'expirationdate', 'unpublishdate', 'validuntil'];

export interface Dates {
  /** Null when neither the fields nor the name of the file tell. */
  readonly published: Moment | null;
  readonly updated: Moment | null;
  readonly expires: Moment | null;
}

export function readDates(fields: Fields, key: string, timeZone: string, report: Report): Dates {
  const read = (names: readonly string[]) => readField(findDate(fields, names), timeZone, report);
  const stated = withoutOrders(findDate(fields, PUBLISHED_NAMES), report);
  return {
    published: stated === null ? dateOfKey(key, timeZone, report) : readField(stated, timeZone, report),
    updated: read(UPDATED_NAMES),
    expires: read(EXPIRES_NAMES),
  };
}

/** Eleventy takes `date: Last Modified` for an order to look at the file or its history, of which nothing is known here. */
function withoutOrders(field: Field | null, report: Report): Field | null {
  const text = field === null ? null : textOf(field.value);
  if (field === null || text === null || !/^(?:git )?(?:last modified|created)$/i.test(text)) return field;
  const message = `“${text}” in the field “${field.name}” is no date of this article.`;
  report.add('field-unreadable', field.line, message, 'Write the date as 2021-04-07, or remove the line.');
  return null;
}

/** The first field that isn't a yes or no: `published: true` is no date. Hugo's year 1 means that there is none. */
function findDate(fields: Fields, names: readonly string[]): Field | null {
  for (const name of names) {
    const field = findField(fields, [name]);
    if (field === null || toBoolean(field.value) !== null) continue;
    if (textOf(field.value)?.startsWith('0001-01-01') !== true) return field;
  }
  return null;
}

function readField(field: Field | null, timeZone: string, report: Report): Moment | null {
  if (field === null) return null;
  const text = textOf(field.value);
  const reading: DateReading = text === null ? { kind: 'unreadable' } : readDate(text, timeZone);
  if (reading.kind === 'moment') return reading.moment;
  const shown = text === null ? 'Its value' : `“${text.slice(0, 60)}”`;
  if (reading.kind === 'impossible') {
    const message = `${shown} in the field “${field.name}” is no day or time of the calendar.`;
    report.add(
      'date-impossible',
      field.line,
      message,
      'Correct the date; for example 2021-04-07 or 2021-04-07T10:30:00+03:00.',
    );
  } else {
    const message = `${shown} in the field “${field.name}” can't be read as a date.`;
    report.add('date-unreadable', field.line, message, 'Write the date as 2021-04-07 or 2021-04-07T10:30:00+03:00.');
  }
  return null;
}

function textOf(value: FieldValue): string | null {
  if (typeof value === 'string') return value.trim();
  if (value !== null && isMap(value)) return textIn(value, ['date', 'at', 'on', 'time']);
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
