/** The two parts of docs/readers.md, each of which has a script of its own. */

const HEADING = '## What people see who subscribed';

export function splitSections(page: string): { readonly readers: string; readonly programs: string } {
  const [readers = '', programs = ''] = page.split(`\n${HEADING}\n\n`);
  return { readers, programs };
}

export function joinSections(readers: string, programs: string): string {
  return programs === '' ? readers : `${readers}\n${HEADING}\n\n${programs}`;
}
