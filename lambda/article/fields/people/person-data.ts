/**
 * Files that describe a person whom articles name, and are no articles: `authors/ann.md` with a name, a picture and
 * perhaps some words about her.
 */

import { type FieldMap, type Fields, type FieldValue, isMap, textIn } from '../../../model/fields.ts';
import { rankOfDateName } from '../dates/date-names.ts';

/** Folders of files of one person each, at any depth. The name without its ending is what articles call the person. */
const FOLDER =
  /(?:^|\/)(?:_?authors?|(?:_data|data|content)\/people)\/([^/]+?)(?:\/_?index)?\.(?:toml|ya?ml|json|mdx?)$/i;

/** What articles may call the person whose file lies at a key; null where it lies in no such folder. */
export function shortNameOfKey(key: string): string | null {
  return FOLDER.exec(key)?.[1] ?? null;
}

const NAMES = ['name', 'displayname', 'fullname', 'authorname', 'givenname', 'firstname'];
/** What else such a file says, and an article does not say alone. */
const OTHER_NAMES = new Set([
  ...['lastname', 'familyname', 'nickname', 'shortname', 'short', 'id', 'key', 'slug', 'username', 'login', 'handle'],
  ...['image', 'imageurl', 'avatar', 'avatarurl', 'picture', 'photo', 'img', 'gravatar', 'portrait', 'icon'],
  ...[
    'url',
    'website',
    'homepage',
    'web',
    'site',
    'link',
    'links',
    'uri',
    'page',
    'email',
    'mail',
    'socials',
    'social',
  ],
  ...['twitter', 'github', 'gitlab', 'linkedin', 'mastodon', 'bluesky', 'facebook', 'instagram', 'youtube', 'x'],
  ...['bio', 'biography', 'about', 'role', 'roles', 'job', 'jobtitle', 'position', 'occupation', 'company', 'location'],
  ...['organization', 'organisation', 'affiliation', 'pronouns', 'layout', 'type', 'weight', 'order'],
]);

/**
 * Whether what a file says is about a person. In a folder of people that is all that has a name and neither a title nor a
 * date; elsewhere what says nothing else and has no text.
 */
export function isPersonData(key: string, fields: Fields, hasText: boolean): boolean {
  const names = [...fields.keys()];
  if (!names.some((name) => NAMES.includes(name))) return false;
  if (shortNameOfKey(key) !== null) {
    return !fields.has('title') && !names.some((name) => rankOfDateName(name, 'published') !== null);
  }
  return !hasText && names.every((name) => NAMES.includes(name) || OTHER_NAMES.has(name));
}

/** The name of the person that a map is about; null where it has none. */
export function nameIn(map: FieldMap): string | null {
  const given = textIn(map, ['givenname', 'firstname', 'first']);
  const family = textIn(map, ['lastname', 'familyname', 'last']);
  const joined = [given, family].filter((each) => each !== null).join(' ');
  return textIn(map, ['name', 'displayname', 'fullname', 'authorname']) ?? (joined === '' ? null : joined);
}

/** Fields as the map that they would be inside another. */
export function mapOfFields(fields: Fields): FieldMap {
  return new Map([...fields].map(([name, { value }]): [string, FieldValue] => [name, value]));
}

/** Maps among some values. */
export function mapsIn(value: FieldValue): readonly FieldMap[] {
  if (value === null || typeof value === 'string') return [];
  return isMap(value) ? [value] : value.flatMap(mapsIn);
}
