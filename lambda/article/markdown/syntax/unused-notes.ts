/**
 * What Markdown reads and shows nowhere: footnotes that nothing refers to, the first of two with one label, and lines
 * that look like the address of a link (`[Ann]: Hello`) and that no link uses.
 */

import type { MarkdownIt, StateCore } from 'markdown-it';
import { decodePercent } from '../../../address/percent-encoding.ts';

export interface UnusedNote {
  readonly kind: 'footnote' | 'address';
  /** As it begins in the source. */
  readonly mark: string;
  readonly text: string;
}

/** What a parser of Markdown is given beside the text. */
export interface MarkdownEnvironment {
  readonly docId?: string;
  /** Is added to. */
  readonly unused?: UnusedNote[];
  /** The outer and inner marks that stand for straight ones, with dashes and dots to match. @default they stay straight */
  readonly quotes?: readonly string[];
}

export function addUnusedNotes(parser: MarkdownIt): void {
  parser.core.ruler.before('footnote_tail', 'unused_notes', collectUnused);
}

interface Env extends MarkdownEnvironment {
  readonly footnotes?: { readonly list?: readonly { readonly label?: string }[] };
  readonly references?: Readonly<Record<string, { readonly title?: string; readonly href: string }>>;
}

function collectUnused(state: StateCore): void {
  const { unused, footnotes, references } = state.env as Env;
  if (unused === undefined) return;
  const referred = new Set(footnotes?.list?.map(({ label }) => label));
  const notes = new Map<string, string>();
  const open: { readonly label: string; readonly texts: string[] }[] = [];
  for (const { type, meta, content } of state.tokens) {
    if (type === 'footnote_reference_open') open.push({ label: (meta as { readonly label: string }).label, texts: [] });
    else if (type === 'footnote_reference_close') closeNote(open.pop(), notes, unused);
    else if (content !== '') open.at(-1)?.texts.push(content);
  }
  for (const [label, text] of notes) if (!referred.has(label)) unused.push(unusedNote(label, text));
  for (const note of findAddresses(references ?? {}, state)) unused.push(note);
}

function closeNote(
  note: { readonly label: string; readonly texts: readonly string[] } | undefined,
  notes: Map<string, string>,
  unused: UnusedNote[],
): void {
  if (note === undefined) return;
  // Of two with one label the last is shown.
  const before = notes.get(note.label);
  if (before !== undefined) unused.push(unusedNote(note.label, before));
  notes.set(note.label, note.texts.join(' '));
}

function unusedNote(label: string, text: string): UnusedNote {
  return { kind: 'footnote', mark: `[^${label}]:`, text };
}

/** A word and no address; `[//]: # (…)` and its like are comments. */
const WORD = /^[\p{L}\p{M}’'%-]+[.,!?…]?$/u;

function findAddresses(references: NonNullable<Env['references']>, { src, md }: StateCore): readonly UnusedNote[] {
  const suspects = Object.entries(references).filter(
    ([, { href }]) => WORD.test(decode(href)) && /\p{L}/u.test(decode(href)),
  );
  if (suspects.length === 0) return [];
  const used = new Set<string>();
  for (const [, label = ''] of src.matchAll(/\[([^[\]]{1,200})\](?!:)/g)) used.add(md.utils.normalizeReference(label));
  return suspects.flatMap(([label, { href, title = '' }]) => {
    if (used.has(label)) return [];
    return [
      {
        kind: 'address' as const,
        mark: `[${label}]:`,
        text: `[${label.toLowerCase()}]: ${decode(href)} ${title}`.trim(),
      },
    ];
  });
}

function decode(href: string): string {
  return decodePercent(href) ?? href;
}
