/** Rules for the values in feeds, the same for every format. */

export function isAddress(value: string): boolean {
  return /^[a-z][a-z\d+.-]*:[\x21-\x7e]+$/i.test(value) && URL.parse(value) !== null;
}

export function isWebAddress(value: string): boolean {
  return /^https?:\/\//.test(value) && isAddress(value);
}

export function isWholeNumber(value: string): boolean {
  return /^\d+$/.test(value);
}

/** An IRI (RFC 3987): an id may have letters of every script. */
export function isIri(value: string): boolean {
  return /^[a-z][a-z\d+.-]*:[^\s<>"{}|\\^`]+$/i.test(value);
}

export function isMimeType(value: string): boolean {
  return /^[\w.+-]+\/[\w.+-]+(?:;.*)?$/.test(value);
}

/** BCP 47. */
export function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

export function isRfc3339(value: string): boolean {
  const [, date] = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.exec(value) ?? [];
  // A day that the month doesn't have would be rolled over, and come back as another.
  return date !== undefined && !Number.isNaN(Date.parse(value)) && new Date(date).toISOString().startsWith(date);
}

const RFC_822 = /^(?:([A-Z][a-z]{2}), )?(\d\d?) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) (?:GMT|[+-]\d\d[0-5]\d)$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** As RSS has dates: four digits of a year, a day that there is, and its own day of the week. */
export function isRfc822(value: string): boolean {
  const [matched, weekday, day, month = '', year, hour, minute, second] = RFC_822.exec(value) ?? [];
  if (matched === undefined) return false;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), MONTHS.indexOf(month), Number(day));
  const isReal = MONTHS.includes(month) && date.getUTCDate() === Number(day);
  const isOfWeek = weekday === undefined || DAYS[date.getUTCDay()] === weekday;
  return isReal && isOfWeek && Number(hour) < 24 && Number(minute) < 60 && Number(second) <= 60;
}

/** Each value that is there more than once. */
export function repeated<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
