/**
 * Files of the content folder that are left out because of their names, or as links. A bucket has no such files, so the
 * publisher knows nothing of them; on one machine each is a warning, or an author would wait for an article that never comes.
 *
 * Listings and watchers name what they could not use, and only that is looked at: again and again, since nothing tells when
 * the target of a link comes. What nobody would publish (a README, the folder of a theme) is no matter.
 */

import { isArticleKey, isEpisodeFile } from '../../lambda/address/article-key.ts';
import { typeFromName } from '../../lambda/article/media/media-types.ts';
import type { Problem } from '../../lambda/model/problem.ts';
import { isFolderFile } from '../../lambda/site/folder/folder-file.ts';
import { SITE_KEY } from '../../lambda/work/protocol/site-work.ts';
import { isHidden } from '../store/folder-path.ts';
import { createExaminer, type LeftOut } from '../store/left-out.ts';
import { fileLeftOut } from './left-out-problem.ts';

/** A list that nobody would read to its end. */
const PROBLEMS_MAX = 1_000;

export interface LeftOutFiles {
  /** Notes a path that could not be used, or a folder that may hold such paths. */
  suspect(key: string): void;
  /** Looks again; gives the keys of what is left out and was not known to be, and of what is left out no more. */
  review(): readonly string[];
  problems(): readonly Problem[];
}

export function createLeftOutFiles(root: string): LeftOutFiles {
  let suspects = new Set<string>();
  /** By what tells one from another; the key alone does not, where names are not UTF-8. */
  let reviewed: ReadonlyMap<string, LeftOut> = new Map();

  function lookAgain(): ReadonlyMap<string, LeftOut> {
    const present = new Map<string, LeftOut>();
    const examine = createExaminer(root);
    const left = new Set<string>();
    for (const key of suspects) {
      // The others are looked at when some of these are mended.
      const found = present.size < PROBLEMS_MAX ? attempt(() => examine(key)) : null;
      if (found === null) left.add(key);
      for (const each of found?.filter(isWanted) ?? []) {
        left.add(each.key);
        present.set(JSON.stringify(each), each);
      }
    }
    suspects = left;
    return present;
  }

  return {
    suspect(key) {
      if (key !== '' && !isHidden(key)) suspects.add(key);
    },
    review() {
      const before = reviewed;
      reviewed = lookAgain();
      const changed = [...before, ...reviewed].filter(([id]) => before.has(id) !== reviewed.has(id));
      return [...new Set(changed.map(([, { key }]) => key))];
    },
    problems() {
      const present = lookAgain();
      // A problem that was told has to be told again once it is mended, however soon; so nothing is taken away here.
      reviewed = new Map([...reviewed, ...present]);
      return [...present.values()].slice(0, PROBLEMS_MAX).map(fileLeftOut);
    },
  };
}

/** Null where the file system does not permit a look: who lists the folder is told of that. */
function attempt(examine: () => readonly LeftOut[]): readonly LeftOut[] | null {
  try {
    return examine();
  } catch {
    return null;
  }
}

/** Whether anybody could have meant it to be published. */
function isWanted(leftOut: LeftOut): boolean {
  const { key, isFolder } = leftOut;
  const name = key.slice(key.lastIndexOf('/') + 1);
  const mayBeFolder = isFolder || (leftOut.kind === 'link' && !name.includes('.'));
  if (mayBeFolder) return isArticleKey(`${key}/article.md`);
  const isMedia = /^(?:image|audio|video)\/|^application\/pdf$/.test(typeFromName(name) ?? '');
  return key === SITE_KEY || isFolderFile(key) || isArticleKey(key) || isEpisodeFile(name) || isMedia;
}
