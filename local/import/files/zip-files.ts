/**
 * An archive in ZIP. Its list of files is read first and judged as a whole, so an archive that is not what it seems is
 * refused before anything of it is unpacked: names that lead out of it, and more bytes than any export would pack.
 */

import { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { ImportFailure } from '../model/import-failure.ts';
import type { ExportFiles } from './export-files.ts';

const FILES_MAX = 500_000;
/** Texts shrink to a fifth, pictures hardly. Beyond this an archive is made of nothing but repetition. */
const RATIO_MAX = 200;
/** Up to this size an archive may be of any density. */
const UNPACKED_BYTES_FREE = 50 * 1024 * 1024;
const UNPACKED_BYTES_MAX = 64 * 1024 ** 3;

export async function openZipFiles(path: string, archiveBytes: number): Promise<ExportFiles> {
  try {
    const zip = await openPromise(path, { autoClose: false });
    return await listFiles(zip, path, archiveBytes);
  } catch (error) {
    throw error instanceof ImportFailure ? error : broken(path, error);
  }
}

async function listFiles(zip: ZipFile, label: string, archiveBytes: number): Promise<ExportFiles> {
  const entries = new Map<string, Entry>();
  let unpacked = 0;
  for await (const entry of zip.eachEntry()) {
    if (entries.size >= FILES_MAX) throw refuse(label, `holds more than ${FILES_MAX} files`);
    unpacked += entry.uncompressedSize;
    const isDense = unpacked > UNPACKED_BYTES_FREE && unpacked > archiveBytes * RATIO_MAX;
    if (isDense || unpacked > UNPACKED_BYTES_MAX) {
      throw refuse(label, `would unpack to more than ${RATIO_MAX} times its size`);
    }
    if (entry.isEncrypted()) throw refuse(label, 'is locked with a password');
    // Folders, and what macOS puts beside files.
    if (entry.fileName.endsWith('/') || /(?:^|\/)(?:__MACOSX\/|\._|\.DS_Store$)/.test(entry.fileName)) continue;
    entries.set(entry.fileName, entry);
  }
  const entryOf = (name: string): Entry => {
    const entry = entries.get(name);
    if (entry === undefined) throw new Error(`no file ${name} in the archive`);
    return entry;
  };
  return {
    label,
    names: [...entries.keys()].sort(),
    size: (name) => entryOf(name).uncompressedSize,
    async open(name) {
      try {
        return explain(await zip.openReadStreamPromise(entryOf(name)), `${label}: ${name}`);
      } catch (error) {
        throw broken(`${label}: ${name}`, error);
      }
    },
    beside: () => null,
    close: async () => zip.close(),
  };
}

/** A failure while the bytes come (damaged data, an early end) is reported as a failure of the archive. */
function explain(stream: Readable, where: string): Readable {
  return Readable.from(withFailures(stream, where), { objectMode: false });
}

async function* withFailures(stream: Readable, where: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    throw broken(where, error);
  }
}

function broken(where: string, error: unknown): ImportFailure {
  if (error instanceof ImportFailure) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new ImportFailure(where, `can't be unpacked: ${reason}`, 'Download the export again; nothing was written.');
}

function refuse(label: string, what: string): ImportFailure {
  return new ImportFailure(label, what, 'Unpack it yourself, look at what it is, and name the folder.');
}
