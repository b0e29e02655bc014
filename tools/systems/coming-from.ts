/** The parts of docs/coming-from/ that are made of the comparison: what became of each file of a small site, and where we differ. */

import type { Known } from './differences.ts';
import type { SiteReading } from './site-entries.ts';

const BEGIN = '<!-- made by `npm run systems -- --write`: begin -->';
const END = '<!-- end -->';
const ROLES = { post: 'in feeds', page: 'a page, in no feed', unlisted: 'a page, in no feed or list' } as const;
const CELL_CHARACTERS_MAX = 90;

/** The page with the parts anew; what stands between the two marks goes. Null where a mark is missing. */
export function writePart(page: string, part: string): string | null {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  return from < 0 || to < from ? null : `${page.slice(0, from + BEGIN.length)}\n\n${part}\n${page.slice(to)}`;
}

/** @param known null where no program was asked */
export function renderPart(site: string, reading: SiteReading, known: Known | null): string {
  const place = `[tests/systems/${site}](../../tests/systems/${site})`;
  const files = [
    ...reading.entries.map(({ file, role, address }) => [file, ROLES[role], `\`${address}\``]),
    ...reading.held.map((file) => [file, 'not published', '']),
  ].toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return [
    `The files of a small site, and their results (${place}):`,
    '',
    ...table(
      ['file', 'here', 'address'],
      files.map(([file = '', ...rest]) => [`\`${file}\``, ...rest]),
    ),
    '',
    ...renderDifferences(known),
    '',
  ].join('\n');
}

function renderDifferences(known: Known | null): readonly string[] {
  if (known === null)
    return ['No program was asked: it can’t be had from a package registry, or has no feed of its own.'];
  const { program, differences } = known;
  if (differences.length === 0) return [`${program} gives the same titles, dates, addresses, authors, tags and texts.`];
  const rows = differences.map(({ file, field, theirs, ours, reason }) => [
    file === '' ? '' : `\`${file}\``,
    field,
    shorten(theirs),
    shorten(ours),
    reason,
  ]);
  return [
    `Where ${program} gives something else for these files; all other titles, dates, addresses, authors, tags and texts are the same:`,
    '',
    ...table(['file', 'what', 'there', 'here', 'why'], rows),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)];
}

function shorten(text: string): string {
  return text.length > CELL_CHARACTERS_MAX ? `${text.slice(0, CELL_CHARACTERS_MAX)}…` : text;
}
