/** Failures of AWS calls, told apart by the HTTP status: names of errors differ between S3 and what imitates it. */

import { StoreError } from '../store/store.ts';

/** The HTTP status of a failed call, or null when there was no answer at all. */
export function statusOf(error: unknown): number | null {
  const metadata = propertyOf(error, '$metadata');
  const status = propertyOf(metadata, 'httpStatusCode');
  return typeof status === 'number' ? status : null;
}

/** The name that the service gave the failure, or an empty text. */
export function failureName(error: unknown): string {
  const name = propertyOf(error, 'name');
  return typeof name === 'string' ? name : '';
}

/**
 * A failed call as a `StoreError`. No answer, too many requests and failures of the service may pass; everything else
 * (no permission, no such bucket, a request that can't be right) stays until somebody mends it. What to do is said with it.
 */
export function failureOf(error: unknown, doing: string): StoreError {
  const status = statusOf(error);
  const passing =
    status === null || status === 408 || status === 409 || status === 429 || status >= 500 || isThrottled(error);
  const said = error instanceof Error ? `${failureName(error)}: ${error.message}` : String(error);
  const answer = status === null ? 'no answer' : `HTTP ${status}`;
  // Some services end their sentences, and some don't.
  const message = `${doing} failed (${answer}). ${said.replace(/\.?$/, '.')} ${adviceFor(passing, status)}`;
  return new StoreError(passing ? 'retry' : 'fatal', message, { cause: error });
}

/** SQS says 400 or 403 where it is asked too often. */
function isThrottled(error: unknown): boolean {
  return /Throttl|SlowDown/.test(failureName(error));
}

function adviceFor(passing: boolean, status: number | null): string {
  if (passing) return 'It may pass: nothing is lost, and trying again is all there is to do.';
  if (status === 403)
    return 'See which right is missing; `npm run deploy -- --revert-drift` gives the publisher back its own.';
  return 'It stays until it is mended.';
}

function propertyOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as Record<string, unknown>)[name];
}
