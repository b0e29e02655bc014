/**
 * The text of an article while its dialects are expanded. Where it holds code is found once: edits move the places that
 * are known. They are only found anew where an edit cuts into code, or makes some.
 */

import { createProblem, type Problem, type ProblemCode } from '../../../model/problem.ts';
import { PIECE_CLOSE, PIECE_OPEN } from '../../../text/characters.ts';
import { type ContentSource, createLineCounter } from '../../html/context.ts';
import { type CodeRange, findCode, isInCode } from '../../markdown/code.ts';

/** What takes the place of the text from `start` up to `end`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface BodyText {
  readonly kind: ContentSource['kind'];
  /** As it is by now. Line breaks are `\n`. */
  readonly text: string;
  /** Whether the text is MDX. Nothing is code there because it is indented. */
  readonly mdx: boolean;
  /** Addresses of files that an MDX text imported before it began, by name. */
  readonly imports: ReadonlyMap<string, string>;
  /** All code in the text, in order. Its characters are shown to the reader, so no dialect reads them. */
  readonly code: readonly CodeRange[];
  /** HTML that is put in once Markdown is done, not yet sanitised. */
  readonly pieces: string[];
  readonly problems: readonly Problem[];
  /** The code as it would be if the text were MDX. */
  codeOfMdx(): readonly CodeRange[];
  /** From now on the text is MDX. */
  becomeMdx(): void;
  /** The matches of a pattern that begin outside of code. The pattern has the flag `g`. */
  matches(pattern: RegExp): Generator<RegExpExecArray>;
  /** Replaces such matches. Null leaves a match as it is. */
  replace(pattern: RegExp, replacement: (match: RegExpExecArray) => string | null): void;
  /** Makes these edits: in order, and none into another. `makesCode` says that they bring code with them. */
  edit(edits: readonly Edit[], makesCode?: boolean): void;
  /** Keeps HTML from Markdown, and gives the mark that stands in its place. */
  addPiece(html: string): string;
  /** Line in the file of a place in the text as it is by now. Places that grow are found fastest. */
  lineAt(place: number): number;
  report(code: ProblemCode, line: number | null, message: string, fix: string): void;
}

export function createBodyText(source: ContentSource, key: string): BodyText {
  const lineOf = createLineCounter(source.text, source);
  const known = new Map<'markdown' | 'mdx' | 'html', readonly CodeRange[]>();
  const passes: (readonly Move[])[] = [];
  const pieces: string[] = [];
  const problems: Problem[] = [];
  let { text } = source;
  let mdx = source.mdx === true && source.kind === 'markdown';

  function codeOf(kind: 'markdown' | 'mdx' | 'html'): readonly CodeRange[] {
    const found = known.get(kind) ?? findCode(text, kind);
    known.set(kind, found);
    return found;
  }

  function edit(edits: readonly Edit[], makesCode = false): void {
    if (edits.length === 0) return;
    text = applyEdits(text, edits);
    passes.push(movesOf(edits));
    for (const [kind, ranges] of known) {
      const moved = makesCode ? null : moveRanges(ranges, edits);
      if (moved === null) known.delete(kind);
      else known.set(kind, moved);
    }
  }

  const body: BodyText = {
    kind: source.kind,
    imports: source.imports ?? new Map(),
    pieces,
    problems,
    get text() {
      return text;
    },
    get mdx() {
      return mdx;
    },
    get code() {
      return codeOf(mdx ? 'mdx' : source.kind);
    },
    codeOfMdx: () => codeOf('mdx'),
    becomeMdx: () => {
      mdx = true;
    },
    *matches(pattern) {
      for (const match of text.matchAll(pattern)) if (!isInCode(body.code, match.index)) yield match;
    },
    replace: (pattern, replacement) => {
      const edits: Edit[] = [];
      for (const match of body.matches(pattern)) {
        const shown = replacement(match);
        if (shown !== null) edits.push({ start: match.index, end: match.index + match[0].length, text: shown });
      }
      edit(edits);
    },
    edit,
    addPiece: (html) => `${PIECE_OPEN}${pieces.push(html) - 1}${PIECE_CLOSE}`,
    lineAt: (place) => lineOf(passes.reduceRight(originOf, place)),
    report: (code, line, message, fix) => problems.push(createProblem(code, { path: key, line, message, fix })),
  };
  return body;
}

/**
 * Puts a text in the place of what stands from `start` up to `end`, and gives `end`. What reaches back into the last edit
 * follows its text: a tag may become a title, and then what it shows.
 */
export function put({ edits }: { readonly edits: Edit[] }, start: number, end: number, text: string): number {
  const last = edits.at(-1);
  if (last === undefined || last.end <= start) edits.push({ start, end, text });
  else edits[edits.length - 1] = { start: last.start, end: Math.max(last.end, end), text: last.text + text };
  return end;
}

/** Puts the pieces of HTML in the places that hold their marks; a block needs no paragraph around it. */
export function insertPieces(html: string, pieces: readonly string[]): string {
  if (pieces.length === 0) return html;
  const place = new RegExp(`(<p>)?${PIECE_OPEN}(\\d+)${PIECE_CLOSE}(?:(</p>)|)`, 'g');
  return html.replace(place, (_, open: string | undefined, number: string, close: string | undefined) => {
    const piece = pieces[Number(number)] ?? '';
    const isBlock =
      open !== undefined && close !== undefined && /^<\/?(?:figure|pre|blockquote|video|details)\b/.test(piece);
    return isBlock ? piece : `${open ?? ''}${piece}${close ?? ''}`;
  });
}

function applyEdits(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, text: shown } of edits) {
    parts.push(text.slice(at, start), shown);
    at = end;
  }
  return parts.join('') + text.slice(at);
}

/** Behind an edit: where what follows begins in the new text, and where that was in the old one. */
interface Move {
  readonly now: number;
  readonly before: number;
}

function movesOf(edits: readonly Edit[]): readonly Move[] {
  let shift = 0;
  return edits.flatMap(({ start, end, text }) => {
    const opening = { now: start + shift, before: start };
    shift += text.length - (end - start);
    return [opening, { now: end + shift, before: end }];
  });
}

/** Where a place of the new text was in the old one; in what was put in, where that begins. */
function originOf(place: number, moves: readonly Move[]): number {
  let [from, to] = [0, moves.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((moves[middle]?.now ?? 0) <= place) from = middle + 1;
    else to = middle;
  }
  const move = moves[from - 1];
  if (move === undefined) return place;
  // The even ones stand where an edit begins.
  return (from - 1) % 2 === 0 ? move.before : move.before + place - move.now;
}

/** Where the code is after the edits; null where one cuts into a range and nobody knows what that leaves. */
function moveRanges(ranges: readonly CodeRange[], edits: readonly Edit[]): readonly CodeRange[] | null {
  const moved: CodeRange[] = [];
  let shift = 0;
  let next = 0;
  for (const { start, end } of ranges) {
    let edit = edits[next];
    for (; edit !== undefined && edit.end <= start; edit = edits[next]) {
      shift += edit.text.length - (edit.end - edit.start);
      next += 1;
    }
    if (edit !== undefined && edit.start <= start && edit.end >= end) continue;
    const movedStart = start + shift;
    for (; edit !== undefined && edit.start < end; edit = edits[next]) {
      if (edit.start < start || edit.end > end) return null;
      shift += edit.text.length - (edit.end - edit.start);
      next += 1;
    }
    moved.push({ start: movedStart, end: end + shift });
  }
  return moved;
}
