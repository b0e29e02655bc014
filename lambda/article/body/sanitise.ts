/**
 * The door that untrusted HTML goes through: an allow-list of elements and attributes, every address made absolute.
 * What is not on the lists goes; the text in it stays, save for elements whose text is no prose (scripts, styles).
 * The elements are among those that the W3C feed validator accepts without a warning.
 */

import sanitizeHtml, { type Attributes, type IOptions, type Tag } from 'sanitize-html';
import type { ContentContext } from './context.ts';
import { findVideo } from './embed.ts';
import { resolveAddress } from './reference.ts';

/** Elements deeper than this are taken out and their contents left in place: no reader nests like that. */
export const DEPTH_MAX = 100;

const ALLOWED_ELEMENTS = [
  ...['a', 'abbr', 'address', 'article', 'aside', 'audio', 'b', 'bdi', 'blockquote', 'br', 'caption', 'cite', 'code'],
  ...['col', 'colgroup', 'dd', 'del', 'details', 'dfn', 'div', 'dl', 'dt', 'em', 'figcaption', 'figure', 'footer'],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'i', 'img', 'ins', 'kbd', 'li', 'mark', 'nav', 'ol', 'p'],
  ...['picture', 'pre', 'q', 'rp', 'rt', 'ruby', 's', 'samp', 'section', 'small', 'source', 'span', 'strong', 'sub'],
  ...['summary', 'sup', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'time', 'tr', 'track', 'u', 'ul', 'var'],
  ...['video', 'wbr'],
];

/** Elements that lose their text too. */
const SILENT_ELEMENTS = [
  ...['script', 'style', 'title', 'textarea', 'select', 'option', 'button', 'svg', 'template', 'canvas', 'datalist'],
  ...['annotation', 'annotation-xml', 'noembed', 'noframes'],
];

const CELL = ['colspan', 'rowspan', 'scope', 'align'];
const MEDIA = ['src', 'poster', 'controls', 'loop', 'muted', 'preload', 'width', 'height'];

const ALLOWED_ATTRIBUTES: Record<string, string[]> = {
  '*': ['id', 'title', 'lang', 'dir'],
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
};

/** Elements of former times, and what they are called today. */
const RENAMED: Readonly<Record<string, string>> = {
  acronym: 'abbr',
  center: 'div',
  dir: 'ul',
  hgroup: 'div',
  main: 'div',
  strike: 's',
  tt: 'code',
};

const ADDRESS_ATTRIBUTES = ['href', 'src', 'poster', 'cite'];
/** Attributes in which scripts that load images late keep the address, the best first. */
const LATE_SOURCES = ['data-src', 'data-original', 'data-lazy-src', 'data-orig-src', 'data-url'];
const LATE_SOURCE_SETS = ['data-srcset', 'data-lazy-srcset'];

const ATTRIBUTE_CHARACTERS_MAX = 16_384;

/** Local files that are linked or shown, by key, each once, in order of appearance. */
export interface SanitisedHtml {
  readonly html: string;
  readonly assetKeys: readonly string[];
  /** Whether elements were nested so deep that they were taken out. */
  readonly flattened: boolean;
}

export function sanitise(html: string, context: ContentContext): SanitisedHtml {
  const assetKeys = new Set<string>();
  let depth = 0;
  let depthReached = 0;
  const options: IOptions = {
    ...FIXED_OPTIONS,
    transformTags: {
      iframe: (_, attributes) => linkToVideo(attributes),
      '*': (tagName, attributes) => transform(tagName, attributes, context, assetKeys),
    },
    onOpenTag: () => {
      depth += 1;
      depthReached = Math.max(depthReached, depth);
    },
    onCloseTag: () => {
      depth -= 1;
    },
  };
  return { html: sanitizeHtml(html, options), assetKeys: [...assetKeys], flattened: depthReached > DEPTH_MAX };
}

const FIXED_OPTIONS: IOptions = {
  allowedTags: ALLOWED_ELEMENTS,
  allowedAttributes: ALLOWED_ATTRIBUTES,
  nonTextTags: SILENT_ELEMENTS,
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  nestingLimit: DEPTH_MAX,
  // Who writes `<iframe … />` or `<div />` means it closed; read as HTML, it would take in the rest of the article.
  parser: { recognizeSelfClosing: true },
};

/** A player of a known video site becomes a link to the video; any other frame goes. */
function linkToVideo(attributes: Attributes): Tag {
  const video = findVideo(attributes.src ?? attributes['data-src'] ?? '');
  if (video === null) return { tagName: 'iframe', attribs: {} };
  return { tagName: 'a', attribs: { href: video }, text: attributes.title?.trim() || video };
}

function transform(tagName: string, written: Attributes, context: ContentContext, assetKeys: Set<string>): Tag {
  const name = RENAMED[tagName] ?? tagName;
  const attributes = withoutExcess(written);
  if (Object.keys(attributes).length === 0) return { tagName: name, attribs: attributes };
  if (name === 'img' || name === 'source') uncoverLateSource(attributes);
  for (const attribute of ADDRESS_ATTRIBUTES) {
    if (attributes[attribute] === undefined) continue;
    const address = resolveAddress(attributes[attribute], context);
    if (address === null) delete attributes[attribute];
    else attributes[attribute] = address.url;
    if (address?.key) assetKeys.add(address.key);
  }
  if (attributes.srcset !== undefined) attributes.srcset = resolveSourceSet(attributes.srcset, context, assetKeys);
  if (attributes.class !== undefined) attributes.class = languageClass(attributes.class);
  if (name === 'td' || name === 'th') keepAlignment(attributes);
  dropImproper(attributes);
  return { tagName: name, attribs: attributes };
}

function withoutExcess(attributes: Attributes): Attributes {
  const kept: Attributes = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (value.length <= ATTRIBUTE_CHARACTERS_MAX) kept[name] = value;
  }
  return kept;
}

function uncoverLateSource(attributes: Attributes): void {
  const late = LATE_SOURCES.map((name) => attributes[name]).find((value) => value !== undefined && value !== '');
  const lateSet = LATE_SOURCE_SETS.map((name) => attributes[name]).find((value) => value !== undefined && value !== '');
  if (late !== undefined) attributes.src = late;
  if (lateSet !== undefined) attributes.srcset = lateSet;
}

/** `a.png 1x, b.png 2x`; candidates that can't be shown are left out. */
function resolveSourceSet(written: string, context: ContentContext, assetKeys: Set<string>): string {
  const candidates = written.matchAll(/([^\s,]\S*[^\s,]|[^\s,])(?:\s+(\d+(?:\.\d+)?[wxh]))?\s*(?:,|$)/g);
  const resolved: string[] = [];
  for (const [, reference = '', descriptor] of candidates) {
    const address = resolveAddress(reference, context);
    if (address === null) continue;
    if (address.key !== null) assetKeys.add(address.key);
    // A comma in an address would end the candidate.
    const url = address.url.replaceAll(',', '%2C');
    resolved.push(descriptor === undefined ? url : `${url} ${descriptor}`);
  }
  return resolved.join(', ');
}

/** Of all classes, only the language of code means something in a feed reader. */
function languageClass(classes: string): string {
  return /(?:^|\s)(?:language|lang)-([\w+#.-]+)/.exec(classes)?.[1]?.replace(/^/, 'language-') ?? '';
}

/** Markdown writes a column's alignment as a style; styles go, but a column of numbers should stay aligned. */
function keepAlignment(attributes: Attributes): void {
  const stated = /(?:^|;)\s*text-align:\s*(left|right|center)/.exec(attributes.style ?? '')?.[1];
  if (stated !== undefined) attributes.align = stated;
  if (!/^(?:left|right|center)$/.test(attributes.align ?? '')) delete attributes.align;
}

const PROPER: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
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
    class: /./,
    srcset: /./,
  }),
);

function dropImproper(attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (PROPER.get(name)?.test(value) === false) delete attributes[name];
  }
}
