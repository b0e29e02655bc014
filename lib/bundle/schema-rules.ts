/**
 * What describes the S3 client's calls: a third of it. Of the operations, those that the publisher calls stay; of their
 * fields, those that our own adapter names, and the few that the SDK sets by itself.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { exchange } from './rule.ts';

const ADAPTER = fileURLToPath(new URL('../../lambda/store/', import.meta.url));
/** A date, which may be none that can be read. */
const SET_BY_THE_SDK = ['Expires', 'ExpiresString'];

export function trimSchemas(text: string): string {
  return spellKeys(keepNamedFields(forgetErrors(text)));
}

/** Classes for errors: without one an error has the same name, message and status, which is what the publisher reads. */
function forgetErrors(text: string): string {
  return exchange(text, /^n0_registry\.registerError\(.*\);$/gm, '');
}

/** `{ [_h]: … }` with `const _h = "http"` as `{ "http": … }`: a computed key might do anything, so it is always kept. */
function spellKeys(text: string): string {
  const constants = constantsOf(text);
  return text.replace(/\[(_\w+)\]:/g, (key, name) => (constants.has(name) ? `"${constants.get(name)}":` : key));
}

function constantsOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(/^const (_\w*) = "([^"\\]*)";$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
}

/** Names and descriptions of a structure's fields, which stand in two lists; the required ones come first. */
const STRUCTURE = /(= \[3, n0, _\w+,\n +(?:0|\{.*\}),\n) +\[(.*)\],\n +\[(.*)\](, \d+)?\n\];/g;

function keepNamedFields(text: string): string {
  const constants = constantsOf(text);
  const named = namesInAdapter();
  exchange(text, STRUCTURE, '');
  return text.replace(STRUCTURE, (_, head: string, nameList: string, fieldList: string, required = '') => {
    const names = nameList.split(', ');
    const fields = splitList(fieldList);
    if (names.length !== fields.length)
      throw new Error(`The fields of a structure could not be told apart: ${nameList}`);
    const requiredCount = Number(required.slice(2) || 0);
    const kept = names.map((name, index) => index < requiredCount || named.has(constants.get(name) ?? name));
    const listed = (list: readonly string[]) => list.filter((__, index) => kept[index]).join(', ');
    return `${head}[${listed(names)}],\n[${listed(fields)}]${required}\n];`;
  });
}

/** Whatever our adapter might mean by a field's name: more rather than less. */
function namesInAdapter(): ReadonlySet<string> {
  const texts = readdirSync(ADAPTER).map((name) => readFileSync(`${ADAPTER}${name}`, 'utf8'));
  return new Set([...texts.flatMap((each) => each.match(/\b[A-Z]\w+/g) ?? []), ...SET_BY_THE_SDK]);
}

/** The items of a list, which may hold lists and objects themselves. */
function splitList(list: string): string[] {
  const items: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index <= list.length; index += 1) {
    const character = list[index] ?? ',';
    if ('[{('.includes(character)) depth += 1;
    else if (']})'.includes(character)) depth -= 1;
    else if (character === ',' && depth === 0) {
      items.push(list.slice(start, index).trim());
      start = index + 1;
    }
  }
  return items;
}
