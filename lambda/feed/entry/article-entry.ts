/** An article as an entry, with the claims, names and former addresses that come with it. Pure. */

import { namesOfArticle } from '../../address/article-name.ts';
import { folderAddress } from '../../address/folder-address.ts';
import { isOwnDocument } from '../../address/own-documents.ts';
import type { AssetFacts } from '../../article/media/media.ts';
import { articlesBase } from '../../model/addresses.ts';
import type { Article } from '../../model/article.ts';
import { type Entry, idsOf } from '../../model/entry.ts';
import type { Site } from '../../model/site.ts';
import type { NameHolder } from '../../state/name-state.ts';
import type { FrozenFacts, ShownEntry } from '../../state/record.ts';
import { laterOf, type Moment } from '../../time/moment.ts';
import { type LinkedText, linkArticles } from './article-links.ts';
import { completeEpisode, completeMedia, showDirection, showImage } from './entry-media.ts';
import { sizeImages } from './image-sizes.ts';

interface LinkContext {
  /** Content key of the file. */
  readonly key: string;
  /** Who has a name that a link of the text names. @default nobody */
  readonly holdersOf?: (name: string) => readonly NameHolder[];
}

/** What an entry needs besides its article. */
export interface EntryContext extends LinkContext {
  readonly site: Site;
  /** What is known of the assets that are there, by content key. */
  readonly assets: ReadonlyMap<string, AssetFacts>;
}

/** The entry with the time of its last change: it is the author's, else when an edit was noticed, and never now. */
export function dateEntry(entry: Entry, { updated }: Article, { changed }: FrozenFacts): Entry {
  return { ...entry, updated: laterOf(entry.published, updated ?? changed ?? entry.published) };
}

/** The entry as if it had never changed. */
export function createEntry(article: Article, published: Moment, facts: FrozenFacts, input: EntryContext): Entry {
  const { site, assets } = input;
  const image = article.image === null ? null : completeMedia(article.image, assets);
  const contentHtml = sizeImages(linkText(article, input).html, site.url, assets);
  return {
    id: facts.id ?? '',
    ...(facts.guid !== undefined && { guid: facts.guid }),
    url: article.canonicalUrl ?? new URL(article.path.slice(1), articlesBase(site)).href,
    externalUrl: article.externalUrl,
    title: article.title,
    published,
    updated: published,
    authors: article.authors.length > 0 ? article.authors : site.authors,
    contributors: article.contributors,
    tags: article.tags,
    section: article.section,
    language: article.language,
    summary: article.summary,
    contentHtml: showDirection(showImage(contentHtml, image), article.language ?? site.language),
    image,
    attachments: article.attachments.flatMap((attachment) => completeMedia(attachment, assets) ?? []),
    ...(article.episode !== undefined && { episode: completeEpisode(article.episode, assets) }),
    rights: article.rights,
  };
}

export function linkText({ contentHtml, links = [] }: Article, { key, holdersOf = () => [] }: LinkContext): LinkedText {
  return linkArticles(contentHtml, links, key, holdersOf);
}

/** One owner per form of an id; and one per address, for the articles that are at home on this site. */
export function claimsOf(article: Article, entry: Entry): readonly string[] {
  const ids = idsOf(entry).map((id) => `id ${id}`);
  return article.canonicalUrl === null ? [...ids, `address ${article.path}`] : ids;
}

/** By what links find it besides the name of its file. */
export function namesBeside({ slug }: Article, key: string): Pick<ShownEntry, 'names'> {
  const names = namesOfArticle(key, slug ?? null).slice(1);
  return names.length === 0 ? {} : { names };
}

/** Former addresses where nothing of the publisher's own is. */
export function aliasesOf({ aliases, path }: Pick<Article, 'aliases' | 'path'>, site: Site): readonly string[] {
  const addresses = new Set(aliases.map(folderAddress));
  return [...addresses].filter((address) => address !== path && !isOwnDocument(address, site));
}
