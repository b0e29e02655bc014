/** What a page says about its article in JSON-LD, the vocabulary of schema.org. */

import type { ChildNode, Document } from 'domhandler';
import { getElementsByTagName, textContent } from 'domutils';
import {
  createFields,
  type Field,
  type FieldMap,
  type Fields,
  type FieldValue,
  isMap,
  NO_FIELDS,
  toFieldValue,
} from '../../model/fields.ts';
import { splitAtCommasOnly } from '../fields/tags.ts';
import { isWithinLimits, parseJson } from './front-matter/json-fields.ts';

const ARTICLE_TYPE = /(?:Article|Posting|Report|Review|PodcastEpisode)$/;
/** What a page may be about when it describes no article. A film may be only a part of it. */
const SUBJECT_TYPE = /^(?:Recipe|HowTo|VideoObject|(?:[A-Z]\w*)?Event)$/;

/** From schema.org's names (plain) to those of fields. */
const NAMES: readonly (readonly [string, string])[] = [
  ['headline', 'title'],
  ['description', 'description'],
  ['datepublished', 'date'],
  ['datemodified', 'updated'],
  ['expires', 'expires'],
  ['author', 'authors'],
  ['editor', 'editor'],
  ['contributor', 'contributors'],
  ['image', 'image'],
  ['keywords', 'tags'],
  ['articlesection', 'section'],
  ['inlanguage', 'lang'],
  ['creativeworkstatus', 'creativeworkstatus'],
  ['license', 'license'],
  ['copyrightnotice', 'copyright'],
  ['associatedmedia', 'audio'],
];

const FILM_NAMES: readonly (readonly [string, string])[] = [
  ['uploaddate', 'date'],
  ['thumbnailurl', 'image'],
];

/** The fields of the first article that the page describes; what is no JSON is not looked at. */
export function readJsonLd(page: Document, lineAt: (node: ChildNode) => number): Fields {
  const scripts = getElementsByTagName('script', page).filter(
    ({ attribs }) => attribs.type?.toLowerCase().trim() === 'application/ld+json',
  );
  const values = scripts.flatMap((script) => {
    const json = parseJson(textContent(script));
    const isReadable = json.kind !== 'unreadable' && isWithinLimits(json.value);
    return isReadable ? [{ value: toFieldValue(json.value), line: lineAt(script) }] : [];
  });
  for (const type of [ARTICLE_TYPE, SUBJECT_TYPE]) {
    for (const { value, line } of values) {
      const article = findArticle(value, type);
      if (article !== null) return createFields(toFields(article, line));
    }
  }
  return NO_FIELDS;
}

function findArticle(value: FieldValue, sought: RegExp): FieldMap | null {
  if (value === null || typeof value === 'string') return null;
  if (!isMap(value)) {
    for (const item of value) {
      const found = findArticle(item, sought);
      if (found !== null) return found;
    }
    return null;
  }
  const type = value.get('@type') ?? null;
  const types = Array.isArray(type) ? type : [type];
  if (types.some((one) => typeof one === 'string' && sought.test(one))) return value;
  return findArticle(value.get('@graph') ?? value.get('mainentity') ?? null, sought);
}

function toFields(article: FieldMap, line: number): readonly Field[] {
  const isFilm = article.get('@type') === 'VideoObject';
  const names = article.has('headline') || isFilm ? NAMES : [['name', 'title'] as const, ...NAMES];
  return [...names, ...(isFilm ? FILM_NAMES : [])].flatMap(([from, name]) => {
    const value = withAddress(article.get(from) ?? null);
    return value === null ? [] : [splitAtCommasOnly({ name, value, line })];
  });
}

/** Media name their file `contentUrl`, and `@id` may stand for a whole description given elsewhere. */
function withAddress(value: FieldValue): FieldValue {
  if (value === null || typeof value === 'string') return value;
  if (!isMap(value)) return value.map(withAddress).filter((item) => item !== null);
  const inner = new Map<string, FieldValue>(value);
  const address = value.get('contenturl');
  if (address !== undefined) inner.set('url', address);
  const type = value.get('encodingformat');
  if (type !== undefined) inner.set('mimetype', type);
  inner.delete('@type');
  inner.delete('@id');
  return inner.size === 0 ? null : inner;
}
