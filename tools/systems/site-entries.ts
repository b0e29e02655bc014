/**
 * What becomes of a folder that is another system's site: each of its articles as a few plain facts, which people can read, a
 * test holds (tests/systems.test.ts) and the script beside this one compares with what the system itself makes of the folder.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { Parser } from 'htmlparser2';
import { isArticleKey } from '../../lambda/address/article-key.ts';
import { isFolderFile } from '../../lambda/site/folder/folder-file.ts';
import { addressesIn, recordKey } from '../../lambda/state/keys.ts';
import type { ArticleRecord, ShownEntry } from '../../lambda/state/record.ts';
import { formatUtc } from '../../lambda/time/moment.ts';
import { findWholeSite, isOfSite } from '../../local/generators/whole-site.ts';
import { createTestPublication, type TestPublication } from '../../tests/support/publication.ts';

/** A published article. */
export interface SiteEntry {
  /** Content key. */
  readonly file: string;
  readonly title: string;
  /** RFC 3339 in UTC; null where the article says none. */
  readonly date: string | null;
  /** Path on the site, decoded. */
  readonly address: string;
  readonly authors: readonly string[];
  readonly tags: readonly string[];
  /** Of its content, with single spaces. */
  readonly text: string;
}

/** Where people find a published article: in feeds, or at its address alone. */
export type Role = 'post' | 'page' | 'unlisted';

export interface SiteReading {
  readonly entries: readonly (SiteEntry & { readonly role: Role })[];
  /** Articles that are kept back: drafts, what is private, scheduled or past. */
  readonly held: readonly string[];
  readonly problems: readonly string[];
}

/** The small sites, a folder each. */
export const SITES_FOLDER = join(import.meta.dirname, '../../tests/systems');
export const SITE_NAMES = [
  ...['hugo', 'jekyll', 'eleventy', 'astro', 'hexo', 'pelican', 'nikola'],
  ...['docusaurus', 'mkdocs', 'vitepress', 'next', 'obsidian', 'logseq', 'zola'],
] as const;

/** Publishes a site in memory, of a generator's site its articles alone, as builds on one machine do. The clock is that of the tests. */
export async function publishSite(folder: string): Promise<TestPublication> {
  const publication = await createTestPublication({ url: null });
  // The settings come first, as they do in a build.
  const site = findWholeSite(folder);
  const held = filesOf(folder).filter((key) => site === null || isOfSite(site, key));
  const files = held.toSorted((a, b) => Number(b === 'site.yaml') - Number(a === 'site.yaml'));
  for (const key of files) await publication.put(key, readFileSync(join(folder, key)));
  await publication.settle();
  return publication;
}

export async function readSite(publication: TestPublication): Promise<SiteReading> {
  const { problems } = await publication.publisher.overview();
  const records: ArticleRecord[] = [];
  for (const { key } of (await publication.content.list({ prefix: '' })).objects) {
    const object = await publication.state.read(recordKey(key));
    if (object !== null) records.push(JSON.parse(new TextDecoder().decode(object.body)));
  }
  return {
    entries: records.flatMap(({ key, shown }) => shown.map((each) => readEntry(key, each))),
    held: records.flatMap(({ key, shown, sourceVersion }) => {
      const isArticle = isArticleKey(key) && !isFolderFile(key);
      return shown.length === 0 && sourceVersion !== null && isArticle ? [key] : [];
    }),
    problems: problems.map(({ path, code, line }) => `${path}${line === null ? '' : `:${line}`} ${code}`).sort(),
  };
}

function readEntry(file: string, { entry, feeds, claims }: ShownEntry): SiteReading['entries'][number] {
  const [path = new URL(entry.url).pathname] = addressesIn(claims);
  return {
    file,
    role: entry.page !== undefined ? 'page' : feeds.length === 0 ? 'unlisted' : 'post',
    title: entry.title,
    date: entry.page === 'undated' ? null : formatUtc(entry.published),
    address: decodeURIComponent(path),
    authors: entry.authors.map(({ name }) => name ?? ''),
    tags: entry.tags.map(({ label }) => label),
    text: textOfHtml(entry.contentHtml),
  };
}

/** The words of HTML that people see, with single spaces. */
export function textOfHtml(html: string): string {
  let text = '';
  const parser = new Parser({
    ontext: (part) => {
      text += part;
    },
    onopentagname: (name) => {
      if (!INLINE.has(name)) text += ' ';
    },
    onclosetag: (name) => {
      if (!INLINE.has(name)) text += ' ';
    },
  });
  parser.end(html);
  return text.replace(/[\s\u200b]+/g, ' ').trim();
}

const INLINE = new Set(['a', 'abbr', 'b', 'code', 'em', 'i', 'mark', 's', 'span', 'strong', 'sub', 'sup']);

/** Content keys of all files below a folder. */
export function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .sort();
}
