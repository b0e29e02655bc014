/** What a benchmark found: tables, as Markdown for docs/benchmarks.md and for the terminal alike. */

export interface Section {
  readonly title: string;
  /** What was done, and what to know about fairness. */
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
