/**
 * Where the W3C validator is mistaken, or warns of what is meant: each with its reason. Anything else that it says is
 * a fault of ours.
 */

import type { Finding } from './validate.ts';

interface Limit {
  readonly name: string;
  /** `paths` are all the documents that were validated. */
  readonly applies: (details: Finding['details'], path: string, paths: readonly string[]) => boolean;
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
    name: 'ContainsUndeclaredHTML',
    applies: ({ element }) => ['title', 'subtitle', 'summary', 'rights'].includes(element ?? ''),
    reason: 'a text that quotes an end tag: in Atom it is text, and so every reader shows it',
  },
  {
    name: 'ArchiveIncomplete',
    applies: (_details, path, paths) => archivesBeside(path, paths).length === 1,
    reason: 'the only archive page of a feed has none before it and none after it (RFC 5005, 4)',
  },
  {
    name: 'NotHtml',
    applies: ({ parent }) => parent === 'outline',
    reason: 'OPML texts may be HTML, but readers show them as they are: a feed’s title goes out as text',
  },
  {
    name: 'UndefinedElement',
    applies: ({ element, parent }) => element === 'itunes:complete' && parent === 'channel',
    reason: 'it does not know how Apple has an ended show told',
  },
  {
    name: 'InvalidItunesCategory',
    applies: ({ text }) => text === 'Religion',
    reason: 'its list of Apple’s categories is older than this one',
  },
  {
    name: 'InvalidFullLink',
    applies: ({ element, value }) => element === 'id' && /[^\0-\x7f]/.test(value ?? ''),
    reason: 'RFC 4287 (4.2.6) has IRIs for ids, in letters of every script; an id is never rewritten',
  },
];

/** Why a finding is not counted, or nothing where it is. */
export function limitOf({ name, path, details }: Finding, paths: readonly string[]): string | undefined {
  return LIMITS.find((limit) => limit.name === name && limit.applies(details, path, paths))?.reason;
}

/** The archive pages of the feed that the page belongs to, itself among them. */
function archivesBeside(path: string, paths: readonly string[]): readonly string[] {
  const [folder, , file] = path.split('/').slice(-3);
  const feed = path.split('/').slice(0, -2).join('/');
  if (folder !== 'archive') return [];
  return paths.filter((other) => other.startsWith(`${feed}/`) && other.endsWith(`/${file}`));
}
