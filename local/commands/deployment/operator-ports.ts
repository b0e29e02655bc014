/** A deployed publication through the publisher's own eyes, for commands that look at it and change none of its state. */

import type { Ports } from '../../../lambda/publish.ts';
import { type Store, StoreError } from '../../../lambda/store/store.ts';
import type { Deployment } from './deployment.ts';

/** The settings are those of the deployed publisher, so nothing here says where the site is or what time it is. */
export function createOperatorPorts({
  content,
  state,
  public: documents,
  queue,
}: Pick<Deployment, 'content' | 'state' | 'public' | 'queue'>): Ports {
  return {
    content,
    state: readOnly(state),
    public: readOnly(documents),
    queue,
    url: null,
    hub: null,
    sitemapDelayMs: 0,
    fallbackUrl: null,
    now: () => 0,
    nonce: () => '',
  };
}

function readOnly(store: Store): Store {
  const refuse = async (): Promise<never> => {
    throw new StoreError('fatal', 'A look at the publication must not change it.');
  };
  return { ...store, write: refuse, remove: refuse };
}
