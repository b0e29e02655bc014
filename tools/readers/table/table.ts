/**
 * The table in docs/readers.md: a row for each reader, a column for each behaviour. A cell has a letter for each format that
 * the reader tells of: `R` RSS, `A` Atom, `J` JSON Feed; behind one that is shown wrongly stands `✗`. What it shows instead
 * stands below the table.
 */

import type { FeedFormat } from '../../../lambda/model/document.ts';
import { BEHAVIOURS, type Behaviour } from './behaviours.ts';
import type { Answer, DocumentName } from './shown.ts';

/** One reader's findings, by format and document. */
export interface Row {
  readonly reader: string;
  readonly answers: ReadonlyMap<string, Answer>;
}

/** A reader's cells by column, and its notes. */
export interface JudgedRow {
  readonly reader: string;
  readonly cells: readonly string[];
  readonly notes: readonly string[];
}

const LETTERS: Readonly<Record<FeedFormat, string>> = { rss: 'R', atom: 'A', json: 'J' };
const NOTHING = '–';
const WRONG = '✗';
const NOTE_CHARACTERS_MAX = 80;

export function answerKey(format: FeedFormat, document: DocumentName): string {
  return `${format} ${document}`;
}

export function judgeRow({ reader, answers }: Row, base: string): JudgedRow {
  const notes: string[] = [];
  const cells = BEHAVIOURS.map((behaviour) => {
    const parts = behaviour.formats.flatMap((format) => {
      const instead = judgeFormat(behaviour, answers.get(answerKey(format, behaviour.document)), base);
      if (instead === null) return [];
      if (instead === 'right') return [LETTERS[format]];
      notes.push(`${behaviour.name}, ${LETTERS[format]}: ${quote(instead.wrong, base)}`);
      return [LETTERS[format] + WRONG];
    });
    return parts.join(' ') || NOTHING;
  });
  return { reader, cells, notes };
}

function judgeFormat(behaviour: Behaviour, answer: Answer | undefined, base: string): ReturnType<Behaviour['judge']> {
  if (answer === undefined || 'absent' in answer) return null;
  return 'error' in answer ? { wrong: answer.error } : behaviour.judge(answer.shown, base);
}

/** In code, on one line, without what differs from run to run. */
function quote(text: string, base: string): string {
  const line = text
    .replaceAll(base, '/')
    .replace(/0x[\da-f]+/g, '0x…')
    .replace(/[\s`|]+/g, ' ')
    .trim();
  return `\`${line.slice(0, NOTE_CHARACTERS_MAX)}\``;
}

/** The page as Markdown. Rows stand in the order given. */
export function renderTable(rows: readonly JudgedRow[]): string {
  const head = `| reader | ${BEHAVIOURS.map(({ name }) => name).join(' | ')} |\n|${'---|'.repeat(BEHAVIOURS.length + 1)}\n`;
  const lines = rows.map(({ reader, cells }) => `| ${reader} | ${cells.join(' | ')} |\n`);
  const notes = rows.flatMap(({ reader, notes: own }) => own.map((note) => `- ${reader}: ${note}\n`));
  return `# What readers show

\`npm run readers -- --write\` writes this page. Each reader was given a publication of everything that readers have shown wrongly
(\`tools/readers/table/stress.ts\`), and asked what it shows (\`tools/readers/consumers/\`). **R** is RSS, **A** Atom, **J** JSON Feed;
**✗** means that it does not show what the author meant, and stands below with what it shows. A reader that does not tell of a
behaviour has a dash. Why documents are as they are: [decision 100](decisions/100-what-readers-show.md).

${head}${lines.join('')}
## What is shown instead

${notes.join('')}`;
}

/** The rows of a page that was written before; what is no table is left out. */
export function parseTable(page: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const lines = page.split('\n').filter((line) => line.startsWith('| '));
  const cellsOf = (line: string) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  const [, ...columns] = cellsOf(lines[0] ?? '');
  return new Map(
    lines.slice(1).map((line) => {
      const [reader = '', ...cells] = cellsOf(line);
      return [reader, new Map(columns.map((column, index) => [column, cells[index] ?? NOTHING]))];
    }),
  );
}

/** The rows of a page that was written before, with those that were asked now in their places; new ones at the end. */
export function mergeRows(page: string, rows: readonly JudgedRow[]): readonly JudgedRow[] {
  const before = parseTable(page);
  const notes = parseNotes(page);
  const kept = [...before].map(
    ([reader, cells]): JudgedRow =>
      rows.find((row) => row.reader === reader) ?? {
        reader,
        cells: BEHAVIOURS.map(({ name }) => cells.get(name) ?? NOTHING),
        notes: notes.get(reader) ?? [],
      },
  );
  return [...kept, ...rows.filter(({ reader }) => !before.has(reader))];
}

/** The notes of a page that was written before, by reader. */
function parseNotes(page: string): ReadonlyMap<string, readonly string[]> {
  const notes = new Map<string, string[]>();
  for (const [, reader = '', note = ''] of page.matchAll(/^- (.+? \d[\w.-]*(?: \(\w+\))?): (.*)$/gm)) {
    notes.set(reader, [...(notes.get(reader) ?? []), note]);
  }
  return notes;
}

/** The formats that are worse than before: right then and not now, or without a finding now. */
export function worsened(
  before: ReadonlyMap<string, ReadonlyMap<string, string>>,
  rows: readonly JudgedRow[],
): readonly string[] {
  return rows.flatMap(({ reader, cells }) =>
    BEHAVIOURS.flatMap(({ name }, index) => {
      const right = (cell: string) => cell.split(' ').filter((part) => part.length === 1 && part !== NOTHING);
      const is = right(cells[index] ?? NOTHING);
      const lost = right(before.get(reader)?.get(name) ?? NOTHING).filter((letter) => !is.includes(letter));
      return lost.map((letter) => `${reader}: ${name} is not right any more (${letter})`);
    }),
  );
}
