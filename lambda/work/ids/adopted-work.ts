/**
 * Events of files with adopted ids (site/adopted/adopted.ts). The record of such a file shows nothing: it holds what is wrong with the
 * file, and which articles it names. These are told of a change, for one that waits may be published now. What is public
 * stays as it is.
 */

import { isArticleKey } from '../../address/article-key.ts';
import { swapJson } from '../../state/json-object.ts';
import { recordKey } from '../../state/keys.ts';
import type { ArticleRecord } from '../../state/record.ts';
import { both } from '../../store/bounded.ts';
import { StoreError } from '../../store/store.ts';
import type { Ports } from '../protocol/ports.ts';
import { readRecord } from '../protocol/record-write.ts';
import { readSite } from '../protocol/site-work.ts';

const ATTEMPTS_MAX = 10;

/**
 * The articles are told before the record says that they were, so an event that comes again after a crash tells them again.
 *
 * @returns how many mistakes the file has
 */
export async function workOnAdopted(ports: Ports, key: string): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const { revision } = (await readSite(ports)).value;
    const stored = await readRecord(ports, key);
    const source = await ports.content.read(key);
    if (source === null && stored.version === null) return 0;
    const { problems, adopts } = await readFile(key, source?.body ?? null);
    const next: ArticleRecord = {
      ...stored.value,
      sourceVersion: source?.version ?? null,
      siteRevision: revision,
      problems,
      adopts,
    };
    if (JSON.stringify(next) !== JSON.stringify(stored.value)) {
      const isChanged = next.sourceVersion !== stored.value.sourceVersion;
      const named = isChanged ? new Set([...(stored.value.adopts ?? []), ...adopts]) : [];
      await ports.queue.sendArticleWork([...named].map((article) => ({ key: article })));
      const value = { ...next, nonce: ports.nonce(), revision: stored.value.revision + 1 };
      if ((await swapJson(ports.state, recordKey(key), value, stored.version)) === null) continue;
    }
    // The settings may have changed since they were read, and reconciling compares their revision.
    const [present, site] = await both(ports.content.inspect(key), readSite(ports));
    const isSame = (present?.version ?? null) === (source?.version ?? null);
    if (isSame && site.value.revision === revision) return problems.length;
  }
  throw new StoreError('retry', `${key} kept changing while it was looked at.`);
}

async function readFile(
  key: string,
  body: Uint8Array | null,
): Promise<{ readonly problems: ArticleRecord['problems']; readonly adopts: readonly string[] }> {
  if (body === null) return { problems: [], adopts: [] };
  const { parseAdopted } = await import('../../site/adopted/adopted.ts');
  const { rows, problems } = parseAdopted(key, body);
  return { problems, adopts: [...rows.keys()].filter(isArticleKey) };
}
