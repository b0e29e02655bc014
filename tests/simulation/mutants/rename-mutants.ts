/** Mutants of what becomes of renamed files (mutants.ts). */

import type { Ports } from '../../../lambda/publish.ts';
import { encodeJson } from '../../../lambda/state/json-object.ts';
import type { ArticleRecord } from '../../../lambda/state/record.ts';
import type { Store } from '../../../lambda/store/store.ts';

export function forgetGone(record: ArticleRecord): ArticleRecord {
  return { ...record, gone: [] };
}

/** Of several articles that went, only the first that is found is seen. */
export function seeOneGone(ports: Ports, { lane }: { readonly lane: string | null }): Ports {
  if (lane !== null) return ports;
  let first: string | null = null;
  const read: Store['read'] = async (key, options) => {
    const object = await ports.state.read(key, options);
    if (object === null || !key.startsWith('articles/')) return object;
    const record = JSON.parse(new TextDecoder().decode(object.body)) as ArticleRecord;
    const gone = (record.gone ?? []).filter(({ facts }) => {
      first ??= facts.id;
      return facts.id === first;
    });
    return { ...object, body: encodeJson({ ...record, gone }) };
  };
  return { ...ports, state: { ...ports.state, read } };
}
