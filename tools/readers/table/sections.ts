/** The two parts of docs/readers.md, each of which has a script of its own. */

const HEADING = '## What people see who subscribed';

export function splitSections(page: string): { readonly readers: string; readonly programs: string } {
  const [readers = '', programs = ''] = page.split(`\n${HEADING}\n\n`);
  return { readers, programs };
}

export function joinSections(readers: string, programs: string): string {
  return programs === '' ? readers : `${readers}\n${HEADING}\n\n${programs}`;
}

/** The rows of the table of programs, with those that were asked now in their places; new ones at the end. */
export function mergeProgramRows(before: readonly string[], rows: readonly string[]): readonly string[] {
  const nameOf = (row: string) => row.split(' | ', 1)[0];
  const kept = before.map((row) => rows.find((other) => nameOf(other) === nameOf(row)) ?? row);
  return [...kept, ...rows.filter((row) => !before.some((other) => nameOf(other) === nameOf(row)))];
}
