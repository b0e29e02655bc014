/**
 * The files that an export consists of, wherever they lie: one file, several, a folder, or an archive. Nothing but a
 * name that is listed here can be opened, so what an export says of paths leads nowhere else.
 */

import { createReadStream, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { isFileKey } from '../../../lambda/address/article-key.ts';
import { isHidden } from '../../store/folder-path.ts';
import { ImportFailure } from '../model/import-failure.ts';

export interface ExportFiles {
  /** Its path as the person typed it. */
  readonly label: string;
  /** Paths with `/`, relative to the export's top. */
  readonly names: readonly string[];
  size(name: string): number;
  /** The bytes of a file; fails with an `ImportFailure` when an archive turns out to be broken. */
  open(name: string): Promise<Readable>;
  /** Of a single file: the name of one that lies in its folder or below, by its path from there; null for all others. */
  beside(path: string): string | null;
  close(): Promise<void>;
}

/** The longest text that is read at once: it has to be held in memory whole. */
const WHOLE_BYTES_MAX = 400 * 1024 * 1024;
const FILES_MAX = 500_000;

/** A file, or all files of a folder but hidden ones. */
export function openPlainFiles(named: string): ExportFiles {
  const path = resolve(named);
  if (!statSync(path).isDirectory()) return filesAt(named, new Map([[basename(path), path]]));
  const entries = readdirSync(path, { withFileTypes: true, recursive: true }).filter(
    (entry) => entry.isFile() && !/(?:^|[/\\])\./.test(join(entry.parentPath, entry.name).slice(path.length)),
  );
  if (entries.length > FILES_MAX) {
    throw new ImportFailure(named, `holds more than ${FILES_MAX} files`, 'Name the folder of the export alone.');
  }
  const places = entries.map((entry) => join(entry.parentPath, entry.name));
  return filesAt(named, new Map(places.map((place) => [nameIn(path, place), place])));
}

/** Several exports, or the parts of one, as if they lay in one folder. */
export function joinFiles(parts: readonly ExportFiles[]): ExportFiles {
  const [first, ...others] = parts;
  if (first !== undefined && others.length === 0) return first;
  const owners = new Map<string, { readonly files: ExportFiles; readonly name: string }>();
  for (const [index, files] of parts.entries()) {
    for (const name of files.names) owners.set(owners.has(name) ? `${index + 1}/${name}` : name, { files, name });
  }
  const ownerOf = (name: string) => {
    const owner = owners.get(name);
    if (owner === undefined) throw new Error(`no file ${name} in the export`);
    return owner;
  };
  return {
    label: parts.map(({ label }) => label).join(', '),
    names: [...owners.keys()],
    size: (name) => ownerOf(name).files.size(ownerOf(name).name),
    open: (name) => ownerOf(name).files.open(ownerOf(name).name),
    beside: () => null,
    async close() {
      for (const files of parts) await files.close();
    },
  };
}

/** The whole of a file. Fails where it has more bytes than can be held. */
export async function readWhole(files: ExportFiles, name: string, bytesMax = WHOLE_BYTES_MAX): Promise<Buffer> {
  if (files.size(name) > bytesMax) throw tooLarge(files, name, bytesMax);
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of await files.open(name)) {
    length += (chunk as Buffer).length;
    if (length > bytesMax) throw tooLarge(files, name, bytesMax);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/** The first bytes of a file. */
export async function readHead(files: ExportFiles, name: string, length: number): Promise<Buffer> {
  const stream = await files.open(name);
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    chunks.push(chunk as Buffer);
    if (chunks.reduce((sum, each) => sum + each.length, 0) >= length) break;
  }
  stream.destroy();
  return Buffer.concat(chunks).subarray(0, length);
}

/** How messages call a file. */
export function describeFile(files: ExportFiles, name: string): string {
  return basename(files.label) === name ? files.label : `${files.label}: ${name}`;
}

function tooLarge(files: ExportFiles, name: string, bytesMax: number): ImportFailure {
  const most = Math.floor(bytesMax / 1024 / 1024);
  return new ImportFailure(describeFile(files, name), `has more than ${most} MB`, 'Export the posts in several parts.');
}

function filesAt(label: string, places: ReadonlyMap<string, string>): ExportFiles {
  const found = new Map<string, string>();
  const placeOf = (name: string): string => {
    const place = places.get(name) ?? found.get(name);
    if (place === undefined) throw new Error(`no file ${name} in the export`);
    return place;
  };
  return {
    label,
    names: [...places.keys()].sort(),
    size: (name) => statSync(placeOf(name)).size,
    open: async (name) => createReadStream(placeOf(name), { highWaterMark: 64 * 1024 }),
    beside(path) {
      const [only] = places.values();
      if (places.size !== 1 || only === undefined || !isFileKey(path) || isHidden(path)) return null;
      const place = join(dirname(only), path);
      if (!statSync(place, { throwIfNoEntry: false })?.isFile()) return null;
      found.set(path, place);
      return path;
    },
    close: async () => {},
  };
}

function nameIn(folder: string, place: string): string {
  return place.slice(folder.length).replaceAll('\\', '/').replace(/^\/+/, '');
}
