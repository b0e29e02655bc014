/** Mutants that leave some files out of what is to be looked at again. */

import type { Ports } from '../../../lambda/publish.ts';
import type { MutantRun } from './mutants.ts';

/** Who works on one of some files wakes none of some others. Sweeps and ticks go on finding them. */
export function tellNone(keys: RegExp): (ports: Ports, run: MutantRun) => Ports {
  return (ports, { lane }) => {
    if (lane !== null) return ports;
    const sendArticleWork: Ports['queue']['sendArticleWork'] = (messages) =>
      ports.queue.sendArticleWork(messages.filter(({ key, told }) => told === true || !keys.test(key)));
    return { ...ports, queue: { ...ports.queue, sendArticleWork } };
  };
}
