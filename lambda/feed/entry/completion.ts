/**
 * From what a source file says to what is shown of it now: ids and dates settled with the frozen facts, media with the
 * facts of their assets, drafts and scheduled articles left out. Pure: the time is handed in.
 */

import { unknownWord } from '../../article/fields/visibility/state-words.ts';
import type { Article, ArticleLink } from '../../model/article.ts';
import type { Entry } from '../../model/entry.ts';
import { createProblem, type Problem } from '../../model/problem.ts';
import type { Takedowns } from '../../site/takedowns.ts';
import type { FrozenFacts, ShownEntry } from '../../state/record.ts';
import type { Moment } from '../../time/moment.ts';
import { feedsOf } from '../membership.ts';
import { dateMissing, settleDate } from './article-date.ts';
import {
  aliasesOf,
  claimsOf,
  createEntry,
  dateEntry,
  type EntryContext,
  linkText,
  namesBeside,
} from './article-entry.ts';
import { findParts } from './article-parts.ts';
import {
  type AdoptedEntry,
  adoptedOf,
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
import { formedId } from './id-forms.ts';
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

export interface CompletionInput extends EntryContext {
  readonly body: Uint8Array;
  readonly articles: readonly Article[];
  /** The frozen facts so far. */
  readonly facts: Readonly<Record<string, FrozenFacts>>;
  /** What is shown of the file so far. */
  readonly shown: readonly ShownEntry[];
  /** What other files tell of its parts. @default nothing */
  readonly histories?: ReadonlyMap<string, PartHistory>;
  /** For how long an article waits for one that it may be, in milliseconds. @default 0 */
  readonly renameWaitMs?: number;
  /** What subscribers know of the file's one article; null where nothing says so. @default nothing */
  readonly adopted?: AdoptedEntry | null;
  /** Whose an id is: content keys of the files that have it, of ids that settings would give to parts. @default nobody's */
  readonly takenIds?: ReadonlyMap<string, string>;
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
  /** Ids that the settings have given to what is shown: whoever else has one keeps it. */
  readonly formed: readonly string[];
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
  const takenIds = new Map([...(input.takenIds ?? []), ...[...ids].map((id) => [id, input.key] as const)]);
  const parts = input.articles.map((article, index) => {
    const { name = '', known = null } = found[index] ?? {};
    const left = known !== null && isHandedOn(name) ? forgetHandedOn(known, input.now) : known;
    const before = seeArticle(left, input.now);
    const completed = completeArticle(article, name, { before, ids }, { ...input, takenIds });
    if (completed.shown !== null) takenIds.set(completed.shown.entry.id, input.key);
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
    formed: parts.flatMap(({ formed }) => formed ?? []),
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
  /** The id that the settings have just given to it; null where it has another. */
  readonly formed: string | null;
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
  const date = settleDate(article, seen, { ...input, adopted: adoptedOf(input)?.published ?? null });
  const published = date.keptDate ?? article.published ?? seen.firstSeen;
  const empty = { shown: null, formed: null, renaming: null, dueAt: null, problems: [] };
  const left = { ...empty, part, seen: before, facts: before };
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
  const formed = formId(article, { published, isPage }, input);
  const named = freezeId({ ...undatedFacts, ...date, ...role }, article, { part, formed }, input);
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
    formed: seen.id === null && facts.id === formed ? formed : null,
    renaming,
    dueAt: article.expires?.at ?? null,
    problems: [
      ...(article.published === null && date.keptDate === undefined && !isPage
        ? [dateMissing(key, article, published)]
        : []),
      ...(stayedPost === undefined ? [] : [pageInFeeds(key)]),
      ...(isKnownAs(facts, article) ? [] : [idKept(key, article, entry)]),
      ...(facts.sharedWith === undefined ? [] : [idShared(key, facts.sharedWith)]),
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
  const isAdopted = adoptedOf(input)?.id !== undefined;
  if (article.id !== null || article.canonicalUrl !== null || isAdopted || isBack) return null;
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

/** The id that the article had in the system that the settings name; null where they name none, or it had none there. */
function formId(
  { path, slug }: Article,
  { published, isPage }: { readonly published: Moment; readonly isPage: boolean },
  { key, site: { ids } }: CompletionInput,
): string | null {
  // What is a page there has no id, and must not have that of a post.
  if (ids === undefined || (isPage && ids.form === 'jekyll')) return null;
  return formedId(ids, { key, path, slug, published });
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

function idShared(key: string, owner: string): Problem {
  const other = owner === key ? 'another article of this file' : owner;
  return createProblem('id-shared', {
    path: key,
    line: null,
    message: `In the old system this article has the same id as ${other}, which keeps it. So this one was given an id of its own.`,
    fix: 'Nothing has to be done: readers knew one entry by that id. To choose another, write its id before it is published.',
  });
}
