/**
 * People whose articles link to one another, in every form, while those come, go, move to other addresses, and are held back.
 * Files of one name lie in two folders.
 */

import type { Random } from '../random.ts';
import { actInTurn, removeFile } from './acts.ts';
import type { Act } from './author.ts';
import type { Content } from './content.ts';

export interface LinkerOptions {
  readonly content: Content;
  readonly random: Random;
  readonly onReturn: (key: string) => void;
  /** The number of the next write. */
  readonly nextWrite: () => number;
}

const KEYS = ['p700.md', 'p701.md', 'p702.md', 'near/p700.md', 'near/p701.md', 'far/p703.md', 'far/p704/index.md'];
const SLUGS = ['p703', 'moved', 'picks', 'p700'];
const SOON_MS = 600;
const MOMENT_MS = 100;

export function createLinkers(options: LinkerOptions): readonly (() => Promise<Act>)[] {
  const { content, random, onReturn, nextWrite } = options;
  /** As titles tell it. */
  const numberOf = (key: string): number => 700 + KEYS.indexOf(key);
  const anyKey = (): string => random.pick(KEYS);
  const linkTo = (target: string): string => {
    const name = target.replace(/(?:\/index)?\.md$/, '');
    const bare = name.slice(name.lastIndexOf('/') + 1);
    const forms = [
      `[a](/${target})`,
      `[b](/${name}#part)`,
      `[c]({{< ref "${bare}" >}})`,
      `[d](${bare}.md)`,
      `[e](../${name}/)`,
    ];
    return random.pick(forms);
  };
  const write = async (key: string, fields: readonly string[] = [], targets?: readonly string[]): Promise<Act> => {
    const links = (targets ?? KEYS.filter(() => random.chance(0.3))).map(linkTo);
    const head = [`title: k${numberOf(key)} r${nextWrite()}`, 'date: 2026-05-02', ...fields];
    await content.put(key, ['---', ...head, '---', '', `Links: ${links.join(' ')}.`, ''].join('\n'));
    return { keys: [key] };
  };
  const move = (key: string): Promise<Act> => write(key, [`slug: ${random.pick(SLUGS)}`]);
  const hold = (key: string): Promise<Act> => write(key, ['draft: true']);
  const remove = (key: string): Promise<Act> => removeFile(content, key);
  const restore = async (key: string): Promise<Act> => {
    const last = content.last(key);
    if (last === null) return write(key);
    onReturn(`p${numberOf(key)}.md`);
    await content.put(key, last);
    return { keys: [key] };
  };
  const inTurn = (withinMs: number, ...acts: readonly (() => Promise<Act>)[]): Promise<Act> =>
    actInTurn(random, withinMs, acts);
  const withPair = (act: (linking: string, target: string) => Promise<Act>) => (): Promise<Act> => {
    const target = anyKey();
    return act(random.pick(KEYS.filter((key) => key !== target)), target);
  };

  return [
    () => write(anyKey()),
    () => move(anyKey()),
    () => hold(anyKey()),
    () => remove(anyKey()),
    () => write(anyKey(), ['date: 2026-02-31']),
    withPair((linking, target) =>
      inTurn(
        SOON_MS,
        () => write(linking, [], [target]),
        () => write(target),
      ),
    ),
    withPair((linking, target) =>
      inTurn(
        SOON_MS,
        () => write(target),
        () => write(linking, [], [target]),
      ),
    ),
    withPair((linking, target) =>
      inTurn(
        MOMENT_MS,
        () => write(linking, [], [target]),
        () => move(target),
      ),
    ),
    withPair((linking, target) =>
      inTurn(
        SOON_MS,
        () => write(linking, [], [target]),
        () => remove(target),
        () => restore(target),
      ),
    ),
    withPair((_, target) =>
      inTurn(
        MOMENT_MS,
        () => move(target),
        () => remove(target),
        () => restore(target),
      ),
    ),
    // A marker that is given up while somebody wants it again.
    withPair((linking, target) =>
      inTurn(
        SOON_MS,
        () => write(linking, [], [target]),
        () => write(linking, [], []),
        () => write(linking, [], [target]),
      ),
    ),
    withPair((linking, target) =>
      inTurn(
        MOMENT_MS,
        () => write(linking, [], [target]),
        () => write(target, [], [linking]),
        () => move(linking),
      ),
    ),
  ];
}
