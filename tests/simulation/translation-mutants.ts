/** A mutant that breaks what holds between an original and its translations. */

import type { Ports } from '../../lambda/publish.ts';
import { originalOf } from '../../lambda/site/folder/translation.ts';

/** Whoever sees that an original has changed tells nobody. */
export function tellNoTranslations(ports: Ports): Ports {
  const sendArticleWork: Ports['queue']['sendArticleWork'] = (messages) =>
    ports.queue.sendArticleWork(messages.filter(({ key, told }) => told === true || originalOf(key) === null));
  return { ...ports, queue: { ...ports.queue, sendArticleWork } };
}
