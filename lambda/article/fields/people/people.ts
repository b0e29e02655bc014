/**
 * Authors and contributors in every shape people give them: a name, several joined by commas or “and”,
 * `Name <mail>`, maps, lists inside lists, and short names of people that the site knows.
 */

import type { Person } from '../../../model/article.ts';
import { AUTHORS_MAX, NAME_CHARACTERS_MAX } from '../../../model/article-limits.ts';
import {
  type Field,
  type FieldMap,
  type Fields,
  type FieldValue,
  findField,
  findFields,
  isMap,
  plainName,
  textIn,
} from '../../../model/fields.ts';
import type { Report } from '../../../model/report.ts';
import { isTemplateName } from '../../dialects/template/template-names.ts';
import type { ContentContext } from '../../html/context.ts';
import { resolveAddress } from '../../html/reference.ts';
import { inlineText } from '../../markdown/inline-text.ts';
import { shortNameOfKey } from './person-data.ts';

export const AUTHOR_NAMES = ['authors', 'author', 'by', 'byline', 'writers', 'writer', 'dccreator', 'creator'];
const CONTRIBUTOR_NAMES = ['contributors', 'contributor', 'editors', 'editor', 'translators', 'translator'];

/** Who wrote the article; empty when it doesn't say. */
export function readAuthors(fields: Fields, context: ContentContext, report: Report): readonly Person[] {
  const field = findField(fields, AUTHOR_NAMES);
  const authors = field === null ? [] : readField(field, context, report);
  const [only] = authors;
  return authors.length === 1 && only !== undefined ? [completePerson(only, fields, context)] : authors;
}

export function readContributors(fields: Fields, context: ContentContext, report: Report): readonly Person[] {
  return findFields(fields, CONTRIBUTOR_NAMES).flatMap((field) => readField(field, context, report));
}

/** Everybody whom a value names, whatever its shape. */
export function readPeople(value: FieldValue, context: ContentContext): readonly Person[] {
  return distinct(readValue(value, context, true)).slice(0, AUTHORS_MAX);
}

function readField(field: Field, context: ContentContext, report: Report): readonly Person[] {
  const named = distinct(readValue(field.value, context, true));
  const people = named.filter(({ name }) => name === null || !isTemplateName(name, field, report));
  tellUnknown(field, people, context, report);
  if (people.length > AUTHORS_MAX) {
    const message = `The field “${field.name}” names ${people.length} people; ${AUTHORS_MAX} is the most.`;
    report.add('limit-exceeded', field.line, message, 'Name the main authors only.');
    return [];
  }
  const long = people.find((person) => (person.name?.length ?? 0) > NAME_CHARACTERS_MAX);
  if (long !== undefined) {
    const message = `A name in “${field.name}” has more than ${NAME_CHARACTERS_MAX} characters.`;
    report.add('limit-exceeded', field.line, message, 'Write the name alone there.');
    return [];
  }
  return people;
}

/** One word in lower case is what a file of people calls somebody by. */
const SHORT_NAME = /^@?[\p{Ll}\d][\p{Ll}\d_-]*$/u;

function tellUnknown(field: Field, people: readonly Person[], { site }: ContentContext, report: Report): void {
  const { peopleFiles = [] } = site;
  if (peopleFiles.length === 0) return;
  for (const { name, email, url } of people) {
    if (name === null || email !== null || url !== null || !SHORT_NAME.test(name)) continue;
    const message = `Nobody is called “${name}” in ${nameFiles(peopleFiles)}, so readers see that short name.`;
    const fix = 'Add the person there, or to “people” in site.yaml, or write the whole name.';
    report.add('author-unknown', field.line, message, fix);
  }
}

const FILES_NAMED_MAX = 3;

/** Of files for a person each, their folder. */
function nameFiles(keys: readonly string[]): string {
  const places = keys.map((key) => (shortNameOfKey(key) === null ? key : key.slice(0, key.lastIndexOf('/') + 1)));
  return [...new Set(places)].slice(0, FILES_NAMED_MAX).join(' or ');
}

/** Fields beside `author` that say more of the one author (`authorURL`, `author_image_url`, `author_email`). */
function completePerson(person: Person, fields: Fields, context: ContentContext): Person {
  const beside = (names: readonly string[]) => {
    const value = findField(fields, names)?.value;
    return typeof value === 'string' ? value.trim() : null;
  };
  return {
    name: person.name,
    email: person.email ?? beside(['authoremail']),
    url: person.url ?? absolute(beside(['authorurl', 'authorlink']), context),
    avatar: person.avatar ?? absolute(beside(['authorimageurl', 'authoravatar', 'authorimage']), context),
  };
}

function readValue(value: FieldValue, context: ContentContext, isAlone: boolean): readonly Person[] {
  if (value === null) return [];
  if (typeof value === 'string') {
    return splitNames(value, context, isAlone).flatMap((name) => readName(name, context) ?? []);
  }
  if (isMap(value)) return readPersonMap(value, context);
  return value.flatMap((item) => readValue(item, context, value.length === 1));
}

function readPersonMap(map: FieldMap, context: ContentContext): readonly Person[] {
  const known = textIn(map, ['id', 'key', 'slug', 'login', 'username', 'ref']);
  const listed = known === null ? null : findKnown(known, context);
  const given = textIn(map, ['givenname', 'firstname', 'first']);
  const family = textIn(map, ['familyname', 'lastname', 'last']);
  const name =
    textIn(map, ['name', 'displayname', 'fullname', 'author']) ?? ([given, family].filter(Boolean).join(' ') || null);
  const person = {
    name: name === null ? (listed?.name ?? known) : (readName(name, context)?.name ?? name),
    email: textIn(map, ['email', 'mail']) ?? listed?.email ?? null,
    url: absolute(textIn(map, ['url', 'link', 'website', 'homepage', 'uri', 'web']), context) ?? listed?.url ?? null,
    avatar:
      absolute(textIn(map, ['avatar', 'image', 'imageurl', 'picture', 'photo']), context) ?? listed?.avatar ?? null,
  };
  if (hasPart(person)) return [person];
  // A map of people by their short names.
  return [...map].flatMap(([short, inner]: [string, FieldValue]) => {
    if (!isMap(inner)) return [];
    return readPersonMap(new Map([['id', short], ...inner]), context);
  });
}

/** Words that end a list of people as one: “Research and Development Team” is not two authors. */
const GROUP =
  /\b(?:team|staff|group|department|office|foundation|institute|company|committee|council|board|inc|ltd|llc|gmbh|contributors|others|friends)\.?$/i;
/** What may follow a name after a comma without being another person. */
const SUFFIX = /^(?:(?:jr|sr|ii|iii|iv|ph\.?\s?d|m\.?d|esq|mba|cpa)\.?$|on behalf of\b|(?:for|from) the\b)/i;
const ROLE =
  /\b(?:engineer|developer|designer|director|president|manager|officer|lead|head|chair|editor|reporter|correspondent|scientist|researcher|professor|fellow|founder|co-founder|architect|analyst|consultant|intern|board|vp|ceo|cto|coo|cfo|evangelist|advocate|strategist|specialist|counsel)\b/i;

/** A longer text is no list of names; it ends as a name that is too long. */
const NAMES_CHARACTERS_MAX = 5_000;

/** Cuts a text into names; one that stands in a list of several is cut at “and” only. */
function splitNames(text: string, context: ContentContext, isAlone: boolean): readonly string[] {
  const source = text.trim();
  if (source.length > NAMES_CHARACTERS_MAX || findKnown(source, context) !== null) return [source];
  // Not the end of a character reference. Commas of Chinese and Japanese stand in nobody's name.
  const pieces = source.split(/(?<!&#?\w{1,10});|[、；]/);
  if (pieces.length > 1) return pieces;
  const commas = isAlone ? splitAtCommas(source) : [source];
  return commas.flatMap((part) => {
    const parts = part.split(JOINED).flatMap(splitAtY);
    return parts.length > 1 && GROUP.test(part.replace(/,.*$/s, '').trim()) ? [part] : parts;
  });
}

/** The slash joins short names of people only: “Jane Doe / Acme” is one who works there. */
const JOINED = /\s+(?:and|&|\+|und|et)\s+|\s+\/\s+(?=@)/i;

/** In Spanish, "y" may join the family names of one person: José Ortega y Gasset. */
function splitAtY(text: string): readonly string[] {
  const [before = '', after, ...more] = text.split(/\s+y\s+/i);
  const isOnePerson = after !== undefined && more.length === 0 && /\S\s+\S/.test(before) && !/\s/.test(after.trim());
  return isOnePerson ? [text] : text.split(/\s+y\s+/i);
}

function splitAtCommas(text: string): readonly string[] {
  const names: string[] = [];
  let role = false;
  for (const part of text.split(/\s*,\s*(?![^<(]*[>)])/)) {
    const name = part.replace(/^and\s+/i, '').trim();
    const joined = name !== part.trim() || /\s(?:and|&)\s/i.test(name);
    const suffixed = /^(\S+)\s+(?:and|&)\s/i.exec(name)?.[1] ?? name;
    if (names.length > 0 && (SUFFIX.test(name) || SUFFIX.test(suffixed))) {
      names[names.length - 1] += `, ${name}`;
      continue;
    }
    // “Jo Doe, Engineer, Acme”: after a role comes where the person works, until “and” leads to the next one.
    role = names.length > 0 && !joined && (role || ROLE.test(name));
    if (!role) names.push(name);
  }
  return names;
}

function readName(text: string, context: ContentContext): Person | null {
  const source = text.trim().replace(/^by\s+(?=\p{Lu})/iu, '');
  // `author: true` shows the author of the site in some themes.
  if (/^[-–—_.\s]*$|^(?:null|none|~|n\/a|true|false)$/i.test(source)) return null;
  // Tina names people by the paths of their files.
  const known = findKnown(shortNameOfKey(source) ?? source, context);
  if (known !== null) return known;
  if (source.length > NAMES_CHARACTERS_MAX) return person(source, null, null);

  const link = /^\[([^\]]+)\]\(([^)\s]+)\)$/.exec(source);
  if (link !== null) return person(link[1], null, absolute(link[2] ?? null, context));
  const angle = /^(.*?)\s*<([^<>\s]+)>$/.exec(source);
  if (angle !== null) return contact(angle[1], angle[2] ?? '', context);
  const mailFirst = /^([^\s@()]+@[^\s@()]+)\s*\((.+)\)$/.exec(source);
  if (mailFirst !== null) return person(mailFirst[2], mailFirst[1] ?? null, null);
  const mailLast = /^(.+?)\s*\(([^\s@()]+@[^\s@()]+)\)$/.exec(source);
  if (mailLast !== null) return person(mailLast[1], mailLast[2] ?? null, null);
  if (isMail(source) || /^https?:\/\//i.test(source)) return contact('', source, context);
  return person(source, null, null);
}

function contact(name: string | undefined, address: string, context: ContentContext): Person {
  const mail = address.replace(/^mailto:/i, '');
  return isMail(mail) ? person(name, mail, null) : person(name, null, absolute(address, context));
}

function person(name: string | undefined, email: string | null, url: string | null): Person {
  const text = inlineText((name ?? '').replace(/^["'](.*)["']$/, '$1'));
  return { name: text === '' ? null : text, email, url, avatar: null };
}

function isMail(text: string): boolean {
  return /^[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+$/.test(text);
}

/** Somebody whom the site knows under a short name, or under the very name. */
function findKnown(name: string, context: ContentContext): Person | null {
  const { people } = context.site;
  if (Object.hasOwn(people, name)) return people[name] ?? null;
  const wanted = name.replace(/^@/, '').toLowerCase();
  for (const [short, known] of Object.entries(people)) {
    if (short.toLowerCase() === wanted || known.name?.toLowerCase() === wanted) return known;
  }
  // Names of fields, which short names may have been, are compared without hyphens.
  const plain = plainName(wanted);
  if (/\s/.test(wanted)) return null;
  return Object.entries(people).find(([short]) => plainName(short) === plain)?.[1] ?? null;
}

function absolute(address: string | null, context: ContentContext): string | null {
  return address === null ? null : (resolveAddress(address, context)?.url ?? null);
}

function hasPart(person: Person): boolean {
  return person.name !== null || person.email !== null || person.url !== null;
}

function distinct(people: readonly Person[]): readonly Person[] {
  const seen = new Set<string>();
  return people.filter((one) => {
    const who = JSON.stringify([one.name, one.email, one.url]);
    return hasPart(one) && !seen.has(who) && seen.add(who);
  });
}
