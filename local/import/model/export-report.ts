/**
 * What an import has to tell at its end: what was written, what was held back, and what could not be carried over. Of
 * each kind there is a count and the first few names. The names of what is held back may be private themselves, so the
 * file that is written has the export's numbers in place of titles.
 */

import { dropForbidden } from '../../../lambda/text/characters.ts';

const NAMES_MAX = 20;

interface Kind {
  count: number;
  /** For a terminal. */
  readonly names: string[];
  /** For a file. */
  readonly places: string[];
}

export interface ExportReport {
  /** A post that was not public, and why. */
  hold(why: string, place: string, title: string): void;
  /** Something that was left behind or changed: `what` is one sentence, the same for all of its kind. */
  leave(what: string, name: string, count?: number): void;
  /** A post of which something is lost to a reader, or which could not be written at all. */
  fail(what: string, name: string): void;
  readonly heldCount: number;
  readonly failedCount: number;
  /** Lines of text. `titles` says whether private titles may be in them. */
  lines(options: { readonly titles: boolean }): readonly string[];
}

export function createReport(): ExportReport {
  const held = new Map<string, Kind>();
  const left = new Map<string, Kind>();
  const failed = new Map<string, Kind>();
  return {
    hold: (why, place, title) => add(held, why, 1, title === '' ? place : `${place} “${shorten(title)}”`, place),
    leave: (what, name, count = 1) => add(left, what, count, name, name),
    fail: (what, name) => add(failed, what, 1, name, name),
    get heldCount() {
      return countOf(held);
    },
    get failedCount() {
      return countOf(failed);
    },
    lines({ titles }) {
      const show = (kinds: ReadonlyMap<string, Kind>) =>
        [...kinds].flatMap(([what, kind]) => linesOf(what, kind, titles));
      return [
        ...section('Could not be imported', show(failed)),
        ...section('Not public, so not imported (--drafts imports them as drafts)', show(held)),
        ...section('Left behind or changed', show(left)),
      ];
    },
  };
}

function add(kinds: Map<string, Kind>, what: string, count: number, name: string, place: string): void {
  const kind = kinds.get(what) ?? { count: 0, names: [], places: [] };
  kinds.set(what, kind);
  kind.count += count;
  if (kind.names.length >= NAMES_MAX || kind.names.at(-1) === name) return;
  // A title of an export may hold control sequences, which a terminal would obey.
  kind.names.push(dropForbidden(name));
  kind.places.push(dropForbidden(place));
}

function countOf(kinds: ReadonlyMap<string, Kind>): number {
  return [...kinds.values()].reduce((sum, { count }) => sum + count, 0);
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines];
}

function linesOf(what: string, { count, names, places }: Kind, titles: boolean): readonly string[] {
  const shown = titles ? names : places;
  const more = count > shown.length ? ' …' : '';
  return [`  ${count} × ${dropForbidden(what)}`, ...(shown.length === 0 ? [] : [`      ${shown.join(', ')}${more}`])];
}

function shorten(title: string): string {
  const characters = [...title];
  return characters.length <= 60 ? title : `${characters.slice(0, 59).join('')}…`;
}
