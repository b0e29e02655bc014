/**
 * `feedwright takedown --list` and `--restore`: what is down, and how it comes back. Restoring makes public what somebody
 * wanted gone, so it asks first. The file comes back before the list lets go of it: whoever is killed in between can run
 * the same command again.
 */

import { describeTakedown, namesTakedown, TAKEDOWNS_KEY, type Takedown } from '../../../lambda/site/takedowns.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { countIfAny } from '../../cli/problem-lines.ts';
import { UsageError } from '../../cli/usage.ts';
import type { CommandContext } from '../context.ts';
import { changeList, type ListFile, readList } from './takedown-list.ts';

type Voice = Pick<CommandContext, 'terminal' | 'confirm'>;

/** The place where the list lies, as restoring needs it. */
export interface RestorePlace {
  readonly list: ListFile;
  /** Puts files back where they are gone; says for each whether it is there now. */
  readonly bringBack: (keys: readonly string[]) => Promise<ReadonlyMap<string, boolean>>;
  /** Told once the list has let go of them. */
  readonly announce: (keys: readonly string[]) => Promise<void>;
  /** How a file that could not be put back is published again, as a sentence. */
  readonly advice: string;
}

export interface RestoreOptions {
  /** A key, an id or an address. */
  readonly name: string;
  /** The answer was given on the command line. */
  readonly yes: boolean;
}

/** Prints the list, a line a takedown. */
export async function printTakedowns(file: ListFile, { terminal }: Pick<CommandContext, 'terminal'>): Promise<number> {
  const { list, fault, isRemembered } = await readList(file);
  if (fault !== null) return reportFault(fault, terminal);
  for (const takedown of list) terminal.print(`${takedown.key}: taken down${describeTakedown(takedown)}`);
  if (list.length === 0) terminal.note('Nothing is taken down.');
  if (isRemembered)
    terminal.note(`${TAKEDOWNS_KEY} is gone. The publisher remembers this list and goes on obeying it.`);
  return EXIT.published;
}

export async function restore(place: RestorePlace, { name, yes }: RestoreOptions, voice: Voice): Promise<number> {
  const { terminal } = voice;
  const { list, fault } = await readList(place.list);
  if (fault !== null) return reportFault(fault, terminal);
  const found = list.filter((takedown) => namesTakedown(name, takedown));
  if (found.length === 0) throw new UsageError('takedown-unknown', name);
  for (const takedown of found) terminal.note(`${takedown.key}: taken down${describeTakedown(takedown)}`);
  if (!(yes || (await ask(found, voice)))) {
    terminal.note('Nothing was restored.');
    return EXIT.problems;
  }
  const keys = found.map(({ key }) => key);
  const back = await place.bringBack(keys);
  // Only what was asked about: somebody may have taken down more meanwhile.
  const refusal = await changeList(place.list, (present) => present.filter(({ key }) => !keys.includes(key)));
  if (refusal !== null) return reportFault(refusal, terminal);
  await place.announce(keys);
  for (const key of keys) {
    terminal.print(back.get(key) === true ? `${key} is restored, and will be published again.` : `${key} is restored.`);
    if (back.get(key) !== true) terminal.note(`Its file is not there. ${place.advice}`);
  }
  return EXIT.published;
}

async function ask(found: readonly Takedown[], { confirm }: Voice): Promise<boolean> {
  if (confirm === undefined) throw new UsageError('answer-missing', 'restoring makes it public again');
  return confirm(`Publish ${countIfAny(found.length, 'takedown')} again?`);
}

/** @returns the exit code */
export function reportFault(fault: string, terminal: CommandContext['terminal']): number {
  terminal.note(`feedwright: the list of takedowns, ${TAKEDOWNS_KEY}, ${fault}`);
  terminal.note('  Put it back as it was before, and run this again.');
  return EXIT.problems;
}
