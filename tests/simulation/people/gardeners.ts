/**
 * People with a garden of notes: some take in the text of others, or show files by their names alone, wherever these lie. What is taken
 * in is no article as long as somebody takes it in.
 */

import type { Random } from '../random.ts';
import { actInTurn, removeFile } from './acts.ts';
import type { Act } from './author.ts';
import type { Content } from './content.ts';
import type { Secrets } from './secrets.ts';

export interface GardenerOptions {
  readonly content: Content;
  readonly random: Random;
  readonly secrets: Secrets;
  readonly onReturn: (key: string) => void;
  /** The number of the next write. */
  readonly nextWrite: () => number;
}

const NOTES = ['p900.md', 'garden/p901.md', 'garden/beds/p902.mdx'];
const PARTS = ['garden/p903.md', 'garden/beds/p904.md', 'p905.md'];
const FILES = ['moss.png', 'garden/moss.png', 'garden/beds/moss.png', 'attic/moss.png', 'attic/fern.png'];
const SOON_MS = 600;
const MOMENT_MS = 100;

export function createGardeners(options: GardenerOptions): readonly (() => Promise<Act>)[] {
  const { content, random, secrets, onReturn, nextWrite } = options;
  // What nobody takes in any more is an article again, with the same text.
  for (const part of PARTS) onReturn(part);
  const numberOf = (key: string): string => /p(\d+)\./.exec(key)?.[1] ?? '';
  const inclusion = (part: string): string =>
    random.pick([`<!--@include: /${part}-->`, `--8<-- "${part}"`, `<!--@include: @/${part}{1,}-->`]);
  const put = async (key: string, text: (title: string) => readonly string[]): Promise<Act> => {
    const title = `k${numberOf(key)} r${nextWrite()}`;
    secrets.written(key, title, content);
    await content.put(key, [...text(title), ''].join('\n'));
    return { keys: [key] };
  };
  const writeNote = (key: string, parts: readonly string[], names: readonly string[]): Promise<Act> =>
    put(key, (title) => [
      ...['---', `title: ${title}`, 'date: 2026-05-04', '---', `Text of ${title}.`, ''],
      ...parts.map(inclusion).flatMap((line) => [line, '']),
      ...names.map((name) => `![[${name}]]`),
    ]);
  /** It says neither title nor date, so it is an article only while nobody takes it in. */
  const writePart = (key: string, fields: readonly string[] = [], more: readonly string[] = []): Promise<Act> =>
    put(key, (title) => [
      ...(fields.length === 0 ? [] : ['---', ...fields, '---']),
      `# ${title}`,
      '',
      ...more,
      `Part ${title}.`,
    ]);
  const some = (all: readonly string[]): readonly string[] => all.filter(() => random.chance(0.4));
  const anyNote = (): string => random.pick(NOTES);
  const anyPart = (): string => random.pick(PARTS);
  const remove = (key: string): Promise<Act> => removeFile(content, key);
  const restore = async (key: string): Promise<Act> => {
    const last = content.last(key);
    if (last === null) return { keys: [] };
    onReturn(key);
    await content.put(key, last);
    return { keys: [key] };
  };
  const putFile = async (key: string): Promise<Act> => {
    await content.put(key, `picture ${random.below(3)}`);
    return { keys: [key] };
  };
  const inTurn = (withinMs: number, ...acts: readonly (() => Promise<Act>)[]): Promise<Act> =>
    actInTurn(random, withinMs, acts);
  const within = (): number => random.pick([SOON_MS, MOMENT_MS]);
  const names = ['moss.png', 'fern.png', 'beds/moss.png'];

  const parts: readonly (() => Promise<Act>)[] = [
    () => writeNote(anyNote(), some(PARTS), some(names)),
    () => writePart(anyPart()),
    () => writePart(anyPart(), ['draft: true']),
    () => writePart(anyPart(), ['tags: [sea]'], [inclusion(anyPart())]),
    () => remove(anyNote()),
    () => remove(anyPart()),
    () => {
      const part = anyPart();
      return inTurn(
        within(),
        () => writePart(part),
        () => writeNote(anyNote(), [part], []),
        () => writePart(part),
      );
    },
    () => {
      const [note, part] = [anyNote(), anyPart()];
      return inTurn(
        within(),
        () => writeNote(note, [part], []),
        () => writePart(part),
        () => writeNote(note, [], []),
        () => writeNote(note, [part], []),
      );
    },
    () => {
      const part = anyPart();
      return inTurn(
        within(),
        () => remove(part),
        () => restore(part),
      );
    },
  ];
  const files: readonly (() => Promise<Act>)[] = [
    () => putFile(random.pick(FILES)),
    () => putFile(random.pick(FILES)),
    () => remove(random.pick(FILES)),
    () => writeNote(anyNote(), [], names),
    () => {
      const file = random.pick(FILES);
      return inTurn(
        within(),
        () => writeNote(anyNote(), [], names),
        () => putFile(file),
        () => remove(file),
      );
    },
    () => {
      const [from, to] = [random.pick(FILES), random.pick(FILES)];
      return inTurn(
        within(),
        () => putFile(from),
        () => writeNote(anyNote(), [], names),
        () => remove(from),
        () => putFile(to),
      );
    },
  ];
  return [...parts, ...files];
}
