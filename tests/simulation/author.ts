/** The people: they write, edit, move and remove files while the publisher works. */

import { SITE_KEY } from '../../lambda/work/site-work.ts';
import type { Content } from './content.ts';
import {
  ASSETS,
  articleKey,
  drawArticle,
  drawFields,
  drawSite,
  type Fields,
  SHARED_IDS,
  SHARED_SLUGS,
} from './manuscripts.ts';
import type { Random } from './random.ts';

export interface Author {
  /** Changes something. */
  readonly act: () => Promise<Act>;
}

export interface Act {
  /** What was touched. */
  readonly keys: readonly string[];
  /** What the same person does soon after: it is then that workers are in the middle of the first. */
  readonly next?: { readonly afterMs: number; readonly act: () => Promise<Act> };
}

export interface AuthorOptions {
  readonly content: Content;
  readonly random: Random;
  /** By the clock of the people, in milliseconds since the epoch. */
  readonly now: () => number;
  readonly keyCount: number;
  /** Told of a file that is put back as it was. */
  readonly onRestore: (key: string) => void;
}

export function createAuthor({ content, random, now, keyCount, onRestore }: AuthorOptions): Author {
  let writes = 0;
  const articleKeys = Array.from({ length: keyCount }, (_, index) => articleKey(index));
  const anyKey = (): string => random.pick(articleKeys);
  const presentKey = (): string => {
    const present = content.keys().filter((key) => articleKeys.includes(key));
    return random.pick(present.length > 0 ? present : articleKeys);
  };
  const write = async (key: string, like?: Partial<Fields>): Promise<Act> => {
    writes += 1;
    const draw = (): Fields => ({ ...drawFields(random, now()), ...like });
    await content.put(key, drawArticle(random, key, `k${articleKeys.indexOf(key)}`, writes, draw));
    return { keys: [key] };
  };
  const remove = async (key: string): Promise<Act> => {
    await content.remove(key);
    return { keys: [key] };
  };
  const put = async (key: string, body: string): Promise<Act> => {
    await content.put(key, body);
    return { keys: [key] };
  };
  const changeSite = (): Promise<Act> => put(SITE_KEY, drawSite(random, ++writes));
  const soon = (act: Act, next: (before: Act) => Promise<Act>): Act => ({
    ...act,
    next: { afterMs: 600 * random.next(), act: () => next(act) },
  });
  /** As when a folder is synchronised anew: the same bytes, and so the same version. */
  const restore = async (key: string): Promise<Act> => {
    const last = content.last(key);
    if (last === null) return write(key);
    onRestore(key);
    return put(key, last);
  };
  const several = async (change: (key: string) => Promise<Act>): Promise<Act> => {
    const keys = articleKeys.filter(() => random.chance(0.2));
    for (const key of keys) await change(key);
    return { keys };
  };
  const rename = async (from: string, to: string): Promise<Act> => {
    const same = { id: random.pick(SHARED_IDS), slug: random.pick(SHARED_SLUGS) };
    const removesFirst = random.chance(0.5);
    if (removesFirst) await content.remove(from);
    await write(to, same);
    if (!removesFirst && from !== to) await content.remove(from);
    return { keys: [from, to] };
  };
  const nameBeforeUpload = async (asset: string): Promise<Act> => {
    await content.remove(asset);
    const { keys } = await write(anyKey(), { image: asset, draft: false });
    return soon({ keys: [asset, ...keys] }, () => put(asset, 'a late picture'));
  };

  const acts: readonly (readonly [weight: number, act: () => Promise<Act>])[] = [
    [10, () => write(anyKey())],
    [3, () => write(anyKey(), { date: null })],
    [4, () => remove(presentKey())],
    [3, () => rename(presentKey(), anyKey())],
    [2, () => write(anyKey(), { date: '2026-02-31' })],
    [4, () => write(anyKey(), { slug: random.pick(SHARED_SLUGS) })],
    [4, () => write(anyKey(), { id: random.pick(SHARED_IDS) })],
    [3, () => several(write)],
    [2, () => several(remove)],
    [2, () => put(random.pick(ASSETS), `picture ${random.below(3)}`)],
    [2, () => remove(random.pick(ASSETS))],
    [3, changeSite],
    [1, () => remove(SITE_KEY)],
    [3, async () => soon(await write(anyKey()), ({ keys: [key = ''] }) => remove(key))],
    [3, async () => soon(await remove(presentKey()), ({ keys: [key = ''] }) => restore(key))],
    [2, async () => soon(await changeSite(), () => write(anyKey()))],
    [3, () => nameBeforeUpload(random.pick(ASSETS))],
  ];
  const weighted = acts.flatMap(([weight, act]) => Array.from({ length: weight }, () => act));
  return { act: () => random.pick(weighted)() };
}
