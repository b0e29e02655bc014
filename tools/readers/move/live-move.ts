/**
 * Asks programs that people read with what a real move shows them: each subscribes at an address that the old software
 * serves and reads all of it. Then a command puts the new publication into its place, and each is asked again. What is unread
 * or mailed then is either an entry that was read before, or one that the old feed had not shown.
 *
 *   node tools/readers/move/live-move.ts --address http://127.0.0.1:8080/feed/ --switch 'sh stop-old-and-serve-new.sh'
 *
 * A line for each program. What is not installed is named.
 */

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { SeenEntry, Subscriber } from '../programs/subscriber.ts';
import { SUBSCRIBERS } from '../programs/subscribers.ts';

/** The entries that one program showed. */
export interface Moved {
  readonly name: string;
  /** Entries of the old feed. */
  readonly before: number;
  /** Unread, or mailed, of what it had before the move: without any change first, then after the move. */
  readonly againBefore: number;
  readonly again: number;
  /** Unread, or mailed, and never shown before. */
  readonly first: number;
  /** Of what was shown before, no longer there. */
  readonly lost: number;
}

/** `absent`: it is not there, or fails before the move. `cut off`: it gets nothing any more, so its reader sees nothing new. */
export type Outcome = Moved | 'absent' | 'cut off';

export async function moveAll(
  address: string,
  change: () => Promise<void>,
  subscribers: readonly Subscriber[],
): Promise<readonly Outcome[]> {
  const folder = mkdtempSync(join(tmpdir(), 'feedwright-live-move-'));
  const homeOf = ({ name }: Subscriber) => join(folder, name);
  const reload = (subscriber: Subscriber) => subscriber.reload(homeOf(subscriber), address);
  try {
    const before: { readonly shown: readonly SeenEntry[] | null; readonly calm: readonly SeenEntry[] | null }[] = [];
    for (const subscriber of subscribers) {
      mkdirSync(homeOf(subscriber));
      const shown = await reload(subscriber);
      before.push({ shown, calm: shown === null ? null : await reload(subscriber) });
    }
    await change();
    const outcomes: Outcome[] = [];
    for (const [index, subscriber] of subscribers.entries()) {
      const { shown, calm } = before[index] ?? { shown: null, calm: null };
      if (shown === null || calm === null || shown.length === 0) outcomes.push('absent');
      else {
        const after = await reload(subscriber);
        outcomes.push(after === null ? 'cut off' : compare(subscriber, shown, calm, after));
      }
    }
    return outcomes;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compare(
  { name, isMail = false }: Subscriber,
  shown: readonly SeenEntry[],
  calm: readonly SeenEntry[],
  after: readonly SeenEntry[],
): Moved {
  const isKnown = createFinder(shown);
  const isThere = createFinder(after);
  const fresh = after.filter(({ isNew }) => isNew);
  const again = fresh.filter(isKnown).length;
  return {
    name,
    before: shown.length,
    againBefore: calm.filter(({ isNew }) => isNew).length,
    again,
    first: fresh.length - again,
    lost: isMail ? 0 : shown.filter((entry) => !isThere(entry)).length,
  };
}

/** By id, link, or title and time, since a reader that shows an entry again has one of them as another. */
function createFinder(entries: readonly SeenEntry[]): (entry: SeenEntry) => boolean {
  const names = new Set(entries.flatMap(namesOf));
  return (entry) => namesOf(entry).some((name) => names.has(name));
}

function namesOf({ id, link, title, published }: SeenEntry): readonly string[] {
  return [
    ...(id === '' ? [] : [`id ${id}`]),
    ...(link === '' ? [] : [`link ${link}`]),
    ...(title === '' ? [] : [`title ${published} ${title}`]),
  ];
}

function runShell(command: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', command], { stdio: 'inherit' });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`“${command}” ended with ${code}.`))));
  });
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { address: { type: 'string' }, switch: { type: 'string' } },
  });
  const { address, switch: command } = values;
  if (address === undefined || command === undefined) {
    process.stderr.write('Say where the old feed is and what puts the new one there: --address … --switch …\n');
    process.exitCode = 2;
  } else {
    const outcomes = await moveAll(address, () => runShell(command), SUBSCRIBERS);
    for (const [index, { name }] of SUBSCRIBERS.entries())
      process.stdout.write(`${name}: ${describeOutcome(outcomes[index] ?? 'absent')}\n`);
  }
}

function describeOutcome(outcome: Outcome): string {
  if (outcome === 'absent') return 'SKIPPED: it is not installed, or failed before the move';
  if (outcome === 'cut off') return 'gets nothing any more';
  const { before, againBefore, again, first, lost } = outcome;
  return `${before} read; without a change ${againBefore} again; after the move ${again} again, ${first} for the first time, ${lost} lost`;
}
