/** One post becomes the file of one article: front matter and a text, judged by what will read it. */

import { isArticleKey } from '../../lambda/address/article-key.ts';
import { findIdFault } from '../../lambda/model/entry-id.ts';
import type { Site } from '../../lambda/model/site.ts';
import { slugify } from '../../lambda/text/slug.ts';
import { cleanMarkup, renderClean } from './html/clean.ts';
import { type Reference, rewriteReferences } from './html/references.ts';
import { findFault, TOO_LONG } from './judgement.ts';
import type { ExportReport } from './model/export-report.ts';
import type { Converted, ExportedPost } from './model/exported.ts';
import { type PlaceContext, placesOf, relativeTo } from './writing/addresses.ts';
import type { FileWish } from './writing/folder-writer.ts';
import { renderFrontMatter } from './writing/front-matter.ts';

export interface PostFileContext extends PlaceContext {
  readonly site: Site;
  readonly report: ExportReport;
  /** Whether another post has this address. */
  readonly isTaken: (path: string) => boolean;
  /** Whether another post of the export has this id. */
  readonly isRepeated: (id: string) => boolean;
  /** Sees every file that the post shows or links to, and gives the address that is to stand there. */
  readonly bring: (references: readonly Reference[]) => Promise<ReadonlyMap<string, string>>;
  /** Null for articles in HTML. */
  readonly toMarkdown:
    | ((html: string, context: { readonly site: Site; readonly key: string }) => Converted | null)
    | null;
}

export interface PostFile {
  readonly wish: FileWish;
  readonly body: Uint8Array;
  readonly markdown: Converted | null;
}

/** Null where nothing can be published of it; the report then says why. */
export async function composePostFile(post: ExportedPost, context: PostFileContext): Promise<PostFile | null> {
  const { report } = context;
  if (post.isCut === true) {
    report.fail(TOO_LONG, nameOf(post));
    return null;
  }
  const html = post.html();
  const places = placesOf(post, context);
  const path = places.path !== null && context.isTaken(places.path) ? null : places.path;
  if (path !== places.path)
    report.leave(
      'addresses that two posts have: the later one gets one made of its name',
      `${places.path} (${post.place})`,
    );

  const text = await settle(html, post, context);
  const known = { ...post, ...(await settleMedia(post, context)), id: usableId(post, context) };
  const fields = places.canonical === null ? post.fields : { canonical_url: places.canonical, ...post.fields };
  const stem = stemOf(post);
  const key = `${stem}.html`;
  const converted = context.toMarkdown === null ? null : context.toMarkdown(text, { site: context.site, key });
  const matter = renderFrontMatter({ ...known, fields }, { path, aliases: places.aliases, report });
  const extension = converted === null ? '.html' : '.md';
  const written = converted === null ? text : converted.text;
  const body = Buffer.from(`${matter}${written}\n`);
  const fault = findFault({ key: `${stem}${extension}`, matter, text: written }, body, context.site);
  if (fault !== null) {
    report.fail(fault, nameOf(post));
    return null;
  }
  const mark = known.id === null ? null : `id: ${JSON.stringify(known.id)}`;
  return { wish: { stem, extension, path, mark }, body, markdown: converted };
}

/** How a public post is called: by its number and title. */
function nameOf(post: ExportedPost): string {
  return post.title === '' || post.held !== null ? post.place : `${post.place} “${post.title}”`;
}

/** The text as it is written: clean, and with the addresses that it will have. */
async function settle(html: string, post: ExportedPost, context: PostFileContext): Promise<string> {
  const base = post.address ?? context.bases[0] ?? null;
  const root = cleanMarkup(html, { place: post.place, report: context.report });
  const references: Reference[] = [];
  rewriteReferences(root, base, (reference) => {
    references.push(reference);
    return reference.url;
  });
  const brought = references.length === 0 ? null : await context.bring(references);
  const isMoved = context.bases.some((each) => each !== context.site.url);
  if (brought !== null && (brought.size > 0 || isMoved)) {
    rewriteReferences(root, base, ({ url }) => brought.get(url) ?? movedAddress(url, context));
  }
  return renderClean(root);
}

/** Where an address of the old site is in the new one: all others stay. */
function movedAddress(url: string, { bases, site }: PostFileContext): string {
  const path = url.startsWith(site.url) ? null : relativeTo(url, bases);
  if (path === null) return url;
  const { search, hash } = new URL(url);
  return `${site.url}${path}${search}${hash}`;
}

async function settleMedia(post: ExportedPost, context: PostFileContext) {
  const named = [...(post.image === null ? [] : [post.image.url]), ...post.attachments.map(({ url }) => url)];
  if (named.length === 0) return {};
  const brought = await context.bring(named.map((url) => ({ url, use: 'show' })));
  const settled = (url: string) => brought.get(url) ?? movedAddress(url, context);
  return {
    image: post.image === null ? null : { ...post.image, url: settled(post.image.url) },
    attachments: post.attachments.map((one) => ({ ...one, url: settled(one.url) })),
  };
}

function usableId({ id, place }: ExportedPost, { report, isRepeated }: PostFileContext): string | null {
  if (id === null) return null;
  const isFit = findIdFault(id) === null;
  if (isFit && !isRepeated(id)) return id;
  const what = isFit
    ? 'ids that two posts have: the later one gets one of its own'
    : 'ids with line breaks in them, or too long';
  report.leave(`${what}, so readers will see these entries again`, `${id.slice(0, 60)} (${place})`);
  return null;
}

/** Folders that are no part of addresses and make no section. */
function stemOf(post: ExportedPost): string {
  const slug = slugify(post.slug);
  if (post.held !== null) return `_drafts/${slug}`;
  if (post.kind === 'post') return `_posts/${post.published === null ? '' : `${post.published.slice(0, 10)}-`}${slug}`;
  // Some names are those of files about a site.
  return isArticleKey(`_content/${slug}.html`) ? `_content/${slug}` : `_content/page-${slug}`;
}
