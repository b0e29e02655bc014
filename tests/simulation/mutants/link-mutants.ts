/** Mutants that break what articles know of those they link to. */

import type { Ports } from '../../../lambda/publish.ts';
import type { Store } from '../../../lambda/store/store.ts';
import { parseLane } from '../../../lambda/work/protocol/lanes.ts';
import type { Mutant } from './mutants.ts';

export const LINK_MUTANTS = {
  'links not told': () => ({ ports: tellNoLinks }),
  'links looked at before the marker': () => ({ ports: markLinksLate }),
} satisfies Readonly<Record<string, () => Mutant>>;

/** Nobody hears that an article that others link to has come, gone or moved. */
function tellNoLinks(ports: Ports): Ports {
  const sendLaneWork: Ports['queue']['sendLaneWork'] = (messages) =>
    ports.queue.sendLaneWork(messages.filter(({ lane }) => parseLane(lane).kind !== 'links'));
  return { ...ports, queue: { ...ports.queue, sendLaneWork } };
}

/** The markers only come when all is looked up. */
function markLinksLate(ports: Ports): Ports {
  const markers: (() => Promise<unknown>)[] = [];
  const write: Store['write'] = async (key, body, options) => {
    if (key.startsWith('links/')) {
      markers.push(() => ports.state.write(key, body, options));
      return { kind: 'written', version: 'later' };
    }
    return ports.state.write(key, body, options);
  };
  const sendLaneWork: Ports['queue']['sendLaneWork'] = async (messages) => {
    for (const each of markers.splice(0)) await each();
    return ports.queue.sendLaneWork(messages);
  };
  return { ...ports, state: { ...ports.state, write }, queue: { ...ports.queue, sendLaneWork } };
}
