/** Mutants that break the rules of files that decide about an article: its folder's files, and the original of a translation. */

import type { Ports } from '../../../lambda/publish.ts';
import { isFolderFile } from '../../../lambda/site/folder/folder-file.ts';
import { originalOf } from '../../../lambda/site/folder/translation.ts';
import { readJson } from '../../../lambda/state/json-object.ts';
import { SITE_STATE_KEY } from '../../../lambda/state/keys.ts';
import type { Store } from '../../../lambda/store/store.ts';
import type { SiteState } from '../../../lambda/work/protocol/site-work.ts';
import type { MutantRun } from './mutants.ts';

/** Whoever sees that an original has changed tells nobody. */
export function tellNoTranslations(ports: Ports): Ports {
  const sendArticleWork: Ports['queue']['sendArticleWork'] = (messages) =>
    ports.queue.sendArticleWork(messages.filter(({ key, told }) => told === true || originalOf(key) === null));
  return { ...ports, queue: { ...ports.queue, sendArticleWork } };
}

/** As if each folder file were there as the settings know it. Folders can't be listed, so that each is looked at. */
export function trustKnownFolderFiles(ports: Ports, { shared }: MutantRun): Ports {
  const inspect: Store['inspect'] = async (key) => {
    const facts = await ports.content.inspect(key);
    if (!isFolderFile(key)) return facts;
    const state = (await readJson<SiteState>(shared.state, SITE_STATE_KEY))?.value;
    const version = state?.folderFiles?.[key]?.version;
    return version === undefined ? null : { key, version, lengthBytes: 0, modifiedAt: 0 };
  };
  const { listFolder: _, ...content } = ports.content;
  return { ...ports, content: { ...content, inspect } };
}
