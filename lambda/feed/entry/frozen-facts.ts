/**
 * What freezes of an article when it is first shown: its id, and what its source was like. An id that was shown goes
 * before whatever the file or the settings say later, since readers know the article by it.
 *
 * An article changes when its source changed and its entry did, for one is not enough: who runs a formatter over a folder
 * edits nothing, and settings, a renderer or a picture change entries without any edit. So an article is as it was if its
 * source has the same bytes; or says the same, whatever renders it by now; or is rendered the same; or is shown the same.
 * Pure.
 */

import type { Article } from '../../model/article.ts';
import type { Entry } from '../../model/entry.ts';
import { type EntryId, isIriOfWord } from '../../model/entry-id.ts';
import type { Site } from '../../model/site.ts';
import { addressesIn } from '../../state/keys.ts';
import type { FrozenFacts, ShownEntry } from '../../state/record.ts';
import { fingerprintOf } from '../../text/fingerprint.ts';
import { nameUuid } from '../../text/uuid.ts';
import { type Moment, momentAt } from '../../time/moment.ts';

interface FreezeInput {
  readonly key: string;
  readonly body: Uint8Array;
  readonly site: Site;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The facts of an article before it is shown. A clock that was ahead has frozen nothing of what nobody was shown. */
export function seeArticle(known: FrozenFacts | null, now: number): FrozenFacts {
  if (known !== null && (known.id !== null || known.firstSeen.at <= now)) return known;
  return { ...known, ...unseen(now) };
}

/** The facts of a file whose id went on to another: what comes back to its name is another article. */
export function forgetHandedOn({ handedOn = 0 }: FrozenFacts, now: number): FrozenFacts {
  return { ...unseen(now), handedOn: handedOn + 1 };
}

function unseen(now: number): Pick<FrozenFacts, 'firstSeen' | 'id' | 'fingerprint' | 'changed'> {
  return { firstSeen: wholeSecond(now), id: null, fingerprint: null, changed: null };
}

/** What subscribers know of an article that was in a feed of another system. */
export interface AdoptedEntry {
  readonly id?: EntryId;
  readonly published?: Moment;
}

/** What is known of a file is known of its one article: the articles of a list have ids of their own. */
export function adoptedOf({ articles, adopted = null }: AdoptionInput): AdoptedEntry | null {
  return articles.length === 1 ? adopted : null;
}

interface AdoptionInput {
  readonly articles: readonly Article[];
  readonly adopted?: AdoptedEntry | null;
}

/**
 * The facts with the id of an article that is being shown. Its author's word goes first, then what subscribers know, then the
 * settings.
 *
 * @param formed the id that the settings give to it, if nobody else has that; null where they say nothing
 */
export function freezeId(
  { awaitedUntil: _, ...seen }: FrozenFacts,
  { id, word, canonicalUrl, isTranslation }: Article,
  { part, formed }: { readonly part: string; readonly formed: string | null },
  input: FreezeInput & AdoptionInput & { readonly takenIds?: ReadonlyMap<string, string> },
): FrozenFacts {
  const { site, key, takenIds } = input;
  if (seen.id !== null) return seen;
  if (id !== null) return word === undefined ? { ...seen, id } : { ...seen, id, guid: word };
  const adopted = adoptedOf(input)?.id;
  if (adopted !== undefined) return { ...seen, ...adopted };
  const made = () => createId(site, key, part, seen.handedOn);
  if (formed !== null) {
    const owner = takenIds?.get(formed);
    return owner === undefined ? { ...seen, id: formed } : { ...seen, id: made(), sharedWith: owner };
  }
  // The original and its translations may have one canonical address, and no two entries have one id.
  const stated = isTranslation ? null : canonicalUrl;
  return { ...seen, id: stated ?? made() };
}

/**
 * The facts with what the source of an article that is being shown is like.
 *
 * @param isShownSo whether all formats show just this of it already
 */
export function freezeSource(
  facts: FrozenFacts,
  article: Article,
  { body, site, now }: FreezeInput,
  isShownSo: () => boolean,
): FrozenFacts {
  const { item, wording } = article;
  const fingerprint = sourceFingerprint(article, body);
  const rendering = renderingOf(article, site);
  const isOlder = facts.wording === undefined;
  const isSame =
    facts.fingerprint === null ||
    facts.fingerprint === fingerprint ||
    // Older publishers left out what is said for all items.
    (isOlder && item !== null && facts.fingerprint === fingerprintOf(item.text)) ||
    facts.wording === wording ||
    facts.rendering === rendering ||
    isShownSo();
  return { ...facts, fingerprint, wording, rendering, changed: isSame ? facts.changed : wholeSecond(now) };
}

/** Of one article. */
const FORMER_ADDRESSES_MAX = 8;

/**
 * The facts with the address at which the article is shown so far, where the settings give it another by the rule of a system
 * (`addresses`): people know the one that was public.
 */
export function freezeAddress(
  facts: FrozenFacts,
  { path }: Article,
  { shown, site }: { readonly shown: readonly ShownEntry[]; readonly site: Site },
): FrozenFacts {
  const { formerAddresses: noted = [] } = facts;
  if (site.addresses === undefined && noted.length === 0) return facts;
  const standing = shown.find(({ entry }) => entry.id === facts.id);
  const left = addressesIn(standing?.claims ?? []).filter((address) => address !== path && !noted.includes(address));
  return left.length === 0 ? facts : { ...facts, formerAddresses: [...noted, ...left].slice(-FORMER_ADDRESSES_MAX) };
}

/** Of what an author wrote of an article. */
export function sourceFingerprint({ item }: Article, body: Uint8Array): string {
  if (item !== null) return fingerprintOf(item.text + item.shared);
  const known = fingerprints.get(body) ?? fingerprintOf(body);
  fingerprints.set(body, known);
  return known;
}

/** Of whole files, which are asked for several times while one is worked on. */
const fingerprints = new WeakMap<Uint8Array, string>();

/** Of all that documents show of an article, but for where the site lies and what its assets are. */
function renderingOf(article: Article, { url }: Site): string {
  const isHere = article.canonicalUrl === null;
  const shown = Object.entries({ ...article, path: isHere ? article.path : null }).filter(isShown);
  return fingerprintOf(JSON.stringify(shown).replaceAll(url, '/'));
}

function isShown([name]: readonly [string, unknown]): boolean {
  return IS_SHOWN[name as keyof Article];
}

/** Whether documents show a part of an article; an id stays what it was. */
const IS_SHOWN: Readonly<Record<keyof Article, boolean>> = {
  wording: false,
  item: false,
  id: false,
  word: false,
  dateHint: false,
  visibility: false,
  pageSign: false,
  unknownStates: false,
  doubt: false,
  expires: false,
  aliases: false,
  assetKeys: false,
  vaultFiles: false,
  isFragment: false,
  slug: false,
  canonicalUrl: true,
  path: true,
  externalUrl: true,
  title: true,
  published: true,
  updated: true,
  authors: true,
  contributors: true,
  tags: true,
  section: true,
  language: true,
  isTranslation: false,
  summary: true,
  contentHtml: true,
  links: true,
  image: true,
  attachments: true,
  episode: true,
  rights: true,
};

/** Whether the id that an article says, if any, is the one that it is known by. */
export function isKnownAs({ id, guid }: FrozenFacts, article: Pick<Article, 'id' | 'word'>): boolean {
  if (id === null || article.id === null || article.id === id) return true;
  // The site's id may be another than it was when the IRI was made.
  if (article.word === undefined) return guid === article.id;
  return guid === undefined ? isIriOfWord(id, article.word) : guid === article.word;
}

/**
 * A `urn:uuid:` made from the site's id and the article's first key, in the namespace of URLs.
 *
 * @param handedOn how many ids of this part went on to other files: the number tells the next one from them
 */
function createId(site: Site, key: string, part: string, handedOn = 0): string {
  const name = [site.id, key, part, ...(handedOn === 0 ? [] : [handedOn])];
  return `urn:uuid:${nameUuid('6ba7b8119dad11d180b400c04fd430c8', JSON.stringify(name))}`;
}

function wholeSecond(now: number): Moment {
  return momentAt(Math.floor(now / 1000) * 1000);
}

/**
 * The entry, with the mark where Atom keeps the text of its date. Publishers up to renderer version 6 wrote it with six
 * digits of a second and with the author's offset. Yarr knows an entry whose id is an address by its id and that text, so
 * another text of the same moment would be a second article, unread. All other entries have the new text at once.
 *
 * @param before the facts as they were read: those publishers left no wording in them
 * @param shown what is shown of the file so far
 */
export function keepUpdatedText(entry: Entry, before: FrozenFacts, shown: readonly ShownEntry[]): Entry {
  const standing = shown.find((each) => each.entry.id === entry.id)?.entry;
  if (standing === undefined || !/^https?:/i.test(entry.id)) return entry;
  const isOlder = standing.keepsUpdatedText === true || before.wording === undefined;
  const [is, was] = [entry.updated, standing.updated];
  return isOlder && is.at === was.at && is.offsetMinutes === was.offsetMinutes
    ? { ...entry, keepsUpdatedText: true }
    : entry;
}
