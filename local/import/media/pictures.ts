/**
 * Pictures and other files that posts show: taken from the export where it holds them, fetched where that was asked
 * for. What lay on the old site keeps its path, so nobody's link breaks; what lay elsewhere goes into `media/`.
 */

import { createHash, randomBytes } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isArticleKey, isFileKey } from '../../../lambda/address/article-key.ts';
import { isOwnFile } from '../../../lambda/address/own-documents.ts';
import { decodePercent } from '../../../lambda/address/percent-encoding.ts';
import type { ExportFiles } from '../files/export-files.ts';
import type { Reference } from '../html/references.ts';
import type { ExportReport } from '../model/export-report.ts';
import { relativeTo } from '../writing/addresses.ts';

export interface PictureBringer {
  /** New addresses by the old ones, for those that change. `place` is the post's. */
  bring(references: readonly Reference[], place: string): Promise<ReadonlyMap<string, string>>;
  /** How many files were put into the folder. */
  readonly count: number;
}

export interface PictureOptions {
  readonly folder: string;
  readonly bases: readonly string[];
  /** Null where the export is a feed on the web. */
  readonly files: ExportFiles | null;
  /** Gives what lies at an address; null where it can't be had, and then says why. Null where nothing may be fetched. */
  readonly fetch:
    | ((address: string, isOwn: boolean, refused: (why: string) => void) => Promise<Readable | null>)
    | null;
  readonly report: ExportReport;
}

const MEDIA =
  /\.(?:jpe?g|png|gif|webp|avif|svg|bmp|ico|heic|tiff?|mp3|m4a|m4b|ogg|oga|opus|wav|flac|aac|mp4|m4v|mov|webm|ogv|mkv|pdf|epub|zip|vtt|srt|docx?|xlsx?|pptx?|odt|txt|csv)$/i;
const PICTURE = /\.(?:jpe?g|png|gif|webp|avif|bmp|ico|heic|tiff?)$/i;
const PARALLEL_COUNT = 4;
/** A file's path in an archive may have so many folders in front of what is its path on the site. */
const FOLDERS_ABOVE_MAX = 6;

export function createPictures(options: PictureOptions): PictureBringer {
  const { folder, bases, files, fetch, report } = options;
  const byPath = indexFiles(files);
  let count = 0;

  /** Where the file at an address goes; null for what is no file that a post shows. */
  function planFor({ url, use }: Reference): Plan | null {
    if (URL.parse(url) === null) return null;
    const path = relativeTo(url, bases);
    const shown = path === null ? null : (decodePercent(path) ?? null);
    if (shown !== null) return MEDIA.test(shown) && isPlace(shown) ? { file: shown, instead: null, url } : null;
    if (use === 'link' || fetch === null) return null;
    const { hostname, pathname } = new URL(url);
    const extension = PICTURE.exec(pathname)?.[0].toLowerCase() ?? '.jpg';
    const name = createHash('sha256').update(url).digest('hex').slice(0, 16);
    const file = `media/${hostname}/${name}${extension}`;
    return isPlace(file) ? { file, instead: `/${file}`, url } : null;
  }

  async function bringOne(plan: Plan, place: string): Promise<boolean> {
    const target = join(folder, plan.file);
    if (existsSync(target)) return true;
    const name = byPath.get(plan.file);
    if (name !== undefined && files !== null) {
      await put(await files.open(name), target);
      count += 1;
      return true;
    }
    if (fetch === null) {
      report.leave(
        'files that the export does not hold, and that stay on the old site (--fetch brings them)',
        `${plan.url} (${place})`,
      );
      return false;
    }
    const refuse = (why: string) =>
      report.leave(`files that can’t be fetched (import again to go on): ${why}`, `${plan.url} (${place})`);
    const stream = await fetch(plan.url, plan.instead === null, refuse);
    if (stream === null) return false;
    try {
      await put(stream, target);
    } catch (error) {
      refuse(error instanceof Error ? error.message : String(error));
      return false;
    }
    count += 1;
    return true;
  }

  return {
    get count() {
      return count;
    },
    async bring(references, place) {
      const plans = new Map<string, Plan>();
      for (const reference of references) {
        const plan = planFor(reference);
        if (plan !== null) plans.set(reference.url, plan);
      }
      const instead = new Map<string, string>();
      const waiting = [...new Map([...plans.values()].map((plan) => [plan.file, plan])).values()];
      const failed = new Set<string>();
      while (waiting.length > 0) {
        const batch = waiting.splice(0, PARALLEL_COUNT);
        const results = await Promise.all(batch.map((plan) => bringOne(plan, place)));
        results.forEach((isThere, index) => {
          if (!isThere) failed.add(batch[index]?.file ?? '');
        });
      }
      for (const [url, plan] of plans)
        if (plan.instead !== null && !failed.has(plan.file)) instead.set(url, plan.instead);
      return instead;
    },
  };
}

interface Plan {
  /** In the folder. */
  readonly file: string;
  /** The address that the post gets; null where it keeps its own. */
  readonly instead: string | null;
  readonly url: string;
}

/** Whether a file can lie there: in the folder, visible, and taken neither for an article nor for a document of ours. */
function isPlace(path: string): boolean {
  if (path.startsWith('/') || path.includes('\\') || !isFileKey(path) || isArticleKey(path) || isOwnFile(path))
    return false;
  return path.split('/').every((part) => !part.startsWith('.'));
}

function indexFiles(files: ExportFiles | null): ReadonlyMap<string, string> {
  const index = new Map<string, string>();
  for (const name of files?.names ?? []) {
    if (!MEDIA.test(name)) continue;
    const parts = name.split('/');
    for (let above = 0; above < Math.min(parts.length, FOLDERS_ABOVE_MAX); above += 1) {
      const path = parts.slice(above).join('/');
      if (!index.has(path)) index.set(path, name);
    }
  }
  return index;
}

/** Under another name until it is whole. */
async function put(stream: Readable, target: string): Promise<void> {
  mkdirSync(dirname(target), { recursive: true });
  const temporary = join(dirname(target), `.${randomBytes(6).toString('hex')}.importing`);
  try {
    await pipeline(stream, createWriteStream(temporary, { flags: 'wx' }));
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
