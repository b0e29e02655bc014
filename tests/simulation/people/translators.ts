/** People who translate: posts with Nikola's header, which hold back their translations, come, change and go with these. */

import { SITE_KEY } from '../../../lambda/work/protocol/site-work.ts';
import type { Random } from '../random.ts';
import type { Act } from './author.ts';
import type { Content } from './content.ts';
import type { Secrets } from './secrets.ts';

export interface TranslatorOptions {
  readonly content: Content;
  readonly random: Random;
  readonly secrets: Secrets;
  readonly onReturn: (key: string) => void;
  /** The number of the next write. */
  readonly nextWrite: () => number;
}

const POSTS = 3;
const FIRST_NUMBER = 500;
const SOON_MS = 600;
const MOMENT_MS = 100;

export function createTranslators(options: TranslatorOptions): readonly (() => Promise<Act>)[] {
  const { content, random, secrets, onReturn, nextWrite } = options;
  const anyPost = (): number => FIRST_NUMBER + 2 * random.below(POSTS);
  const originalKey = (post: number): string => `posts/p${post}.md`;
  const translationKey = (post: number): string => `posts/p${post}.de.md`;
  const text = (title: string, more: string): string => `.. title: ${title}\n${more}\nText of ${title}.\n`;

  const writeOriginal = async (post: number, isHeld: boolean): Promise<Act> => {
    // Its translation goes with it, and may come back as it was.
    onReturn(SITE_KEY);
    const status = isHeld ? 'private' : 'published';
    await content.put(
      originalKey(post),
      text(`k${post} r${nextWrite()}`, `.. date: 2026-01-02\n.. status: ${status}\n`),
    );
    secrets.changed(content);
    return { keys: [originalKey(post)] };
  };
  const writeTranslation = async (post: number): Promise<Act> => {
    const title = `k${post + 1} r${nextWrite()}`;
    const stated = random.chance(0.5) ? '.. date: 2026-01-03\n' : '.. date: 2026-01-03\n.. status: published\n';
    secrets.written(translationKey(post), title, content);
    await content.put(translationKey(post), text(title, stated));
    return { keys: [translationKey(post)] };
  };
  const remove = async (key: string): Promise<Act> => {
    onReturn(SITE_KEY);
    await content.remove(key);
    secrets.changed(content);
    return { keys: [key] };
  };
  const inTurn = async (
    first: (post: number) => Promise<Act>,
    then: (post: number) => Promise<Act>,
    withinMs = SOON_MS,
  ): Promise<Act> => {
    const post = anyPost();
    return { ...(await first(post)), next: { afterMs: withinMs * random.next(), act: () => then(post) } };
  };
  const hold = (post: number): Promise<Act> => writeOriginal(post, true);
  const open = (post: number): Promise<Act> => writeOriginal(post, false);

  return [
    () => writeOriginal(anyPost(), random.chance(0.5)),
    () => writeTranslation(anyPost()),
    () => inTurn(hold, writeTranslation),
    () => inTurn(writeTranslation, hold),
    () => inTurn(writeTranslation, open),
    () => inTurn(hold, open),
    // Whoever was told of the first may be in the middle of it when the second finds all as it was before both.
    () => inTurn(open, hold, MOMENT_MS),
    () => inTurn(open, hold),
    () => remove(originalKey(anyPost())),
    () => remove(translationKey(anyPost())),
  ];
}
