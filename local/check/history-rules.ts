/** The rules of RFC 5005 for a feed document: which of complete, newest and archive it is, and its links to the others. */

import { ATOM } from './atom-rules.ts';
import { childrenOf } from './element-rules.ts';
import type { XmlElement } from './xml-tree.ts';

const HISTORY = 'http://purl.org/syndication/history/1.0';
const BETWEEN_PAGES = ['prev-archive', 'next-archive', 'current'] as const;

export interface FeedLinks {
  readonly findings: readonly string[];
  /** Where the document says that it is; null when it doesn't. */
  readonly self: string | null;
  /** Absolute addresses of other documents of the feed, which have to be there. */
  readonly pages: readonly string[];
}

/**
 * The links of a feed in XML.
 *
 * @param head the `feed` of Atom, the `channel` of RSS
 * @param expected whether it has to be an archive page, or must not be; null where it may be either, or say nothing
 */
export function checkHistory(head: XmlElement, expected: boolean | null): FeedLinks {
  const addresses = (relation: string): readonly string[] =>
    childrenOf(head, ATOM, 'link')
      .filter(({ attributes }) => attributes.get('rel') === relation)
      .map(({ attributes }) => attributes.get('href') ?? '');
  const pages = BETWEEN_PAGES.flatMap(addresses);
  const [isMarkedArchive, isComplete] = ['archive', 'complete'].map(
    (mark) => childrenOf(head, HISTORY, mark).length > 0,
  );
  const isArchive = expected ?? isMarkedArchive === true;
  const self = addresses('self');
  const findings = [
    ...(self.length === 1 || (expected === null && self.length === 0)
      ? []
      : [`there are ${self.length} links to the document itself (rel="self")`]),
    ...BETWEEN_PAGES.flatMap((relation) =>
      addresses(relation).length > 1 ? [`there are ${addresses(relation).length} links rel="${relation}"`] : [],
    ),
    ...(isComplete && pages.length > 0 ? ['a complete feed has links to other pages (RFC 5005, 2)'] : []),
    ...(isArchive && !isMarkedArchive ? ['an archive page has no fh:archive (RFC 5005, 4)'] : []),
    ...(isArchive && addresses('current').length === 0
      ? ['an archive page has no link to the feed (rel="current")']
      : []),
    ...(isArchive || !isMarkedArchive ? [] : ['the newest page says that it is an archive (fh:archive)']),
    ...(expected === null || isArchive || isComplete || addresses('prev-archive').length > 0
      ? []
      : ['the feed neither says that it is complete nor leads to its archive (RFC 5005)']),
  ];
  return { findings, self: self[0] ?? null, pages };
}
