/**
 * `feedwright repair <folder>`: mends the state file of a build, and looks at everything again. For the one on AWS it
 * is an errand (errand.ts).
 */

import type { RepairCounts } from '../../lambda/publish.ts';
import type { BuildOptions } from '../cli/arguments/command-line.ts';
import { countIfAny } from '../cli/problem-lines.ts';
import { describeFindings } from '../cli/repair-lines.ts';
import { rescueStateFile } from '../store/sqlite-rescue.ts';
import { prepareFolders, publishFolder } from './build.ts';
import type { CommandContext } from './context.ts';

export async function repair(options: BuildOptions, context: CommandContext): Promise<number> {
  const { terminal } = context;
  const state = prepareFolders(options);
  const rescue = rescueStateFile(state);
  if (rescue !== null) {
    const saved = countIfAny(rescue.savedCount, 'object') || 'nothing';
    terminal.note(`${state} was damaged: ${saved} could be saved. The damaged file is kept as ${rescue.kept}.`);
  }
  let found: RepairCounts | null = null;
  const code = await publishFolder(options, context, 'Repairing', async (publication, onProgress) => {
    const report = await publication.repair(onProgress);
    found = report.found;
    return report;
  });
  if (found !== null) terminal.note(`Mended: ${describeFindings(found)}.`);
  return code;
}
