/**
 * `feedwright rebuild <folder>`: puts the state file of a build right, and makes everything anew. For the one on AWS it
 * is an errand (errand.ts).
 */

import type { RebuildCounts } from '../../lambda/publish.ts';
import type { BuildOptions } from '../cli/command-line.ts';
import { countIfAny } from '../cli/problem-lines.ts';
import { describeFindings } from '../cli/rebuild-lines.ts';
import { rescueStateFile } from '../store/sqlite-rescue.ts';
import { prepareFolders, publishFolder } from './build.ts';
import type { CommandContext } from './context.ts';

export async function rebuild(options: BuildOptions, context: CommandContext): Promise<number> {
  const { terminal } = context;
  const state = prepareFolders(options);
  const rescue = rescueStateFile(state);
  if (rescue !== null) {
    const saved = countIfAny(rescue.savedCount, 'object') || 'nothing';
    terminal.note(`${state} was damaged: ${saved} could be saved. The damaged file is kept as ${rescue.kept}.`);
  }
  let found: RebuildCounts | null = null;
  const code = await publishFolder(options, context, 'Rebuilding', async (publication, onProgress) => {
    const report = await publication.rebuild(onProgress);
    found = report.found;
    return report;
  });
  if (found !== null) terminal.note(`Mended: ${describeFindings(found)}.`);
  return code;
}
