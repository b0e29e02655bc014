/** MDX at work: what is known of the text, and what is to stand in it. */

import { type Fields, NO_FIELDS } from '../../../model/fields.ts';
import type { BodyText, Edit } from '../shape/body-text.ts';

export interface Work {
  readonly body: BodyText;
  readonly text: string;
  readonly mdx: boolean;
  /** Addresses of imported files, by the name that they are imported as. */
  readonly imports: ReadonlyMap<string, string>;
  readonly edits: Edit[];
  /** Components of which nothing is left, by their name. */
  readonly leftOut: Map<string, LeftOut>;
  /** What the article says of itself. */
  readonly fields: Fields;
  /** Expressions whose values nobody here knows, as they are shown to the author. */
  readonly unknown: Map<string, LeftOut>;
  /** Components whose end has not come yet, and what it becomes. */
  readonly open: { readonly name: string; readonly close: string }[];
  /** Where the last end of a component stands, by its name. */
  readonly lastEnds: Map<string, number>;
  /** Where the last comment ends. */
  readonly lastCommentEnd: number;
  /** How many tags and expressions had no end. */
  endless: number;
  statements: number;
}

export interface LeftOut {
  /** Where the first of its kind stands. */
  readonly place: number;
  /** The sentences in all of them. */
  prose: string;
}

export function createWork(body: BodyText, imports: Work['imports'], fields: Fields = NO_FIELDS): Work {
  return {
    body,
    text: body.text,
    mdx: body.mdx,
    imports,
    edits: [],
    leftOut: new Map(),
    fields,
    unknown: new Map(),
    open: [],
    lastEnds: new Map(),
    lastCommentEnd: body.text.lastIndexOf('*/'),
    endless: 0,
    statements: 0,
  };
}

export function leaveOut(among: Map<string, LeftOut>, name: string, place: number, prose: string): void {
  const known = among.get(name);
  if (known === undefined) among.set(name, { place, prose });
  else known.prose += ` ${prose}`;
}

export function endsLine(text: string, end: number): boolean {
  return /^[ \t]*(?:\n|$)/.test(text.slice(end, end + LINE_END_CHARACTERS_MAX));
}

const LINE_END_CHARACTERS_MAX = 200;
