/** Which files of the content store are articles, as far as their keys tell, and which keys a file can have at all. */

import { FILE_KEY_BYTES_MAX } from '../model/article-limits.ts';

const EXTENSIONS = new Set(['md', 'markdown', 'mdown', 'mkd', 'mkdn', 'mdx', 'html', 'htm', 'json', 'txt', 'text']);

/** Folders that begin with `_` and hold articles all the same; the others hold parts of pages, data or settings. */
const CONTENT_FOLDERS = new Set([
  '_posts',
  '_drafts',
  '_content',
  '_articles',
  '_news',
  '_blog',
  '_notes',
  '_essays',
  '_stories',
  '_episodes',
  '_entries',
  '_pages',
]);
const PROGRAM_FOLDERS = new Set(['node_modules', 'bower_components']);

/** Files for those who work on the site, or for machines that visit it. */
const OTHER_FILES =
  /^(?:(?:readme|licen[cs]e|copying|notice|changelog|contributing|code[_-]of[_-]conduct|security|maintainers|todo|claude|agents)(?:[._-].*)?|(?:robots|humans|ads|app-ads|sellers|llms|llms-full|security|requirements)\.txt|(?:404|40[134]|50[0-4]|50x)\.(?:html?|md|markdown)|google[\da-f]{8,}\.html?|yandex_[\da-f]+\.html?|pinterest-[\da-f]+\.html?|(?:package|package-lock|sellers|tsconfig|jsconfig|composer|manifest|site\.webmanifest|vercel|netlify|renovate)\.json)$/i;

/**
 * Files that belong to an episode of a podcast although they have the ending of an article: `fog.chapters.json`,
 * `fog.transcript.html`, `fog.transcript.de.txt`.
 */
const EPISODE_FILE =
  /(?:^|\.)(?:chapters(?:\.[a-z]{2,3}(?:-[a-z]{2,8})?)?\.json|transcript(?:\.[a-z]{2,3}(?:-[a-z]{2,8})?)?\.(?:json|html?|txt|text))$/i;

export function isArticleKey(key: string): boolean {
  const folders = key.split('/');
  const name = folders.pop() ?? '';
  if (extensionOfArticle(name) === '') return false;
  if (/^[._]/.test(name) || isForOthers(name) || isEpisodeFile(name)) return false;
  // At the top it would be the site's own home page.
  if (folders.length === 0 && /^index\.[^.]+$/i.test(name)) return false;
  return folders.every(isContentFolder);
}

/** The ending of a file that may be an article, without the dot and as it is written; '' for all other endings. */
export function extensionOfArticle(name: string): string {
  const extension = /\.([^./]+)$/.exec(name)?.[1] ?? '';
  return EXTENSIONS.has(extension.toLowerCase()) ? extension : '';
}

/** Whether a file of this name is for those who work on the site, or for machines. */
export function isForOthers(name: string): boolean {
  return OTHER_FILES.test(name);
}

export function isEpisodeFile(name: string): boolean {
  return EPISODE_FILE.test(name);
}

/** Whether a file can lie at the key, in a bucket and in a folder alike. */
export function isFileKey(key: string): boolean {
  const isPath = key.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
  return isPath && key.isWellFormed() && !key.includes('\0') && Buffer.byteLength(key) <= FILE_KEY_BYTES_MAX;
}

/** Whether articles may lie in a folder of this name. */
export function isContentFolder(folder: string): boolean {
  if (folder.startsWith('.') || PROGRAM_FOLDERS.has(folder)) return false;
  return !folder.startsWith('_') || CONTENT_FOLDERS.has(folder.toLowerCase());
}
