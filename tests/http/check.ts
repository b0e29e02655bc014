/** One question of the poller: what is asked, and what must be heard. */

import type { Answer, Ask } from './client.ts';

export type ServerPlace = 'cdn' | 'preview';

export interface Check {
  readonly name: string;
  readonly ask: Ask;
  /** Asked first: what it hears may be used in `ask` by its validators. */
  readonly after?: Ask;
  /** Made of the first answer: header fields to add to `ask`. */
  readonly fields?: (first: Answer) => Readonly<Record<string, string>>;
  readonly expected: Expected;
  /** Where this is only so in one place. */
  readonly only?: ServerPlace;
}

export interface Expected {
  readonly status: number;
  /** Null: there is no such field. `same`: as in the answer to `after`. */
  readonly headers?: Readonly<Record<string, string | RegExp | null | typeof SAME | typeof OTHER>>;
  /** `empty`, `some`, as the answer to `after`, or these very bytes. */
  readonly body?: 'empty' | 'some' | 'same' | Uint8Array;
  /** Bytes that come at most. */
  readonly bytesMax?: number;
}

/** As in the answer to `after`. */
export const SAME = Symbol('same');
/** Not as in the answer to `after`. */
export const OTHER = Symbol('other');

/** A strong entity tag. */
export const STRONG = /^"[^"]+"$/;

/** What a browser sends when a person opens an address. */
export const NAVIGATION = {
  'sec-fetch-dest': 'document',
  'sec-fetch-mode': 'navigate',
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'accept-encoding': 'gzip, deflate, br, zstd',
};
