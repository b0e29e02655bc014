/** `feedwright check-store`: whether a bucket of a server that speaks S3 keeps what publishing there takes. */

import { randomUUID } from 'node:crypto';
import type { BucketPlace } from '../cli/arguments/bucket-address.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { openClient } from './bucket/bucket-output.ts';
import { probeStore, type StoreReport } from './bucket/store-probe.ts';
import type { CommandContext } from './context.ts';

export async function checkStore(
  { place }: { readonly place: BucketPlace },
  { terminal }: Pick<CommandContext, 'terminal'>,
): Promise<number> {
  const client = openClient(place);
  const progress = terminal.startProgress('Trying');
  try {
    const report = await probeStore(client, place.bucket, `${place.prefix}feedwright-probe-${randomUUID()}/`);
    progress.stop();
    for (const { what, holds, cost, answer } of report.findings) {
      const mark = holds ? terminal.style('green', 'yes') : terminal.style('red', 'no ');
      terminal.print(`${mark}  ${what}${holds ? '' : `\n     ${cost}`}`);
      if (answer !== undefined) terminal.print(`     The server answered: ${answer}`);
    }
    terminal.print(terminal.style('bold', verdictOf(report)));
    if (!report.allowsOne) return EXIT.nothing;
    return report.findings.every(({ holds }) => holds) ? EXIT.published : EXIT.problems;
  } finally {
    progress.stop();
    client.destroy();
  }
}

function verdictOf({ allowsOne, allowsSeveral, traits }: StoreReport): string {
  if (!allowsOne) return 'Nothing can be published here.';
  if (!allowsSeveral)
    return 'One build at a time may publish here (feedwright build --out s3://…). Several publishers must not.';
  const lacks = [traits.comparesRemovals ? '' : 'delete', traits.comparesCopies ? '' : 'copy'].filter(Boolean);
  if (lacks.length === 0) return 'Builds and several publishers at once may publish here.';
  return `Builds may publish here, and several publishers at once where FEEDWRIGHT_S3_LACKS=${lacks.join(',')} is set.`;
}
