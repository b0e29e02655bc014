/**
 * WordPress' export, WXR: RSS with elements of its own. Read as a stream, an item at a time, since such files have a
 * gigabyte. Nothing is decided here; text is what the file holds, without the characters that XML has no place for.
 */

import type { Readable } from 'node:stream';
import { decodeChunks } from '../xml/text-chunks.ts';
import { createXmlReader } from '../xml/xml-reader.ts';

export interface WxrItem {
  /** The line in which it begins. */
  readonly line: number;
  /** Its texts by the name of their elements, such as `title`, `wp:post_id`; the first where there are several. */
  readonly texts: ReadonlyMap<string, string>;
  readonly terms: readonly WxrTerm[];
  /** Values of the metas that are wanted, in order. */
  readonly metas: ReadonlyMap<string, readonly string[]>;
  /** Names of all visible metas: custom fields. */
  readonly customFields: readonly string[];
  readonly commentCount: number;
  /** How many control characters were dropped from it. */
  readonly controlCount: number;
  /** Whether a text of it is longer than any that can be used, and so was cut. */
  readonly isCut: boolean;
}

export interface WxrTerm {
  readonly domain: string;
  readonly nicename: string;
  /** As in the file: references within CDATA are not decoded. */
  readonly label: string;
}

/** Texts of the channel, of each `wp:author` and of each `wp:category`. */
export interface WxrHead {
  channel(name: string, text: string): void;
  author(texts: ReadonlyMap<string, string>): void;
  category(texts: ReadonlyMap<string, string>): void;
}

/** A longer text is no article, whatever is left out of it. */
const TEXT_CHARACTERS_MAX = 4 * 1024 * 1024;
const METAS: ReadonlySet<string> = new Set([
  '_thumbnail_id',
  '_wp_attachment_image_alt',
  '_wp_old_slug',
  '_jetpack_newsletter_access',
  'enclosure',
  'footnotes',
]);
const SKIPPED: ReadonlySet<string> = new Set(['wp:comment', 'wp:commentmeta', 'wp:termmeta', 'wp:term', 'wp:tag']);
const CONTROLS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFE\uFFFF]/g;

/** The items of a file, in its order. `head` is told the rest. */
export async function* readWxr(stream: Readable, where: string, head: WxrHead): AsyncGenerator<WxrItem> {
  const done: WxrItem[] = [];
  const state = createState(head, (item) => void done.push(item));
  const reader = createXmlReader(
    { ...state, open: (name, attributes) => state.open(name, attributes, reader.line) },
    where,
  );
  for await (const text of decodeChunks(stream, where)) {
    reader.write(text);
    yield* done.splice(0);
  }
  reader.end();
  yield* done.splice(0);
}

interface OpenItem {
  readonly line: number;
  readonly texts: Map<string, string>;
  readonly terms: WxrTerm[];
  readonly metas: Map<string, string[]>;
  readonly customFields: string[];
  metaKey: string;
  commentCount: number;
  controlCount: number;
  isCut: boolean;
}

function createState(head: WxrHead, onItem: (item: WxrItem) => void) {
  const path: string[] = [];
  let item: OpenItem | null = null;
  let record: Map<string, string> | null = null;
  let skippedDepth = 0;
  let pieces: string[] = [];
  let length = 0;
  let term: { readonly domain: string; readonly nicename: string } | null = null;

  const clean = (text: string): string => {
    if (text.search(CONTROLS) === -1) return text;
    return text.replace(CONTROLS, () => {
      if (item !== null) item.controlCount += 1;
      return '';
    });
  };
  const finish = (open: OpenItem, name: string, text: string): void => {
    if (name === 'category')
      open.terms.push({ domain: term?.domain ?? '', nicename: term?.nicename ?? '', label: text });
    else if (name === 'wp:meta_key') {
      open.metaKey = text;
      if (!text.startsWith('_') && !METAS.has(text)) open.customFields.push(text);
    } else if (name === 'wp:meta_value') {
      if (METAS.has(open.metaKey)) open.metas.set(open.metaKey, [...(open.metas.get(open.metaKey) ?? []), text]);
    } else if (!open.texts.has(name)) open.texts.set(name, text);
  };
  return {
    open(name: string, attributes: Readonly<Record<string, string>>, line: () => number): void {
      path.push(name);
      pieces = [];
      length = 0;
      if (skippedDepth > 0 || SKIPPED.has(name)) {
        if (name === 'wp:comment' && item !== null) item.commentCount += 1;
        skippedDepth += 1;
      } else if (name === 'item') {
        item = {
          line: line(),
          texts: new Map(),
          terms: [],
          metas: new Map(),
          customFields: [],
          metaKey: '',
          commentCount: 0,
          controlCount: 0,
          isCut: false,
        };
      } else if ((name === 'wp:author' || name === 'wp:category') && item === null) record = new Map();
      else if (name === 'category') term = { domain: attributes.domain ?? '', nicename: attributes.nicename ?? '' };
    },
    text(text: string): void {
      if (skippedDepth > 0) return;
      if (item !== null && path.at(-1) === 'wp:meta_value' && !METAS.has(item.metaKey)) return;
      length += text.length;
      if (length <= TEXT_CHARACTERS_MAX) pieces.push(text);
      else if (item !== null) item.isCut = true;
    },
    close(name: string): void {
      path.pop();
      if (skippedDepth > 0) {
        skippedDepth -= 1;
        return;
      }
      const text = clean(pieces.join(''));
      pieces = [];
      length = 0;
      if (name === 'item' && item !== null) {
        onItem(item);
        item = null;
      } else if (item !== null) finish(item, name, text);
      else if (name === 'wp:author' || name === 'wp:category') {
        if (record !== null && name === 'wp:author') head.author(record);
        else if (record !== null) head.category(record);
        record = null;
      } else if (record !== null) record.set(name, text);
      else if (path.at(-1) === 'channel') head.channel(name, text);
    },
  };
}
