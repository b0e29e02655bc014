/**
 * Adopted ids and dates: what subscribers know of articles that were in a feed of another system. They lie beside the
 * articles, in `.adopted/00.yaml` to `.adopted/ff.yaml`: each file has the articles whose keys have a hash that begins so,
 * because who uploads an article is to read one file, however many articles there are. People may edit them. They are read
 * when an article is published for the first time; what was shown stays.
 *
 * ```yaml
 * posts/first-light.md:
 *   id: https://example.org/?p=64        # in all formats
 *   published: 2024-01-02T07:00:00-05:00
 * posts/fog.md:
 *   id: 5f3c09e2a1b2c3d4e5f60718         # in RSS and JSON Feed
 *   atomId: tag:example.org,2024:fog     # in Atom
 * ```
 */

import { type EntryId, entryIdOf, findIdFault } from '../../model/entry-id.ts';
import type { Problem } from '../../model/problem.ts';
import { createReport, type Report } from '../../model/report.ts';
import { decodeSource } from '../../text/source-text.ts';
import { readYamlTree, type YamlNode, type YamlPair } from '../../text/yaml-tree.ts';
import { readDate } from '../../time/dates.ts';
import type { Moment } from '../../time/moment.ts';
import { adoptedKeyFor } from './adopted-key.ts';

/** Ten thousand articles in one of 256 files. */
const ADOPTED_BYTES_MAX = 4 * 1024 * 1024;
const VALUES_MAX = 100_000;
const DEPTH_MAX = 3;

/** What is known of one article, in the words of the file. */
export interface AdoptedRow {
  /** In RSS and JSON Feed, and in Atom too where that has no other; null where only a date is known. */
  readonly id: string | null;
  /** In Atom, to the byte; null where it follows from `id`. */
  readonly atomId: string | null;
  readonly published: Moment | null;
}

export interface AdoptedFile {
  /** By content key; null for a row with a mistake. */
  readonly rows: ReadonlyMap<string, AdoptedRow | null>;
  /** Whether the whole file can't be read, so that nobody knows what it says of any article. */
  readonly isUnreadable: boolean;
  readonly problems: readonly Problem[];
}

/** The id of an entry, in all formats. */
export function adoptedId({ id, atomId }: AdoptedRow, siteId: string): EntryId | null {
  if (id === null) return null;
  if (atomId === null) return entryIdOf(id, siteId);
  return atomId === id ? { id } : { id: atomId, guid: id };
}

export function parseAdopted(fileKey: string, body: Uint8Array): AdoptedFile {
  const report = createReport(fileKey);
  const refuse = (line: number | null, what: string): AdoptedFile => {
    report.add('adopted-unreadable', line, `The file can't be read: ${what}.`, FILE_FIX);
    return { rows: new Map(), isUnreadable: true, problems: report.problems };
  };
  if (body.byteLength > ADOPTED_BYTES_MAX) return refuse(null, `it has more than ${ADOPTED_BYTES_MAX / 1024} kB`);
  const source = decodeSource(body);
  if (source.kind === 'unreadable') return refuse(source.line, `it is not text in ${source.encoding}`);
  const reading = readYamlTree(source.text, { depthMax: DEPTH_MAX, valuesMax: VALUES_MAX });
  if (reading.kind === 'unreadable') return refuse(reading.line, reading.reason);
  if (reading.kind === 'too-many-values') return refuse(reading.line, `it holds more than ${VALUES_MAX} values`);
  const { root } = reading;
  if (root.kind !== 'map' && root.kind !== 'empty') return refuse(root.line, 'it is no map of articles');
  const rows = new Map<string, AdoptedRow | null>();
  for (const { name, line, value } of root.kind === 'map' ? root.pairs : []) {
    const fault = rows.has(name)
      ? `${name} is there twice.`
      : adoptedKeyFor(name) === fileKey
        ? null
        : `${name} is looked for in ${adoptedKeyFor(name)}.`;
    if (fault !== null) report.add('adopted-unreadable', line, fault, 'Keep one line for each article, in its file.');
    rows.set(name, fault === null ? readRow(value, line, report) : null);
  }
  return { rows, isUnreadable: false, problems: report.problems };
}

const FILE_FIX =
  'Write one article after the other, as “posts/a.md: { id: "…" }”. New articles wait until it is mended.';

/** Null, with a problem, for one with a mistake. */
function readRow(node: YamlNode, line: number, report: Report): AdoptedRow | null {
  // A text alone is the id.
  const pairs: readonly YamlPair[] =
    node.kind === 'map' ? node.pairs : node.kind === 'text' ? [{ name: 'id', line, value: node }] : [];
  const row: { id: string | null; atomId: string | null; published: Moment | null } = {
    id: null,
    atomId: null,
    published: null,
  };
  const refuse = (at: number, message: string): null => {
    const fix = 'Write “id”, and where they are known “atomId” and “published” with date, time and zone.';
    report.add('adopted-unreadable', at, message, fix);
    return null;
  };
  for (const { name, line: at, value } of pairs) {
    const text = value.kind === 'text' ? value.text : '';
    if (name === 'id' || name === 'atomId') {
      const fault = findIdFault(text);
      if (fault !== null) return refuse(at, `“${name}” ${fault}.`);
      row[name] = text;
    } else if (name === 'published') {
      const read = readDate(text, 'UTC');
      if (read.kind !== 'moment') return refuse(at, `“published” is no date with a time: ${text.slice(0, 100)}`);
      row.published = read.moment;
    } else return refuse(at, `“${name}” is not known here.`);
  }
  if (row.id === null && row.atomId !== null) return refuse(line, '“atomId” stands without “id”.');
  if (row.id === null && row.published === null) return refuse(line, 'It says nothing of the article.');
  return row;
}
