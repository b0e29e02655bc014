/** Mutants that break when feeds come to be public, and what pages know of it. */

import type { Ports } from '../../../lambda/publish.ts';
import { encodeJson, STATE_SCHEMA } from '../../../lambda/state/json-object.ts';
import { openedKey } from '../../../lambda/state/keys.ts';
import type { FeedRoot } from '../../../lambda/state/root.ts';
import type { Store } from '../../../lambda/store/store.ts';

/** The feed finds no page that waits for it. */
export function tellNoUnlinked(ports: Ports): Ports {
  const list: Store['list'] = (options) =>
    ports.state.list(options.prefix.startsWith('unlinked/') ? { ...options, prefix: 'nobody/' } : options);
  return { ...ports, state: { ...ports.state, list } };
}

/** The marker only comes when the page is written. */
export function markUnlinkedLate(ports: Ports): Ports {
  const markers: (() => Promise<unknown>)[] = [];
  const write: Store['write'] = async (key, body, options) => {
    if (!key.startsWith('unlinked/')) return ports.state.write(key, body, options);
    markers.push(() => ports.state.write(key, body, options));
    return { kind: 'written', version: 'later' };
  };
  const writePage: Store['write'] = async (key, body, options) => {
    const result = await ports.public.write(key, body, options);
    for (const each of markers.splice(0)) await each();
    return result;
  };
  return { ...ports, state: { ...ports.state, write }, public: { ...ports.public, write: writePage } };
}

/** Pages link to a feed as soon as it has entries enough. */
export function linkTooEarly(ports: Ports): Ports {
  const write: Store['write'] = async (key, body, options) => {
    const result = await ports.state.write(key, body, options);
    if (!key.endsWith('/root.json') || result.kind !== 'written') return result;
    const { feed, opening } = JSON.parse(new TextDecoder().decode(body)) as FeedRoot;
    if (opening === 'under way')
      await ports.state.write(openedKey(feed), encodeJson({ schema: STATE_SCHEMA, nonce: 'early' }));
    return result;
  };
  return { ...ports, state: { ...ports.state, write } };
}

/** As if the number of entries counted again each time. */
export function withholdAgain(root: FeedRoot): FeedRoot {
  const isSmall = root.opening === 'done' && root.entryCount < 3;
  return isSmall ? { ...root, opening: 'withheld', pending: { ...root.pending, head: true } } : root;
}
