/** Mutants of the publisher: each breaks one rule of the protocol, by what stands between it and its ports. */

import type { Ports } from '../../lambda/publish.ts';
import type { QueueOptions } from './queues.ts';

export interface Mutant {
  readonly queue?: Pick<QueueOptions, 'withoutGroups' | 'deduplicatesByContent'>;
  /** The ports of one run. */
  readonly ports?: (ports: Ports, run: { readonly feed: string | null; readonly shared: Ports }) => Ports;
}

export const MUTANTS: Readonly<Record<string, Mutant>> = {
  'two workers on one feed': { queue: { withoutGroups: true } },
  'messages deduplicated by content': { queue: { deduplicatesByContent: true } },
};
