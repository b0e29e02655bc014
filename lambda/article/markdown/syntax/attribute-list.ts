/**
 * Attributes as Markdown's dialects write them behind what they belong to: `{: .wide #top}` (Kramdown), `{ .wide }`
 * (Python-Markdown, Pandoc), `{#top}`, `{width=300}` (VitePress, Goldmark).
 */

export interface AttributeList {
  /** The place behind it. */
  readonly end: number;
  readonly id: string | null;
  /** Whether it is written with a colon: text seldom is. */
  readonly isKramdown: boolean;
  /** Kramdown's `{:toc}`: the table of contents goes here. */
  readonly isContents: boolean;
  /** Whether it begins with a class or an id, and so is a list wherever a line ends with it. */
  readonly isNamed: boolean;
}

/** Each can be read in one way only: where the list does not end as it should, others would be tried without end. */
const ATTRIBUTE = /(?:(?:#[\w:.-]+|[\w:.-]+)(?:=(?:"[^"\n]*"|'[^'\n]*'|[^\s{}"'`]+))?)/.source;
const BLANK = '[ \\t]+(?:\\n[ \\t]*)?|\\n[ \\t]*';
const LIST = new RegExp(
  `\\{(?::(?<kind>[:/]?))?[ \\t]*(?<attributes>(?:${ATTRIBUTE}(?:(?:${BLANK})${ATTRIBUTE})*)?)(?:${BLANK})?/?\\}`,
  'y',
);

/** A class, an id, or a pair. Words alone are text in braces. */
const STRONG = /(?:^|\s)(?:[#.][A-Za-z_\p{L}]|[\w:.-]+=|-$)/u;

const ATTRIBUTES_CHARACTERS_MAX = 500;

/** The list that begins here, or null. `{braces}`, `{a, b}` and `{a: b}` are none. */
export function readAttributeList(text: string, at: number): AttributeList | null {
  const here = text.slice(at, at + ATTRIBUTES_CHARACTERS_MAX);
  LIST.lastIndex = 0;
  const found = LIST.exec(here);
  const { kind, attributes = '' } = found?.groups ?? {};
  if (found === null) return null;
  const isKramdown = kind !== undefined;
  if (!isKramdown && (!STRONG.test(attributes) || /(?:^|\s)[\w.-]+:(?:\s|$)/.test(attributes))) return null;
  return {
    end: at + found[0].length,
    id: /(?:^|\s)#([\w:.-]+)/.exec(attributes)?.[1] ?? null,
    isKramdown,
    isContents: isKramdown && /^toc\b/i.test(attributes),
    isNamed: /^[#.][A-Za-z_]/.test(attributes),
  };
}
