/**
 * People who write under tags that few use: their feeds come to be public while articles come, go, and change their tags.
 */

import type { Random } from '../random.ts';
import { removeFile } from './acts.ts';
import type { Act } from './author.ts';
import type { Content } from './content.ts';

export interface OpenerOptions {
  readonly content: Content;
  readonly random: Random;
  readonly onReturn: (key: string) => void;
  /** The number of the next write. */
  readonly nextWrite: () => number;
}

/** Entries from which on feeds are public, in histories in which no page may link to a feed that isn't there. */
export const MINIMA = [2, 3, 5];
/** The same elsewhere. */
export const ANY_MINIMA = [1, 1, 2, 5];

const KEYS = ['p800.md', 'p801.md', 'p802.md', 'p803.md', 'rare/p804.md', 'rare/p805.md', 'rare/p806.md'];
const TAGS = ['reef', 'dune'];
const SOON_MS = 600;

export function createOpeners(options: OpenerOptions): readonly (() => Promise<Act>)[] {
  const { content, random, onReturn, nextWrite } = options;
  const numberOf = (key: string): number => 800 + KEYS.indexOf(key);
  const anyKey = (): string => random.pick(KEYS);
  const write = async (key: string, tags: readonly string[], fields: readonly string[] = []): Promise<Act> => {
    const title = `k${numberOf(key)} r${nextWrite()}`;
    const head = [`title: ${title}`, 'date: 2026-05-03', `tags: [${tags.join(', ')}]`, ...fields];
    await content.put(key, ['---', ...head, '---', '', `Text of ${title}.`, ''].join('\n'));
    return { keys: [key] };
  };
  const tag = (): string => random.pick(TAGS);
  const remove = (key: string): Promise<Act> => removeFile(content, key);
  const restore = async (key: string): Promise<Act> => {
    const last = content.last(key);
    if (last === null) return write(key, [tag()]);
    onReturn(`p${numberOf(key)}.md`);
    await content.put(key, last);
    return { keys: [key] };
  };
  const soon = async (first: Promise<Act>, next: () => Promise<Act>): Promise<Act> => ({
    ...(await first),
    next: { afterMs: SOON_MS * random.next(), act: next },
  });
  /** Several at once: the pages are written while the feed comes. */
  const writeSeveral = async (): Promise<Act> => {
    const shared = tag();
    const keys = KEYS.filter(() => random.chance(0.4));
    for (const key of keys) await write(key, [shared]);
    return { keys };
  };

  return [
    () => write(anyKey(), [tag()]),
    () => write(anyKey(), TAGS),
    () => write(anyKey(), [tag()], [`slug: moved-${random.below(3)}`]),
    () => write(anyKey(), [tag()], ['draft: true']),
    () => remove(anyKey()),
    writeSeveral,
    writeSeveral,
    () => soon(write(anyKey(), [tag()]), () => write(anyKey(), TAGS)),
    () => soon(writeSeveral(), () => remove(anyKey())),
    () => {
      const key = anyKey();
      return soon(remove(key), () => restore(key));
    },
  ];
}
