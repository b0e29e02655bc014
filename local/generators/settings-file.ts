/** The settings of another program, as far as site.yaml has the same: from files of data, and from plain texts in code. */

import { readJsonFields } from '../../lambda/article/source/front-matter/json-fields.ts';
import { readTomlFields } from '../../lambda/article/source/front-matter/toml-fields.ts';
import { readYamlFields } from '../../lambda/article/source/front-matter/yaml-fields.ts';
import { createFields, type Fields, type FieldValue, isMap, NO_FIELDS, textIn } from '../../lambda/model/fields.ts';
import { parseSite } from '../../lambda/site/parse-site.ts';
import { readCodeFields } from './code-fields.ts';

/** A value of site.yaml: a text, a person, or a map with lists. */
export type SettingValue = string | Readonly<Record<string, string | readonly string[]>>;

/** By the names of site.yaml. */
export type Settings = ReadonlyMap<string, SettingValue>;

/** The fields of a file of settings, by its name's ending; none where it can't be read. */
export function readSettingsFile(file: string, text: string): Fields {
  const ending = file.slice(file.lastIndexOf('.') + 1);
  if (/^(?:py|[cm]?[jt]s)$/.test(ending)) return readCodeFields(text, ending === 'py' ? 'python' : 'javascript');
  const read = ending === 'toml' ? readTomlFields : ending === 'json' ? readJsonFields : readYamlFields;
  const reading = read(text, 1);
  return reading.kind === 'fields' ? createFields(reading.fields) : NO_FIELDS;
}

/**
 * The settings of site.yaml that the fields state. A value that site.yaml would be refused for is left out: it was not
 * written for us.
 *
 * @param addresses whose patterns of addresses these are, by the name that `addresses` in site.yaml has for it
 */
export function settingsOf(fields: Fields, addresses: string | null): Settings {
  const values = new Map([...fields].map(([name, { value }]) => [name, value]));
  const text = (...names: readonly string[]) => textIn(values, names);
  const found: Readonly<Record<string, SettingValue | null>> = {
    title: text('title', 'sitename', 'blogtitle'),
    description: text('description', 'tagline', 'subtitle', 'sitedescription', 'blogdescription', 'sitesubtitle'),
    url: urlOf(text('baseurl', 'base') ?? '', text('url', 'siteurl', 'site')),
    language: text(
      ...['defaultcontentlanguage', 'languagecode', 'defaultlanguage', 'defaultlocale', 'locale'],
      ...['defaultlang', 'lang', 'language'],
    ),
    timeZone: text('timezone'),
    authors: authorOf(['author', 'authors', 'siteauthor', 'blogauthor'].map((name) => values.get(name) ?? null)),
    copyright: text('copyright'),
    addresses,
    permalink: permalinkOf(values.get('permalink') ?? values.get('permalinks') ?? null),
  };
  return new Map(
    Object.entries(found).flatMap(([name, value]) => (value !== null && isSound(name, value) ? [[name, value]] : [])),
  );
}

/** A line of site.yaml. */
export function renderSetting(name: string, value: SettingValue): string {
  return `${name}: ${JSON.stringify(value)}`;
}

/** Hugo and Zola name the whole address, and others the host and the path under it. */
function urlOf(base: string, host: string | null): string | null {
  const address =
    URL.parse(base) !== null ? base : host === null ? '' : `${host.replace(/\/+$/, '')}/${base.replace(/^\/+/, '')}`;
  return /^https?:\/\/[^/]/.test(address) && !isPlaceholder(address) ? `${address.replace(/\/+$/, '')}/` : null;
}

/** Placeholders that programs write into new settings, and addresses of one machine. */
function isPlaceholder(address: string): boolean {
  const { hostname } = new URL(address);
  return /^(?:(?:www\.|your-?[\w-]*\.)?example\.(?:com|org|net)|localhost|[\d.]+|your-[\w.-]+)$/.test(hostname);
}

/** The first who has a name. A list in one text, as Pelican writes it, is no name. */
function authorOf(written: readonly FieldValue[]): SettingValue | null {
  const [first] = written.flatMap((value) => (Array.isArray(value) ? value : [value])).filter((each) => each !== null);
  if (typeof first === 'string' && first.trim() !== '') return first.trim();
  if (first === undefined || first === null || !isMap(first)) return null;
  const name = textIn(first, ['name', 'title']);
  const email = textIn(first, ['email']);
  if (name === null) return null;
  return email === null ? name : { name, email };
}

/** The styles that Jekyll has names for (jekyllrb.com/docs/permalinks). `date` and `none` hold a file's ending. */
const STYLES: Readonly<Record<string, string>> = { pretty: '/:categories/:year/:month/:day/:title/' };

/** Hugo has a pattern for each section; one alone, or several that are the same, hold for all. */
function permalinkOf(value: FieldValue): string | null {
  if (value === null || Array.isArray(value)) return null;
  const patterns = new Set(typeof value === 'string' ? [value] : textsWithin(value));
  const [pattern] = patterns;
  if (pattern === undefined || patterns.size > 1) return null;
  const known = STYLES[pattern] ?? pattern;
  return known.startsWith('/') ? known : `/${known}`;
}

function textsWithin(value: FieldValue): readonly string[] {
  if (typeof value === 'string') return [value];
  return value !== null && isMap(value) ? [...value.values()].flatMap(textsWithin) : [];
}

/** Whether a setting would be taken as it is. */
function isSound(name: string, value: SettingValue): boolean {
  const lines = { url: 'https://site.example/', [name]: value };
  const source = Object.entries(lines).map((line) => `${renderSetting(...line)}\n`);
  return parseSite(Buffer.from(source.join('')), { url: null }).problems.length === 0;
}
