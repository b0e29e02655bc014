/**
 * From what a source file says to what is shown of it now: ids and dates settled with the frozen facts, media with the
 * facts of their assets, drafts and scheduled articles left out. Pure: the time is handed in.
 */

import { namesOfArticle } from '../../address/article-name.ts';
import { folderAddress } from '../../address/folder-address.ts';
import { isOwnDocument } from '../../address/own-documents.ts';
import { unknownWord } from '../../article/fields/visibility/state-words.ts';
import { type AssetFacts, probeAsset } from '../../article/media/media.ts';
import type { Article, ArticleLink, MediaReference } from '../../model/article.ts';
import { type Entry, idsOf, type Media } from '../../model/entry.ts';
import type { Episode } from '../../model/episode.ts';
import { createProblem, type Problem } from '../../model/problem.ts';
import type { Site } from '../../model/site.ts';
import type { Takedowns } from '../../site/takedowns.ts';
import type { NameHolder } from '../../state/name-state.ts';
import type { FrozenFacts, ShownEntry } from '../../state/record.ts';
import { escapeAttribute, escapeText } from '../../text/characters.ts';
import { directionOf } from '../../text/language.ts';
import { laterOf, type Moment } from '../../time/moment.ts';
import { feedsOf } from '../membership.ts';
import { dateMissing, settleDate } from './article-date.ts';
import { type LinkedText, linkArticles } from './article-links.ts';
import { findParts } from './article-parts.ts';
import {
  forgetHandedOn,
  freezeAddress,
  freezeId,
  freezeSource,
  isKnownAs,
  keepUpdatedText,
  seeArticle,
  sourceFingerprint,
} from './frozen-facts.ts';
import { findHold } from './hold.ts';
import { sizeImages } from './image-sizes.ts';
import { sketchEntry } from './likeness.ts';
import { decidePageRole, pageInFeeds } from './page-role.ts';
import {
  decideRenaming,
  type Former,
  inheritFacts,
  type PartHistory,
  type Renaming,
  renameAwaited,
} from './renaming.ts';

export interface CompletionInput {
  readonly key: string;
  readonly body: Uint8Array;
  readonly articles: readonly Article[];
  readonly site: Site;
  /** The frozen facts so far. */
  readonly facts: Readonly<Record<string, FrozenFacts>>;
  /** What is shown of the file so far. */
  readonly shown: readonly ShownEntry[];
  /** What other files tell of its parts. @default nothing */
  readonly histories?: ReadonlyMap<string, PartHistory>;
  /** For how long an article waits for one that it may be, in milliseconds. @default 0 */
  readonly renameWaitMs?: number;
  /** What is known of the assets that are there, by content key. */
  readonly assets: ReadonlyMap<string, AssetFacts>;
  /** Who has a name that a link of the text names. @default nobody */
  readonly holdersOf?: (name: string) => readonly NameHolder[];
  /** What must not be shown. @default nothing was taken down */
  readonly takedowns?: Takedowns | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export interface Completion {
  readonly shown: readonly ShownEntry[];
  readonly facts: Readonly<Record<string, FrozenFacts>>;
  /** The frozen facts as long as nothing more of it is shown: ids are free before that. */
  readonly seen: Readonly<Record<string, FrozenFacts>>;
  /** Articles of other files that went, and are these under another name. */
  readonly renamed: readonly Former[];
  /** Articles of other files that are still shown and waited for. */
  readonly awaited: readonly Former[];
  /** The next instant at which the result will be another one, or null. */
  readonly dueAt: number | null;
  readonly counts: { readonly drafts: number; readonly scheduled: number };
  readonly problems: readonly Problem[];
  /** Links of what is shown that lead nowhere, in order. */
  readonly dead: readonly ArticleLink[];
}

/** Completes all articles of one file. */
export function completeArticles(input: CompletionInput): Completion {
  const { parts: found, rest } = findParts(input);
  const isHandedOn = (name: string): boolean => input.histories?.get(name)?.isHandedOn === true;
  const ids = new Set([
    ...input.articles.flatMap(({ id, canonicalUrl }) => id ?? canonicalUrl ?? []),
    // An id that went on may come back with the article that has it now.
    ...found.flatMap(({ name, known }) => (isHandedOn(name) ? [] : (known?.id ?? []))),
  ]);
  const parts = input.articles.map((article, index) => {
    const { name = '', known = null } = found[index] ?? {};
    const left = known !== null && isHandedOn(name) ? forgetHandedOn(known, input.now) : known;
    const before = seeArticle(left, input.now);
    const completed = completeArticle(article, name, { before, ids }, input);
    if (completed.renaming?.kind === 'renamed') ids.add(completed.facts.id ?? '');
    return completed;
  });
  const dues = parts.flatMap(({ dueAt }) => dueAt ?? []);
  return {
    shown: parts.flatMap(({ shown }) => shown ?? []),
    facts: { ...rest, ...Object.fromEntries(parts.map(({ part, facts }) => [part, facts])) },
    seen: { ...rest, ...Object.fromEntries(parts.map(({ part, seen }) => [part, seen])) },
    renamed: parts.flatMap(({ renaming }) => (renaming?.kind === 'renamed' ? [renaming.from] : [])),
    awaited: parts.flatMap(({ renaming }) => (renaming?.kind === 'waits' ? renaming.formers : [])),
    dueAt: dues.length === 0 ? null : Math.min(...dues),
    counts: {
      drafts: parts.filter(({ state }) => state === 'draft').length,
      scheduled: parts.filter(({ state }) => state === 'scheduled').length,
    },
    problems: parts.flatMap(({ problems }) => problems),
    dead: parts.flatMap(({ shown }, index) => {
      const article = shown === null ? undefined : input.articles[index];
      return article?.links === undefined ? [] : linkText(article, input).dead;
    }),
  };
}

interface CompletedPart {
  readonly part: string;
  readonly state: 'shown' | 'draft' | 'unknown' | 'scheduled' | 'expired' | 'held' | 'waiting';
  readonly shown: ShownEntry | null;
  readonly seen: FrozenFacts;
  readonly facts: FrozenFacts;
  /** Null where it has an id of its own, or is not to be shown now. */
  readonly renaming: Renaming | null;
  readonly dueAt: number | null;
  readonly problems: readonly Problem[];
}

/** What is known of an article before it is shown, and the ids of all articles of its file. */
interface KnownArticle {
  readonly before: FrozenFacts;
  readonly ids: ReadonlySet<string>;
}

function completeArticle(article: Article, part: string, known: KnownArticle, input: CompletionInput): CompletedPart {
  const { now, key } = input;
  const { before } = known;
  const renaming = article.visibility === 'draft' ? null : findRenaming(article, part, known, input);
  const seen = renaming?.kind === 'renamed' ? inheritFacts(before, renaming.from) : before;
  const date = settleDate(article, seen, input);
  const published = date.keptDate ?? article.published ?? seen.firstSeen;
  const left = { part, shown: null, seen: before, facts: before, renaming: null, dueAt: null, problems: [] };
  if (article.visibility === 'draft') return { ...left, state: 'draft' };
  const { doubt, unknownStates } = article;
  const isUnknown = unknownStates.length > 0 || doubt !== undefined;
  const isScheduled =
    published.at > now && article.published !== null && !isPublicSince(published, article, seen, input);
  if (isScheduled && !isUnknown) return { ...left, state: 'scheduled', dueAt: published.at };
  if (article.expires !== null && article.expires.at <= now) return { ...left, state: 'expired' };
  if (isUnknown && (isScheduled || !isPublic(article, seen, input))) {
    const problems = [...unknownWords(article, key, 'status-unknown'), ...(doubt?.held ? [doubt.held] : [])];
    return { ...left, state: problems.length === 0 ? 'draft' : 'unknown', problems };
  }
  if (renaming?.kind === 'waits') {
    const facts = { ...before, awaitedUntil: renaming.until };
    const problems = [renameAwaited(key, renaming.formers, renaming.until)];
    return { ...left, state: 'waiting', seen: facts, facts, renaming, dueAt: renaming.until, problems };
  }
  const { isPage, stayedPost } = decidePageRole(article, seen, input);
  const { stated: _stated, keptDate: _keptDate, ...undatedFacts } = seen;
  const role = stayedPost === undefined ? {} : { stayedPost };
  const named = freezeId({ ...undatedFacts, ...date, ...role }, article, part, input);
  const plain = createEntry(article, published, named, input);
  const undated: Entry = isPage ? { ...plain, page: article.published === null ? 'undated' : 'dated' } : plain;
  const dated = (known: FrozenFacts) => keepUpdatedText(dateEntry(undated, article, known), before, input.shown);
  const placed = freezeAddress(named, article, input);
  const facts = freezeSource(placed, article, input, () => isShownAs(dated(placed), input));
  const entry = dated(facts);
  const hold = findHold(article, claimsOf(article, entry), seen, input);
  // Nothing freezes of what nobody is shown.
  if (hold !== null) return { ...left, state: 'held', problems: [hold] };
  return {
    part,
    state: 'shown',
    shown: {
      entry,
      feeds: article.visibility === 'hidden' || isPage ? [] : feedsOf(entry, input.site),
      claims: claimsOf(article, entry),
      assets: article.assetKeys.filter((asset) => input.assets.has(asset)),
      aliases: aliasesOf(
        { path: article.path, aliases: [...article.aliases, ...(facts.formerAddresses ?? [])] },
        input.site,
      ),
      ...namesBeside(article, key),
      expires: article.expires?.at ?? null,
    },
    seen: before,
    facts,
    renaming,
    dueAt: article.expires?.at ?? null,
    problems: [
      ...(article.published === null && date.keptDate === undefined && !isPage
        ? [dateMissing(key, article, published)]
        : []),
      ...(stayedPost === undefined ? [] : [pageInFeeds(key)]),
      ...(isKnownAs(facts, article) ? [] : [idKept(key, article, entry)]),
      ...unknownWords(article, key, 'status-unknown-public'),
      ...(doubt === undefined ? [] : [doubt.shown]),
    ],
  };
}

/**
 * What the article is, if it may be one of another file. An id that it states or shows goes first, and so does the frozen one
 * of a file that comes back as it was.
 */
function findRenaming(
  article: Article,
  part: string,
  { before, ids }: KnownArticle,
  input: CompletionInput,
): Renaming | null {
  const fingerprint = sourceFingerprint(article, input.body);
  const isShown = input.shown.some(({ entry }) => entry.id === before.id);
  const isBack = before.id !== null && (isShown || before.fingerprint === fingerprint);
  if (article.id !== null || article.canonicalUrl !== null || isBack) return null;
  const isOthers = ({ facts: { id } }: Former): boolean => id !== before.id && ids.has(id ?? '');
  const formers = (input.histories?.get(part)?.formers ?? []).filter((former) => !isOthers(former));
  if (formers.length === 0) return { kind: 'new' };
  const entry = createEntry(article, article.published ?? before.firstSeen, before, input);
  return decideRenaming(
    { likeness: sketchEntry(entry), fingerprint, awaitedUntil: before.awaitedUntil ?? null },
    formers,
    { now: input.now, waitMs: input.renameWaitMs ?? 0 },
  );
}

/** Whether the article is shown with this very date: a clock that goes back takes nothing down. */
function isPublicSince(published: Moment, article: Article, seen: FrozenFacts, { shown }: CompletionInput): boolean {
  const id = seen.id ?? article.id ?? article.canonicalUrl;
  return shown.some(({ entry }) => entry.id === id && entry.published.at === published.at);
}

/** Whether anything is shown of the article, with whatever date and text. */
function isPublic({ item }: Article, { id }: FrozenFacts, { shown }: CompletionInput): boolean {
  return item === null || item.isAlone ? shown.length > 0 : shown.some(({ entry }) => entry.id === id);
}

/** Whether documents show an entry just so. */
function isShownAs(entry: Entry, { shown }: CompletionInput): boolean {
  const standing = shown.find((each) => each.entry.id === entry.id)?.entry;
  return standing !== undefined && JSON.stringify(standing) === JSON.stringify(entry);
}

/** The entry with the time of its last change: it is the author's, else when an edit was noticed, and never now. */
function dateEntry(entry: Entry, { updated }: Article, { changed }: FrozenFacts): Entry {
  return { ...entry, updated: laterOf(entry.published, updated ?? changed ?? entry.published) };
}

/** The entry as if it had never changed. */
function createEntry(article: Article, published: Moment, facts: FrozenFacts, input: CompletionInput): Entry {
  const { site, assets } = input;
  const image = article.image === null ? null : completeMedia(article.image, assets);
  const contentHtml = sizeImages(linkText(article, input).html, site.url, assets);
  return {
    id: facts.id ?? '',
    ...(facts.guid !== undefined && { guid: facts.guid }),
    url: article.canonicalUrl ?? new URL(article.path.slice(1), site.url).href,
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

function linkText({ contentHtml, links = [] }: Article, { key, holdersOf = () => [] }: CompletionInput): LinkedText {
  return linkArticles(contentHtml, links, key, holdersOf);
}

/** The files of an episode with the facts of their assets; those that are not there are left out. */
function completeEpisode(
  { image, chapters, transcripts, ...said }: Episode<MediaReference>,
  assets: ReadonlyMap<string, AssetFacts>,
): Episode<Media> {
  return {
    ...said,
    image: image === null ? null : completeMedia(image, assets),
    chapters: chapters === null ? null : completeMedia(chapters, assets),
    transcripts: transcripts.flatMap(({ file, ...facts }) => {
      const media = completeMedia(file, assets);
      return media === null ? [] : [{ ...facts, file: media }];
    }),
  };
}

/** Media with the facts of its asset; null for a file of ours that is not there. */
function completeMedia(reference: MediaReference, assets: ReadonlyMap<string, AssetFacts>): Media | null {
  const { key, ...media } = reference;
  const facts = key === null ? null : (assets.get(key) ?? null);
  if (key !== null && facts === null) return null;
  return {
    ...media,
    mimeType:
      facts?.mimeType ?? media.mimeType ?? probeAsset(new URL(media.url).pathname, new Uint8Array(), 0).mimeType,
    lengthBytes: facts?.lengthBytes ?? media.lengthBytes,
    durationSeconds: facts?.durationSeconds ?? media.durationSeconds,
    width: facts?.width ?? media.width,
    height: facts?.height ?? media.height,
  };
}

/** Many readers show only the content, so the hero image is put before it, unless the author has shown it already. */
function showImage(contentHtml: string, image: Media | null): string {
  if (image === null || contentHtml.includes(escapeAttribute(withoutSize(image.url)))) return contentHtml;
  const size = image.width !== null && image.height !== null ? ` width="${image.width}" height="${image.height}"` : '';
  const img = `<img src="${escapeAttribute(image.url)}" alt="${escapeAttribute(image.alt ?? '')}"${size}>`;
  const caption = [
    ...(image.caption === null ? [] : [escapeText(image.caption)]),
    ...(image.credit === null ? [] : [`<cite>${escapeText(image.credit)}</cite>`]),
  ].join(' ');
  return `<figure>${img}${caption === '' ? '' : `<figcaption>${caption}</figcaption>`}</figure>\n${contentHtml}`;
}

/** Behind the name of a file, a query says how large or how new the same picture is: `boat.jpg?w=300`. */
function withoutSize(url: string): string {
  const [file = url] = url.split(/[?#]/, 1);
  return /\.(?:avif|gif|jpe?g|png|webp)$/i.test(file) ? file : url;
}

/** Feeds have no place for the direction of a text, so the content of an Arabic article says it itself. */
function showDirection(contentHtml: string, language: string): string {
  if (contentHtml === '' || directionOf(language) === 'ltr') return contentHtml;
  return `<div dir="rtl" lang="${escapeAttribute(language)}">${contentHtml}</div>`;
}

/** One owner per form of an id; and one per address, for the articles that are at home on this site. */
function claimsOf(article: Article, entry: Entry): readonly string[] {
  const ids = idsOf(entry).map((id) => `id ${id}`);
  return article.canonicalUrl === null ? [...ids, `address ${article.path}`] : ids;
}

/** By what links find it besides the name of its file. */
function namesBeside({ slug }: Article, key: string): Pick<ShownEntry, 'names'> {
  const names = namesOfArticle(key, slug ?? null).slice(1);
  return names.length === 0 ? {} : { names };
}

/** Former addresses where nothing of the publisher's own is. */
export function aliasesOf({ aliases, path }: Pick<Article, 'aliases' | 'path'>, site: Site): readonly string[] {
  const addresses = new Set(aliases.map(folderAddress));
  return [...addresses].filter((address) => address !== path && !isOwnDocument(address, site));
}

const CONSEQUENCES = {
  'status-unknown': 'The article is held back.',
  'status-unknown-public': 'The article is public already and stays so.',
} as const;

function unknownWords({ unknownStates }: Article, key: string, code: keyof typeof CONSEQUENCES): readonly Problem[] {
  return unknownStates.map(({ word, line }) =>
    createProblem(code, { path: key, line, ...unknownWord(word, CONSEQUENCES[code]) }),
  );
}

function idKept(key: string, { id, word }: Article, entry: Entry): Problem {
  const known = entry.guid ?? entry.id;
  return createProblem('id-kept', {
    path: key,
    line: null,
    message: `The article says that its id is “${word ?? id}”. It was published as “${known}”, and keeps that id.`,
    fix: `Write “id: ${known}”, or delete the line. An article with another id needs a file of its own.`,
  });
}
