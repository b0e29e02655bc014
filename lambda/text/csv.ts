/**
 * CSV by RFC 4180: rows of cells, quoted where they hold a comma, a quotation mark or a line break. What the grammar
 * does not know makes the text unreadable, for a row that is guessed wrong could publish what it holds back.
 */

export interface CsvRow {
  readonly cells: readonly string[];
  /** Line in the file on which the row begins, from 1. */
  readonly line: number;
}

export type CsvReading =
  | { readonly kind: 'rows'; readonly rows: readonly CsvRow[] }
  | { readonly kind: 'unreadable'; readonly line: number; readonly message: string };

/** One cell and what ends it: a comma, a line break, or the end of the text. */
const CELL = /(?:"([^"]*(?:""[^"]*)*)"|([^",\n]*))(,|\n|$)/y;

/** Reads a text whose line breaks are `\n`. Blank lines are no rows. */
export function readCsv(text: string): CsvReading {
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let [at, line, rowLine] = [0, 1, 1];
  while (at < text.length || cells.length > 0) {
    CELL.lastIndex = at;
    const match = CELL.exec(text);
    if (match === null) return { kind: 'unreadable', line, message: 'A quotation mark is never closed here' };
    const [whole, quoted, plain = '', end] = match;
    cells.push(quoted?.replaceAll('""', '"') ?? plain);
    at += whole.length;
    line += whole.split('\n').length - 1;
    if (end === ',') continue;
    if (cells.length > 1 || cells[0] !== '') rows.push({ cells, line: rowLine });
    [cells, rowLine] = [[], line];
  }
  return { kind: 'rows', rows };
}
