/** Mutants that break what people bring along who move here. */

import type { Ports } from '../../../lambda/publish.ts';
import { isAdoptedKey } from '../../../lambda/site/adopted/adopted-key.ts';
import type { Store } from '../../../lambda/store/store.ts';
import type { Mutant } from './mutants.ts';

export const MOVE_MUTANTS = {
  'adopted ids not read': () => ({ ports: readNoAdopted }),
  'static files that are gone not looked for': () => ({ ports: lookForNoStatics }),
} satisfies Readonly<Record<string, () => Mutant>>;

/** As if nothing were put down of any article. */
function readNoAdopted(ports: Ports): Ports {
  const read: Store['read'] = async (key, options) => (isAdoptedKey(key) ? null : ports.content.read(key, options));
  const inspect: Store['inspect'] = async (key) => (isAdoptedKey(key) ? null : ports.content.inspect(key));
  return { ...ports, content: { ...ports.content, read, inspect } };
}

/** Nobody looks for files that were public by their names alone. */
function lookForNoStatics(ports: Ports): Ports {
  const list: Store['list'] = async (options) =>
    options.prefix.startsWith('assets/') ? { objects: [], next: null } : ports.state.list(options);
  return { ...ports, state: { ...ports.state, list } };
}
