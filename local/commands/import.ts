/** `feedwright import <export> --out <folder>`: what another program has exported becomes a folder of articles. */

import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '../cli/exit-codes.ts';
import { countIfAny } from '../cli/problem-lines.ts';
import type { Progress, Terminal } from '../cli/terminal.ts';
import { UsageError } from '../cli/usage.ts';
import { ImportFailure } from '../import/model/import-failure.ts';
import type { ImportOrder, ImportOutcome, ImportProgress } from '../import/run-import.ts';
import { startImport } from '../import/start-import.ts';
import type { CommandContext } from './context.ts';

/** Hidden, so it is neither published nor pushed. */
const REPORT_NAME = '.feedwright-import.txt';

const LABELS: Readonly<Record<ImportProgress['phase'], string>> = { reading: 'Reading (MB)', importing: 'Importing' };

export async function importExport(command: ImportOrder, { terminal }: CommandContext): Promise<number> {
  const { folder } = command;
  if (statSync(folder, { throwIfNoEntry: false })?.isFile()) throw new UsageError('output-is-file', folder);
  const address = command.exports.find((name) => /^https?:\/\//i.test(name)) ?? null;
  if (address !== null && command.exports.length > 1)
    throw new UsageError('argument-unexpected', address, 'import one feed at a time');
  const bars = createBars(terminal);
  try {
    return tell(await startImport(command, bars.show), command, terminal, bars.stop);
  } catch (error) {
    bars.stop();
    if (!(error instanceof ImportFailure)) throw error;
    terminal.note(`feedwright: ${error.message}\n  ${error.fix}`);
    return EXIT.nothing;
  }
}

/** One bar at a time. */
function createBars(terminal: Terminal) {
  let shown: { readonly phase: string; readonly bar: Progress } | null = null;
  return {
    show({ phase, done, total }: ImportProgress): void {
      if (shown?.phase !== phase) {
        shown?.bar.stop();
        shown = { phase, bar: terminal.startProgress(LABELS[phase], 'timed') };
      }
      shown.bar.update(done, total);
    },
    stop(): void {
      shown?.bar.stop();
      shown = null;
    },
  };
}

function tell(outcome: ImportOutcome, { folder }: ImportOrder, terminal: Terminal, before: () => void): number {
  before();
  const { counts, pages, drafts, pictures, blocks, program } = outcome;
  const written = counts.new + counts.changed;
  const facts = [
    `${counts.new} new`,
    `${counts.changed} changed`,
    `${counts.unchanged} as they were`,
    countIfAny(counts.edited + counts.removed + counts.known, 'left alone', 'left alone'),
    countIfAny(pages, 'page without a place in feeds', 'pages without a place in feeds'),
    countIfAny(drafts, 'draft'),
    countIfAny(pictures, 'file beside them', 'files beside them'),
  ].filter((fact) => fact !== '');
  const headline = `${program}: ${written} articles written into ${folder} (${facts.join(', ')}).`;
  const markdown =
    blocks === null
      ? []
      : [
          `Markdown: ${blocks.all - blocks.kept} of ${blocks.all} blocks; ${blocks.kept} stayed HTML, which reads the same.`,
        ];
  const file = join(folder, REPORT_NAME);
  writeFileSync(file, `${[headline, ...markdown, ...outcome.writtenLines].join('\n')}\n`);
  for (const line of [headline, ...markdown, ...outcome.lines]) terminal.print(line);
  terminal.note(`This report is in ${file}. Next: feedwright serve ${folder}`);
  return outcome.failedCount > 0 ? EXIT.problems : EXIT.published;
}
