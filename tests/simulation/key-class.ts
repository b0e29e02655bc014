/** What a key is for, so that steps of one kind are counted together. */

import { isArticleKey } from '../../lambda/address/article-key.ts';
import { plainPathOf } from '../../lambda/address/variants.ts';
import { isFolderFile } from '../../lambda/site/folder/folder-file.ts';

const SITE_CLASSES: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\.opml$/, 'opml'],
  [/(?:^|\/)archive\/.*\.(?:xml|json)$/, 'archive document'],
  [/(?:^|\/)(?:rss|atom)\.xml$|(?:^|\/)feed\.json$/, 'subscription document'],
  [/sitemap/, 'sitemap'],
  [/\.html$/, 'page'],
];

export function keyClass(store: 'content' | 'state' | 'public', key: string): string {
  if (store === 'content') {
    if (isFolderFile(key)) return 'folder file';
    return key === 'site.yaml' ? 'settings' : isArticleKey(key) ? 'article' : 'asset';
  }
  if (store === 'public') return siteClass(plainPathOf(key) ?? key) + (plainPathOf(key) === null ? '' : ' variant');
  const [folder = '', , third = ''] = key.split('/');
  return folder === 'feeds' ? `feed ${third.replace('.json', '')}` : folder.replace('.json', '');
}

function siteClass(path: string): string {
  return SITE_CLASSES.find(([pattern]) => pattern.test(path))?.[1] ?? 'asset';
}
