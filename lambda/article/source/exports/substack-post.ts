/**
 * Posts of Substack's export: HTML fragments named by number and slug. What they are and whom they are for is in a list
 * beside them (site/folder/readers/substack.ts), from which they have their fields.
 */

import type { Fields } from '../../../model/fields.ts';
import { LIST_FIELD, LISTED_FIELD } from '../../fields/folder-fields.ts';

/** A number of at least four digits, and the slug. */
const FILE_NAME = /(?:^|\/)\d{4,}(?:\.[^/]+)?\.html$/;
/** Beside a list every number counts. */
const NUMBERED = /(?:^|\/)\d+(?:\.[^/]+)?\.html$/;
const IN_POSTS = /(?:^|\/)posts\/[^/]+$/;

/** Whether a file may be a post that a list beside it, or beside its folder, speaks of. */
export function mayBeListed(key: string): boolean {
  return NUMBERED.test(key);
}

/** Whether a fragment is a post that its list does not name, or that has lost its list. */
export function isUnlisted(key: string, folder: Fields): boolean {
  if (folder.has(LISTED_FIELD)) return false;
  return folder.has(LIST_FIELD) ? mayBeListed(key) : FILE_NAME.test(key) && IN_POSTS.test(key);
}

/**
 * What divides a text for those who pay, or are members, from what everybody may read: Substack's wall and its blocks for
 * some readers, Ghost's line and its gated cards.
 */
const GATE = /\bclass="[^"]*\bpaywall-jump\b|\bdata-dynamic-audiences=|<!--members-only-->|<!--kg-gated-block:begin/;

export function hasGate(html: string): boolean {
  return GATE.test(html);
}
