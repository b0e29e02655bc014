/**
 * The publication that everybody builds: posts of about 5 kB of Markdown with front matter that all systems read, each
 * in two of twenty tags. The same number gives the same posts, on any machine.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const TAG_COUNT = 20;
/** Posts in one folder: file systems and generators both slow down with ten thousand names in one place. */
const FOLDER_COUNT = 1_000;
const FIRST_DAY = Date.UTC(2000, 0, 1);
const HOUR_MS = 3_600_000;

const WORDS = (
  'tide shore harbour lamp keeper winter rope signal current drift chart sand engine letter window copper north ' +
  'swell gauge morning salt lantern quay distance measure again between without hardly because through under'
).split(' ');

export interface Post {
  /** Below the folder of the posts, with its ending. */
  readonly path: string;
  readonly title: string;
  readonly date: string;
  readonly tags: readonly string[];
  /** The whole file. */
  readonly text: string;
}

/**
 * @param index from 0, the oldest, at most 200,000
 * @param bodyBytes about how long the text below the front matter is
 */
export function createPost(index: number, bodyBytes = 5_000): Post {
  const random = createRandom(index + 1);
  const title = `${capitalise(pick(random, 4).join(' '))} ${index}`;
  const date = new Date(FIRST_DAY + index * HOUR_MS).toISOString().replace('.000Z', 'Z');
  const tags = [`tag-${index % TAG_COUNT}`, `tag-${(index * 7 + 3) % TAG_COUNT}`].filter(
    (tag, place, all) => all.indexOf(tag) === place,
  );
  const head = `---\ntitle: ${title}\ndate: ${date}\ntags: [${tags.join(', ')}]\n---\n\n`;
  return { path: pathOf(index), title, date, tags, text: head + createBody(random, index, bodyBytes) };
}

/** Writes `count` posts into `folder`. */
export function writePosts(folder: string, count: number, bodyBytes?: number): void {
  for (let index = 0; index < count; index += 1) {
    const { path, text } = createPost(index, bodyBytes);
    if (index % FOLDER_COUNT === 0) mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function pathOf(index: number): string {
  return `part-${Math.floor(index / FOLDER_COUNT)}/post-${index}.md`;
}

/** Prose as people write it: paragraphs with links and emphasis, a heading, a list, a quotation, some code. */
function createBody(random: () => number, index: number, bytes: number): string {
  const parts = [];
  let length = 0;
  for (let part = 0; length < bytes; part += 1) {
    const text = createPart(random, index, part);
    parts.push(text);
    length += text.length;
  }
  return `${parts.join('\n\n')}\n`;
}

function createPart(random: () => number, index: number, part: number): string {
  switch (part % 8) {
    case 2:
      return `## ${capitalise(pick(random, 3).join(' '))}`;
    case 4:
      return [1, 2, 3].map(() => `- ${pick(random, 6).join(' ')} *${pick(random, 2).join(' ')}*`).join('\n');
    case 5:
      return `> ${createSentence(random)}`;
    case 7:
      return `\`\`\`js\nconst ${pick(random, 1)[0]} = measure(${index}, "${pick(random, 2).join('-')}");\n\`\`\``;
    default:
      return createParagraph(random, index);
  }
}

function createParagraph(random: () => number, index: number): string {
  const sentences = Array.from({ length: 7 }, () => createSentence(random));
  sentences[2] = `See [${pick(random, 2).join(' ')}](https://example.org/${pick(random, 1)[0]}/${index}?a=1&b=2) for **${pick(random, 2).join(' ')}**.`;
  return sentences.join(' ');
}

function createSentence(random: () => number): string {
  return `${capitalise(pick(random, 10).join(' '))}, ${pick(random, 4).join(' ')}.`;
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function pick(random: () => number, count: number): string[] {
  return Array.from({ length: count }, () => WORDS[Math.floor(random() * WORDS.length)] ?? '');
}

/** Mulberry32: a few operations, the same numbers everywhere. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
