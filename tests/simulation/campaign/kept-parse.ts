/** Articles, parsed once for the same bytes, key and settings. Stands in for `lambda/article/parse.ts` in campaigns. */

import * as original from '../../../lambda/article/parse.ts';
import type { ParsedArticles } from '../../../lambda/model/article.ts';
import type { Site } from '../../../lambda/model/site.ts';

export const { isArticleKey } = original;

const kept = new WeakMap<Site, WeakMap<Uint8Array, Map<string, ParsedArticles>>>();

export const parseArticles: typeof original.parseArticles = (file) => {
  const ofSite = kept.get(file.site) ?? new WeakMap<Uint8Array, Map<string, ParsedArticles>>();
  kept.set(file.site, ofSite);
  const ofBody = ofSite.get(file.body) ?? new Map<string, ParsedArticles>();
  ofSite.set(file.body, ofBody);
  const name = JSON.stringify([file.key, file.folderFields]);
  const parsed = ofBody.get(name) ?? original.parseArticles(file);
  ofBody.set(name, parsed);
  return parsed;
};
