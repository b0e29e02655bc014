/** The result of an adoption, for a terminal: the files that were written, and the entries that a person has to settle. Pure. */

import { dropForbidden } from '../../lambda/text/characters.ts';
import type { OldFeed } from '../old-feed/read-old-feed.ts';
import type { WrittenRows } from './adopted-files.ts';
import type { AdoptedArticle, Decision } from './decide-rows.ts';
import type { OldFeedId } from './feed-ids.ts';
import type { Matching, Unmatched } from './match-entries.ts';

export interface Adoption {
  readonly feeds: readonly OldFeed[];
  readonly feedIds: readonly OldFeedId[];
  readonly matching: Matching;
  readonly decision: Decision;
  /** Ids under which articles were published already, by content key. */
  readonly published: ReadonlyMap<string, string>;
  readonly rows: readonly AdoptedArticle[];
  /** Null where nothing was to be written. */
  readonly written: (WrittenRows & { readonly inArticles: readonly string[] }) | null;
  /** As the person named it. */
  readonly folder: string;
}

export function renderAdoption(adoption: Adoption): readonly string[] {
  const { feeds, matching, decision, published, rows, folder } = adoption;
  return [
    ...feeds.flatMap(describeFeed),
    `${count(rows.length, 'article')} to adopt, ${decision.sameCount} with the ids of the old feeds already.`,
    ...describeWritten(adoption),
    ...section(
      `${count(matching.unmatched.length, 'old entry', 'old entries')} of no article that can be told for sure:`,
      matching.unmatched.map(describeUnmatched),
      'Write the id into the right article (“id: …”), or its old address (“aliases: [/old/]”), and adopt once more. What is not public here needs nothing.',
    ),
    ...section(
      `${count(decision.refused.length, 'article')} without ${decision.refused.length === 1 ? 'its' : 'their'} old id:`,
      decision.refused.map(({ key, why }) => `${key}: ${why}`),
    ),
    ...section(
      `${count(published.size, 'article')} published already under another id, which stays:`,
      [...published].map(([key, id]) => `${key}: ${id}`),
      'Readers know them by it now. If nobody has subscribed yet, remove the output with its state file (or the stack), and publish again.',
    ),
    ...section(
      `${count(decision.otherDates.length, 'article')} with another date than the old feed, which stays:`,
      decision.otherDates,
    ),
    ...section('For the ids of the feeds themselves, write into site.yaml:', describeFeedIds(adoption.feedIds)),
    ...(adoption.written?.files.length
      ? [
          `Next: feedwright build, or push, ${folder}. The files in ${folder}/.adopted belong to the articles: keep them.`,
        ]
      : []),
  ].map(dropForbidden);
}

function describeFeedIds(ids: readonly OldFeedId[]): readonly string[] {
  const lines = ids.map(
    ({ name, id }) => `  ${/^[a-z]/.test(name) ? name : JSON.stringify(name)}: ${JSON.stringify(id)}`,
  );
  return lines.length === 0 ? [] : ['feedIds:', ...new Set(lines)];
}

function describeFeed({ place, pages, entries, missing }: OldFeed): readonly string[] {
  const format = pages[0]?.format ?? 'feed';
  const size = `${count(entries.length, 'entry', 'entries')} in ${count(pages.length, 'page')}`;
  return [
    `${place} (${format}): ${size}.`,
    ...missing.map((address) => `  ${address} is not there: what is older is missing.`),
  ];
}

function describeWritten({ written, rows, folder }: Adoption): readonly string[] {
  if (written === null) return rows.map(({ article, row }) => `  ${article.key}: ${row.id}`);
  const { inArticles, written: keys, kept, files } = written;
  return [
    ...(inArticles.length === 0 ? [] : [`Written into ${count(inArticles.length, 'article')}.`]),
    ...(keys.length === 0
      ? []
      : [`Written: ${count(keys.length, 'row')} in ${count(files.length, 'file')} of ${folder}/.adopted.`]),
    ...section(`${count(kept.length, 'row')} there already, with something else, which stays:`, kept),
  ];
}

function describeUnmatched({ entry, nearest }: Unmatched): string {
  const { title, link, date, id, atomId } = entry;
  const facts = [
    `“${title === '' ? 'untitled' : title.slice(0, 80)}”`,
    ...(date === null ? [] : [new Date(date.at).toISOString().slice(0, 10)]),
    ...(link === null ? [] : [link]),
    `id ${id ?? atomId}`,
  ];
  const near = nearest.map(({ key }) => key).join(', ');
  return `${facts.join(', ')}: ${near === '' ? 'nothing is like it' : `perhaps ${near}`}`;
}

function section(title: string, lines: readonly string[], hint = ''): readonly string[] {
  if (lines.length === 0) return [];
  return [title, ...lines.map((line) => `  ${line}`), ...(hint === '' ? [] : [hint])];
}

function count(number: number, one: string, several = `${one}s`): string {
  return `${number} ${number === 1 ? one : several}`;
}
