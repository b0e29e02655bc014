/** Feed documents that readers complain of. */

import { FEED_FORMATS, subscriptionPath } from '../../lambda/model/addresses.ts';
import { createProblem, type Problem } from '../../lambda/model/problem.ts';
import type { Overview } from '../../lambda/publish.ts';
import { SITE_KEY } from '../../lambda/site/setting.ts';
import { mapBounded } from '../../lambda/store/bounded.ts';
import type { Store } from '../../lambda/store/store.ts';

/** Readers complain of feeds of several megabytes; every poll pays for each byte. */
export const DOCUMENT_BYTES_MAX = 512 * 1024;

const LOOKS_AT_ONCE_MAX = 32;
/** Of those that are too large for one reason: the settings are one, and mend all. */
const TOLD_MAX = 5;

export function documentTooLarge(document: string): Problem {
  return createProblem('document-too-large', {
    path: SITE_KEY,
    line: null,
    message: `The document ${document} has more than ${DOCUMENT_BYTES_MAX / 1024} kB, which some readers refuse.`,
    fix: 'Lower “pageSize”, or let the feed carry summaries: content: summary.',
  });
}

/** Warnings of subscription documents in a store of public documents; of very many the first few. */
export async function findLargeDocuments(
  store: Pick<Store, 'inspect'>,
  { feeds }: Overview,
): Promise<readonly Problem[]> {
  const paths = feeds.flatMap(({ name }) => FEED_FORMATS.map((format) => subscriptionPath(name, format)));
  const found = await mapBounded(paths, LOOKS_AT_ONCE_MAX, async (path) => {
    const facts = await store.inspect(path);
    return facts !== null && facts.lengthBytes > DOCUMENT_BYTES_MAX ? [path] : [];
  });
  return found.flat().slice(0, TOLD_MAX).map(documentTooLarge);
}
