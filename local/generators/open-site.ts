/**
 * Recognises a folder that is the whole site of a generator. Most folders have no trace of one, and what reads the settings of
 * all generators takes longer to load than a build runs that finds nothing to do.
 */

import type { Store } from '../../lambda/store/store.ts';
import type { GeneratorSite } from './generator-site.ts';
import { hasTraces, TAKEN_KEY } from './generator-traces.ts';

/**
 * @param content the folder as it is
 * @returns null for a folder of articles
 */
export async function openGeneratorSite(root: string, content: Store, state: Store): Promise<GeneratorSite | null> {
  if (!hasTraces(root) && (await state.inspect(TAKEN_KEY)) === null) return null;
  const { recogniseSite } = await import('./generator-site.ts');
  return recogniseSite(root, content, state);
}
