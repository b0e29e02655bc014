/** Whether a folder is the whole site of a generator, and then where its articles lie and what its settings say of it. */

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isArticleKey, isContentFolder } from '../../lambda/address/article-key.ts';
import { mayBeUnread } from '../../lambda/article/media/unread-format.ts';
import { isFolderFile, siteFolderOf } from '../../lambda/site/folder/folder-file.ts';
import { isProgram } from './generator-traces.ts';
import { GENERATORS, type Generator, type SiteSettings } from './generators.ts';
import { readSettingsFile, type SettingValue, settingsOf } from './settings-file.ts';

export interface WholeSite {
  /** Of the generator. */
  readonly name: string;
  /** Its settings; a path from the root. */
  readonly file: string;
  /** Folders that hold articles, each with a slash at its end; empty for the root. */
  readonly folders: readonly string[];
  /** Settings for site.yaml, by its names, each with the file that states it. */
  readonly settings: ReadonlyMap<string, { readonly value: SettingValue; readonly from: string }>;
}

/** Null where the folder is no whole site: also where settings lie in it, and no folder of articles beside them. */
export function findWholeSite(root: string): WholeSite | null {
  for (const generator of GENERATORS) {
    for (const file of generator.files) {
      if (!existsSync(join(root, file))) continue;
      const found = examine(root, generator, file);
      if (found !== null) return found;
    }
  }
  return null;
}

/** A program has few folders; a vault may have thousands. */
const FOLDERS_MAX = 100;

export interface SiteWithin {
  readonly folder: string;
  /** Of the generator. */
  readonly name: string;
}

/** The whole site in a folder of a program's, which documents the program; null where there is none. */
export function findSiteWithin(root: string): SiteWithin | null {
  if (!isProgram(root)) return null;
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  if (folders.length > FOLDERS_MAX) return null;
  for (const { name: folder } of folders) {
    if (!isContentFolder(folder)) continue;
    const name = findWholeSite(join(root, folder))?.name;
    if (name !== undefined) return { folder, name };
  }
  return null;
}

/** Whether a file of the site may be one of its articles, or is none at all (a picture, settings). */
export function isOfSite({ folders }: Pick<WholeSite, 'folders'>, key: string): boolean {
  if (folders.some((folder) => key.startsWith(folder)) || isFolderFile(key)) return true;
  return !isArticleKey(key) && !mayBeUnread(key);
}

function examine(root: string, generator: Generator, file: string): WholeSite | null {
  const read = (path: string) => readText(join(root, path));
  const text = read(file);
  const fields = readSettingsFile(file, text);
  const settings: SiteSettings = {
    file,
    text,
    fields,
    base: siteFolderOf(file),
    hasFolder: (path) => isFolder(join(root, path)),
    read,
  };
  if (generator.isIt?.(settings) === false) return null;
  const folders = [...new Set(generator.articles(settings))].filter(settings.hasFolder);
  if (folders.length === 0) return null;
  const sources = [file, ...(generator.others ?? []).toReversed()].map((from) => {
    const more = from === file ? fields : readSettingsFile(from, read(from));
    return { from, settings: settingsOf(more, from === file ? generator.addresses : null) };
  });
  const found = new Map(
    sources.flatMap(({ from, settings }) => [...settings].map(([name, value]) => [name, { value, from }] as const)),
  );
  const pages = (generator.pages?.(settings) ?? []).filter(
    (folder) => settings.hasFolder(folder) && folder !== 'pages',
  );
  if (pages.length > 0) found.set('pages', { value: { files: pages.map((folder) => `${folder}/**`) }, from: file });
  return {
    name: generator.name,
    file,
    folders: folders.map((folder) => (folder === '' ? '' : `${folder}/`)),
    settings: found,
  };
}

/** Settings are small; whatever is larger is none. */
const SETTINGS_BYTES_MAX = 512 * 1024;

function readText(path: string): string {
  const facts = statSync(path, { throwIfNoEntry: false });
  return facts?.isFile() && facts.size <= SETTINGS_BYTES_MAX ? readFileSync(path, 'utf8') : '';
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
