/** Events of the settings: of site.yaml, of the list of takedowns, and of the folder files that say what holds for the articles under them. */

import { isArticleKey } from '../../address/article-key.ts';
import { isError } from '../../model/problem.ts';
import { besideOf, isFolderFile, isOfOneArticle } from '../../site/folder/folder-file.ts';
import { TAKEDOWNS_KEY } from '../../site/takedowns.ts';
import type { Ports } from '../protocol/ports.ts';
import { SITE_KEY, type SiteState, workOnSite } from '../protocol/site-work.ts';

/** Files of one name with different endings. */
const BESIDE_COUNT_MAX = 100;

export function isSettingsKey(key: string): boolean {
  return key === SITE_KEY || key === TAKEDOWNS_KEY || isFolderFile(key);
}

/** The settings after those files of a batch were read, all at once; or why they could not be. */
export type SettingsWork = { readonly state: SiteState } | { readonly error: unknown };

/** What several files of a batch say is written once. */
export async function workOnSettings(
  ports: Ports,
  keys: readonly string[],
  told: ReadonlySet<string>,
): Promise<SettingsWork> {
  try {
    return { state: (await workOnSite(ports, keys.filter(isFolderFile), told)).value };
  } catch (error) {
    return { error };
  }
}

/** How many errors a file of the settings has. */
export function countErrors(key: string, { problems, folderFiles = {} }: SiteState): number {
  const own = problems.filter((problem) => problem.path === key && isError(problem)).length;
  return own + Number(folderFiles[key]?.doubt !== undefined);
}

/** Of settings everything is told; of what is about one article, also again and again, that article. */
export async function tellBeside({ content, queue }: Ports, key: string): Promise<void> {
  if (!isOfOneArticle(key)) return;
  const { objects } = await content.list({ prefix: `${besideOf(key)}.`, limitCount: BESIDE_COUNT_MAX });
  await queue.sendArticleWork(objects.filter((each) => isArticleKey(each.key)).map((each) => ({ key: each.key })));
}
