/** The links of an article: the names that it looks up, and gives up (protocol/name-index.ts has the rules). */

import { nameOfFile } from '../../address/asset-places.ts';
import type { Article, ArticleLink } from '../../model/article.ts';
import { type Stored, swapJson } from '../../state/json-object.ts';
import { linkKey, recordKey } from '../../state/keys.ts';
import type { ArticleRecord, DeadLink } from '../../state/record.ts';
import { mapBounded } from '../../store/bounded.ts';
import { decodeSource } from '../../text/source-text.ts';
import { lookAtName, type NameLook } from '../protocol/name-index.ts';
import type { Ports } from '../protocol/ports.ts';
import { readRecord } from '../protocol/record-write.ts';
import { lookAtFiles } from '../protocol/vault-files.ts';

const NAMES_AT_ONCE_MAX = 32;
/** Of one article that are told of; who has mended these is told of the others. */
const DEAD_LINKS_MAX = 20;
/** Links that are given up at once; the others with the next event. */
const FORGOTTEN_COUNT_MAX = 100;

/** What a record says of the links of its file. */
export interface LinkFacts {
  readonly links: Readonly<Record<string, string>>;
  readonly linked: readonly string[];
  readonly deadLinks: readonly DeadLink[];
}

/** What a record says of links without any: those that it had are still to be given up. */
export function noLinks({ linked = [] }: ArticleRecord): LinkFacts {
  return { links: {}, linked, deadLinks: [] };
}

export function sameLinks({ links = {}, linked = [], deadLinks = [] }: ArticleRecord): LinkFacts {
  return { links, linked, deadLinks };
}

/** Of one article. */
const FILES_MAX = 500;

/** Looks who has the names that articles of a file link to, or show. What is a draft leads nobody anywhere. */
export async function lookAtLinks(
  ports: Ports,
  record: ArticleRecord,
  articles: readonly Article[],
): Promise<ReadonlyMap<string, NameLook>> {
  const shown = articles.filter(({ visibility }) => visibility !== 'draft');
  const files = new Set(
    shown
      .flatMap(({ vaultFiles = {} }) => Object.keys(vaultFiles).flatMap((key) => nameOfFile(key) ?? []))
      .slice(0, FILES_MAX),
  );
  const links = shown.flatMap(({ links = [] }) => links.map(({ name }) => name));
  const names = [...new Set([...links, ...files])].sort();
  const marked = new Set(record.linked);
  const looks = await mapBounded(names, NAMES_AT_ONCE_MAX, (name) =>
    (files.has(name) ? lookAtFiles : lookAtName)(ports, name, record.key, marked.has(name)),
  );
  return new Map(names.map((name, index) => [name, looks[index] as NameLook]));
}

/** @param body of the file, in which the links are looked for */
export function linkFacts(
  { linked = [] }: ArticleRecord,
  looks: ReadonlyMap<string, NameLook>,
  dead: readonly ArticleLink[],
  body: Uint8Array,
): LinkFacts {
  return {
    links: Object.fromEntries([...looks].map(([name, { change }]) => [name, change])),
    linked: [...new Set([...linked, ...looks.keys()])],
    deadLinks: dead.length === 0 ? [] : placeLinks(dead.slice(0, DEAD_LINKS_MAX), body),
  };
}

function placeLinks(dead: readonly ArticleLink[], body: Uint8Array): readonly DeadLink[] {
  const source = decodeSource(body);
  const text = source.kind === 'text' ? source.text : '';
  let passed = 0;
  return dead.map(({ written }) => {
    const at = text.indexOf(written, passed);
    const place = at === -1 ? text.indexOf(written) : at;
    if (at !== -1) passed = at + written.length;
    return { written, line: place === -1 ? null : text.slice(0, place).split('\n').length };
  });
}

/** Absent where there is nothing to say, so that records of articles without links stay as they were. */
export function statedLinks({ links, linked, deadLinks }: LinkFacts): Partial<LinkFacts> {
  return {
    ...(Object.keys(links).length > 0 && { links }),
    ...(linked.length > 0 && { linked }),
    ...(deadLinks.length > 0 && { deadLinks }),
  };
}

/**
 * Gives up the markers under names that the file links to no more: the record first, then the markers found before. Who
 * wants one again meanwhile has either changed the record, or read the new one and written the marker anew.
 */
export async function forgetLinks(ports: Ports, { value: settled }: Stored<ArticleRecord>): Promise<void> {
  if (formerLinks(settled).length === 0) return;
  const names = formerLinks(settled).slice(0, FORGOTTEN_COUNT_MAX);
  const markers = await mapBounded(names, NAMES_AT_ONCE_MAX, (name) => ports.state.inspect(linkKey(name, settled.key)));
  const record = await readRecord(ports, settled.key);
  const gone = new Set(formerLinks(record.value).filter((name) => names.includes(name)));
  const { links: _, linked = [], deadLinks: _dead, named, ...rest } = record.value;
  const stated = statedLinks({ ...sameLinks(record.value), linked: linked.filter((name) => !gone.has(name)) });
  const next = { ...rest, nonce: ports.nonce(), ...stated, ...(named !== undefined && { named }) };
  if ((await swapJson(ports.state, recordKey(settled.key), next, record.version)) === null) return;
  const found = markers.filter((marker, index) => marker !== null && gone.has(names[index] ?? ''));
  await mapBounded(found, NAMES_AT_ONCE_MAX, async (marker) => {
    if (marker !== null) await ports.state.remove(marker.key, { ifVersion: marker.version });
  });
}

function formerLinks({ links = {}, linked = [] }: ArticleRecord): readonly string[] {
  return linked.filter((name) => !Object.hasOwn(links, name));
}
