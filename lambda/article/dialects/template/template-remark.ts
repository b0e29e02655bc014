/** Remarks in template code, which no site shows. */

import type { Finder } from './template-tag.ts';

/** What looks like a longer one is text; only Kramdown's may go on for ever. */
const REMARK_CHARACTERS_MAX = 8_192;

/** What is written for no reader, in Kramdown, in Nunjucks and Twig (`{#id}` is none, `{#so#}` is), in Ruby's templates. */
const REMARKS = [
  { open: /^\{::comment\b/, closes: ['{:/comment}', '{:/}'], charactersMax: Number.POSITIVE_INFINITY },
  { open: /^\{#(?:[-\s]|[^{}]*#\})/, closes: ['#}'], charactersMax: REMARK_CHARACTERS_MAX },
  // CriticMarkup's, for those who work on a text; and JSX's, which people write in Markdown too.
  { open: /^\{>>/, closes: ['<<}'], charactersMax: REMARK_CHARACTERS_MAX },
  { open: /^\{\/\*/, closes: ['*/}'], charactersMax: REMARK_CHARACTERS_MAX },
  { open: /^<%#/, closes: ['%>'], charactersMax: REMARK_CHARACTERS_MAX },
] as const;

/** The place behind the remark that begins here, or null. */
export function endOfRemark(text: string, at: number, find: Finder): number | null {
  const here = text.slice(at, at + REMARK_CHARACTERS_MAX);
  const remark = REMARKS.find(({ open }) => open.test(here));
  if (remark === undefined) return null;
  const ends = remark.closes
    .map((close) => ({ close, place: find(close, at + 2) }))
    .filter(({ place }) => place !== -1);
  const [first] = ends.sort((one, other) => one.place - other.place);
  if (first === undefined || first.place - at > remark.charactersMax) return null;
  return first.place + first.close.length;
}
