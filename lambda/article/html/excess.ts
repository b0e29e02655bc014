/**
 * Bodies that would take long to read, told before any of it is read: parsers of Markdown and HTML have inputs that cost
 * them far more than their length. The bounds lie well beyond anything that people write (the largest of 1,700 real
 * posts has 117,000 characters, and 3,000 of any of the marks below).
 */

import type { ContentSource } from './context.ts';

const BODY_CHARACTERS_MAX = 524_288;
const TAGS_MAX = 50_000;
export const IMAGES_MAX = 1_000;

interface Bound {
  readonly mark: string;
  readonly max: number;
  readonly name: string;
}

const BOUNDS: readonly Bound[] = [
  { mark: '\n', max: 20_000, name: 'lines' },
  { mark: '{', max: 50_000, name: 'braces' },
];
const MARKDOWN_BOUNDS: readonly Bound[] = [
  { mark: '[^', max: 2_000, name: 'footnotes' },
  { mark: '[', max: 20_000, name: 'square brackets' },
  { mark: '*', max: 30_000, name: 'asterisks' },
  { mark: '_', max: 30_000, name: 'underscores' },
  { mark: '`', max: 30_000, name: 'backticks' },
  { mark: '~', max: 30_000, name: 'tildes' },
  { mark: '://', max: 10_000, name: 'addresses' },
  { mark: '|', max: 50_000, name: 'table cells' },
  { mark: '&', max: 50_000, name: 'ampersands' },
  { mark: '<', max: TAGS_MAX * 2, name: 'angle brackets' },
];

/** What there is too much of (`more than 20,000 lines`), or null. */
export function findExcess({ kind, text }: Pick<ContentSource, 'kind' | 'text'>): string | null {
  if (text.length > BODY_CHARACTERS_MAX) return say(BODY_CHARACTERS_MAX, 'characters');
  const bounds = kind === 'markdown' ? [...BOUNDS, ...MARKDOWN_BOUNDS] : BOUNDS;
  // Most texts are too short to hold too much of anything.
  const passed = bounds.find(({ mark, max }) => text.length > max * mark.length && hasMore(text, mark, max));
  return passed === undefined ? null : say(passed.max, passed.name);
}

/** What the HTML that a body became has too much of, or null. */
export function findTagExcess(html: string): string | null {
  if (!hasMore(html, '<', OPEN_TAGS_MAX)) return null;
  if (hasMoreTags(html)) return say(TAGS_MAX, 'tags');
  return isDeeper(html, OPEN_TAGS_MAX) ? say(OPEN_TAGS_MAX, 'elements inside one another') : null;
}

/** Elements inside one another that a parser is given; it takes time by the square of them. */
const OPEN_TAGS_MAX = 2_000;
/** Tags that open nothing, and those that people leave open because the next one closes them. */
const NOT_COUNTED =
  /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li|dt|dd|tr|td|th|option)$/i;

function isDeeper(html: string, max: number): boolean {
  let depth = 0;
  for (const [, slash, name = ''] of html.matchAll(/<(\/?)([a-z][^\s/>]*)/gi)) {
    if (NOT_COUNTED.test(name)) continue;
    depth = slash === '/' ? Math.max(0, depth - 1) : depth + 1;
    if (depth > max) return true;
  }
  return false;
}

/** Half of the angle brackets open an element, the others close one. */
function hasMoreTags(html: string): boolean {
  return hasMore(html, '<', TAGS_MAX * 2);
}

export function say(max: number, name: string): string {
  return `more than ${max.toLocaleString('en')} ${name}`;
}

function hasMore(text: string, mark: string, max: number): boolean {
  let count = 0;
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + mark.length)) {
    count += 1;
    if (count > max) return true;
  }
  return false;
}
