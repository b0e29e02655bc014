/**
 * After a deployment: has the publisher compare everything, and waits until what the deployment has changed is public. The
 * publisher does all of it, and goes on whether or not anybody waits; should nobody be able to ask it, it notices a new
 * address or new renderers by itself, at its next tick.
 */

import { readJson } from '../../../lambda/state/json-object.ts';
import { upkeepKey } from '../../../lambda/state/keys.ts';
import type { ReconcileState } from '../../../lambda/state/reconcile-state.ts';
import type { Store } from '../../../lambda/store/store.ts';
import { RECONCILE_LANE } from '../../../lambda/work/protocol/lanes.ts';
import { readHeldRemovals } from '../../../lambda/work/protocol/removal-work.ts';
import { readStoredSite } from '../../../lambda/work/protocol/site-work.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { describeHeld } from '../../cli/held-lines.ts';
import { countIfAny } from '../../cli/problem-lines.ts';
import type { CommandContext } from '../context.ts';
import { HELD_ON_AWS } from '../deployment/errand.ts';
import type { QueueState } from '../deployment/queues.ts';

/** Seconds are enough for most publications. Very large ones take hours, and nobody has to see the end of it. */
const WAIT_MS_MAX = 10 * 60_000;
const POLL_MS = 2_000;
/** SQS counts roughly: only when it says so twice is a queue taken to be empty. */
const QUIET_LOOKS = 2;

export interface CatchUpPorts {
  readonly state: Store;
  /** Has the publisher compare everything. */
  readonly reconcile: () => Promise<void>;
  readonly readQueues: () => Promise<readonly QueueState[]>;
}

export interface CatchUpContext extends Pick<CommandContext, 'terminal' | 'now' | 'waitForInterrupt'> {
  readonly wait: (ms: number) => Promise<void>;
}

/** @returns an exit code: 0 when all is public, or the publisher is left to notice by itself */
export async function catchUp(ports: CatchUpPorts, context: CatchUpContext): Promise<number> {
  try {
    // Nothing was ever published, so nothing is out of date.
    if ((await readStoredSite(ports)) === null) return EXIT.published;
    const before = await readSubject(ports);
    await ports.reconcile();
    return await waitUntilDone(ports, before, context);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    context.terminal.note(`The stack is deployed. Whether all of it is public can't be seen from here: ${reason}`);
    context.terminal.note('The publisher uses the new address within a few minutes.');
    return EXIT.published;
  }
}

async function waitUntilDone(ports: CatchUpPorts, before: string | null, context: CatchUpContext): Promise<number> {
  const { terminal, now, wait } = context;
  let isInterrupted = false;
  void context.waitForInterrupt().then(() => {
    isInterrupted = true;
  });
  const progress = terminal.startProgress('Bringing everything up to date');
  const giveUpAt = now() + WAIT_MS_MAX;
  let mostLeft = 1;
  let quietLooks = 0;
  try {
    for (;;) {
      const look = await takeLook(ports, before);
      mostLeft = Math.max(mostLeft, look.leftCount);
      progress.update(mostLeft - look.leftCount, mostLeft);
      quietLooks = look.queuedCount === 0 ? quietLooks + 1 : 0;
      if (quietLooks >= QUIET_LOOKS && (look.stage === 'done' || look.stage === 'settings-broken')) {
        progress.stop();
        return await report(look, ports, terminal);
      }
      if (isInterrupted || now() >= giveUpAt) {
        progress.stop();
        reportUnfinished(look, isInterrupted, terminal);
        return isInterrupted ? EXIT.interrupted : EXIT.problems;
      }
      await wait(POLL_MS);
    }
  } finally {
    progress.stop();
  }
}

interface Look {
  readonly stage: 'not-begun' | 'comparing' | 'telling' | 'done' | 'settings-broken';
  /** Messages that are waiting, or under way. */
  readonly queuedCount: number;
  /** The same, and what is known to send more of them. */
  readonly leftCount: number;
  readonly deadCount: number;
}

/** @param before the comparison that was the last before this one */
async function takeLook(ports: CatchUpPorts, before: string | null): Promise<Look> {
  const queues = await ports.readQueues();
  const queuedCount = queues.reduce((sum, each) => sum + each.waitingCount - each.delayedCount + each.workingCount, 0);
  const deadCount = queues.reduce((sum, each) => sum + each.deadCount, 0);
  const stage = await readStage(ports, before);
  return { stage, queuedCount, leftCount: queuedCount + (stage === 'done' ? 0 : 1), deadCount };
}

async function readStage({ state }: CatchUpPorts, before: string | null): Promise<Look['stage']> {
  const site = await readStoredSite({ state });
  // Without settings nothing is published, so no reconciling ever begins.
  if (site !== null && site.site === null) return 'settings-broken';
  const reconcile = (await readJson<ReconcileState>(state, upkeepKey(RECONCILE_LANE)))?.value;
  if (site === null || reconcile === undefined || reconcile.subject === before) return 'not-begun';
  if (reconcile.phase !== 'done') return 'comparing';
  return site.announced ? 'done' : 'telling';
}

async function readSubject({ state }: CatchUpPorts): Promise<string | null> {
  return (await readJson<ReconcileState>(state, upkeepKey(RECONCILE_LANE)))?.value.subject ?? null;
}

async function report(
  { stage, deadCount }: Look,
  ports: CatchUpPorts,
  terminal: CommandContext['terminal'],
): Promise<number> {
  if (stage === 'settings-broken') {
    terminal.note('Nothing is published: site.yaml has errors, and there are no earlier settings without errors.');
    terminal.note('npm run -s feedwright -- status names the faults.');
    return EXIT.problems;
  }
  const held = await readHeldRemovals(ports);
  for (const line of held === null ? [] : describeHeld(held, HELD_ON_AWS)) terminal.note(line);
  if (held !== null) return EXIT.problems;
  if (deadCount === 0) {
    terminal.print('Everything is up to date.');
    return EXIT.published;
  }
  terminal.note(`Everything is up to date but for ${countIfAny(deadCount, 'dead letter')}: work that was given up.`);
  terminal.note('docs/runbook.md, "ArticlesDead", says what to do.');
  return EXIT.problems;
}

const STAGES: Readonly<Record<Look['stage'], string>> = {
  'not-begun': 'The publisher has not begun',
  comparing: 'Files are being compared',
  telling: 'Articles and feeds are being told of the new settings',
  done: 'All are told',
  'settings-broken': 'site.yaml has errors',
};

function reportUnfinished(look: Look, isInterrupted: boolean, terminal: CommandContext['terminal']): void {
  const { stage, queuedCount, deadCount } = look;
  const minutes = WAIT_MS_MAX / 60_000;
  const queued = countIfAny(queuedCount, 'message') || 'nothing';
  terminal.note(
    isInterrupted ? 'Not waited for; the stack is deployed.' : `Not everything is public after ${minutes} minutes.`,
  );
  terminal.note(`${STAGES[stage]}; ${queued} on the queues, ${deadCount} dead letters.`);
  terminal.note('The publisher continues by itself. To see how far it is: npm run -s feedwright -- status');
  if (isInterrupted) return;
  terminal.note('If that stays as it is for a quarter of an hour: docs/runbook.md, "ArticlesWaiting".');
}
