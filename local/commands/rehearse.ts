/** `feedwright rehearse <folder> --against <old feed>`: what subscribers would see after a move, without publishing anything. */

import { statSync } from 'node:fs';
import { isError } from '../../lambda/model/problem.ts';
import { SITE_KEY } from '../../lambda/work/protocol/site-work.ts';
import type { RehearseOptions } from '../cli/arguments/command-line.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { renderProblemLine } from '../cli/problem-lines.ts';
import { UsageError } from '../cli/usage.ts';
import { ImportFailure } from '../import/model/import-failure.ts';
import { type OldFeed, readOldFeed } from '../old-feed/read-old-feed.ts';
import { describeRehearsal, type RehearsalLine } from '../rehearsal/rehearsal-lines.ts';
import { rehearse } from '../rehearsal/rehearse.ts';
import { buildTrial } from '../rehearsal/trial-build.ts';
import type { CommandContext } from './context.ts';
import { assertContentFolder } from './folders.ts';

export async function rehearseMove(options: RehearseOptions, { terminal, now }: CommandContext): Promise<number> {
  assertContentFolder(options.folder);
  if (options.state !== null && statSync(options.state, { throwIfNoEntry: false })?.isFile() !== true)
    throw new UsageError(
      'option-value-invalid',
      `there is no state file ${options.state}`,
      '--state public.feedwright.db',
    );
  const old: OldFeed[] = [];
  try {
    for (const place of options.against) old.push(await readOldFeed(place));
  } catch (error) {
    if (!(error instanceof ImportFailure)) throw error;
    terminal.note(`feedwright: ${error.message}\n  ${error.fix}`);
    return EXIT.nothing;
  }
  const progress = terminal.startProgress('Rehearsing');
  const trial = await buildTrial({ ...options, now }, progress.update).finally(progress.stop);
  const { site, problems } = trial.overview;
  if (site === null) {
    for (const problem of problems.filter((each) => isError(each) && each.path === SITE_KEY))
      terminal.note(renderProblemLine(problem, options.folder, terminal));
    return EXIT.nothing;
  }
  const rehearsal = await rehearse(old, trial);
  if (options.json) terminal.print(JSON.stringify(rehearsal, null, 2));
  else for (const line of describeRehearsal(rehearsal)) terminal.print(styled(line, terminal));
  return rehearsal.isFailed ? EXIT.problems : EXIT.published;
}

function styled({ kind, text }: RehearsalLine, terminal: CommandContext['terminal']): string {
  if (kind === 'headline') return terminal.style('bold', text);
  if (kind === 'failure') return terminal.style('red', text);
  return kind === 'warning' ? terminal.style('yellow', text) : text;
}
