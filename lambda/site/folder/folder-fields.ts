/** Which fields of a folder count for its articles, as rules keep them: those that hold back, and a few that do no harm. */

import { answerOf, isNoAddress } from '../../article/fields/visibility/visibility.ts';
import { type Field, type FieldValue, isMap, plainName, toBoolean } from '../../model/fields.ts';
import type { Doubt, FolderRule, RuleValue } from './folder-rules.ts';

/** When it ends, whose it is, and what it is about: what articles may well have in common. */
const SHARED: ReadonlySet<string> = new Set([
  ...['expires', 'expirydate', 'expiry', 'expiresat', 'expirationdate', 'unpublishdate', 'validuntil'],
  ...['authors', 'author', 'tags', 'categories'],
]);

export interface FolderFields {
  readonly fields: Readonly<Record<string, RuleValue>>;
  readonly doubt: Doubt | null;
}

/** What of some fields holds for all articles of a folder. Their addresses, titles and dates are their own. */
export function readFolderFields(fields: Iterable<Field>): FolderFields {
  const kept = new Map<string, RuleValue>();
  let doubt: Doubt | null = null;
  for (const { name: written, value, line } of fields) {
    const name = plainName(written);
    const answer = answerOf(name);
    if (answer === 'flag' && value !== null && toBoolean(value) === null) {
      const message = `“${written}” is neither true nor false`;
      doubt ??= { line, message, fix: `Write “${written}: true” or “${written}: false”.` };
    } else if (answer === null ? SHARED.has(name) : isCommon(answer, value)) {
      kept.set(name, toRuleValue(value));
    }
  }
  return { fields: Object.fromEntries(kept), doubt };
}

/** Where an address or a date may stand in place of a “no”, these are of one article. */
function isCommon(answer: NonNullable<ReturnType<typeof answerOf>>, value: FieldValue): boolean {
  if (answer === 'address') return isNoAddress(value);
  if (answer !== 'permit') return true;
  return typeof value === 'string' && (toBoolean(value) !== null || /^[a-z][a-z -]*$/i.test(value.trim()));
}

/** The rules for the articles under a folder, or of a list of patterns in it. */
export function rulesOf(
  under: string,
  { fields, doubt }: FolderFields,
  only?: readonly string[],
): readonly FolderRule[] {
  const about = { under, ...(only !== undefined && { only }) };
  return [
    ...(Object.keys(fields).length === 0 ? [] : [{ ...about, fields }]),
    // What an article states itself goes before what its folder gives.
    ...(doubt === null ? [] : [{ ...about, hold: 'unsaid' } as const]),
  ];
}

export function toRuleValue(value: FieldValue): RuleValue {
  if (value === null || typeof value === 'string') return value;
  if (isMap(value)) return Object.fromEntries([...value].map(([name, inner]) => [name, toRuleValue(inner)]));
  return value.map(toRuleValue);
}

/** A map as fields of their own. */
export function fieldsIn(value: FieldValue): readonly Field[] {
  return value !== null && isMap(value) ? [...value].map(([name, inner]) => ({ name, value: inner, line: null })) : [];
}

/** The texts of a list, or a text alone. */
export function textsIn(value: FieldValue): readonly string[] {
  if (value === null || isMap(value)) return [];
  return typeof value === 'string' ? [value] : value.flatMap(textsIn);
}
