/**
 * Parses the bodies of messages, which come from S3, from EventBridge, from the publisher itself and, by the console,
 * from people. Pure. A body that can't be parsed is a value too, so that it can be logged and acknowledged: delivering
 * it again would not help.
 */

import { decodePercent } from '../address/percent-encoding.ts';
import type { RemovalConsent } from '../model/mass-removal.ts';
import type { LaneParcel } from '../store/lane-parcels.ts';
import { type HubMessage, laneNamed } from '../store/queue.ts';
import { isObject, type JsonObject, parseObject } from '../text/json.ts';

/** What a message of the article queue asks for. */
export type ArticleWork =
  /** Look at these keys. S3 may name several in one message. */
  | { readonly kind: 'articles'; readonly articles: readonly ChangedArticle[] }
  /** Reconcile: compare everything with the content, and put right what differs. */
  | {
      readonly kind: 'reconcile';
      /** The number of removals that a person has agreed to. */
      readonly consent: RemovalConsent;
    }
  /** Look at everything again, whether or not it seems to differ. */
  | { readonly kind: 'reconcileAll' }
  /** Read everything, mend what is damaged of the state, then reconcile. */
  | { readonly kind: 'repair' }
  /** Do what has become due. */
  | { readonly kind: 'tick' }
  /** Tell hubs of a feed. */
  | { readonly kind: 'hub'; readonly message: HubMessage }
  /** S3's greeting when the notification is set up. */
  | { readonly kind: 'test' }
  | { readonly kind: 'unknown'; readonly reason: string };

export interface ChangedArticle {
  readonly key: string;
  /** When it was uploaded or removed, in milliseconds since the epoch; null when the message doesn't say. */
  readonly uploadedAt: number | null;
  /** Whether something happened to the file itself. */
  readonly told: boolean;
}

/** What a message of the lane queue asks for. */
export type LaneWork =
  | ({ readonly kind: 'lane'; readonly uploadedAt: number | null } & LaneParcel)
  | { readonly kind: 'unknown'; readonly reason: string };

/** Reads the body of a message of the article queue; `contentBucket` is the only one whose events count. */
export function parseArticleWork(body: string, contentBucket: string): ArticleWork {
  const message = parseObject(body);
  if (message === null) return unknown('The body is not a JSON object.');
  if (message.Event === 's3:TestEvent') return { kind: 'test' };
  if (Array.isArray(message.Records)) return parseNotification(message.Records, contentBucket);
  switch (message.kind) {
    case 'article':
      return parseArticle(message);
    case 'hub':
      return parseHub(message);
    case 'reconcile':
      return parseReconcile(message);
    case 'tick':
      return { kind: 'tick' };
    // As the two have always been asked for.
    case 'renew':
      return { kind: 'reconcileAll' };
    case 'rebuild':
    case 'repair':
      return { kind: 'repair' };
    default:
      return unknown('It is neither an S3 notification nor a message of the publisher.');
  }
}

/** Reads the body of a message of the lane queue. People may name one `key`, as earlier versions did. */
export function parseLaneWork(body: string): LaneWork {
  const message = parseObject(body);
  if (message?.kind !== 'feed') return unknown('It is not lane work.');
  const { feed, key, keys = [key], uploadedAt } = message;
  if (typeof feed !== 'string' || feed === '') return unknown('It names no lane.');
  if (!Array.isArray(keys) || keys.length === 0 || !keys.every(isLaneKey)) return unknown('It names no key.');
  return { kind: 'lane', lane: laneNamed(feed), keys, uploadedAt: instantOf(uploadedAt) };
}

function isLaneKey(key: unknown): key is string | null {
  return typeof key === 'string' || key === null;
}

function parseArticle(message: JsonObject): ArticleWork {
  const { key, uploadedAt, told } = message;
  if (typeof key !== 'string' || key === '') return unknown('It names no key.');
  return { kind: 'articles', articles: [{ key, uploadedAt: instantOf(uploadedAt), told: told === true }] };
}

/** People may write it by hand. A malformed number must not count as absent. */
function parseReconcile({ remove = null }: JsonObject): ArticleWork {
  const isNumber = typeof remove === 'number' && Number.isSafeInteger(remove) && remove > 0;
  if (!isNumber && remove !== null) return unknown('What it says may be removed is no number.');
  return { kind: 'reconcile', consent: remove as number | null };
}

function parseHub({ feed, hub, attempt }: JsonObject): ArticleWork {
  if (typeof feed !== 'string' || feed === '') return unknown('It names no feed.');
  if (typeof hub !== 'string' && hub !== null) return unknown('It names no hub.');
  if (typeof attempt !== 'number' || !Number.isSafeInteger(attempt) || attempt < 1) return unknown('It has no count.');
  return { kind: 'hub', message: { feed, hub, attempt } };
}

/** One notification of S3: all its records, or none. */
function parseNotification(records: readonly unknown[], contentBucket: string): ArticleWork {
  const articles: ChangedArticle[] = [];
  for (const record of records) {
    const bucket = valueAt(record, 's3', 'bucket', 'name');
    const key = valueAt(record, 's3', 'object', 'key');
    if (typeof key !== 'string' || key === '') return unknown('A record names no object.');
    if (bucket !== contentBucket) return unknown(`A record is about another bucket, ${quote(bucket)}.`);
    // As in forms: a space is `+`, the rest percent-encoded UTF-8.
    const decoded = decodePercent(key.replaceAll('+', ' '));
    if (decoded === null) return unknown(`A record's key is not encoded as S3 does: ${quote(key)}.`);
    articles.push({ key: decoded, uploadedAt: instantOf(valueAt(record, 'eventTime')), told: true });
  }
  return { kind: 'articles', articles };
}

function instantOf(value: unknown): number | null {
  const at = typeof value === 'string' ? Date.parse(value) : value;
  return typeof at === 'number' && Number.isFinite(at) ? at : null;
}

function valueAt(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value);
}

/** For a log: also without the controls that JSON lets stand. */
function quote(value: unknown): string {
  return JSON.stringify(value ?? null).replace(/[\x7f-\x9f]/g, '\ufffd');
}

function unknown(reason: string): { readonly kind: 'unknown'; readonly reason: string } {
  return { kind: 'unknown', reason };
}
