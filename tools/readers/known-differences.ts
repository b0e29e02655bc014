/** Where readers differ from what a document says, each with its reason. Whatever else differs is a fault of ours. */

import type { FeedFormat } from '../../lambda/model/document.ts';
import type { Difference } from './reading.ts';

interface KnownDifference {
  readonly reader: string;
  readonly formats: readonly FeedFormat[];
  readonly field: Difference['field'];
  /** Whether what is expected is such that the reader is known to read it otherwise. */
  readonly applies: (expected: string, path: string) => boolean;
  readonly reason: string;
}

/** A feed of summaries of the sample publication. */
const isOfSummaries = (path: string) => path.startsWith('by-the-water/');

const KNOWN: readonly KnownDifference[] = [
  {
    reader: 'Liferea',
    formats: ['rss'],
    field: 'title',
    applies: (title) => /<\w|&\w+;/.test(title),
    reason: 'it takes RSS titles for HTML, as the Profile says that some do; in Atom it shows them as they are',
  },
  {
    reader: '@rowanmanning/feed-parser',
    formats: ['rss', 'atom'],
    field: 'content',
    applies: (words) => /<\w|&\w+;/.test(words),
    reason: 'it resolves the character references of HTML contents, so that `&lt;b&gt;` becomes a tag',
  },
  {
    reader: '@rowanmanning/feed-parser',
    formats: ['atom'],
    field: 'content',
    applies: (_words, path) => isOfSummaries(path),
    reason: 'it does not look at namespaces, and without a content takes media:content for it',
  },
  {
    reader: 'feedparser',
    formats: ['rss', 'atom'],
    field: 'content',
    applies: (_words, path) => isOfSummaries(path),
    reason: 'without a content it lists the description of the picture as one; its summary is the summary',
  },
];

/** Why a reader differs there, or nothing where it should not. */
export function knownReason(
  reader: string,
  { path, format }: { readonly path: string; readonly format: FeedFormat },
  { field, expected }: Difference,
): string | undefined {
  return KNOWN.find(
    (known) =>
      known.reader === reader &&
      known.formats.includes(format) &&
      known.field === field &&
      known.applies(String(expected), path),
  )?.reason;
}
