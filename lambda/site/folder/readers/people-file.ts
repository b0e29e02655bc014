/**
 * Files that say who is meant by the short names of authors: Docusaurus' `blog/authors.yml`, MkDocs' `.authors.yml`,
 * Jekyll's and Hexo's `_data/authors.yml`, Hugo's `data/authors/ann.toml`, the collections of Next and Astro
 * (`data/authors/ann.mdx`, `src/content/authors/ann.json`), and a map `authors` in Jekyll's `_config.yml`.
 */

import { mapOfFields, mapsIn, nameIn, shortNameOfKey } from '../../../article/fields/people/person-data.ts';
import type { Person } from '../../../model/article.ts';
import { createFields, type FieldMap, type Fields, type FieldValue, isMap, textIn } from '../../../model/fields.ts';
import { collapseSpace } from '../../../text/characters.ts';
import type { FolderRule } from '../folder-rules.ts';
import type { Reading, Said } from '../folder-source.ts';
import { reachOfPeopleFile } from '../people-key.ts';

/** Jekyll's and Docusaurus' feeds name the mail addresses of these files; other programs may keep them to themselves. */
const SHOWS_MAIL = /(?:^|\/)(?:_data\/[^/]+|authors\.ya?ml|_config\.yml)$/;

/** @param reading of the file as a map; a list stands in it under the name `authors` */
export function readPeopleFile(key: string, reading: Reading): Said {
  if ('doubt' in reading || reading.fields === null) return { rules: [], doubt: null };
  const short = shortNameOfKey(key);
  const people =
    short === null ? peopleIn(listedIn(reading.fields), key) : personOfFile(short, mapOfFields(reading.fields), key);
  return { rules: peopleRules(reachOfPeopleFile(key), people), doubt: null };
}

/** MkDocs has them under `authors`. */
function listedIn(fields: Fields): FieldValue {
  const inner = fields.get('authors')?.value ?? null;
  const isWrapped = fields.size === 1 && inner !== null && typeof inner !== 'string' && nameOfValue(inner) === null;
  if (isWrapped) return inner;
  return new Map([...fields.values()].map(({ name, value }): [string, FieldValue] => [name, value]));
}

function nameOfValue(value: FieldValue): string | null {
  return value !== null && typeof value !== 'string' && isMap(value) ? nameIn(value) : null;
}

function peopleRules(under: string, people: Readonly<Record<string, Person>>): readonly FolderRule[] {
  return Object.keys(people).length === 0 ? [] : [{ under, site: { people } }];
}

/** A map from short names to people, or a list of people who say their short names. */
function peopleIn(value: FieldValue, key: string): Readonly<Record<string, Person>> {
  if (value === null || typeof value === 'string') return {};
  const pairs = isMap(value)
    ? [...value].map(([short, about]) => ({ short, about }))
    : mapsIn(value).map((about) => ({ short: '', about }));
  return Object.fromEntries(pairs.flatMap(({ short, about }) => namesOf(short, about, key)));
}

function personOfFile(short: string, map: FieldMap, key: string): Readonly<Record<string, Person>> {
  return Object.fromEntries(namesOf(short, map, key));
}

/** The person under each short name that they have. */
function namesOf(short: string, about: FieldValue, key: string): readonly (readonly [string, Person])[] {
  if (typeof about === 'string' && about.trim() !== '') {
    return short === '' ? [] : [[short, { name: collapseSpace(about), email: null, url: null, avatar: null }]];
  }
  const map = about !== null && typeof about !== 'string' && isMap(about) ? about : null;
  const name = map === null ? null : (nameIn(map) ?? textIn(map, ['title']));
  if (map === null || name === null) return [];
  const mail = textIn(map, ['email', 'mail']);
  const person: Person = {
    name: collapseSpace(name),
    email: mail !== null && SHOWS_MAIL.test(key) && /^[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+$/.test(mail) ? mail : null,
    url: addressIn(
      map,
      ['url', 'website', 'homepage', 'web', 'site', 'link', 'uri', 'page', 'home'],
      /^(?:https?:\/\/|\/)/i,
    ),
    avatar: addressIn(map, ['avatar', 'avatarurl', 'image', 'imageurl', 'picture', 'photo', 'img'], /^https?:\/\//i),
  };
  const own = ['id', 'key', 'slug', 'shortname', 'short', 'username', 'login', 'nickname', 'handle'];
  const shorts = new Set([short, ...own.map((each) => textIn(map, [each]) ?? '')]);
  return [...shorts].flatMap((each) => (each === '' ? [] : [[each, person] as const]));
}

function addressIn(map: FieldMap, names: readonly string[], begins: RegExp): string | null {
  for (const name of names) {
    const text = textIn(map, [name]);
    if (text === null || !begins.test(text)) continue;
    if (URL.parse(text, 'https://site.example/') !== null) return text;
  }
  return null;
}

/** A text whose root is a list, with it under a name. */
export function withListNamed(text: string, key: string): string {
  const start = text.replace(/^\uFEFF?(?:\s|#[^\n]*\n|---[^\n]*\n)*/, '');
  if (/\.json$/i.test(key)) return start.startsWith('[') ? `{"authors":${text}}` : text;
  return /^-\s/.test(start) ? `authors:\n${start}` : text;
}

/** The map `authors` in Jekyll's settings. */
export function peopleOfSettings(fields: Fields): readonly FolderRule[] {
  const authors = fields.get('authors')?.value ?? null;
  return authors !== null && typeof authors !== 'string' && isMap(authors)
    ? peopleRules('', peopleIn(authors, '_config.yml'))
    : [];
}

/** Hugo's page of an author says what he is called. */
export function peopleOfSection(key: string, fields: Fields): readonly FolderRule[] {
  const short = shortNameOfKey(key);
  const named = createFields([...fields.values()]);
  return short === null ? [] : peopleRules(reachOfPeopleFile(key), personOfFile(short, mapOfFields(named), key));
}
