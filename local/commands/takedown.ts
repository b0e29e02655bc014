/**
 * `feedwright takedown`: removes one file from the content bucket, waits until no public document has it, and has the
 * CDN let go of its copies. The publisher does the work, as after any removal: nothing here writes a document.
 */

import { escapeAttribute, escapeText } from 'entities';
import { archiveFolder, DOCUMENT_FORMATS, pagePath, subscriptionPath } from '../../lambda/addresses.ts';
import { isArticleKey } from '../../lambda/article/article-key.ts';
import { readJson } from '../../lambda/state/json-object.ts';
import { recordKey } from '../../lambda/state/keys.ts';
import type { ArticleRecord } from '../../lambda/state/record.ts';
import { mapBounded } from '../../lambda/store/bounded.ts';
import { listAll, type Store } from '../../lambda/store/store.ts';
import { pageMessages } from '../../lambda/work/page-messages.ts';
import { PAGE_FEED_PREFIX } from '../../lambda/work/redirect-work.ts';
import type { TakedownOptions } from '../command-line.ts';
import { EXIT } from '../exit-codes.ts';
import { UsageError } from '../usage.ts';
import type { CommandContext } from './context.ts';
import { type Deployment, type Environment, openDeployment } from './deployment.ts';
import { type Invalidation, invalidateAll } from './invalidation.ts';

/** The publisher needs seconds; after this something is wrong, and its alarms know more. */
const WAIT_MS_MAX = 180_000;
const POLL_MS = 1_000;
const READS_AT_ONCE_MAX = 32;
const NAMED_COUNT_MAX = 10;

export async function takedown(
  { key, stack }: TakedownOptions,
  environment: Environment,
  { terminal }: Pick<CommandContext, 'terminal'>,
): Promise<number> {
  const deployment = openDeployment(stack, environment);
  try {
    const target = await removeSource(deployment, key);
    terminal.note(`${key} is removed from ${deployment.settings.contentBucket}; waiting until no document has it.`);
    const holders = await waitUntilGone(deployment.site, target);
    if (holders.length > 0) {
      terminal.note(
        `After ${WAIT_MS_MAX / 1_000} s it is still in these, and feedwright status shows what holds it up:`,
      );
      for (const path of holders.slice(0, NAMED_COUNT_MAX)) terminal.note(`  ${path}`);
    } else {
      terminal.print(`No public document has ${key} any more.`);
    }
    const isTold = await clearCdn(deployment.cdn, terminal);
    return isTold && holders.length === 0 ? EXIT.published : EXIT.problems;
  } finally {
    deployment.close();
  }
}

/** What has to go from public documents. */
export type Target =
  | { readonly kind: 'asset'; readonly path: string }
  | {
      readonly kind: 'article';
      readonly ids: readonly string[];
      /** Addresses of the entries, as pages link to them. */
      readonly links: readonly string[];
      /** The feeds that may have them. */
      readonly feeds: readonly string[];
      /** Their own pages as they were: another article may have a page there next. */
      readonly pages: ReadonlyMap<string, string>;
    };

/** Removes the file, and tells the publisher so at once: S3's own events may take a minute. */
export async function removeSource(
  { content, state, site, queue }: Pick<Deployment, 'content' | 'state' | 'site' | 'queue'>,
  key: string,
): Promise<Target> {
  const record = (await readJson<ArticleRecord>(state, recordKey(key)))?.value ?? null;
  if (record === null && (await content.inspect(key)) === null) throw new UsageError('key-unknown', key);
  const pages = await readPages(site, record?.claims ?? []);
  await content.remove(key);
  await queue.sendArticleWork([{ key }]);
  if (!isArticleKey(key)) return { kind: 'asset', path: key };
  return {
    kind: 'article',
    ids: Object.values(record?.facts ?? {}).flatMap(({ id }) => id ?? []),
    links: (record?.shown ?? []).map(({ entry }) => escapeAttribute(new URL(entry.url).pathname)),
    feeds: [...new Set(record?.places.map(({ feed }) => feed))],
    pages,
  };
}

/** The pages at the addresses among some claims, with their versions. */
async function readPages(site: Store, claims: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const paths = pageMessages({ claims }).map(({ feed }) => pagePath(feed.slice(PAGE_FEED_PREFIX.length)));
  const facts = await mapBounded(paths, READS_AT_ONCE_MAX, (path) => site.inspect(path));
  return new Map(facts.flatMap((page) => (page === null ? [] : [[page.key, page.version] as const])));
}

/** Waits for the publisher, and gives the documents that have the target all the same. */
async function waitUntilGone(site: Store, target: Target): Promise<readonly string[]> {
  let holders = await findHolders(site, target);
  for (let waitedMs = 0; waitedMs < WAIT_MS_MAX && holders.length > 0; waitedMs += POLL_MS) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    holders = await filterHolders(site, target, holders);
    // Pages may have been cut anew meanwhile: the last word is that of all documents.
    if (holders.length === 0) holders = await findHolders(site, target);
  }
  return holders;
}

/** Paths of the public documents that have the target. */
export async function findHolders(site: Store, target: Target): Promise<readonly string[]> {
  if (target.kind === 'asset') return filterHolders(site, target, [target.path]);
  const paths = [...target.pages.keys()];
  for (const feed of target.feeds) {
    paths.push(...DOCUMENT_FORMATS.map((format) => subscriptionPath(feed, format)));
    for await (const { key } of listAll(site, archiveFolder(feed))) paths.push(key);
  }
  return filterHolders(site, target, paths);
}

async function filterHolders(site: Store, target: Target, paths: readonly string[]): Promise<readonly string[]> {
  const found = await mapBounded(paths, READS_AT_ONCE_MAX, async (path) => {
    const document = await site.read(path);
    if (document === null) return [];
    if (target.kind === 'asset') return [path];
    const version = target.pages.get(path);
    const isHeld =
      version === undefined
        ? hasEntry(path, new TextDecoder().decode(document.body), target)
        : version === document.version;
    return isHeld ? [path] : [];
  });
  return found.flat();
}

/** Whether an entry with one of the ids is in the document. In XML that is text: attributes announce removals. */
function hasEntry(
  path: string,
  text: string,
  { ids, links }: Pick<Extract<Target, { kind: 'article' }>, 'ids' | 'links'>,
): boolean {
  if (path.endsWith('.html')) return links.some((link) => text.includes(` href="${link}"`));
  return ids.some((id) => text.includes(path.endsWith('.json') ? JSON.stringify(id) : `>${escapeText(id)}<`));
}

/** Clears the CDN, or says what is to do by hand. */
async function clearCdn(cdn: Invalidation | null, terminal: CommandContext['terminal']): Promise<boolean> {
  if (cdn === null) {
    terminal.note('No distribution is named, so no CDN is told: copies in caches end within a quarter of an hour.');
    return true;
  }
  const refusal = await invalidateAll(cdn);
  if (refusal === null) {
    terminal.print('The CDN lets go of its copies now; that takes it a minute or two.');
    return true;
  }
  terminal.note(`The CDN could not be told (${refusal}). Its copies end by themselves within a quarter of an hour.`);
  terminal.note('To hurry it, run this again with the right cloudfront:CreateInvalidation, or do one of these:');
  terminal.note(`  aws cloudfront create-invalidation --distribution-id ${cdn.distributionId} --paths '/*'`);
  terminal.note(`  in the console: CloudFront → ${cdn.distributionId} → Invalidations → Create invalidation → /*`);
  return false;
}
