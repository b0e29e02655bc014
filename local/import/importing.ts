/**
 * An import from its beginning to its end: the export is read as far as has to be known first, then each post becomes a
 * file of the folder. Nothing is written before the export was found to be whole, as far as its format lets one know.
 */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Site } from '../../lambda/model/site.ts';
import { parseSite } from '../../lambda/site/parse-site.ts';
import { SITE_KEY } from '../../lambda/site/setting.ts';
import type { PictureBringer } from './media/pictures.ts';
import { createReport, type ExportReport } from './model/export-report.ts';
import type { Converted, ExportedPost, ExportedSite, ExportSource, SourceOptions } from './model/exported.ts';
import { ImportFailure } from './model/import-failure.ts';
import { composePostFile, type PostFileContext } from './post-file.ts';
import { createFolderWriter, type FolderWriter, type Outcome } from './writing/folder-writer.ts';
import { type Ledger, openLedger } from './writing/ledger.ts';
import { renderSiteFile } from './writing/site-file.ts';

export interface ImportOptions {
  readonly folder: string;
  /** The old site's address as the person named it. */
  readonly url: string | null;
  readonly drafts: boolean;
  readonly toMarkdown: PostFileContext['toMarkdown'];
  readonly onPost: (done: number, total: number) => void;
  readonly openSource: (
    options: Pick<SourceOptions, 'url' | 'namedUrl' | 'timeZone' | 'report'>,
  ) => Promise<ExportSource>;
  readonly createPictures: (bases: readonly string[], report: ExportReport) => PictureBringer;
}

export interface ImportResult {
  readonly program: string;
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly pages: number;
  readonly drafts: number;
  readonly pictures: number;
  /** Blocks of Markdown, and those that stayed HTML; null without Markdown. */
  readonly blocks: { readonly all: number; readonly kept: number } | null;
  readonly report: ExportReport;
}

export async function importPosts(options: ImportOptions): Promise<ImportResult> {
  const { folder } = options;
  const report = createReport();
  const before = readSettings(folder);
  const source = await options.openSource({
    url: options.url ?? before?.url ?? null,
    namedUrl: options.url,
    timeZone: before?.timeZone ?? null,
    report,
  });
  const ledger = openLedger(folder);
  try {
    const writer = createFolderWriter(folder, ledger);
    writeSettings(source.site, before !== null, writer);
    const site = readSettings(folder)?.site ?? defaultSite(source.site.url);
    return await writePosts(source, { ...options, report, ledger, writer, site });
  } finally {
    ledger.close();
    await source.close();
  }
}

interface Work extends ImportOptions {
  readonly report: ExportReport;
  readonly ledger: Ledger;
  readonly writer: FolderWriter;
  readonly site: Site;
}

async function writePosts(source: ExportSource, work: Work): Promise<ImportResult> {
  const { report, ledger, writer, site } = work;
  const counts: Record<Outcome, number> = { new: 0, changed: 0, unchanged: 0, edited: 0, removed: 0, known: 0 };
  const bases = [...new Set([...source.bases, ...[source.site.url, site.url].filter((url) => url !== null)])];
  const pictures = work.createPictures(bases, report);
  const blocks = { all: 0, kept: 0 };
  let [pages, drafts, done] = [0, 0, 0];
  for await (const post of source.posts()) {
    done += 1;
    work.onPost(done, source.total);
    const isFirst = ledger.see(post.key);
    if (post.held !== null && !work.drafts) {
      report.hold(post.held, post.place, post.title);
      // Of two parts of an export, one that is older may have it as public.
      withdraw(post, work);
      continue;
    }
    if (!isFirst) {
      report.leave('posts that stand in the export twice: the first one was taken', post.place);
      continue;
    }
    const file = await composePostFile(post, {
      bases,
      site,
      report,
      toMarkdown: work.toMarkdown,
      bring: (references) => pictures.bring(references, post.place),
      isRepeated: (id) => !ledger.see(`id ${id}`),
      isTaken: (path) => ![null, post.key].includes(ledger.ownerOfPath(path)),
    });
    if (file === null) continue;
    addBlocks(blocks, file.markdown);
    const { outcome, file: name } = writer.write(post.key, file.wish, file.body);
    counts[outcome] += 1;
    if (post.kind === 'page') pages += 1;
    if (post.held !== null) drafts += 1;
    if (outcome === 'edited')
      report.leave(
        'files that were edited since, and that the export has in another form now: they stay as they are',
        name,
      );
    if (outcome === 'removed')
      report.leave('files that were removed or moved since: they were not written again', name);
    if (outcome === 'known')
      report.leave('files that were there already, with the same id: they stay as they are', name);
  }
  tellGone(work);
  return {
    program: source.program,
    counts,
    pages,
    drafts,
    pictures: pictures.count,
    blocks: work.toMarkdown === null ? null : blocks,
    report,
  };
}

function addBlocks(blocks: { all: number; kept: number }, markdown: Converted | null): void {
  blocks.all += markdown?.blocks ?? 0;
  blocks.kept += markdown?.kept ?? 0;
}

/** A post that was public at the last import and is not any more leaves the folder, unless somebody has edited it. */
function withdraw(post: ExportedPost, { ledger, writer, report }: Work): void {
  const row = ledger.get(post.key);
  if (row === null) return;
  const outcome = writer.withdraw(post.key);
  if (outcome === 'removed') report.leave('posts that are not public any more: their files were removed', row.file);
  else
    report.leave(
      'posts that are not public any more, whose files were edited since: they stay, and are published',
      row.file,
    );
}

/** A post that was deleted in the old system, or belongs to another export, is in no list of this one. */
function tellGone({ folder, ledger, report }: Work): void {
  for (const file of ledger.unseen()) {
    if (/^_(?:posts|content|drafts)\//.test(file) && existsSync(join(folder, file)))
      report.leave(
        'files of an earlier import whose posts this export does not hold: they stay, and are published; remove what was deleted',
        file,
      );
  }
}

interface Settings {
  readonly site: Site | null;
  /** As the file has it; null where it names none. */
  readonly url: string | null;
  readonly timeZone: string | null;
}

/** Null where there is no file. */
function readSettings(folder: string): Settings | null {
  const path = join(folder, SITE_KEY);
  if (!existsSync(path)) return null;
  const body = readFileSync(path);
  const { site } = parseSite(body, { url: null });
  if (site === null)
    throw new ImportFailure(path, 'can’t be read.', 'feedwright check names its lines. Mend it, then import again.');
  const states = (name: string) => new RegExp(`^${name}\\s*:`, 'm').test(body.toString('utf8'));
  return { site, url: states('url') ? site.url : null, timeZone: states('timeZone') ? site.timeZone : null };
}

function writeSettings(site: ExportedSite, isThere: boolean, writer: FolderWriter): void {
  if (isThere) return;
  const [stem, extension] = [SITE_KEY.replace(/\.[^.]*$/, ''), SITE_KEY.slice(SITE_KEY.lastIndexOf('.'))];
  writer.write(SITE_KEY, { stem, extension, path: null, mark: null }, Buffer.from(renderSiteFile(site)));
}

function defaultSite(url: string | null): Site {
  const { site } = parseSite(null, { url });
  if (site === null) throw new Error('the default settings hold an error');
  return site;
}
