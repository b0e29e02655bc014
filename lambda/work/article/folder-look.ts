/**
 * What is looked at before an article is public for the first time: whether a folder file that may hold it back, or the list of
 * takedowns, is there in another version than the settings know. Events come in any order, and an author who uploads the folder's file first
 * must not see the article for even a second. What is public already costs no look.
 *
 * The look comes after the article was read: whoever wrote a folder file before this version of the article is heard.
 */

import { FOLDER_FILE_BYTES_MAX, folderFilesFor, placeOf } from '../../site/folder/folder-file.ts';
import { bundlePagesFor, isBundlePage, isHugo } from '../../site/folder/page-bundle.ts';
import { TAKEDOWNS_KEY } from '../../site/takedowns.ts';
import type { ShownEntry } from '../../state/record.ts';
import { both, mapBounded } from '../../store/bounded.ts';
import { type Look, prepareLooks } from '../../store/looks.ts';
import type { ArticleMessage } from '../../store/queue.ts';
import { listAll } from '../../store/store.ts';
import type { Ports } from '../protocol/ports.ts';
import { SITE_KEY, type SiteState } from '../protocol/site-work.ts';
import type { ProposedRecord } from './proposed-record.ts';

const LOOKS_AT_ONCE_MAX = 16;

/** What a file wants to show that it does not show yet. */
export function unseenIn(proposed: ProposedRecord, shown: readonly ShownEntry[]): readonly ShownEntry[] {
  return proposed.shown.filter(({ entry }) => !shown.some((each) => each.entry.id === entry.id));
}

/** The files that may hold back an article, as they are now. */
export interface FilesAround {
  /** Folder files that may say something of it. */
  readonly keys: readonly string[];
  readonly look: Look;
}

export async function lookAround({ content }: Pick<Ports, 'content'>, articleKey: string): Promise<FilesAround> {
  const keys = folderFilesFor(articleKey);
  return { keys, look: await prepareLooks(content, [SITE_KEY, TAKEDOWNS_KEY, ...keys]) };
}

/**
 * Those of the files, the list of takedowns, and site.yaml, that are not there as the settings know them. Of site.yaml an id
 * may be made, and that can't be mended.
 */
export async function findUnknownSettings({ keys, look }: FilesAround, site: SiteState): Promise<readonly string[]> {
  const [own, list] = await both(look(SITE_KEY), look(TAKEDOWNS_KEY));
  const isOwnKnown = (own?.version ?? null) === (site.siteVersion ?? null);
  const isListKnown = (list?.version ?? null) === (site.takedownsVersion ?? null);
  const others = await findChanged(look, keys, site);
  return [...(isOwnKnown ? [] : [SITE_KEY]), ...(isListKnown ? [] : [TAKEDOWNS_KEY]), ...others];
}

/** Those that are known, and have changed or gone without an event. */
export async function findLostFolderFiles(
  { content }: Pick<Ports, 'content'>,
  site: SiteState,
): Promise<readonly { readonly key: string; readonly isGone: boolean }[]> {
  const look: Look = (key) => content.inspect(key);
  const changed = await findChanged(look, Object.keys(site.folderFiles ?? {}), site);
  return mapBounded(changed, LOOKS_AT_ONCE_MAX, async (key) => ({
    key,
    isGone: (await content.inspect(key)) === null,
  }));
}

async function findChanged(
  look: Look,
  keys: readonly string[],
  { folderFiles = {} }: SiteState,
): Promise<readonly string[]> {
  const changed = await mapBounded(keys, LOOKS_AT_ONCE_MAX, async (key) => {
    const present = await look(key);
    return (present?.version ?? null) === (folderFiles[key]?.version ?? null) ? [] : [key];
  });
  return changed.flat();
}

/** The page of a bundle that makes the file a part of itself (page-bundle.ts), or may do so; null where there is none. */
export async function findBundle(
  { content }: Pick<Ports, 'content'>,
  { look }: FilesAround,
  { key, saysPublic }: { readonly key: string; readonly saysPublic: boolean },
  { folderFiles = {} }: SiteState,
): Promise<string | null> {
  const isCertain = isHugo(Object.keys(folderFiles), key);
  if (isBundlePage(key) || (saysPublic && !isCertain)) return null;
  for (const page of bundlePagesFor(key, isCertain)) {
    if ((await look(page)) === null) continue;
    if (isCertain) return page;
    const source = await content.read(page, { firstBytes: FOLDER_FILE_BYTES_MAX });
    const reader = await import('../../site/folder/bundle-page.ts');
    if (source !== null && reader.isPost(page, source.body)) return page;
  }
  return null;
}

/** The articles that may be public now that the page of their bundle is gone. */
export async function besideBundle(
  { content }: Pick<Ports, 'content'>,
  page: string,
): Promise<readonly ArticleMessage[]> {
  const { folder } = placeOf(page);
  const beside: ArticleMessage[] = [];
  if (folder === '') return beside;
  for await (const { key } of listAll(content, folder)) if (!isBundlePage(key)) beside.push({ key });
  return beside;
}
