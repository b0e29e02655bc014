/** What the head of a page says of the page: `<meta>`, links, JSON-LD. The more exact goes before the more general. */

import type { ChildNode, Document, Element } from 'domhandler';
import { findOne, getElementsByTagName } from 'domutils';
import { createFields, type Field, type Fields, joinFields } from '../../model/fields.ts';
import { splitAtCommasOnly } from '../fields/tags.ts';
import { readJsonLd } from './json-ld.ts';

export type LineAt = (node: ChildNode) => number;

/** Names of `<meta>` and what they are as fields, the more exact first. */
const META_FIELDS: readonly (readonly [string, string])[] = [
  ...[
    'title',
    'date',
    'author',
    'description',
    'keywords',
    'tags',
    'category',
    'slug',
    'summary',
    'updated',
    'lang',
  ].map((name) => [name, name] as const),
  ['authors', 'authors'],
  ['pubdate', 'pubdate'],
  ['modified', 'updated'],
  ['last-modified', 'updated'],
  ['copyright', 'copyright'],
  ['id', 'id'],
  ...['status', 'post-status', 'visibility', 'draft', 'private', 'publish', 'unlisted'].map(
    (name) => [name, name] as const,
  ),
];
const SOCIAL_FIELDS: readonly (readonly [string, string])[] = [
  ['og:title', 'title'],
  ['twitter:title', 'title'],
  ['dc.title', 'title'],
  ['dcterms.title', 'title'],
  ['og:description', 'description'],
  ['twitter:description', 'description'],
  ['dc.description', 'description'],
  ['article:published_time', 'date'],
  ['og:published_time', 'date'],
  ['dc.date', 'date'],
  ['dc.date.issued', 'date'],
  ['dcterms.created', 'date'],
  ['dcterms.issued', 'date'],
  ['article:modified_time', 'updated'],
  ['og:updated_time', 'updated'],
  ['dcterms.modified', 'updated'],
  ['article:author', 'authors'],
  ['dc.creator', 'authors'],
  ['dcterms.creator', 'authors'],
  ['twitter:creator', 'authors'],
  ['article:tag', 'tags'],
  ['dc.subject', 'tags'],
  ['article:section', 'section'],
  ['article:expiration_time', 'expires'],
  ['og:image', 'image'],
  ['og:image:url', 'image'],
  ['twitter:image', 'image'],
  ['og:image:alt', 'image_alt'],
  ['og:image:width', 'image_width'],
  ['og:image:height', 'image_height'],
  ['og:audio', 'audio'],
  ['og:video', 'video'],
  ['og:locale', 'lang'],
  ['dc.language', 'lang'],
  ['dc.rights', 'rights'],
];
/** Fields that may be there several times; of all others the first counts. */
const LISTS = new Set(['authors', 'author', 'tags']);

/** What a page says of itself in its head and in its root element. */
export function readHead(page: Document, lineAt: LineAt): Fields {
  const metas = findMetas(page);
  const named = (pairs: readonly (readonly [string, string])[]) => readMetas(metas, pairs, lineAt);
  const canonical = findOne(
    (one) => one.name === 'link' && one.attribs.rel?.toLowerCase() === 'canonical' && Boolean(one.attribs.href),
    page.children,
  );
  const link = canonical === null ? [] : [field('canonical', canonical.attribs.href ?? '', lineAt(canonical))];
  const root = findOne((one) => one.name === 'html', page.children);
  const language = root?.attribs.lang ?? root?.attribs['xml:lang'];
  return [
    createFields([...named(META_FIELDS), ...link]),
    readJsonLd(page, lineAt),
    createFields(named(SOCIAL_FIELDS)),
    createFields(language && root !== null ? [field('lang', language, lineAt(root))] : []),
  ].reduce(joinFields);
}

function readMetas(
  metas: MetaElements,
  pairs: readonly (readonly [string, string])[],
  lineAt: LineAt,
): readonly Field[] {
  const fields = new Map<string, Field>();
  for (const [meta, name] of pairs) {
    const [first, ...others] = metas.get(meta) ?? [];
    if (first === undefined || fields.has(name)) continue;
    const isList = LISTS.has(name) && others.length > 0;
    const contents = [first, ...others].map(({ attribs }) => attribs.content?.trim() ?? '');
    fields.set(name, { name, value: isList ? contents : (contents[0] ?? ''), line: lineAt(first) });
  }
  return [...fields.values()].map(splitAtCommasOnly);
}

type MetaElements = ReadonlyMap<string, readonly Element[]>;

/** The `<meta>` elements that say something, by their lower-case name. */
function findMetas(page: Document): MetaElements {
  const metas = new Map<string, Element[]>();
  for (const element of getElementsByTagName('meta', page)) {
    const { name, property, content = '' } = element.attribs;
    if (content.trim() === '') continue;
    const key = (name ?? property ?? '').trim().toLowerCase();
    const others = metas.get(key);
    if (others === undefined) metas.set(key, [element]);
    else others.push(element);
  }
  return metas;
}

export function field(name: string, value: string, line: number): Field {
  return { name, value: value.trim(), line };
}
