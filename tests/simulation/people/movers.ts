/**
 * People who move a publication here: they put down which ids subscribers know before, while and after they upload the
 * articles, and they keep files that are public by their names alone. They have files of their own, so that it is known
 * which id each article is to have.
 */

import { adoptedKeyFor } from '../../../lambda/site/adopted/adopted-key.ts';
import type { Random } from '../random.ts';
import type { Act } from './author.ts';
import type { Content } from './content.ts';

export interface Movers {
  readonly acts: readonly (() => Promise<Act>)[];
  /** Articles whose ids were put down before they came, by their titles' beginnings. */
  readonly expected: () => ReadonlyMap<string, string>;
}

const FIRST_NUMBER = 800;
const ARTICLES_MAX = 100;
const SOON_MS = 600;
const STATIC_FILES = ['CNAME', 'humans.txt', '.well-known/security.txt'];

export function createMovers({ content, random }: { readonly content: Content; readonly random: Random }): Movers {
  let count = 0;
  let writes = 0;
  /** What is put down, by content key. */
  const rows = new Map<string, string>();
  const expected = new Map<string, string>();
  const keyOf = (number: number): string => `moved/p${FIRST_NUMBER + number}.md`;
  const soon = (act: Act, next: () => Promise<Act>): Act => ({
    ...act,
    next: { afterMs: SOON_MS * random.next(), act: next },
  });

  const writeArticle = async (number: number): Promise<Act> => {
    writes += 1;
    const key = keyOf(number);
    const title = `k${FIRST_NUMBER + number} r${writes}`;
    await content.put(key, `---\ntitle: ${title}\ndate: 2026-05-01\n---\n\nWords of ${FIRST_NUMBER + number}.\n`);
    return { keys: [key] };
  };
  /** The whole file of those whose keys have the same hash. */
  const writeRows = async (number: number): Promise<Act> => {
    const file = adoptedKeyFor(keyOf(number));
    const own = [...rows].filter(([key]) => adoptedKeyFor(key) === file);
    await content.put(file, own.map(([key, id]) => `${key}:\n  id: ${id}\n`).join(''));
    return { keys: [file] };
  };
  const putDown = (number: number, id = `urn:old:${number}`): Promise<Act> => {
    rows.set(keyOf(number), id);
    return writeRows(number);
  };
  const nextNumber = (): number => (count < ARTICLES_MAX ? count++ : count - 1);
  /** What is done to an article that somebody has moved; before any is, nothing. */
  const withKnown = (change: (number: number) => Promise<Act>) => async (): Promise<Act> =>
    count === 0 ? { keys: [] } : change(random.below(count));

  /** As “adopt” and “push” do it: the ids are there before the articles. */
  const move = async (): Promise<Act> => {
    const number = nextNumber();
    expected.set(String(FIRST_NUMBER + number), `urn:old:${number}`);
    const { keys } = await putDown(number);
    if (random.chance(0.5)) return soon({ keys }, () => writeArticle(number));
    return { keys: [...keys, ...(await writeArticle(number)).keys] };
  };
  /** Who puts an id down too late may be heard, or not. */
  const moveLate = async (): Promise<Act> => {
    const number = nextNumber();
    return soon(await writeArticle(number), () => putDown(number));
  };
  /** What was shown stays; what is still to come is another article. */
  const changeRow = async (number: number): Promise<Act> => {
    expected.delete(String(FIRST_NUMBER + number));
    return putDown(number, `urn:other:${number}`);
  };
  /** For a moment nobody can read the file, and articles that it may name wait. */
  const spoilRows = async (): Promise<Act> => {
    const number = nextNumber();
    expected.set(String(FIRST_NUMBER + number), `urn:old:${number}`);
    rows.set(keyOf(number), `urn:old:${number}`);
    const file = adoptedKeyFor(keyOf(number));
    await content.put(file, `${keyOf(number)}: [\n`);
    const { keys } = await writeArticle(number);
    return soon({ keys: [file, ...keys] }, () => writeRows(number));
  };
  const removeArticle = async (number: number): Promise<Act> => {
    const key = keyOf(number);
    await content.remove(key);
    return { keys: [key] };
  };
  const keepFile = async (): Promise<Act> => {
    const key = random.pick(STATIC_FILES);
    if (content.keys().includes(key) && random.chance(0.6)) await content.remove(key);
    else await content.put(key, `for machines ${random.below(3)}`);
    return { keys: [key] };
  };
  return {
    acts: [
      ...[move, move, moveLate, spoilRows],
      ...[changeRow, writeArticle, removeArticle].map(withKnown),
      ...Array<() => Promise<Act>>(8).fill(keepFile),
    ],
    expected: () => expected,
  };
}

/**
 * What must hold at any time: an article whose id was put down before it came was never shown under another one.
 *
 * @param idsOf every id that an article was ever seen with
 */
export function inspectMovers(
  expected: ReadonlyMap<string, string>,
  idsOf: (article: string) => ReadonlySet<string>,
): readonly string[] {
  return [...expected].flatMap(([article, id]) =>
    [...idsOf(article)]
      .filter((seen) => seen !== id)
      .map((seen) => `k${article} was shown under ${seen}, and is ${id} to its subscribers`),
  );
}
