/** Where files lie that say who is meant by the short names of authors (people-file.ts). */

import { shortNameOfKey } from '../../article/fields/people/person-data.ts';

/** Files of several people, by their keys. */
const LIST =
  /(?:^|\/)(?:\.?authors\.(?:ya?ml|json|toml)|(?:_data|data)\/(?:author|people|members|team|staff|writers|contributors)\.(?:ya?ml|json|toml))$/;
/** Files of a person each lie in a folder that is theirs, in one that holds no articles as a rule. */
const DATA_FOLDERS = /(?:(?:_data|data|content)\/)?(?:_?authors?|people)\/(?:[^/]+\/)?[^/]*$/i;

export function isPeopleFile(key: string): boolean {
  return LIST.test(key) || (shortNameOfKey(key) !== null && !/(?:^|\/)_index\./.test(key));
}

/** Whose articles may use the names: those beside the file and below, and beside a folder of data. */
export function reachOfPeopleFile(key: string): string {
  if (shortNameOfKey(key) !== null) return key.replace(DATA_FOLDERS, '');
  return key.replace(/(?:(?:_data|data)\/)?[^/]*$/, '');
}
