/** The parts of docs/readers.md, each of which has a script of its own. */

const HEADINGS = {
  programs: '## What people see who subscribed',
  servers: '## What four servers showed, and show',
} as const;

export interface Sections {
  readonly readers: string;
  readonly programs: string;
  readonly servers: string;
}

export function splitSections(page: string): Sections {
  const [front = '', servers = ''] = page.split(`\n${HEADINGS.servers}\n\n`);
  const [readers = '', programs = ''] = front.split(`\n${HEADINGS.programs}\n\n`);
  return { readers, programs, servers };
}

export function joinSections({ readers, programs, servers }: Sections): string {
  const behind = (heading: string, text: string) => (text === '' ? '' : `\n${heading}\n\n${text}`);
  return readers + behind(HEADINGS.programs, programs) + behind(HEADINGS.servers, servers);
}

/** The rows of the table of programs, with those that were asked now in their places; new ones at the end. */
export function mergeProgramRows(before: readonly string[], rows: readonly string[]): readonly string[] {
  const nameOf = (row: string) => row.split(' | ', 1)[0];
  const kept = before.map((row) => rows.find((other) => nameOf(other) === nameOf(row)) ?? row);
  return [...kept, ...rows.filter((row) => !before.some((other) => nameOf(other) === nameOf(row)))];
}
