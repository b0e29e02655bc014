/**
 * What nobody may ever see: an article that was written when a folder file held its folder back, or its original, and in no
 * version before that. From the moment that nothing holds it back any more, it is no secret.
 */

import { originalOf } from '../../../lambda/site/folder/translation.ts';
import type { Content } from './content.ts';
import { FOLDER_FILES } from './manuscripts.ts';

export interface Secrets {
  /** Before an article is written. */
  readonly written: (key: string, title: string, content: Content) => void;
  /** After a folder file has changed. */
  readonly changed: (content: Content) => void;
  /** The first secret that a text tells. */
  readonly toldBy: (text: string) => string | null;
}

export function createSecrets(keysAtFirst: readonly string[]): Secrets {
  /** Keys of what somebody may have seen. */
  const seen = new Set(keysAtFirst);
  const secrets = new Map<string, string>();
  return {
    written(key, title, content) {
      if (isHeld(key, content) && !seen.has(key)) secrets.set(title, key);
      else seen.add(key);
    },
    changed(content) {
      for (const [title, key] of secrets) {
        if (isHeld(key, content)) continue;
        secrets.delete(title);
        seen.add(key);
      }
    },
    toldBy(text) {
      for (const title of secrets.keys()) if (new RegExp(`${title}\\b`).test(text)) return title;
      return null;
    },
  };
}

/** As the author means it: of two files that say something the deeper is right, but a section's word holds everywhere. */
function isHeld(key: string, content: Content): boolean {
  const present = content.keys();
  const original = originalOf(key);
  if (original !== null && present.includes(original) && /^\.\. status: private$/m.test(content.last(original) ?? ''))
    return true;
  const above = FOLDER_FILES.filter((file) => key.startsWith(file.slice(0, file.lastIndexOf('/') + 1)))
    .filter((file) => present.includes(file))
    .map((file) => ({
      isSection: file.endsWith('.md'),
      says: /draft"?: (true|false)/.exec(content.last(file) ?? '')?.[1],
    }));
  const others = above.filter(({ isSection, says }) => !isSection && says !== undefined);
  return above.some(({ isSection, says }) => isSection && says === 'true') || others.at(-1)?.says === 'true';
}
