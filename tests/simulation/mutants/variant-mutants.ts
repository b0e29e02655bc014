/** Mutants that take the compressed copies of a document for granted. */

import type { Ports } from '../../../lambda/publish.ts';
import type { Store } from '../../../lambda/store/store.ts';
import { parseLane } from '../../../lambda/work/protocol/lanes.ts';
import { versionOf } from '../simulated-store.ts';
import type { MutantRun } from './mutants.ts';

/** As if the plain document told that nothing is left. */
export function removePlainFirst(ports: Ports, { barePublic: bareSite }: MutantRun): Ports {
  const remove: Store['remove'] = async (path) => {
    if ((await bareSite.inspect(path)) !== null) {
      await bareSite.remove(path);
      await ports.public.remove(path);
    }
    return { kind: 'removed' };
  };
  return { ...ports, public: { ...ports.public, remove } };
}

export function lookForPlain(ports: Ports, { barePublic: bareSite }: MutantRun): Ports {
  return { ...ports, public: { ...ports.public, inspect: bareSite.inspect } };
}

/** Where the plain bytes of an asset are there, the work of its lane takes its variants to be there too. */
export function trustPlainAssets(ports: Ports, { lane, barePublic: bareSite }: MutantRun): Ports {
  if (lane === null || !['asset', 'robots'].includes(parseLane(lane).kind)) return ports;
  const write: Store['write'] = async (path, body, options) => {
    const present = await bareSite.inspect(path);
    const isThere = present?.version === versionOf(body);
    return isThere ? { kind: 'unchanged', version: present.version } : ports.public.write(path, body, options);
  };
  return { ...ports, public: { ...ports.public, write } };
}
