/** The people: they write, edit, move and remove files while the publisher works. */

import type { Store } from '../../../lambda/store/store.ts';
import { SITE_KEY } from '../../../lambda/work/protocol/site-work.ts';
import type { Random } from '../random.ts';
import { removeFile } from './acts.ts';
import { createAdopters } from './adopters.ts';
import type { Content } from './content.ts';
import { createGardeners } from './gardeners.ts';
import { createLinkers } from './linkers.ts';
import {
  ASSETS,
  articleKey,
  drawArticle,
  drawFields,
  drawFolderFile,
  drawSite,
  type Fields,
  FOLDER_FILES,
  HANDED_IDS,
  LEFT_FILES,
  listWithGuest,
  SHARED_IDS,
  SHARED_SLUGS,
  touchArticle,
  vaultKey,
} from './manuscripts.ts';
import type { Movers } from './movers.ts';
import { ANY_MINIMA, createOpeners, MINIMA } from './openers.ts';
import { createOperator } from './operator.ts';
import type { Secrets } from './secrets.ts';
import { createTranslators } from './translators.ts';
import type { Wanderers } from './wanderers.ts';

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

/** What people are busy with. */
export const TOPICS = [
  'texts',
  'names',
  'successors',
  'files',
  'pictures',
  'settings',
  'folders',
  'takedowns',
  'renames',
  'translations',
  'links',
  'openings',
  'moves',
  'parts',
  'adopted',
] as const;
export type Topic = (typeof TOPICS)[number];

export interface AuthorOptions {
  readonly content: Content;
  /** What the operator's commands read. */
  readonly state: Store;
  readonly public: Store;
  readonly random: Random;
  /** By the clock of the people, in milliseconds since the epoch. */
  readonly now: () => number;
  readonly keyCount: number;
  /** What they are mostly busy with; null for a bit of everything. */
  readonly emphasis: Topic | null;
  /** Told of a file that is put back as it was, and of settings that change. */
  readonly onReturn: (key: string) => void;
  /** Told of the text of a file that is put under another name. */
  readonly onCopy: (text: string) => void;
  /** Told of each article as it is written, and of each folder file before and after it changes. */
  readonly secrets: Secrets;
  readonly wanderers: Wanderers;
  readonly movers: Movers;
}

type TopicalAct = readonly [topic: Topic, weight: number, act: () => Promise<Act>];

const DAY_MS = 86_400_000;
const HAND_OVER_MS_MAX = 300_000;
/** More articles than a history can come to. */
const INDEX_MAX = 1_000;
/** How many times as often they do what they are mostly busy with. */
const EMPHASIS = 8;

export function createAuthor(options: AuthorOptions): Author {
  const { content, random, now, keyCount, emphasis, onReturn, secrets, wanderers, movers } = options;
  let writes = 0;
  let vaultCount = 0;
  const articleKeys = Array.from({ length: keyCount }, (_, index) => articleKey(index));
  const anyKey = (): string => random.pick(articleKeys);
  /** Of a file that never was: an article that was shown keeps its id, so only a new one can take another's. */
  const newKey = (isFit: (key: string) => boolean = () => true): string => {
    let key: string;
    do key = articleKey(articleKeys.length);
    while (articleKeys.push(key) < INDEX_MAX && !isFit(key));
    return key;
  };
  const presentKey = (): string => {
    const present = content.keys().filter((key) => articleKeys.includes(key));
    return random.pick(present.length > 0 ? present : articleKeys);
  };
  const write = async (key: string, like?: Partial<Fields>): Promise<Act> => {
    writes += 1;
    const draw = (): Fields => ({ ...drawFields(random, now()), ...like });
    const number = /p(\d+)\./.exec(key)?.[1] ?? '';
    const text = drawArticle(random, key, `k${number}`, writes, draw);
    secrets.written(key, `k${number} r${writes}`, content);
    await content.put(key, text);
    return { keys: [key] };
  };
  const touch = async (key: string): Promise<Act> => {
    const text = content.keys().includes(key) ? content.last(key) : null;
    return text === null ? write(key) : put(key, touchArticle(random, key, text));
  };
  const remove = (key: string): Promise<Act> => removeFile(content, key);
  const put = async (key: string, body: string): Promise<Act> => {
    await content.put(key, body);
    return { keys: [key] };
  };
  const changeSite = (): Promise<Act> => {
    onReturn(SITE_KEY);
    return random.chance(0.2)
      ? remove(SITE_KEY)
      : put(SITE_KEY, drawSite(random, ++writes, emphasis === 'openings' ? MINIMA : ANY_MINIMA));
  };
  const changeFolder = async (key: string, isHolding: boolean | null): Promise<Act> => {
    // All that it holds back goes, and may come back as it was.
    onReturn(SITE_KEY);
    if (isHolding === null) await content.remove(key);
    else await content.put(key, drawFolderFile(random, key, isHolding));
    secrets.changed(content);
    return { keys: [key] };
  };
  const writeInVault = (isNew: boolean): Promise<Act> => {
    if (isNew) vaultCount += 1;
    return write(vaultKey(isNew ? vaultCount : random.below(vaultCount + 1)), { draft: false, slug: null, id: null });
  };
  /** For a moment, and then as it was. */
  const touchFolder = async (key: string): Promise<Act> => {
    const before = content.keys().includes(key) ? content.last(key) : null;
    const back = before === null ? null : /draft"?: true/.test(before);
    return soon(await changeFolder(key, back !== true), () => changeFolder(key, back), 100);
  };
  /** First what is said of the folder, and at once what nobody may see. */
  const lockAndWrite = async (key: string): Promise<Act> =>
    soon(await changeFolder(key, true), () => writeInVault(random.chance(0.8)), random.pick([1, 50, 5_000]));
  const soon = (act: Act, next: (before: Act) => Promise<Act>, withinMs = 600): Act => ({
    ...act,
    next: { afterMs: withinMs * random.next(), act: () => next(act) },
  });
  /** As when a folder is synchronised anew: the same bytes, and so the same version. */
  const restore = async (key: string): Promise<Act> => {
    const last = content.last(key);
    if (last === null) return write(key);
    onReturn(key);
    return put(key, last);
  };
  const several = async (change: (key: string) => Promise<Act>): Promise<Act> => {
    const keys = articleKeys.filter(() => random.chance(0.2));
    for (const key of keys) await change(key);
    return { keys };
  };
  const writeList = async (key: string, like: Partial<Fields>, handedId: string | null): Promise<Act> => {
    writes += 1;
    const fields = { ...drawFields(random, now()), ...like };
    await content.put(key, listWithGuest(`k${articleKeys.indexOf(key)}`, writes, fields, handedId));
    return { keys: [key] };
  };
  const rename = async (from: string, to: string): Promise<Act> => {
    const same = { id: random.pick(SHARED_IDS), slug: random.pick(SHARED_SLUGS) };
    const removesFirst = random.chance(0.5);
    if (removesFirst) await content.remove(from);
    await write(to, same);
    if (!removesFirst && from !== to) await content.remove(from);
    return { keys: [from, to] };
  };
  /** Once all know of it, an id passes from an article in the archive to one that stands in the newest page. */
  const handOver = async (): Promise<Act> => {
    const from = newKey();
    const own = { id: random.pick(HANDED_IDS), slug: null, draft: false, expires: null };
    const longAgo = new Date(now() - random.below(100) * DAY_MS).toISOString().slice(0, 10);
    const leave = (): Promise<Act> => (random.chance(0.5) ? remove(from) : write(from, { draft: true }));
    const pass = async (): Promise<Act> => {
      const { keys } = await leave();
      return { keys: [...keys, ...(await write(newKey(), { ...own, date: null, updated: null })).keys] };
    };
    // Feeds are about to be told of the newcomer's file for another reason.
    const passToBusy = async (): Promise<Act> => {
      const to = newKey((key) => key.endsWith('.json'));
      const shown = { slug: null, draft: false, expires: null };
      return soon(await writeList(to, shown, null), async () => {
        const { keys } = await leave();
        return { keys: [...keys, ...(await writeList(to, shown, own.id)).keys] };
      });
    };
    return soon(
      await write(from, { ...own, date: longAgo, updated: null }),
      emphasis === 'successors' ? passToBusy : pass,
      HAND_OVER_MS_MAX,
    );
  };
  const nameBeforeUpload = async (asset: string): Promise<Act> => {
    await content.remove(asset);
    const { keys } = await write(anyKey(), { image: asset, draft: false });
    return soon({ keys: [asset, ...keys] }, () => put(asset, 'a late picture'));
  };

  const operator = createOperator({ ...options, articleKeys, onReturn: () => onReturn(SITE_KEY) });
  const operatorActs: readonly TopicalAct[] = [
    ['takedowns', 4, operator.takeDown],
    ['takedowns', 2, operator.putBack],
    ['takedowns', 2, operator.restore],
    ['takedowns', 1, operator.spoilList],
  ];
  const acts: readonly TopicalAct[] = [
    ['texts', 10, () => write(anyKey())],
    ['texts', 3, () => write(anyKey(), { date: null })],
    ['texts', 2, () => write(anyKey(), { date: '2026-02-31' })],
    ['texts', 3, () => several(write)],
    ['texts', 4, () => touch(presentKey())],
    ['texts', 1, () => several(touch)],
    ['texts', 2, async () => soon(await write(anyKey()), ({ keys: [key = ''] }) => touch(key))],
    ['names', 3, () => rename(presentKey(), random.chance(0.5) ? newKey() : anyKey())],
    ['names', 4, () => write(anyKey(), { slug: random.pick(SHARED_SLUGS) })],
    ['names', 4, () => write(random.chance(0.5) ? newKey() : anyKey(), { id: random.pick(SHARED_IDS) })],
    [emphasis === 'successors' ? 'successors' : 'names', 6, handOver],
    ['files', 4, () => remove(presentKey())],
    ['files', 2, () => several(remove)],
    ['files', 3, async () => soon(await write(anyKey()), ({ keys: [key = ''] }) => remove(key))],
    ['files', 5, async () => soon(await remove(presentKey()), ({ keys: [key = ''] }) => restore(key))],
    ['files', 1, () => put(random.pick(LEFT_FILES), 'of an old site')],
    ['files', 1, () => remove(random.pick(LEFT_FILES))],
    ['pictures', 2, () => put(random.pick(ASSETS), `picture ${random.below(3)}`)],
    ['pictures', 2, () => remove(random.pick(ASSETS))],
    ['pictures', 3, () => nameBeforeUpload(random.pick(ASSETS))],
    ['folders', 1, () => changeFolder(random.pick(FOLDER_FILES), random.pick([true, false, null]))],
    ['folders', 2, () => writeInVault(random.chance(0.5))],
    ['folders', 2, () => lockAndWrite(random.pick(FOLDER_FILES.slice(-3)))],
    ['folders', 2, () => touchFolder(random.pick(FOLDER_FILES.slice(-3)))],
    ['folders', 1, async () => soon(await writeInVault(true), () => changeFolder('vault/.meta.yml', null))],
    ['settings', 3, changeSite],
    ['settings', 2, async () => soon(await changeSite(), () => write(anyKey()))],
    ['settings', 2, async () => soon(await changeSite(), () => several(touch))],
    ...(emphasis === 'takedowns' ? operatorActs : []),
  ];
  const renames = wanderers.acts.map((act) => ['renames', 2, act] as const);
  const translations = createTranslators({ ...options, nextWrite: () => ++writes }).map(
    (act) => ['translations', 1, act] as const,
  );
  const links = createLinkers({ ...options, nextWrite: () => ++writes }).map((act) => ['links', 1, act] as const);
  const openings = createOpeners({ ...options, nextWrite: () => ++writes }).map((act) => ['openings', 1, act] as const);
  const moves = movers.acts.map((act) => ['moves', 1, act] as const);
  const parts = createGardeners({ ...options, nextWrite: () => ++writes }).map((act) => ['parts', 1, act] as const);
  const adopted = createAdopters({ ...options, nextWrite: () => ++writes }).map((act) => ['adopted', 1, act] as const);
  const offered = [
    ...acts,
    ...(emphasis === 'links' ? links : []),
    ...(emphasis === 'openings' ? openings : []),
    ...(emphasis === 'parts' ? parts : []),
    ...(emphasis === 'adopted' ? adopted : []),
    ...(emphasis === 'moves' ? moves : []),
    ...(emphasis === 'renames' ? renames : []),
    ...(emphasis === 'translations' ? translations : []),
  ];
  const weighted = offered.flatMap(([topic, weight, act]) =>
    Array.from({ length: topic === emphasis ? EMPHASIS * weight : weight }, () => act),
  );
  return { act: () => random.pick(weighted)() };
}
