/**
 * People who bring ids and dates from another system: rows beside the articles, which come before them, with them or too late, and
 * files that nobody can read.
 */

import { adoptedKeyFor } from '../../../lambda/site/adopted/adopted-key.ts';
import type { Random } from '../random.ts';
import { removeFile } from './acts.ts';
import type { Act } from './author.ts';
import type { Content } from './content.ts';

export interface AdopterOptions {
  readonly content: Content;
  readonly random: Random;
  readonly onReturn: (key: string) => void;
  /** The number of the next write. */
  readonly nextWrite: () => number;
}

const KEYS = ['p950.md', 'p951.md', 'news/p952.md', 'p953.md', 'p954.md'];
const SOON_MS = 600;
const MOMENT_MS = 100;
const MENDED_MS = 300_000;

export function createAdopters(options: AdopterOptions): readonly (() => Promise<Act>)[] {
  const { content, random, onReturn, nextWrite } = options;
  const numberOf = (key: string): string => /p(\d+)\./.exec(key)?.[1] ?? '';
  const anyKey = (): string => random.pick(KEYS);
  const write = async (key: string, fields: readonly string[] = []): Promise<Act> => {
    const title = `k${numberOf(key)} r${nextWrite()}`;
    await content.put(key, ['---', `title: ${title}`, ...fields, '---', '', `Text of ${title}.`, ''].join('\n'));
    return { keys: [key] };
  };
  /** Two of the keys may want one id. */
  const writeRow = async (key: string): Promise<Act> => {
    const file = adoptedKeyFor(key);
    const id = random.chance(0.2) ? 'shared' : numberOf(key);
    const lines = [
      `${key}:`,
      `  id: tag:example.org,2019:${id}`,
      ...(random.chance(0.5) ? ['  published: 2019-03-04T05:00:00Z'] : []),
    ];
    await content.put(file, `${lines.join('\n')}\n`);
    return { keys: [file] };
  };
  /** Somebody sees it soon: until then new articles wait, and look every hour whether it is mended. */
  const spoil = async (key: string): Promise<Act> => {
    const file = adoptedKeyFor(key);
    await content.put(file, random.pick(['{', `${key}: 5\n`, '- a list\n']));
    const mend = (): Promise<Act> => (random.chance(0.5) ? writeRow(key) : remove(file));
    return { keys: [file], next: { afterMs: MENDED_MS * random.next(), act: mend } };
  };
  const remove = (key: string): Promise<Act> => removeFile(content, key);
  const restore = async (key: string): Promise<Act> => {
    const last = content.last(key);
    if (last === null) return write(key);
    onReturn(key);
    await content.put(key, last);
    return { keys: [key] };
  };
  const inTurn = async (...acts: readonly (() => Promise<Act>)[]): Promise<Act> => {
    const [first, ...rest] = acts;
    if (first === undefined) return { keys: [] };
    const act = await first();
    const { next: own } = act;
    if (rest.length === 0) return act;
    const last = own === undefined ? [] : [own.act];
    return {
      ...act,
      next: { afterMs: random.pick([SOON_MS, MOMENT_MS]) * random.next(), act: () => inTurn(...rest, ...last) },
    };
  };
  const withKey = (acts: (key: string) => readonly (() => Promise<Act>)[]) => (): Promise<Act> => {
    const key = anyKey();
    return inTurn(...acts(key));
  };

  return [
    () => write(anyKey()),
    () => write(anyKey(), ['date: 2026-05-05']),
    () => write(anyKey(), ['draft: true']),
    () => writeRow(anyKey()),
    () => remove(anyKey()),
    () => remove(adoptedKeyFor(anyKey())),
    () => spoil(anyKey()),
    withKey((key) => [() => writeRow(key), () => write(key)]),
    withKey((key) => [() => write(key), () => writeRow(key)]),
    withKey((key) => [() => spoil(key), () => write(key), () => writeRow(key)]),
    withKey((key) => [() => writeRow(key), () => write(key), () => spoil(key), () => write(key)]),
    withKey((key) => [() => remove(key), () => restore(key)]),
  ];
}
