/**
 * What freezes of an article when it is first shown: its id, and what its source was like. An id that was shown goes
 * before whatever the file or the settings say later, since readers know the article by it. Pure.
 */

import { createHash } from 'node:crypto';
import type { Article } from '../article/article.ts';
import { isIriOfWord } from '../entry-id.ts';
import { type Moment, momentAt } from '../moment.ts';
import type { Site } from '../site/site.ts';
import type { FrozenFacts } from '../state/record.ts';
import { nameUuid } from '../uuid.ts';

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
  return { firstSeen: wholeSecond(now), id: null, fingerprint: null, changed: null };
}

/** The facts of an article that is being shown. */
export function freezeFacts(seen: FrozenFacts, article: Article, part: string, input: FreezeInput): FrozenFacts {
  const fingerprint = fingerprintOf(article, input);
  const facts = { ...seen, ...identify(seen, article, part, input), fingerprint };
  if (seen.fingerprint === null || seen.fingerprint === fingerprint) return facts;
  return { ...facts, changed: wholeSecond(input.now) };
}

/** Whether the id that an article says, if any, is the one that it is known by. */
export function isKnownAs({ id, guid }: FrozenFacts, article: Pick<Article, 'id' | 'word'>): boolean {
  if (id === null || article.id === null || article.id === id) return true;
  // The site's id may be another than it was when the IRI was made.
  return article.word !== undefined && (guid === undefined ? isIriOfWord(id, article.word) : guid === article.word);
}

function identify(
  seen: FrozenFacts,
  { id, word, canonicalUrl }: Article,
  part: string,
  { site, key }: FreezeInput,
): Pick<FrozenFacts, 'id' | 'guid'> {
  if (seen.id !== null) return seen;
  if (id === null) return { id: canonicalUrl ?? createId(site, key, part) };
  return word === undefined ? { id } : { id, guid: word };
}

/** Tells whether the author changed an article: other settings or a new version of the publisher are no change. */
function fingerprintOf({ item }: Article, { body }: FreezeInput): string {
  return createHash('sha256')
    .update(item?.text ?? body)
    .digest('base64url')
    .slice(0, 22);
}

/** A `urn:uuid:` made from the site's id and the article's first key, in the namespace of URLs. */
function createId(site: Site, key: string, part: string): string {
  return `urn:uuid:${nameUuid('6ba7b8119dad11d180b400c04fd430c8', JSON.stringify([site.id, key, part]))}`;
}

function wholeSecond(now: number): Moment {
  return momentAt(Math.floor(now / 1000) * 1000);
}
