/**
 * Articles whose files are renamed, as by `git mv`: in either order, at once or with pauses, and edited on the way. They
 * have files of their own, so that it is known which ids they are to have in the end.
 */

import type { ReadDocument } from '../judges/document-reader.ts';
import type { Random } from '../random.ts';
import type { Act } from './author.ts';
import type { Content } from './content.ts';

export interface Wanderers {
  readonly acts: readonly (() => Promise<Act>)[];
  readonly expected: () => readonly ExpectedArticle[];
}

/** An article, as its titles begin, that is there and is to be shown. */
export interface ExpectedArticle {
  readonly article: string;
  /** What it was called before: it is to have the one id that they had. */
  readonly sameAs: readonly string[];
  /** What it was put together from: where they were seen, it is to have an id of its own. */
  readonly mergedFrom: readonly string[];
  /** Whether it relies on files being seen to go before others wait no longer for them, or come to their names. */
  readonly needsCalm: boolean;
}

interface Wanderer {
  readonly article: string;
  /** Whether its address stays; else it names the address before. */
  readonly isFixed: boolean;
  readonly names: string[];
  readonly titles: string[];
  isMoving: boolean;
  /** Another article came to one of its names. */
  hasStranger: boolean;
  movedAt: number;
}

const PAUSE_MS_MAX = 90_000;
/** Until then all know in quiet weather that a file went. */
const KNOWN_MS = 400_000;
const WORDS = Array.from({ length: 40 }, (_, index) => `stone${index}`).join(' ');

export interface WandererOptions {
  readonly content: Content;
  readonly random: Random;
  readonly now: () => number;
  /** Told of a file whose article may leave and come back as it was. */
  readonly onReturn: (key: string) => void;
}

export function createWanderers({ content, random, now, onReturn }: WandererOptions): Wanderers {
  let writes = 0;
  let strangers = 0;
  let merges = 0;
  const expected = new Map<string, ExpectedArticle>();
  const wanderers: readonly Wanderer[] = ['900', '901', '902'].map((article, index) => ({
    article,
    isFixed: index !== 1,
    names: [],
    titles: [],
    isMoving: false,
    hasStranger: false,
    movedAt: 0,
  }));
  const put = async (key: string, article: string, fields: readonly string[] = [], words = ''): Promise<void> => {
    writes += 1;
    const title = `k${article} r${writes}`;
    await content.put(
      key,
      ['---', `title: ${title}`, ...fields, '---', '', `Words of ${article}. ${words}`, ''].join('\n'),
    );
  };
  const after = (act: Act, next: () => Promise<Act>): Act => ({
    ...act,
    next: { afterMs: random.pick([0, 300, PAUSE_MS_MAX]) * random.next(), act: next },
  });

  /** Of a fixed address any free name, also one that it had before. */
  const nextName = ({ article, isFixed, names }: Wanderer): string => {
    const name = (number: number): string => `w${article}-${number}${random.chance(0.3) ? '/index' : ''}.md`;
    if (!isFixed) return `w${article}-${names.length}.md`;
    const free = [name(0), name(1), name(2)].filter((key) => !content.keys().includes(key));
    return free[0] === undefined ? `w${article}-${names.length + 3}.md` : random.pick(free);
  };
  const expect = (wanderer: Wanderer): void => {
    const { isFixed, hasStranger, titles } = wanderer;
    const article = titles.at(-1) ?? '';
    expected.set(wanderer.article, { article, sameAs: titles, mergedFrom: [], needsCalm: !isFixed || hasStranger });
  };
  const write = async (wanderer: Wanderer): Promise<Act> => {
    const { isFixed, names, titles } = wanderer;
    const before = names.slice(0, -1).map((name) => `/${name.slice(0, -3)}/`);
    const aliases = before.length === 0 ? [] : [`aliases: [${before.join(', ')}]`];
    const key = names.at(-1) ?? '';
    // Its title stays with its address; else only its text tells that it is the same, since both may be seen together.
    const article = isFixed ? wanderer.article : `${wanderer.article}${writes}`;
    if (!titles.includes(article)) titles.push(article);
    await put(key, article, isFixed ? [`permalink: /w${wanderer.article}/`] : aliases, WORDS);
    expect(wanderer);
    return { keys: [key] };
  };
  const move = async (wanderer: Wanderer): Promise<Act> => {
    const { article, isFixed, names } = wanderer;
    const from = names.at(-1);
    const to = nextName(wanderer);
    if (from === undefined) {
      names.push(to);
      wanderer.movedAt = now();
      return write(wanderer);
    }
    const text = content.last(from);
    const remove = async (): Promise<Act> => {
      await content.remove(from);
      return { keys: [from] };
    };
    const arrive = async (): Promise<Act> => {
      names.push(to);
      if (!isFixed || text === null || random.chance(0.5)) return write(wanderer);
      await content.put(to, text);
      return { keys: [to] };
    };
    const [first, second] = random.chance(0.5) ? [remove, arrive] : [arrive, remove];
    wanderer.isMoving = true;
    onReturn(`p${article}.md`);
    expect(wanderer);
    const end = async (): Promise<Act> => {
      const act = await second();
      wanderer.isMoving = false;
      wanderer.movedAt = now();
      return act;
    };
    if (random.chance(0.4)) return { keys: [...(await first()).keys, ...(await end()).keys] };
    return after(await first(), end);
  };
  const wander = async (): Promise<Act> => {
    const wanderer = random.pick(wanderers);
    // What nobody was shown yet is nobody's old address.
    const isKnown = wanderer.isFixed || now() >= wanderer.movedAt + KNOWN_MS;
    if (wanderer.isMoving || !isKnown) return { keys: [] };
    return wanderer.names.length > 0 && random.chance(0.2) ? write(wanderer) : move(wanderer);
  };

  /** Once all know that a wanderer left a name, another article comes to it, and may go again. */
  const takeOldName = async (): Promise<Act> => {
    const wanderer = random.pick(wanderers.filter(({ isFixed }) => isFixed));
    const [key] = wanderer.names.filter((name) => name !== wanderer.names.at(-1));
    if (key === undefined || wanderer.isMoving || content.keys().includes(key)) return { keys: [] };
    wanderer.isMoving = true;
    return { keys: [], next: { afterMs: KNOWN_MS, act: () => comeTo(key, wanderer) } };
  };
  const comeTo = async (key: string, wanderer: Wanderer): Promise<Act> => {
    strangers += 1;
    const article = `${200 + strangers}`;
    wanderer.isMoving = false;
    wanderer.hasStranger = true;
    expect(wanderer);
    await put(key, article, [`permalink: /stranger-${strangers}/`]);
    expected.set(article, { article, sameAs: [article], mergedFrom: [], needsCalm: true });
    if (random.chance(0.6)) return { keys: [key] };
    return after({ keys: [key] }, async () => {
      await content.remove(key);
      expected.delete(article);
      return { keys: [key] };
    });
  };

  /** Two become one, which names both and has the text of one: nobody can say which one it is. */
  const merge = async (): Promise<Act> => {
    merges += 1;
    const parts = ['x', 'y', 'z'].map((name, index) => ({
      key: `m${merges}-${name}.md`,
      article: `${300 + 3 * merges + index}`,
    }));
    const merged = parts.at(-1);
    const both = parts.slice(0, -1);
    if (merged === undefined) return { keys: [] };
    const mergedFrom = both.map(({ article }) => article);
    for (const { key, article } of both) await put(key, article, [], key.includes('x') ? WORDS : '');
    const removeBoth = async (): Promise<void> => {
      for (const { key } of both) await content.remove(key);
    };
    const putMerged = async (): Promise<void> => {
      await put(
        merged.key,
        merged.article,
        [`aliases: [${both.map(({ key }) => `/${key.slice(0, -3)}/`).join(', ')}]`],
        WORDS,
      );
      expected.set(merged.article, { article: merged.article, sameAs: [merged.article], mergedFrom, needsCalm: true });
    };
    return after({ keys: both.map(({ key }) => key) }, async () => {
      for (const step of random.chance(0.5) ? [removeBoth, putMerged] : [putMerged, removeBoth]) await step();
      return { keys: parts.map(({ key }) => key) };
    });
  };
  return {
    acts: [wander, wander, wander, wander, takeOldName, takeOldName, merge],
    expected: () => [...expected.values()],
  };
}

/**
 * What must hold when nothing is under way: each is shown; one that was renamed had one id all the time; one that became
 * of two has the id of neither.
 *
 * @param idsOf every id that an article was ever seen with
 * @param present the documents from the subscription document on
 */
export function inspectWanderers(
  expected: readonly ExpectedArticle[],
  idsOf: (article: string) => ReadonlySet<string>,
  present: readonly Pick<ReadDocument, 'titles'>[],
): readonly string[] {
  const shown = new Set(present.flatMap(({ titles }) => titles.map(({ article }) => article)));
  return expected.flatMap(({ article, sameAs, mergedFrom }) => {
    const ids = new Set(sameAs.flatMap((each) => [...idsOf(each)]));
    const former = mergedFrom.map((each) => [...idsOf(each)]);
    const areKnown = former.every((each) => each.length > 0);
    return [
      ...(shown.has(article) ? [] : [`k${article} is not shown`]),
      ...(ids.size > 1 ? [`k${article} was shown under ${ids.size} ids`] : []),
      ...(areKnown && former.flat().some((id) => ids.has(id)) ? [`k${article} took over an id of one of several`] : []),
    ];
  });
}
