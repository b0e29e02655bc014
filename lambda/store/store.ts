/**
 * The store port: objects by key, with conditional writes. Every adapter passes the same contract suite
 * (tests/contract/store.ts): S3, SQLite, folder, memory.
 *
 * What callers may rely on:
 * - a write is atomic: a reader sees the old bytes or the new ones, never a mixture, never a part;
 * - a read that starts after a write has returned sees that write or a later one;
 * - conditional writes are a compare-and-swap, between processes and machines too;
 * - absence and conflict are values; everything else that goes wrong is thrown as a `StoreError`.
 *
 * What a store need not have: `copyFrom`, `listFolder`, `compare`.
 */

export interface Store {
  /** The object, or null if there is none. */
  read(key: string, options?: ReadOptions): Promise<StoredObject | null>;
  /** Facts of the object without its body, or null if there is none. */
  inspect(key: string): Promise<ObjectFacts | null>;
  write(key: string, body: Uint8Array, options?: WriteOptions): Promise<WriteResult>;
  /** Removes the object; one that is not there is removed already. With `ifVersion`, only if that is what is there. */
  remove(key: string, options?: { readonly ifVersion?: string }): Promise<RemoveResult>;
  /** A part of the keys that begin with `prefix` and come after `after`, in order of their UTF-8 bytes. */
  list(options: ListOptions): Promise<Listing>;
  /**
   * Copies the object of the same key from another store, without its bytes passing through this process: the service
   * that keeps both copies them. Only stores with such a service have this.
   *
   * @param object as it was seen there; only that version is copied
   * @param headers of the copy; none are taken along
   * @returns `unchanged` where the copy is there already; `conflict` where the object has changed or gone since it was
   *   seen, or somebody else wrote here: look again. Null if the caller has to read and write the bytes, because the
   *   source is another kind of store, or this store keeps more than these bytes.
   */
  copyFrom?(source: Store, object: ObjectFacts, headers: ObjectHeaders): Promise<WriteResult | null>;
  /**
   * What lies in a folder itself, with one call. Only where that costs less than a look at each of several names.
   *
   * @param folder with a slash at its end; empty for the top
   * @returns null where it can't tell all: there is more in it than one call gives, or its names come and go just now
   */
  listFolder?(folder: string): Promise<FolderListing | null>;
  /**
   * How what begins with a prefix differs from what was there when it was listed before. Only where that costs less than to
   * list all of it.
   *
   * @param known all that was listed then, or was found by this since
   * @returns null where it can't be told
   */
  compare?(prefix: string, known: KnownVersions): Promise<Differences | null>;
}

/** By key. */
export type KnownVersions = ReadonlyMap<string, { readonly version: string }>;

export interface Differences {
  /** What is new, or has another version. */
  readonly changed: readonly Pick<ObjectFacts, 'key' | 'version'>[];
  /** Keys of what is there no more. */
  readonly gone: readonly string[];
}

export interface FolderListing {
  /** By key. */
  readonly objects: ReadonlyMap<string, ObjectFacts>;
  /** Keys of which a look has to tell whether there is an object. @default none */
  readonly unseen?: ReadonlySet<string>;
  /** The folders in it that may hold something, each with a slash at its end: whole prefixes of keys. */
  readonly folders: ReadonlySet<string>;
}

export interface ReadOptions {
  /** No more than that many bytes of the body. */
  readonly firstBytes?: number;
  /** Those from this place on; at or behind the end there are none. Default 0. */
  readonly fromByte?: number;
}

export interface ObjectFacts {
  readonly key: string;
  /** Changes with every write; opaque. An ETag, a row's version, a file's identity. */
  readonly version: string;
  readonly lengthBytes: number;
  /** When it was last written: milliseconds since the epoch. */
  readonly modifiedAt: number;
}

export interface StoredObject extends ObjectFacts {
  readonly body: Uint8Array;
}

export interface WriteOptions {
  /**
   * `absent`: only if there is no such object. `version`: only if it is the one that was read. `different`: only if
   * there is no such object or its bytes or headers differ, so that what is unchanged is not written again. A `seal` is what
   * the last write gave: it spares the look where nobody else has written since. It may be of another object, or too old.
   */
  readonly condition?:
    | { readonly kind: 'absent' }
    | { readonly kind: 'version'; readonly version: string }
    | { readonly kind: 'different'; readonly seal?: string };
  /** HTTP headers kept with the object, in stores that can; the others derive them from the key when they serve it. */
  readonly headers?: ObjectHeaders;
}

export interface ObjectHeaders {
  readonly contentType?: string;
  readonly cacheControl?: string;
  readonly contentEncoding?: string;
  /** Free text by lower-case name, in ASCII. */
  readonly metadata?: Readonly<Record<string, string>>;
}

export type WriteResult =
  | Written<'written'>
  /** The bytes were there already (condition `different`). */
  | Written<'unchanged'>
  /**
   * The condition did not hold. A write whose answer was lost may also give this: read, and recognise your own nonce.
   */
  | { readonly kind: 'conflict' };

interface Written<Kind> {
  readonly kind: Kind;
  readonly version: string;
  /** Opaque, for the next write with the condition `different`. Only where looking at an object is a call of its own. */
  readonly seal?: string;
}

export type RemoveResult = { readonly kind: 'removed' } | { readonly kind: 'conflict' };

export interface ListOptions {
  readonly prefix: string;
  /** Exclusive; a key or any string. */
  readonly after?: string;
  /** 1 to 1,000; default 1,000. */
  readonly limitCount?: number;
}

export interface Listing {
  readonly objects: readonly ObjectFacts[];
  /** What to pass as `after` for the next part, or null when this was the last. */
  readonly next: string | null;
}

/** A failure of the store itself. `retry`: it may work later. `fatal`: it will not, until somebody mends something. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly kind: 'retry' | 'fatal';

  constructor(kind: 'retry' | 'fatal', message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/** Everything that begins with a prefix, part by part. */
export async function* listAll(store: Store, prefix: string): AsyncGenerator<ObjectFacts> {
  let after: string | null = '';
  while (after !== null) {
    const listing: Listing = await store.list({ prefix, after });
    yield* listing.objects;
    after = listing.next;
  }
}

/** How what begins with a prefix differs from what is known of it. */
export async function compareWith(store: Store, prefix: string, known: KnownVersions): Promise<Differences> {
  const told = known.size === 0 ? null : await store.compare?.(prefix, known);
  if (told) return told;
  const changed: ObjectFacts[] = [];
  const gone = new Set(known.keys());
  for await (const facts of listAll(store, prefix)) {
    gone.delete(facts.key);
    if (known.get(facts.key)?.version !== facts.version) changed.push(facts);
  }
  return { changed, gone: [...gone] };
}
