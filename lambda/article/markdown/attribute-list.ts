/** Attributes as Markdown's dialects write them behind what they belong to: `{: .wide #top}`, `{#id}`, `{.wide}`. */

export interface AttributeList {
  /** The place behind it. */
  readonly end: number;
  readonly id: string | null;
  /** Kramdown's `{:toc}`: the table of contents goes here. */
  readonly isContents: boolean;
}

/** Each can be read in one way only: where the list does not end as it should, others would be tried without end. */
const ATTRIBUTE = /(?:(?:#[\w:.-]+|[\w:.-]+)(?:=(?:"[^"\n]*"|'[^'\n]*'|[^\s}"']+))?)/.source;
/** Kramdown's `{: .wide #top}` and `{::options /}`; `{#id}`, `{.wide}` at the end of a line, of a heading also others. */
const ATTRIBUTE_LIST = new RegExp(`^\\{:[:/]?[ \\t]*(?:${ATTRIBUTE}(?:[ \\t]+${ATTRIBUTE})*)?[ \\t]*/?\\}`);
const LINE_ATTRIBUTES = new RegExp(
  `^\\{[.#](?=[A-Za-z_])${ATTRIBUTE}(?:[ \\t]+${ATTRIBUTE})*[ \\t]*\\}(?=[ \\t]*(?:\\n|$))`,
);
const HEADING_ATTRIBUTES = new RegExp(`^\\{[ \\t]*${ATTRIBUTE}(?:[ \\t]+${ATTRIBUTE})*[ \\t]*\\}(?=[ \\t]*(?:\\n|$))`);

const ATTRIBUTES_CHARACTERS_MAX = 500;

/** The list that begins here, or null; in the line of a heading more is taken for one than elsewhere. */
export function readAttributeList(text: string, at: number, inHeading: boolean): AttributeList | null {
  const here = text.slice(at, at + ATTRIBUTES_CHARACTERS_MAX);
  const written = (ATTRIBUTE_LIST.exec(here) ?? (inHeading ? HEADING_ATTRIBUTES : LINE_ATTRIBUTES).exec(here))?.[0];
  if (written === undefined) return null;
  return {
    end: at + written.length,
    id: /[\s{:]#([\w:.-]+)/.exec(written)?.[1] ?? null,
    isContents: /^\{:\s*toc\b/i.test(written),
  };
}
