/**
 * Where the W3C validator is mistaken, or warns of what is meant: each with its reason. Anything else that it says is
 * a fault of ours.
 */

import type { Finding } from './validate.ts';

interface Limit {
  readonly name: string;
  readonly applies: (details: Finding['details']) => boolean;
  readonly reason: string;
}

const LIMITS: readonly Limit[] = [
  {
    name: 'UnknownNamespace',
    applies: ({ namespace }) => namespace === 'http://purl.org/atompub/tombstones/1.0',
    reason: 'it does not know RFC 6721; the site asked for deleted entries',
  },
  {
    name: 'ImplausibleDate',
    applies: ({ value }) => /(?:^| )(?:1[0-8]\d\d|19[0-8]\d)[- ]/.test(value ?? ''),
    reason: 'it takes no article to be older than 1990',
  },
  {
    name: 'ProblematicalRFC822Date',
    applies: ({ value }) => /[+-]\d\d(?:15|45)$/.test(value ?? ''),
    reason: 'it does not know the time zones that differ by a quarter of an hour',
  },
  {
    name: 'ContainsHTML',
    applies: ({ element, parent }) => parent === 'item' && element === 'title',
    reason: 'a title that quotes an end tag; the Profile has no form that it would accept',
  },
  {
    name: 'NotHtml',
    applies: ({ parent }) => parent === 'outline',
    reason: 'OPML texts may be HTML, but readers show them as they are: a feed’s title goes out as text',
  },
  {
    name: 'InvalidFullLink',
    applies: ({ element, value }) => element === 'id' && /[^\0-\x7f]/.test(value ?? ''),
    reason: 'RFC 4287 (4.2.6) has IRIs for ids, in letters of every script; an id is never rewritten',
  },
];

/** Why a finding is not counted, or nothing where it is. */
export function limitOf({ name, details }: Finding): string | undefined {
  return LIMITS.find((limit) => limit.name === name && limit.applies(details))?.reason;
}
