/** The people: they write, edit, move and remove files while the publisher works. */

import { createHash } from 'node:crypto';
import type { ObjectFacts, Store } from '../../lambda/store/store.ts';
import { SITE_KEY } from '../../lambda/work/site-work.ts';
import { createMemoryStore } from '../../local/store/memory-store.ts';
import type { Random } from './random.ts';

/** Files as the people have them; the publisher sees them through the store. */
export interface Content {
  readonly store: Store;
  readonly keys: () => readonly string[];
  put(key: string, body: string): Promise<void>;
  remove(key: string): Promise<void>;
}

/** Versions are made of the bytes, as S3's are: what is written back as it was has its old version again. */
export function createContent(): Content {
  const store = createMemoryStore();
  const texts = new Map<string, string>();
  const versions = new Map<string, string>();
  const factsOf = <Facts extends ObjectFacts>(facts: Facts): Facts => ({
    ...facts,
    version: versions.get(facts.key) ?? '',
  });
  return {
    store: {
      ...store,
      read: async (key, options) => {
        const object = await store.read(key, options);
        return object && factsOf(object);
      },
      inspect: async (key) => {
        const facts = await store.inspect(key);
        return facts && factsOf(facts);
      },
      list: async (options) => {
        const listing = await store.list(options);
        return { ...listing, objects: listing.objects.map(factsOf) };
      },
    },
    keys: () => [...texts.keys()],
    async put(key, body) {
      texts.set(key, body);
      versions.set(key, createHash('md5').update(body).digest('hex'));
      await store.write(key, new TextEncoder().encode(body));
    },
    async remove(key) {
      texts.delete(key);
      await store.remove(key);
    },
  };
}

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

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const TAGS = ['sea', 'light', 'Sea', 'wind'];
const ASSETS = ['pic-0.png', 'pic-1.png', 'news/pic-2.png'];
const SHARED_SLUGS = ['same', 'other'];
const SHARED_IDS = ['tag:example.org,2026:x', 'tag:example.org,2026:y'];
const ENDINGS = ['md', 'md', 'txt', 'json'];

/** @param now by the clock of the people, in milliseconds since the epoch */
export function createAuthor(content: Content, random: Random, now: () => number, keyCount: number): Author {
  let writes = 0;
  const articleKeys = Array.from({ length: keyCount }, (_, index) => articleKey(index));
  const articles = (): readonly string[] => content.keys().filter((key) => articleKeys.includes(key));
  const write = async (key: string, like?: Partial<Fields>): Promise<void> => {
    writes += 1;
    const index = articleKeys.indexOf(key);
    const fields = { ...drawFields(random, now()), ...like };
    await content.put(key, articleText(key, `k${index} r${writes}`, fields));
  };

  const acts: readonly (readonly [weight: number, act: () => Promise<Act>])[] = [
    [10, async () => one(random.pick(articleKeys), write)],
    [3, async () => one(random.pick(articleKeys), (key) => write(key, { date: null }))],
    [4, async () => one(pickOr(random, articles(), articleKeys), (key) => content.remove(key))],
    [3, async () => rename(pickOr(random, articles(), articleKeys), random.pick(articleKeys))],
    [2, async () => one(random.pick(articleKeys), (key) => write(key, { date: '2026-02-31' }))],
    [4, async () => one(random.pick(articleKeys), (key) => write(key, { slug: random.pick(SHARED_SLUGS) }))],
    [4, async () => one(random.pick(articleKeys), (key) => write(key, { id: random.pick(SHARED_IDS) }))],
    [3, async () => several((key) => write(key))],
    [2, async () => several((key) => content.remove(key))],
    [2, async () => one(random.pick(ASSETS), (key) => content.put(key, `picture ${random.below(3)}`))],
    [2, async () => one(random.pick(ASSETS), (key) => content.remove(key))],
    [3, async () => changeSite()],
    [
      3,
      async () => soon(await one(random.pick(articleKeys), write), ({ keys: [key = ''] }) => one(key, content.remove)),
    ],
    [2, async () => soon(await changeSite(), () => one(random.pick(articleKeys), write))],
    [3, async () => nameBeforeUpload(random.pick(ASSETS))],
  ];
  const changeSite = (): Promise<Act> => one(SITE_KEY, (key) => content.put(key, drawSite(random, ++writes)));
  const soon = (act: Act, next: (before: Act) => Promise<Act>): Act => ({
    ...act,
    next: { afterMs: 600 * random.next(), act: () => next(act) },
  });
  const nameBeforeUpload = async (asset: string): Promise<Act> => {
    await content.remove(asset);
    const { keys } = await one(random.pick(articleKeys), (key) => write(key, { image: asset, draft: false }));
    return soon({ keys: [asset, ...keys] }, () => one(asset, (key) => content.put(key, 'a late picture')));
  };
  const several = async (change: (key: string) => Promise<void>): Promise<Act> => {
    const keys = articleKeys.filter(() => random.chance(0.2));
    for (const key of keys) await change(key);
    return { keys };
  };
  /** The file under a new name, with the id and address it has stated: for a moment there may be both, or neither. */
  const rename = async (from: string, to: string): Promise<Act> => {
    const same = { id: random.pick(SHARED_IDS), slug: random.pick(SHARED_SLUGS) };
    const removesFirst = random.chance(0.5);
    if (removesFirst) await content.remove(from);
    await write(to, same);
    if (!removesFirst && from !== to) await content.remove(from);
    return { keys: [from, to] };
  };
  const weighted = acts.flatMap(([weight, act]) => Array.from({ length: weight }, () => act));
  return { act: () => random.pick(weighted)() };
}

async function one(key: string, change: (key: string) => Promise<void>): Promise<Act> {
  await change(key);
  return { keys: [key] };
}

function pickOr<Item>(random: Random, items: readonly Item[], others: readonly Item[]): Item {
  return random.pick(items.length > 0 ? items : others);
}

interface Fields {
  readonly date: string | null;
  readonly tags: readonly string[];
  readonly slug: string | null;
  readonly id: string | null;
  readonly image: string | null;
  readonly draft: boolean;
  readonly expires: string | null;
}

function articleKey(index: number): string {
  return `${index % 5 === 0 ? 'news/' : ''}p${index}.${ENDINGS[index % ENDINGS.length]}`;
}

/** Dates repeat, some lie ahead; all are whole hours, so that whoever looks at half past an hour sees no change. */
function drawFields(random: Random, now: number): Fields {
  const hour = Math.floor(now / HOUR_MS) * HOUR_MS;
  const ago = random.chance(0.3) ? random.below(5) * HOUR_MS : random.below(120) * DAY_MS;
  const isAhead = random.chance(0.07);
  const offset = random.pick(['Z', 'Z', '+03:00']);
  const at = (instant: number): string => new Date(instant).toISOString().replace(/\.000Z$/, offset);
  return {
    date: random.chance(0.1) ? null : at(isAhead ? hour + (random.below(48) + 4) * HOUR_MS : hour - ago - 3 * HOUR_MS),
    tags: TAGS.filter(() => random.chance(0.25)),
    slug: random.chance(0.03) ? random.pick(SHARED_SLUGS) : null,
    id: random.chance(0.03) ? random.pick(SHARED_IDS) : null,
    image: random.chance(0.15) ? random.pick(ASSETS) : null,
    draft: random.chance(0.04),
    expires: random.chance(0.05) ? new Date(hour + (random.below(72) + 1) * HOUR_MS).toISOString() : null,
  };
}

function articleText(key: string, title: string, fields: Fields): string {
  const { date, tags, slug, id, image, draft, expires } = fields;
  const stated = {
    ...(date !== null && { date }),
    ...(tags.length > 0 && { tags }),
    ...(slug !== null && { slug }),
    ...(id !== null && { id }),
    ...(image !== null && { image: `/${image}` }),
    ...(draft && { draft }),
    ...(expires !== null && { expires }),
  };
  if (key.endsWith('.json')) return JSON.stringify({ title, ...stated, content_text: `Text of ${title}.` });
  const lines = Object.entries({ title, ...stated }).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return `---\n${lines.join('\n')}\n---\n\nText of ${title}.\n`;
}

function drawSite(random: Random, number: number): string {
  if (random.chance(0.15)) return 'titel: oops\n';
  return [
    `title: T${number}`,
    'id: simulated',
    'authors: [Ada Writer]',
    `pageSize: ${random.pick([10, 10, 12])}`,
    `deletedEntries: ${random.chance(0.3)}`,
    ...(random.chance(0.2) ? ['automatic: { sections: false }'] : []),
    ...(random.chance(0.2) ? [`icon: /${random.pick(ASSETS)}`] : []),
    '',
  ].join('\n');
}

/** What there is before a history begins. */
export async function writeFirstContent(content: Content, count: number, now: number): Promise<void> {
  await content.put(SITE_KEY, 'title: T0\nid: simulated\nauthors: [Ada Writer]\npageSize: 10\n');
  for (let index = 0; index < count; index += 1) {
    const key = articleKey(index);
    const date = new Date(Math.floor(now / DAY_MS) * DAY_MS - (index + 1) * 3 * DAY_MS).toISOString();
    const tags = TAGS.filter((_, tag) => index % (tag + 2) === 0);
    await content.put(
      key,
      articleText(key, `k${index} r0`, { date, tags, slug: null, id: null, image: null, draft: false, expires: null }),
    );
  }
}
