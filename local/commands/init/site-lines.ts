/** The lines of a new site.yaml: what the settings of Hugo, Zola, Jekyll or Hexo in the same folder say of the site. */

import { readJsonFields } from '../../../lambda/article/source/front-matter/json-fields.ts';
import { readTomlFields } from '../../../lambda/article/source/front-matter/toml-fields.ts';
import { readYamlFields } from '../../../lambda/article/source/front-matter/yaml-fields.ts';
import { createFields, type Fields, type FieldValue, isMap, NO_FIELDS, textIn } from '../../../lambda/model/fields.ts';
import { parseSite } from '../../../lambda/site/parse-site.ts';

/** Settings that are looked for, the first that is there; where the articles of such a site lie, relative to it. */
export const OTHER_SETTINGS = [
  { file: 'hugo.toml', content: 'content' },
  { file: 'hugo.yaml', content: 'content' },
  { file: 'hugo.yml', content: 'content' },
  { file: 'hugo.json', content: 'content' },
  { file: 'config/_default/hugo.toml', content: 'content' },
  { file: 'config/_default/config.toml', content: 'content' },
  { file: 'config.toml', content: 'content' },
  { file: 'config.yaml', content: 'content' },
  { file: '_config.yml', content: '.' },
  { file: '_config.yaml', content: '.' },
] as const;

/** Settings with no value of their own: what is most often set first. */
const HINTS: Readonly<Record<string, string>> = {
  title: '# title: What readers call it',
  url: '# url: https://example.org/   (where it will be served; feeds need it once they are public)',
  language: '# language: en',
  timeZone: '# timeZone: Europe/Lisbon   (for dates that name none)',
  authors: '# authors: Who wrote what names nobody',
};

/** The fields of a file of settings, by its name's ending; none where it can't be read. */
export function readOtherSettings(file: string, text: string): Fields {
  const ending = file.slice(file.lastIndexOf('.') + 1);
  const read = ending === 'toml' ? readTomlFields : ending === 'json' ? readJsonFields : readYamlFields;
  const reading = read(text, 1);
  return reading.kind === 'fields' ? createFields(reading.fields) : NO_FIELDS;
}

/**
 * The text of site.yaml. What the settings would be refused for is left out: nothing of it was written for us.
 *
 * @param from the file that the fields are from; null for none
 */
export function renderSiteLines(fields: Fields, from: string | null): string {
  const found = Object.entries(settingsOf(fields)).filter(([name, value]) => value !== null && isSound(name, value));
  const settings = new Map(found);
  const origin = from === null ? '' : `, and the values that ${from} has`;
  const names = [...new Set([...Object.keys(HINTS), ...settings.keys()])];
  const lines = names.map((name) => {
    const value = settings.get(name);
    return value === undefined ? HINTS[name] : `${name}: ${JSON.stringify(value)}`;
  });
  return `# The settings of the publication${origin}. Each has a default: docs/site-yaml.md has all.\n\n${lines.join('\n')}\n`;
}

type SettingValue = string | Readonly<Record<string, string>>;

function settingsOf(fields: Fields): Readonly<Record<string, SettingValue | null>> {
  const text = (...names: readonly string[]) => textIn(valuesOf(fields), names);
  return {
    title: text('title'),
    description: text('description', 'tagline', 'subtitle'),
    url: urlOf(text('baseurl') ?? '', text('url')),
    language: text('defaultcontentlanguage', 'languagecode', 'defaultlanguage', 'locale', 'lang', 'language'),
    timeZone: text('timezone'),
    authors: authorOf(fields.get('author')?.value ?? fields.get('authors')?.value ?? null),
    copyright: text('copyright'),
    permalink: permalinkOf(fields.get('permalink')?.value ?? fields.get('permalinks')?.value ?? null),
  };
}

function valuesOf(fields: Fields): ReadonlyMap<string, FieldValue> {
  return new Map([...fields].map(([name, { value }]) => [name, value]));
}

/** Hugo and Zola name the whole address, and Jekyll the host and the path under it. */
function urlOf(base: string, host: string | null): string | null {
  const address = URL.canParse(base)
    ? base
    : host === null
      ? ''
      : `${host.replace(/\/+$/, '')}/${base.replace(/^\/+/, '')}`;
  return /^https?:\/\/[^/]/.test(address) ? `${address.replace(/\/+$/, '')}/` : null;
}

function authorOf(author: FieldValue): SettingValue | null {
  const [first] = Array.isArray(author) ? author : [author];
  if (typeof first === 'string' && first.trim() !== '') return first.trim();
  if (first === null || first === undefined || !isMap(first)) return null;
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
  return (STYLES[pattern] ?? pattern).replaceAll(/:(?:title|contentbasename|filename)\b/g, ':slug');
}

function textsWithin(value: FieldValue): readonly string[] {
  if (typeof value === 'string') return [value];
  return value !== null && isMap(value) ? [...value.values()].flatMap(textsWithin) : [];
}

/** Whether a setting would be taken as it is. */
function isSound(name: string, value: SettingValue | null): boolean {
  const lines = { url: 'https://example.org/', [name]: value };
  const source = Object.entries(lines).map((line) => `${line[0]}: ${JSON.stringify(line[1])}\n`);
  return parseSite(Buffer.from(source.join('')), { url: null }).problems.length === 0;
}
