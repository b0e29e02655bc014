/** What folder files, and the pages of bundles, hold back or leave open: one problem for each, however many files it is of. */

import { createProblem, type Problem } from '../../model/problem.ts';
import type { FolderFiles } from '../../site/folder/folder-rules.ts';
import { bundlePagesFor, isBundlePage, isHugo } from '../../site/folder/page-bundle.ts';
import type { RecordOutline } from '../../state/outline.ts';

/** A list that nobody would read to its end. */
const PROBLEMS_MAX = 1_000;

export function findHeldBack(folderFiles: FolderFiles, records: readonly RecordOutline[]): readonly Problem[] {
  const held = Map.groupBy(records, ({ heldBy }) => heldBy);
  const doubted = Map.groupBy(records, ({ doubtedBy }) => doubtedBy);
  const unclear = Object.entries(folderFiles).flatMap(([path, { doubt }]) => {
    if (doubt === undefined) return [];
    const heldCount = held.get(path)?.length ?? 0;
    const publicCount = doubted.get(path)?.length ?? 0;
    const { line, message, fix } = doubt;
    return [
      heldCount > 0
        ? createProblem('folder-file-unclear', {
            path,
            line,
            message: `${countFiles(heldCount)} held back, since this file doesn't tell whether to publish: ${message}.`,
            fix,
          })
        : createProblem('folder-file-ignored', {
            path,
            line,
            message: `This file may hold articles back, and it can't be told which: ${message}.${stay(publicCount)}`,
            fix,
          }),
    ];
  });
  return [...unclear, ...findBundled(folderFiles, records)].slice(0, PROBLEMS_MAX);
}

function stay(publicCount: number): string {
  if (publicCount === 0) return ' Nothing new is published under it.';
  return ` ${publicCount === 1 ? 'One file that is' : `${publicCount} files that are`} public under it stay so.`;
}

function countFiles(count: number): string {
  return count === 1 ? 'One file is' : `${count} files are`;
}

/** Parts of bundles that were held back without being known to be such, and those that are public all the same. */
function findBundled(folderFiles: FolderFiles, records: readonly RecordOutline[]): readonly Problem[] {
  const files = Object.keys(folderFiles);
  const pages = new Map(
    records.flatMap((each) => (isBundlePage(each.key) && each.shown.length > 0 ? [[each.key, each]] : [])),
  );
  const publicIn = ({ key, shown, problems }: RecordOutline): string | null => {
    if (shown.length === 0 || pages.size === 0 || isBundlePage(key)) return null;
    const isCertain = isHugo(files, key);
    if (!isCertain && isDated(problems)) return null;
    // A page without a date leads to what lies beside it, where nobody knows better.
    const mayHold = (page: RecordOutline | undefined) => page !== undefined && (isCertain || isDated(page.problems));
    return bundlePagesFor(key, isCertain).find((page) => mayHold(pages.get(page))) ?? null;
  };
  const heldIn = ({ key, heldBy = '' }: RecordOutline): string | null =>
    isBundlePage(heldBy) && folderFiles[heldBy] === undefined && !isHugo(files, key) ? heldBy : null;
  const tell = (pageOf: typeof publicIn, problemOf: typeof partsHeld): readonly Problem[] =>
    [...Map.groupBy(records, pageOf)].flatMap(([page, parts]) => (page === null ? [] : [problemOf(page, parts)]));
  return [...tell(heldIn, partsHeld), ...tell(publicIn, partsPublic)];
}

function isDated(problems: RecordOutline['problems']): boolean {
  return !problems.some(({ code }) => code === 'date-missing');
}

function partsHeld(path: string, files: readonly RecordOutline[]): Problem {
  return createProblem('bundle-part-held', {
    path,
    line: null,
    message: `${countFiles(files.length)} held back (${nameSome(files)}): beside this one, each may be a part of its page or an article.`,
    fix: 'Write “draft: false” into each that is an article. If the folder is Hugo’s, put its hugo.toml or an _index.md at the top.',
  });
}

function partsPublic(path: string, files: readonly RecordOutline[]): Problem {
  return createProblem('bundle-part-published', {
    path,
    line: null,
    message: `${nameSome(files)} ${files.length === 1 ? 'is' : 'are'} published, and may be meant as a part of this page.`,
    fix: 'Write “draft: true” into what is a part, or a date into what is an article.',
  });
}

const NAMES_MAX = 3;

function nameSome(files: readonly RecordOutline[]): string {
  const names = files.slice(0, NAMES_MAX).map(({ key }) => key.slice(key.lastIndexOf('/') + 1));
  const more = files.length - names.length;
  return more === 0 ? names.join(', ') : `${names.join(', ')} and ${more} more`;
}
