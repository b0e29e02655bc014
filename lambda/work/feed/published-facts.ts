/**
 * Reads from the public documents of a feed what they still tell if its root can't be read: what left it and when, and
 * which archive pages are there. Only for a repair; elsewhere documents are written and never read.
 */

import { namePage } from '../../feed/pages.ts';
import { archiveFolder, archivePath, subscriptionPath } from '../../model/addresses.ts';
import type { Position } from '../../model/entry.ts';
import type { FeedRoot, SupersededPage } from '../../state/root.ts';
import { mapBounded } from '../../store/bounded.ts';
import { listAll } from '../../store/store.ts';
import { type Moment, momentAt } from '../../time/moment.ts';
import type { Ports } from '../protocol/ports.ts';

const DOCUMENTS_AT_ONCE_MAX = 16;

/** The removals that the feed's Atom document lists, and its date: something may have left at that moment. */
export async function readPublishedRemovals(
  ports: Ports,
  feed: string,
): Promise<Pick<FeedRoot, 'removed' | 'removals'>> {
  const atom = await readText(ports, subscriptionPath(feed, 'atom'));
  const updated = /<updated>([^<]+)<\/updated>/.exec(atom)?.[1];
  const removals = [...atom.matchAll(/<at:deleted-entry ref="([^"]*)" when="([^"]*)"/g)].flatMap(
    ([, ref = '', when = '']) => {
      const at = readMoment(when);
      return at === null ? [] : [{ id: unescapeXml(ref), at }];
    },
  );
  return { removed: updated === undefined ? null : readMoment(updated), removals };
}

/**
 * Former archive pages that still have documents, newest first, so that none stands before one that links to it.
 *
 * @param names of the present pages
 */
export async function findSupersededPages(
  ports: Ports,
  feed: string,
  names: ReadonlySet<string>,
): Promise<readonly SupersededPage[]> {
  const folder = archiveFolder(feed);
  const found = new Set<string>();
  for await (const { key } of listAll(ports.public, folder)) found.add(key.slice(folder.length).split('/')[0] ?? '');
  const lost = [...found].filter((name) => !names.has(name)).sort();
  const pages = await mapBounded(lost.reverse(), DOCUMENTS_AT_ONCE_MAX, async (name) => {
    const last =
      readLast(await readText(ports, archivePath(feed, name, 'json')), name) ??
      readLastOfAtom(await readText(ports, archivePath(feed, name, 'atom')), name);
    return last === null ? [] : [{ name, last, at: ports.now() }];
  });
  return pages.flat();
}

/** Where the page ends: at its newest item, which is the first. Null if the name was not made from it. */
function readLast(json: string, name: string): Position | null {
  const item = readFirstItem(json);
  return positionAt(String(item?.id), String(item?.date_published), name);
}

/** An id that is a plain word is an IRI in Atom alone, and pages are named by IRIs. */
function readLastOfAtom(atom: string, name: string): Position | null {
  const [, entry = ''] = /<entry(?: [^<>]*)?>(.*?)<\/entry>/s.exec(atom) ?? [];
  const [, id = ''] = /<id>([^<]*)<\/id>/.exec(entry) ?? [];
  const [, published = ''] = /<published>([^<]*)<\/published>/.exec(entry) ?? [];
  return positionAt(unescapeXml(id), published, name);
}

function positionAt(id: string, date: string, name: string): Position | null {
  const published = readMoment(date);
  if (published === null) return null;
  return namePage([{ key: '', entry: { id, published } }]) === name ? { at: published.at, id } : null;
}

function readFirstItem(json: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return (JSON.parse(json) as { items?: readonly Record<string, unknown>[] }).items?.[0];
  } catch {
    // A damaged or missing document tells nothing.
    return undefined;
  }
}

/** RFC 3339 as our documents have it. */
function readMoment(text: string): Moment | null {
  const at = Date.parse(text);
  if (Number.isNaN(at)) return null;
  const [, sign, hours = '0', minutes = '0'] = /([+-])(\d\d):(\d\d)$/.exec(text) ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  return offset === 0 ? momentAt(at) : { at, offsetMinutes: offset };
}

/** The text of an attribute's value. */
function unescapeXml(value: string): string {
  const names: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
  return value.replace(/&(?:#(\d+)|(\w+));/g, (written: string, code: string | undefined, name = '') =>
    code === undefined ? (names[name] ?? written) : String.fromCodePoint(Number(code)),
  );
}

/** Empty for a document that is not there. */
async function readText(ports: Ports, path: string): Promise<string> {
  return new TextDecoder().decode((await ports.public.read(path))?.body ?? new Uint8Array());
}
