/** What several kinds of people do alike. */

import type { Random } from '../random.ts';
import type { Act } from './author.ts';
import type { Content } from './content.ts';

export async function removeFile(content: Content, key: string): Promise<Act> {
  await content.remove(key);
  return { keys: [key] };
}

/** Acts one after the other, each within a time of the one before it. */
export async function actInTurn(
  random: Random,
  withinMs: number,
  [first, ...rest]: readonly (() => Promise<Act>)[],
): Promise<Act> {
  if (first === undefined) return { keys: [] };
  const act = await first();
  const next = { afterMs: withinMs * random.next(), act: () => actInTurn(random, withinMs, rest) };
  return rest.length === 0 ? act : { ...act, next };
}
