/**
 * The attributes that pass the sanitiser: those on the lists, each with a value that is proper for it,
 * every address absolute.
 */

import { nameOfFile } from '../../address/asset-places.ts';
import { type ArticleLink, LINK_PLACE, LINKS_MAX, VAULT_FILE, VAULT_MARK } from '../../model/article.ts';
import { safeId } from '../../text/clobbering-names.ts';
import type { ContentContext } from './context.ts';
import { findFileLink } from './file-link.ts';
import { resolveAddress } from './reference.ts';
import { bestCandidate } from './tree/source-sets.ts';
import { type Attributes, MEANT_EMPTY } from './tree/tree.ts';

/** Shared by all elements that have none. */
const NO_ATTRIBUTES: Attributes = {};

const COMMON = ['id', 'title', 'lang', 'dir'];
const CELL = ['colspan', 'rowspan', 'scope', 'align'];
const MEDIA = ['src', 'poster', 'controls', 'loop', 'muted', 'preload', 'width', 'height'];

/** What an element may have besides what all may have. */
const ALLOWED: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    a: ['href', 'hreflang'],
    audio: MEDIA,
    blockquote: ['cite'],
    code: ['class'],
    col: ['span'],
    colgroup: ['span'],
    del: ['cite', 'datetime'],
    details: ['open'],
    img: ['src', 'srcset', 'sizes', 'alt', 'width', 'height'],
    ins: ['cite', 'datetime'],
    li: ['value'],
    ol: ['start', 'reversed', 'type'],
    q: ['cite'],
    source: ['src', 'srcset', 'sizes', 'type', 'media'],
    td: CELL,
    th: CELL,
    time: ['datetime'],
    track: ['src', 'kind', 'srclang', 'label'],
    video: MEDIA,
  }).map(([name, attributes]) => [name, new Set([...COMMON, ...attributes])]),
);
const ALLOWED_ANYWHERE: ReadonlySet<string> = new Set(COMMON);

const ADDRESS_ATTRIBUTES = ['href', 'src', 'poster', 'cite'];
/** Attributes in which scripts that load images late keep the address, the best first. */
const LATE_SOURCES = ['data-src', 'data-original', 'data-lazy-src', 'data-lazy', 'data-orig-src', 'data-url'];
const LATE_SOURCE_SETS = ['data-srcset', 'data-lazy-srcset'];

const ATTRIBUTE_CHARACTERS_MAX = 16_384;

/** What the addresses of a text lead to on the site itself. */
export interface Named {
  /** Content keys of files that are no articles, each once, in order. */
  readonly assetKeys: Set<string>;
  /** In order of the text, which numbers them. */
  readonly links: ArticleLink[];
  /** What notes name alone, by the key that it would have beside the note. */
  readonly vaultFiles: Map<string, string>;
}

/** The attributes of an element of the list. What they name is added to `named`. */
export function readAttributes(name: string, written: Attributes, context: ContentContext, named: Named): Attributes {
  const names = Object.keys(written);
  if (names.length === 0 && name !== 'audio' && name !== 'video') return NO_ATTRIBUTES;
  const stated: Record<string, string> = {};
  const allowed = ALLOWED.get(name) ?? ALLOWED_ANYWHERE;
  for (const attribute of names) {
    const value = written[attribute] ?? '';
    if (allowed.has(attribute) && value.length <= ATTRIBUTE_CHARACTERS_MAX) stated[attribute] = value;
  }
  if (name === 'img' || name === 'source') uncoverLateSource(stated, written);
  // How places were named before all elements had ids.
  if (name === 'a' && !stated.id && written.name) stated.id = written.name;
  if (name === 'td' || name === 'th') uncoverAlignment(stated, written);
  // Without them nobody could start it; a film that begins by itself stands still in a feed reader.
  if (name === 'audio' || name === 'video') stated.controls ??= '';
  const link = name === 'a' && stated.href !== undefined ? placeOfLink(stated.href, context, named.links) : null;
  if (link !== null) delete stated.href;
  const isOfVault = written[VAULT_FILE] ? noteVaultFile(written[VAULT_FILE], stated, context, named) : false;
  if (!isOfVault) resolveAddresses(stated, context, named.assetKeys);
  if (link !== null) stated.href = link;
  if (name === 'img' && !stated.src) {
    if (stated.srcset) stated.src = bestCandidate(stated.srcset);
    // What it shows was in the article and is lost, so its text stands for it; one without an address never showed any.
    else if (!isInline(written)) delete stated.alt;
  }
  return properOnes(stated);
}

/** A file that a note shows by its name is looked for later; its address is marked, so that no other is taken for it. */
function noteVaultFile(file: string, stated: Record<string, string>, context: ContentContext, named: Named): boolean {
  const attribute = stated.src === undefined ? 'href' : 'src';
  const address = resolveAddress(stated[attribute] ?? '', context);
  const [, place = '', fragment = ''] = /^([^?#]*)(#.*)?$/.exec(address?.url ?? '') ?? [];
  if (address === null || address.key === null || place === '' || nameOfFile(address.key) === null) return false;
  named.vaultFiles.set(address.key, file);
  stated[attribute] = place + VAULT_MARK + fragment;
  return true;
}

/** What stands for the address of a link that may name the file of an article; null where it names none. */
function placeOfLink(reference: string, context: ContentContext, links: ArticleLink[]): string | null {
  const link = findFileLink(reference, context);
  if (link === null || typeof link === 'string') return link;
  if (links.length >= LINKS_MAX) return link.otherwise;
  const number = links.push(link) - 1;
  return link.otherwise ?? LINK_PLACE + number;
}

function uncoverLateSource(stated: Record<string, string>, written: Attributes): void {
  const late = LATE_SOURCES.map((attribute) => firstStated(written, [attribute])).find(isAddressOfFile);
  const lateSet = firstStated(written, LATE_SOURCE_SETS);
  if (late !== undefined) stated.src = late;
  if (lateSet !== undefined) stated.srcset = lateSet;
}

/** An image that is written out in its address. */
export function isInline({ src = '' }: Attributes): boolean {
  return /^\s*data:/i.test(src);
}

/** `data-lazy` may be `true`, and what stands for an image not there yet is none. */
function isAddressOfFile(value: string | undefined): boolean {
  return value !== undefined && /[./]/.test(value) && !/^\s*data:/i.test(value);
}

function firstStated(written: Attributes, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = written[name];
    if (value !== undefined && value !== '' && value.length <= ATTRIBUTE_CHARACTERS_MAX) return value;
  }
  return undefined;
}

/** Markdown writes a column's alignment as a style; styles go, but a column of numbers should stay aligned. */
function uncoverAlignment(stated: Record<string, string>, { style = '' }: Attributes): void {
  if (style.length > ATTRIBUTE_CHARACTERS_MAX) return;
  const alignment = /(?:^|;)\s*text-align:\s*(left|right|center)/.exec(style)?.[1];
  if (alignment !== undefined) stated.align = alignment;
}

/** What leads nowhere becomes empty, and goes. */
function resolveAddresses(stated: Record<string, string>, context: ContentContext, assetKeys: Set<string>): void {
  for (const attribute of ADDRESS_ATTRIBUTES) {
    const reference = stated[attribute];
    if (reference === undefined) continue;
    const address = resolveAddress(reference, context);
    stated[attribute] = address?.url ?? '';
    if (address?.key) assetKeys.add(address.key);
  }
  if (stated.srcset !== undefined) stated.srcset = resolveSourceSet(stated.srcset, context, assetKeys);
}

/** `a.png 1x, b.png 2x`; candidates that can't be shown, or are too many, are left out. */
function resolveSourceSet(written: string, context: ContentContext, assetKeys: Set<string>): string {
  const candidates = written.matchAll(/(?<![^\s,])([^\s,]\S*[^\s,]|[^\s,])(?:\s+(\d+(?:\.\d+)?[wxh]))?\s*(?:,|$)/g);
  const resolved: string[] = [];
  let charactersLeft = ATTRIBUTE_CHARACTERS_MAX;
  for (const [, reference = '', descriptor = ''] of candidates) {
    const address = resolveAddress(reference, context);
    const size = readDescriptor(descriptor);
    if (address === null || size === null) continue;
    // A comma in an address would end the candidate.
    const candidate = address.url.replaceAll(',', '%2C') + size;
    charactersLeft -= candidate.length + 2;
    if (charactersLeft < 0) break;
    if (address.key !== null) assetKeys.add(address.key);
    resolved.push(candidate);
  }
  return resolved.join(', ');
}

/** ` 2x`, ` 640w`; null for what no candidate can have. A density of 0 is none. */
function readDescriptor(written: string): string | null {
  if (written === '') return '';
  const unit = written.at(-1);
  const value = Number(written.slice(0, -1));
  if (unit === 'x') return value === 0 ? '' : ` ${value}x`;
  return value > 0 && !written.includes('.') ? ` ${value}${unit}` : null;
}

const PROPER: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    align: /^(?:left|right|center)$/,
    id: /^\S+$/,
    lang: /^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*$/,
    dir: /^(?:ltr|rtl|auto)$/,
    width: /^\d{1,5}$/,
    height: /^\d{1,5}$/,
    colspan: /^\d{1,3}$/,
    rowspan: /^\d{1,4}$/,
    span: /^\d{1,3}$/,
    scope: /^(?:row|col|rowgroup|colgroup)$/,
    start: /^-?\d{1,9}$/,
    value: /^-?\d{1,9}$/,
    type: /^[\w.+/;="\s-]{1,200}$/,
    preload: /^(?:none|metadata|auto)$/,
  }),
);

function properOnes(stated: Attributes): Attributes {
  const proper: Record<string, string> = {};
  for (const attribute of Object.keys(stated)) {
    const written = stated[attribute] ?? '';
    const value = attribute === 'class' ? languageClass(written) : attribute === 'id' ? safeId(written) : written;
    if (value === '' ? MEANT_EMPTY.has(attribute) : PROPER.get(attribute)?.test(value) !== false) {
      proper[attribute] = value;
    }
  }
  return proper;
}

/** Of all classes, only the language of code means something in a feed reader. */
function languageClass(classes: string): string {
  return /(?:^|\s)(?:language|lang)-([\w+#.-]+)/.exec(classes)?.[1]?.replace(/^/, 'language-') ?? '';
}
