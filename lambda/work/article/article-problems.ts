/** Problems of an article that depend on other files: on claims of other articles, and on the files that it names. */

import type { AssetFacts } from '../../article/media/media.ts';
import { isUnreadForm } from '../../article/media/unread-format.ts';
import { createProblem, type Problem } from '../../model/problem.ts';
import { ADDRESS_CLAIM } from '../../state/keys.ts';

const ASSETS_NAMED_COUNT_MAX = 3;
/** `[Coast](coast.example.org)`. */
const SITE_NAME = /(?:^|\/)[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:com|org|net|io|dev)$/i;

/** An id or an address that another article has. */
export function claimRefused(key: string, claimed: string, owner: string): Problem {
  const isAddress = claimed.startsWith(ADDRESS_CLAIM);
  const what = claimed.slice(claimed.indexOf(' ') + 1);
  const others = owner === key ? 'another article in this file' : owner;
  return createProblem(isAddress ? 'address-taken' : 'id-taken', {
    path: key,
    line: null,
    message: isAddress ? `The address ${what} belongs to ${others}.` : `The id ${what} belongs to ${others}.`,
    fix: isAddress
      ? `Give one of the two another slug or permalink; this one is published by itself when the other goes.${datesTell(what)}`
      : 'Give one of the two another id or canonical address; this one is published by itself when the other goes.',
  });
}

/** Weekly letters and the like share a slug; an address with a year in it tells days apart already. */
function datesTell(address: string): string {
  if (/\/(?:19|20)\d\d[/-]/.test(address)) return '';
  return ' Where many posts of different days share a slug, “permalink: /:year/:month/:day/:title/” in site.yaml tells all apart, and gives all posts new addresses.';
}

/** One warning for all files that are not there: an old archive names many. */
export function assetsMissing(key: string, missing: readonly string[]): readonly Problem[] {
  const [first] = missing;
  if (first === undefined) return [];
  const named = missing.slice(0, ASSETS_NAMED_COUNT_MAX).join(', ');
  const others = missing.length - ASSETS_NAMED_COUNT_MAX;
  const isOne = missing.length === 1;
  return [
    createProblem('asset-missing', {
      path: key,
      line: null,
      message: `The article refers to ${named}${others > 0 ? ` and ${others} more` : ''}, which ${isOne ? 'is' : 'are'} not there.`,
      fix: missing.every((name) => SITE_NAME.test(name))
        ? 'If a site is meant, write “https://” in front of its name.'
        : missing.every(isUnreadForm)
          ? 'If a post is meant, link to the Markdown made of it: that form is not read. If a file to load is meant, add it at just that place.'
          : `Add ${isOne ? 'the file' : 'the files'} at just that place, or mend the ${isOne ? 'reference' : 'references'}; the article is done again by itself when a file arrives.`,
    }),
  ];
}

/** Notes that name a file by a name that several have: one warning for each name. */
export function filesUnclear(key: string, unclear: ReadonlyMap<string, readonly string[]>): readonly Problem[] {
  return [...unclear].map(([asset, files]) => {
    const name = asset.slice(asset.lastIndexOf('/') + 1);
    const [nearest = ''] = files;
    return createProblem('asset-ambiguous', {
      path: key,
      line: null,
      message: `${files.length} files are called “${name}” (${files.slice(0, ASSETS_NAMED_COUNT_MAX).join(', ')}); the nearest is shown.`,
      fix: `Write its path: “![[${nearest}]]”.`,
    });
  });
}

/** A link to such a file leads nowhere, as its author meant it. */
export function exportsNotPublic(key: string, present: ReadonlyMap<string, AssetFacts>): readonly Problem[] {
  return [...present].flatMap(([asset, { exportOf = null }]) => {
    if (exportOf === null) return [];
    return createProblem('export-not-public', {
      path: key,
      line: null,
      message: `The article refers to ${asset}, an export of ${exportOf}. Exports are never public, because they may hold drafts and mail addresses.`,
      fix: 'Remove the reference, and move the file out of the folder.',
    });
  });
}
