/**
 * HTTP's conditions and negotiations (RFC 9110) as pure functions of the request's header fields: is the reader's
 * copy still good, which part does it want, which compression does it take.
 */

export interface Validators {
  /** With its quotes; strong. */
  readonly etag: string;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
}

type HeaderFields = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Whether the answer is 304: `If-None-Match` decides alone where it is given (RFC 9110, 13.2.2). */
export function isNotModified(fields: HeaderFields, { etag, modifiedAt }: Validators): boolean {
  const tags = fieldOf(fields, 'if-none-match');
  if (tags !== null) return tags.trim() === '*' || parseTags(tags).includes(etag);
  const since = fieldOf(fields, 'if-modified-since');
  if (since === null) return false;
  const sinceMs = Date.parse(since);
  return !Number.isNaN(sinceMs) && wholeSeconds(modifiedAt) <= sinceMs;
}

/** The entity tags of a list, without the mark of weakness: If-None-Match compares weakly (RFC 9110, 13.1.2). */
function parseTags(list: string): string[] {
  return [...list.matchAll(/(?:W\/)?("[^"]*")/g)].map(([, tag = '']) => tag);
}

export type Part =
  | { readonly kind: 'whole' }
  /** Both ends inclusive. */
  | { readonly kind: 'range'; readonly first: number; readonly last: number }
  | { readonly kind: 'unsatisfiable' };

/**
 * Which bytes of `lengthBytes` the reader wants. Several ranges at once, units other than bytes and a stale `If-Range`
 * get the whole, as RFC 9110 (14.2) allows.
 */
export function chooseRange(fields: HeaderFields, validators: Validators, lengthBytes: number): Part {
  const match = /^bytes=(\d*)-(\d*)$/.exec((fieldOf(fields, 'range') ?? '').trim());
  const [, from = '', to = ''] = match ?? [];
  if ((from === '' && to === '') || !isRangeCurrent(fields, validators)) return { kind: 'whole' };
  const suffix = from === '';
  const first = suffix ? Math.max(0, lengthBytes - Number(to)) : Number(from);
  const last = suffix || to === '' ? lengthBytes - 1 : Math.min(Number(to), lengthBytes - 1);
  if (!suffix && to !== '' && Number(to) < Number(from)) return { kind: 'whole' };
  return first > last ? { kind: 'unsatisfiable' } : { kind: 'range', first, last };
}

/** `If-Range` compares strongly; a date must be exactly the one that was sent. */
function isRangeCurrent(fields: HeaderFields, { etag, modifiedAt }: Validators): boolean {
  const condition = fieldOf(fields, 'if-range');
  return condition === null || condition === etag || Date.parse(condition) === wholeSeconds(modifiedAt);
}

/** HTTP dates have no fractions. */
export function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}

function fieldOf(fields: HeaderFields, name: string): string | null {
  const value = fields[name];
  if (value === undefined) return null;
  return typeof value === 'string' ? value : value.join(', ');
}
