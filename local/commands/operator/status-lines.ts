/** The lines of `feedwright status`: first each fault with its fix, then counts, feeds and queues. */

import { isError } from '../../../lambda/model/problem.ts';
import { describeHeld } from '../../cli/held-lines.ts';
import { countIfAny, countProblems, renderProblemLine } from '../../cli/problem-lines.ts';
import { describeFindings } from '../../cli/repair-lines.ts';
import type { Terminal } from '../../cli/terminal.ts';
import { HELD_ON_AWS } from '../deployment/errand.ts';
import type { QueueState } from '../deployment/queues.ts';
import type { ServerState, StatusResult } from './status.ts';

/** Longer than the work on anything takes; an alarm comes after 20 minutes. */
const BEHIND_MS_MAX = 10 * 60_000;

type Style = Pick<Terminal, 'style'>;

/** @param options whether every feed is listed */
export function describeStatus(
  result: StatusResult,
  { feeds: withFeeds }: { readonly feeds: boolean },
  terminal: Style,
): readonly string[] {
  const wrong = describeWrong(result, terminal);
  return [
    ...(wrong.length === 0 ? [terminal.style('green', 'Nothing is wrong.')] : wrong),
    '',
    ...describeContent(result, withFeeds, terminal),
    ...describeWork(result),
  ];
}

export function deadCount({ articles, feeds }: StatusResult['queues']): number {
  return articles.deadCount + feeds.deadCount;
}

function describeWrong(
  { held, queues, problems, behind, server, backup }: StatusResult,
  terminal: Style,
): readonly string[] {
  const red = (line: string) => terminal.style('red', line);
  const [first = '', ...others] = held === null ? [] : describeHeld(held, HELD_ON_AWS);
  const dead = deadCount(queues);
  const errors = problems.filter(isError);
  return [
    ...(held === null
      ? []
      : [red(first), ...others, 'If it is one: docs/runbook.md, "RemovalsHeld", says how to put files back.']),
    ...(dead === 0
      ? []
      : [
          red(`${countIfAny(dead, 'dead letter')}: work that was given up.`),
          'docs/runbook.md, "ArticlesDead", says what to look for. Then: feedwright redrive',
        ]),
    ...(server?.isAllowed === false
      ? [red('The publisher refuses the server of its buckets.'), ...describeLacks(server)]
      : []),
    ...(isLate(behind)
      ? [red(describeBehind(behind)), 'docs/runbook.md, "ArticlesWaiting", says what to look for.']
      : []),
    ...(backup?.isOld === true
      ? [red(`The backup of ids and first dates is of ${backup.at}.`), 'A new one: feedwright backup']
      : []),
    ...errors.map((problem) => renderProblemLine(problem, '', terminal)),
    ...(errors.length === 0 ? [] : [red(countProblems(errors))]),
  ];
}

function describeContent({ counts, problems, feeds }: StatusResult, withFeeds: boolean, terminal: Style) {
  const details = [
    countIfAny(counts.drafts, 'draft'),
    countIfAny(counts.scheduled, 'scheduled', 'scheduled'),
    countIfAny(counts.broken, 'file with errors', 'files with errors'),
  ].filter(Boolean);
  const entries = terminal.style('bold', countIfAny(counts.published, 'entry', 'entries') || 'No entries');
  const where = feeds.length === 0 ? 'yet' : `in ${countIfAny(feeds.length, 'feed')}`;
  const warnings = problems.filter((problem) => !isError(problem));
  return [
    `${entries} ${where}${details.length === 0 ? '' : ` (${details.join(', ')})`}${withFeeds ? ':' : ''}`,
    ...feeds
      .slice(0, withFeeds ? feeds.length : 1)
      .map(({ name, entries: entryCount, atom }) => `  ${name}: ${entryCount}, ${atom}`),
    ...(withFeeds || feeds.length < 2 ? [] : ['  The others: feedwright status --feeds']),
    ...warnings.map((problem) => renderProblemLine(problem, '', terminal)),
    ...(warnings.length === 0 ? [] : [terminal.style('yellow', countProblems(warnings))]),
  ];
}

function describeWork({ queues, behind, rebuild, server, backup }: StatusResult): readonly string[] {
  return [
    `Articles: ${describeQueue(queues.articles)}`,
    `Feeds: ${describeQueue(queues.feeds)}`,
    ...(isLate(behind) ? [] : [describeBehind(behind)]),
    ...(rebuild === null
      ? []
      : [
          rebuild.isDone
            ? `The last repair mended: ${describeFindings(rebuild.found)}`
            : `A repair is under way; found so far: ${describeFindings(rebuild.found, 'nothing')}`,
        ]),
    ...(server?.isAllowed === true ? describeLacks(server) : []),
    backup === null
      ? 'Ids and first dates have no backup: feedwright backup makes one.'
      : `Ids and first dates were last backed up at ${backup.at}.`,
  ];
}

/** The abilities that the buckets' server lacks, and the cost of each. */
function describeLacks({ lacks }: ServerState): readonly string[] {
  return lacks.map(({ what, cost }) => `The server of the buckets lacks this: “${what}”. ${cost}`);
}

function describeQueue({ waitingCount, workingCount, deadCount: dead }: QueueState): string {
  return `${waitingCount} waiting, ${workingCount} under way, ${dead} dead letters`;
}

function isLate({ oldestMs }: StatusResult['behind']): boolean {
  return oldestMs !== null && oldestMs > BEHIND_MS_MAX;
}

function describeBehind({ count, oldestMs }: StatusResult['behind']): string {
  if (oldestMs === null) return 'Every article in the bucket was looked at.';
  return `${countIfAny(count, 'article')} not looked at yet, the oldest for ${Math.round(oldestMs / 1_000)} s`;
}
