/**
 * The public documents as the store behind CloudFront has them: each text in its variants too, with metadata beside the
 * header fields, and conditions answered. Variants are made when they are asked for, since a folder keeps only plain
 * files.
 */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { hasVariants, VARIANTS } from '../../lambda/address/variants.ts';
import { readRedirectPage } from '../../lambda/render/redirect-page.ts';
import { compressVariant, type VariantEncoding } from '../../lambda/store/variant-store.ts';
import type { EdgeRequest } from '../../lib/edge/event.ts';
import { chooseRange, isNotModified, wholeSeconds } from './conditions.ts';
import { finish } from './edge.ts';
import { fixedFields, isFeed } from './headers.ts';
import type { SiteFile, SiteFiles } from './site-files.ts';

/** Larger documents have no variants: they would have to be held in memory. */
const COMPRESSED_BYTES_MAX = 16 * 1024 * 1024;
const VARIANTS_COUNT_MAX = 200;
/**
 * Dates of HTTP have whole seconds, so two versions of one second look the same by them, and who has the first would never
 * be given the second. So a document has no date until nothing more can have its second (RFC 9110, 8.8.2.2).
 */
const SETTLED_AFTER_MS = 2_000;
/** The page of a redirect is smaller. */
const REDIRECT_BYTES_MAX = 16 * 1024;

export interface Documents {
  /** The plain bytes at a path, or null when there are none. */
  read(path: string): Promise<Uint8Array | null>;
  /** Sends the object at a path as the edge left it. False when there is none. */
  send(path: string, request: EdgeRequest, message: IncomingMessage, response: ServerResponse): Promise<boolean>;
}

/**
 * @param linkOf value of the `Link` field of a feed document, or null for none
 * @param now milliseconds since the epoch
 */
export function createDocuments(
  files: SiteFiles,
  linkOf: (path: string) => string | null,
  now: () => number,
): Documents {
  const compress = createCompressor();

  async function openObject(path: string): Promise<StoredDocument | null> {
    const { plain, encoding } = splitVariant(path);
    const file = await files.open(plain);
    if (file === null) return null;
    const isPacked = encoding !== null && file.lengthBytes <= COMPRESSED_BYTES_MAX;
    const packed = isPacked ? await compress(plain, file, encoding) : null;
    const link = isFeed(plain) ? linkOf(plain) : null;
    const redirect = await readRedirect(plain, file);
    return {
      file,
      body: packed,
      lengthBytes: packed?.length ?? file.lengthBytes,
      // Each variant has a tag of its own, since a strong tag stands for the very bytes (RFC 9110, 8.8.1).
      validators: { etag: `"${file.hash}${isPacked ? `-${encoding}` : ''}"`, modifiedAt: file.modifiedAt },
      isSettled: file.modifiedAt + SETTLED_AFTER_MS <= now(),
      fields: {
        ...fixedFields(plain),
        ...(isPacked && { 'Content-Encoding': encoding }),
        ...(link !== null && { 'x-amz-meta-link': link }),
        ...(redirect !== null && { 'x-amz-meta-redirect': redirect }),
      },
    };
  }

  return {
    async read(path) {
      const file = await files.open(path);
      if (file === null) return null;
      try {
        return await readAll(file);
      } finally {
        await file.handle.close();
      }
    },
    async send(path, request, message, response) {
      const document = await openObject(path);
      if (document === null) return false;
      try {
        await sendDocument(document, request, message, response);
      } finally {
        await document.file.handle.close();
      }
      return true;
    },
  };
}

interface StoredDocument {
  readonly file: SiteFile;
  /** Null for what is read from the file itself. */
  readonly body: Uint8Array | null;
  readonly lengthBytes: number;
  readonly validators: { readonly etag: string; readonly modifiedAt: number };
  /** Whether its date tells it from the next version of it. */
  readonly isSettled: boolean;
  readonly fields: Readonly<Record<string, string>>;
}

function splitVariant(path: string): { readonly plain: string; readonly encoding: VariantEncoding | null } {
  for (const { encoding, ending } of VARIANTS) {
    const plain = path.slice(0, -ending.length);
    if (path.endsWith(ending) && hasVariants(plain)) return { plain, encoding };
  }
  return { plain: path, encoding: null };
}

async function readRedirect(path: string, file: SiteFile): Promise<string | null> {
  if (file.lengthBytes > REDIRECT_BYTES_MAX || isFeed(path)) return null;
  return readRedirectPage(await readAll(file));
}

async function sendDocument(
  { file, body, lengthBytes, validators, isSettled, fields }: StoredDocument,
  request: EdgeRequest,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const isRedirect = 'x-amz-meta-redirect' in fields;
  const isKnown = !isRedirect && isNotModified(message.headers, validators);
  const part =
    isKnown || isRedirect ? ({ kind: 'whole' } as const) : chooseRange(message.headers, validators, lengthBytes);
  const known = {
    ...fields,
    ETag: validators.etag,
    ...(isSettled && { 'Last-Modified': new Date(wholeSeconds(validators.modifiedAt)).toUTCString() }),
    'Accept-Ranges': 'bytes',
  };
  const settled = finish(request, isKnown ? 304 : part.kind === 'range' ? 206 : 200, known);
  for (const [name, value] of Object.entries(settled.fields)) response.setHeader(name, value);
  if (isKnown) {
    for (const name of ['Content-Type', 'Content-Encoding', 'Accept-Ranges']) response.removeHeader(name);
    response.writeHead(304).end();
    return;
  }
  if (part.kind === 'unsatisfiable') {
    response.writeHead(416, { 'Content-Range': `bytes */${lengthBytes}`, 'Content-Length': 0 }).end();
    return;
  }
  const first = part.kind === 'range' ? part.first : 0;
  const last = part.kind === 'range' ? part.last : lengthBytes - 1;
  if (part.kind === 'range') response.setHeader('Content-Range', `bytes ${first}-${last}/${lengthBytes}`);
  response.writeHead(settled.status, { 'Content-Length': last - first + 1 });
  if (message.method === 'HEAD' || last < first) response.end();
  else if (body !== null) response.end(body.subarray(first, last + 1));
  else await pipeline(file.handle.createReadStream({ start: first, end: last, autoClose: false }), response);
}

type Compressor = (path: string, file: SiteFile, encoding: VariantEncoding) => Promise<Uint8Array>;

/** Compresses each version of a document once, however many ask for it at the same time, and keeps the latest ones. */
function createCompressor(): Compressor {
  const variants = new Map<string, Promise<Uint8Array>>();
  return async (path, file, encoding) => {
    const name = `${file.hash}-${encoding} ${path}`;
    const known = variants.get(name);
    if (known !== undefined) return known;
    const compressing = readAll(file).then((body) => compressVariant(encoding, path, body));
    const [oldest] = variants.keys();
    if (variants.size >= VARIANTS_COUNT_MAX && oldest !== undefined) variants.delete(oldest);
    variants.set(name, compressing);
    try {
      return await compressing;
    } catch (error) {
      variants.delete(name);
      throw error;
    }
  };
}

/** From the beginning, however often: the place in an open file moves with every reading of it. */
async function readAll({ handle, lengthBytes }: SiteFile): Promise<Uint8Array> {
  const body = new Uint8Array(lengthBytes);
  let length = 0;
  while (length < lengthBytes) {
    const { bytesRead } = await handle.read(body, length, lengthBytes - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return body.subarray(0, length);
}
