/**
 * What every run of the publisher on one machine is guarded by, since the queue lives in memory and two stores are written:
 *
 * - Nothing is made public before the state that it was made of is settled, so no crash leaves the documents ahead of the state.
 * - That a run is under way is noted. Where its end is missing, or state and documents don't belong together (pairing.ts), nobody
 *   knows what is left to do, and only looking at everything tells.
 * - Which version of each file was worked off is noted last of all, so a process that is killed leaves nothing out.
 */

import type { Store } from '../../lambda/store/store.ts';
import { createPairing, type OutputToken } from '../store/pairing.ts';
import { beginWork, endWork, isInterrupted, noteVersions, type Versions } from './work-note.ts';

export interface RunGuardOptions {
  readonly state: Store;
  readonly public: Store;
  /** Null where the documents are those of this state for certain. */
  readonly outputToken: OutputToken | null;
  /** Makes what the state store was told outlast a crash of this process. */
  readonly settle: () => void;
}

export interface RunGuard {
  /** The store of public documents as the publisher is to have it. */
  readonly public: Store;
  /** Whether only looking at everything tells what there is to do. */
  mustLookAtAll(): Promise<boolean>;
  /** Before the first work of a run; one that `looksAtAll` makes good whatever the runs before it left undone. */
  begin(looksAtAll: boolean): Promise<GuardedRun>;
  /** From here on everything is looked at, so what failed beside the runs before is made good. */
  forgetFailureBeside(): void;
  /**
   * Hubs are told beside the runs, and a write to the state store that fails undoes all that was not settled, that of a
   * run too. Until everything was looked at again, no run may make anything public, or end.
   */
  noteFailureBeside(error: unknown): void;
}

export interface GuardedRun {
  /**
   * Once nothing is left to do. The versions, and the mark of the settings, were read before the run began.
   *
   * @param settings @default the run did not look at them
   */
  end(done: Versions, settings?: string | null): Promise<void>;
}

export function createRunGuard({ state, public: documents, outputToken, settle }: RunGuardOptions): RunGuard {
  const pairing = createPairing(state, outputToken);
  let failureBeside: unknown = null;
  /** Whether the present run has changed documents. */
  let hasChanged = false;

  function settleUnlessFailed(): void {
    if (failureBeside !== null) throw failureBeside;
    settle();
  }

  async function noteChange(): Promise<void> {
    if (hasChanged) return;
    hasChanged = true;
    await pairing.renew();
  }

  return {
    public: aroundChanges(documents, { before: settleUnlessFailed, after: noteChange }),
    async mustLookAtAll() {
      return failureBeside !== null || (await isInterrupted(state)) || !(await pairing.isSound());
    },
    async begin(looksAtAll) {
      // Where an earlier run failed, its mark stays until everything was looked at.
      const isEnd = looksAtAll || !(await isInterrupted(state));
      await beginWork(state);
      settleUnlessFailed();
      hasChanged = false;
      return {
        async end(done, settings = null) {
          // First what was worked out: a failure beside the run may still undo what is noted of it, and no more.
          settleUnlessFailed();
          await noteVersions(state, done, settings);
          if (looksAtAll && !(await pairing.isSound())) await pairing.renew();
          if (isEnd) await endWork(state);
          settle();
        },
      };
    },
    forgetFailureBeside() {
      failureBeside = null;
    },
    noteFailureBeside(error) {
      failureBeside = error;
    },
  };
}

/**
 * A store of public documents to which nothing comes `before` what it was made of is settled: no crash leaves it ahead of the state. What
 * it takes `after` a change is done before the next.
 */
function aroundChanges(
  store: Store,
  { before, after }: { readonly before: () => void; readonly after: () => Promise<void> },
): Store {
  return {
    ...store,
    async write(key, body, options) {
      before();
      const result = await store.write(key, body, options);
      if (result.kind === 'written') await after();
      return result;
    },
    async remove(key, options) {
      // The publisher removes what may be there; what is not needs nothing settled.
      if ((await store.inspect(key)) === null) return { kind: 'removed' };
      before();
      const result = await store.remove(key, options);
      await after();
      return result;
    },
  };
}
