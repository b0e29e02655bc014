/** The results of a benchmark: tables in Markdown, for docs/benchmarks.md and for the terminal. */

export interface Section {
  readonly title: string;
  /** The method, and remarks on fairness. */
  readonly about: string;
  readonly tables: readonly Table[];
}

export interface Table {
  readonly heading: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function renderSection({ title, about, tables }: Section): string {
  return [`## ${title}`, '', about, '', ...tables.flatMap(renderTable)].join('\n');
}

function renderTable({ heading, columns, rows }: Table): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    ...(heading === '' ? [] : [`**${heading}**`, '']),
    line(columns),
    line(columns.map(() => '---')),
    ...rows.map(line),
    '',
  ];
}
