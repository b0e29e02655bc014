/** Remarks in template code, which no site shows. */

import type { Finder } from './template-tag.ts';

/** What is written for no reader, in Kramdown, in Nunjucks and Twig (`{#id}` is none), in Ruby's templates. */
const REMARKS = [
  { open: /^\{::comment\b/, closes: ['{:/comment}', '{:/}'], charactersMax: Number.POSITIVE_INFINITY },
  { open: /^\{#[-\s]/, closes: ['#}'], charactersMax: 8_192 },
  { open: /^<%#/, closes: ['%>'], charactersMax: 8_192 },
] as const;

/** The place behind the remark that begins here, or null. */
export function endOfRemark(text: string, at: number, find: Finder): number | null {
  const here = text.slice(at, at + '{::comment}'.length);
  const remark = REMARKS.find(({ open }) => open.test(here));
  if (remark === undefined) return null;
  const ends = remark.closes
    .map((close) => ({ close, place: find(close, at + 2) }))
    .filter(({ place }) => place !== -1);
  const [first] = ends.sort((one, other) => one.place - other.place);
  if (first === undefined || first.place - at > remark.charactersMax) return null;
  return first.place + first.close.length;
}
