/**
 * The head of an MDX article: `import` and `export` lines before its text. An exported object named `meta`, `metadata`,
 * `frontmatter` or `frontMatter` holds the article's fields, read as data; everything else is program, and is dropped.
 */

import type { Field } from '../../../model/fields.ts';
import type { Report } from '../../../model/report.ts';
import { endOfStatement } from '../../dialects/mdx/mdx-statements.ts';
import { readObjectLiteral } from './object-literal.ts';

export interface MdxHead {
  readonly fields: readonly Field[];
  /** Addresses of imported files, by the names that the text knows them by. */
  readonly imports: ReadonlyMap<string, string>;
  /** The text with the lines of the head left blank, so that its lines keep their numbers. */
  readonly body: string;
}

const META = /^export\s+const\s+(?:meta|metadata|frontmatter|frontMatter)\s*(?::[^={]*)?=\s*(?=\{)/m;
const IMPORT_FILE = /^import\s+([\p{L}_$][\p{L}\p{N}_$]*)\s+from\s+(["'])(\.{0,2}\/[^"'\n]+)\2/gmu;

/** Null if the exported fields hold code; the report then tells where. */
export function splitMdxHead(text: string, firstLine: number, report: Report): MdxHead | null {
  const meta = META.exec(text);
  const imports = importedFiles(text);
  let fields: readonly Field[] = [];
  let rest = text;
  if (meta !== null) {
    const open = meta.index + meta[0].length;
    const literal = readObjectLiteral(text, open, imports);
    if (literal.kind === 'unreadable') {
      report.add(
        'front-matter-unreadable',
        lineAt(text, literal.at, firstLine),
        'The exported fields hold code here, and code is never run.',
        'Write plain values: texts in quotes, lists, numbers, true or false.',
      );
      return null;
    }
    fields = literal.fields.map(({ name, value, start }) => ({ name, value, line: lineAt(text, start, firstLine) }));
    rest = blank(text, meta.index, literal.end);
  }
  return { fields, imports, body: dropStatements(rest) };
}

/** `import card from '../card.jpg'`: the name stands for the file. */
function importedFiles(text: string): ReadonlyMap<string, string> {
  return new Map([...text.matchAll(IMPORT_FILE)].map((match) => [match[1] ?? '', match[3] ?? '']));
}

/** More of them are no head. */
const STATEMENTS_MAX = 1_000;

/** Blanks the statements at the top of the text, up to the first line that is something else. */
function dropStatements(text: string): string {
  const blanks = /(?:[ \t]*(?:;[ \t]*)?\n)*/y;
  let at = 0;
  let count = 0;
  for (let end: number | null = 0; end !== null && count < STATEMENTS_MAX; count += 1, end = endOfStatement(text, at)) {
    blanks.lastIndex = end;
    at = end + (blanks.exec(text)?.[0].length ?? 0);
  }
  return blank(text, 0, at);
}

/** Blanks part of a text and keeps its lines. */
function blank(text: string, start: number, end: number): string {
  return text.slice(0, start) + text.slice(start, end).replace(/[^\n]+/g, '') + text.slice(end);
}

function lineAt(text: string, at: number, firstLine: number): number {
  return firstLine + text.slice(0, at).split('\n').length - 1;
}
