/**
 * `import` and `export` in MDX: where such a statement ends, which files it names, and whether a file that is called
 * `.md` is MDX all the same. Sentences begin with these words too, so a statement has to be written like one.
 */

import { type CodeRange, isInCode } from '../../markdown/code.ts';
import { endOfBraces } from '../../markdown/syntax/jsx.ts';

const IMPORT =
  /import\s+(?:(?:type\s+)?(?:[\p{L}_$*{](?:(?!\n[ \t]*\n)[^;'"`=()<>]){0,2000}?)\s*from\s*)?(["'])[^"'\n]{1,500}\1(?:\s*(?:with|assert)\s*\{[^}\n]{0,200}\})?[ \t]*;?[ \t]*(?:\n|$)/uy;
const EXPORT =
  /export\s+(?:(?:const|let|var|class|async|function\*?)\s+[\p{L}_$]|(?:const|let|var)\s*[{[]|default\s|function\s*\(|\*|\{)/uy;

/** The place behind the statement that begins here; null where none does. */
export function endOfStatement(text: string, at: number): number | null {
  IMPORT.lastIndex = at;
  const found = IMPORT.exec(text);
  if (found !== null) return at + found[0].length;
  EXPORT.lastIndex = at;
  return EXPORT.test(text) ? endOfExport(text, at) : null;
}

const NEXT_CHARACTERS_MAX = 200;
/** Behind a semicolon the program goes on with one of these, or the text has begun. */
const GOES_ON = /^(?:[ \t]+\S|[)\]}/]|(?:async|class|const|function|let|var)\s)/;

/** An `export` reaches to the next blank line outside its braces. */
function endOfExport(text: string, at: number): number {
  let end = at;
  while (end < text.length) {
    const lineBreak = text.indexOf('\n', end);
    const lineEnd = lineBreak === -1 ? text.length : lineBreak;
    const brace = text.slice(end, lineEnd).indexOf('{');
    const closed = brace === -1 ? null : endOfBraces(text, end + brace);
    const isWhole =
      closed === null && /;[ \t]*$/.test(text.slice(Math.max(end, lineEnd - NEXT_CHARACTERS_MAX), lineEnd));
    end = closed ?? Math.min(lineEnd + 1, text.length);
    const next = text.slice(end, end + NEXT_CHARACTERS_MAX);
    if (closed === null && /^[ \t]*(?:\n|$|import\s|export\s)/.test(next)) return end;
    if (isWhole && !GOES_ON.test(next)) return end;
  }
  return end;
}

/** `import photo from '../photo.jpg'`: photo → ../photo.jpg. */
export function readImports(text: string, code: readonly CodeRange[]): Map<string, string> {
  const found = text.matchAll(/^import\s+(\w+)\s+from\s+['"](\.[^'"\n]+\.\w+)['"]/gm);
  const outside = [...found].filter(({ index }) => !isInCode(code, index));
  return new Map(outside.map(([, name = '', path = '']) => [name, path]));
}

/** What holds programs that are not the text's, and imports that bind names. */
const SIGN =
  /<(\/?)(?:script|style)\b|(<!--)|(-->)|^import\s+(?:type\s+)?([^\n'"`=()<>]{1,500}?)\s+from\s+['"][^'"\n]{1,500}['"];?[ \t]*$/gim;
const USED_NAME = /[<{]\s*([\p{L}_$][\p{L}\p{N}_$]*)/gu;

/**
 * Whether a file called `.md` is MDX: it imports something, in a paragraph of its own and neither in code nor in a script
 * or comment, and its text uses that by its name. Any line of Go or Python, quoted or told of, does less.
 */
export function importsComponents(text: string, findCode: () => readonly CodeRange[]): boolean {
  if (!/^import\s/m.test(text)) return false;
  const code = findCode();
  let inProgram = false;
  let inComment = false;
  const names: string[] = [];
  for (const { 1: slash, 2: opens, 3: closes, 4: clause, index } of text.matchAll(SIGN)) {
    if (isInCode(code, index)) continue;
    if (opens) inComment = true;
    else if (closes) inComment = false;
    else if (inComment) continue;
    else if (clause === undefined) inProgram = slash === '';
    else if (!inProgram && beginsParagraph(text, index)) names.push(...namesIn(clause));
  }
  if (names.length === 0) return false;
  const used = new Set<string>();
  for (const { 1: name = '', index } of text.matchAll(USED_NAME)) if (!isInCode(code, index)) used.add(name);
  return names.some((name) => used.has(name));
}

/** Other imports may stand above it. */
function beginsParagraph(text: string, at: number): boolean {
  const above = text.slice(Math.max(0, at - NEXT_CHARACTERS_MAX), at);
  return (
    /(?:^|\n)[ \t]*\n$|^$/.test(above) ||
    /(?:^|\n)(?:import|export)\b[^\n]*\n$/.test(above) ||
    /["'];?[ \t]*\n$/.test(above)
  );
}

/** `A, { b as c, d }` → A, c, d. */
function namesIn(clause: string): readonly string[] {
  const parts = clause.split(/[{},]/).map(
    (part) =>
      part
        .trim()
        .split(/\s+as\s+/)
        .at(-1) ?? '',
  );
  return parts.filter((name) => /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name));
}
