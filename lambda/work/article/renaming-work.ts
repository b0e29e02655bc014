/**
 * What the records and claims of other files tell of an article that may be one of theirs under another name
 * (feed/entry/renaming.ts). The claim to an address leads to whoever has or had it. The claim to an id says who has the id: an
 * article of which somebody else has the id by now is no candidate any more, and a file whose id went on gets a new one.
 */

import { aliasesOf } from '../../feed/entry/article-entry.ts';
import { findParts } from '../../feed/entry/article-parts.ts';
import { type Former, goneArticle, isRenamable, type PartHistory } from '../../feed/entry/renaming.ts';
import type { Article } from '../../model/article.ts';
import { idsOf } from '../../model/entry.ts';
import type { Site } from '../../model/site.ts';
import { readJson } from '../../state/json-object.ts';
import { ADDRESS_CLAIM, ID_CLAIM, recordKey } from '../../state/keys.ts';
import type { ArticleRecord, FrozenFacts } from '../../state/record.ts';
import { type Holders, isListed, readHolders } from '../protocol/claim-work.ts';
import type { Ports } from '../protocol/ports.ts';

/** For how long an article waits for one that it may be: longer than an upload of a whole folder takes. */
export const RENAME_WAIT_MS = 15 * 60 * 1000;

export interface Histories {
  /** Of each part of a file that is about to be shown, and neither shows nor states an id. */
  readonly parts: ReadonlyMap<string, PartHistory>;
  /**
   * Content keys of the last who had the addresses, by claim; null where another has it. Whoever is given such a claim after others decides again: an
   * article may have come and gone since.
   */
  readonly formerHolders: ReadonlyMap<string, readonly string[] | null>;
}

export async function readHistories(
  ports: Pick<Ports, 'state'>,
  record: ArticleRecord,
  articles: readonly Article[],
  site: Site,
  now: number,
): Promise<Histories> {
  const parts = new Map<string, PartHistory>();
  const formerHolders = new Map<string, readonly string[] | null>();
  const found = findParts({ articles, site, facts: record.facts, shown: record.shown }).parts;
  const kept = new Set(found.flatMap(({ known }) => known?.id ?? []));
  const shownIds = new Set(record.shown.map(({ entry }) => entry.id));
  for (const [index, article] of articles.entries()) {
    const { name: part = '', known = null } = found[index] ?? {};
    const id = known?.id ?? null;
    if (article.visibility === 'draft' || (id !== null && shownIds.has(id))) continue;
    const isHandedOn = known !== null && (await wentOn(ports, record.key, known));
    const statesId = article.id !== null || article.canonicalUrl !== null;
    const claim = ADDRESS_CLAIM + article.path;
    const holders = statesId ? null : await readHolders(ports, claim);
    if (holders !== null) {
      const isOthers = holders.owner !== null && holders.owner !== record.key;
      formerHolders.set(claim, isOthers ? null : holders.former);
    }
    const all = holders === null ? [] : await findFormers(ports, record, kept, article, { site, holders, now });
    const isTaken = ({ goneAt, address }: Former): boolean => goneAt === null && address === article.path;
    // At the same address, the claim itself has the article wait.
    const others = all.filter((former) => !isTaken(former));
    // A file that was gone has an id already, and need not wait for another.
    const formers = id === null || isHandedOn ? others : others.filter(({ goneAt }) => goneAt !== null);
    if (isHandedOn || formers.length > 0) parts.set(part, { isHandedOn, formers });
  }
  return { parts, formerHolders };
}

/** Whether another file has shown, or is about to show, what was last shown under its id by the file at a key. */
async function wentOn(ports: Pick<Ports, 'state'>, key: string, facts: FrozenFacts): Promise<boolean> {
  for (const claim of idClaims(facts)) {
    const { owner, former } = await readHolders(ports, claim);
    if (owner !== null && owner !== key && (await isListed(ports, owner, claim))) return true;
    const holders = owner === null ? former : [...former, owner];
    // Those who came after the file. One that only wanted the id, and was gone before it showed anything, froze none.
    for (const holder of holders.slice(holders.lastIndexOf(key) + 1)) {
      if (await hasShown(ports, holder, claim)) return true;
    }
  }
  return false;
}

async function hasShown(ports: Pick<Ports, 'state'>, key: string, claim: string): Promise<boolean> {
  const record = (await readJson<ArticleRecord>(ports.state, recordKey(key)))?.value;
  const facts = [...Object.values(record?.facts ?? {}), ...(record?.gone ?? []).map((each) => each.facts)];
  return facts.some((each) => idClaims(each).includes(claim));
}

/** The articles that an article may be: each once, as it was last. */
async function findFormers(
  ports: Pick<Ports, 'state'>,
  record: ArticleRecord,
  kept: ReadonlySet<string>,
  article: Article,
  { site, holders, now }: { readonly site: Site; readonly holders: Holders; readonly now: number },
): Promise<readonly Former[]> {
  const addresses = new Set([article.path, ...aliasesOf(article, site)]);
  const byId = new Map<string | null, Former>();
  for (const address of addresses) {
    const { owner, former } = address === article.path ? holders : await readHolders(ports, ADDRESS_CLAIM + address);
    for (const key of new Set(owner === null ? former : [owner, ...former])) {
      const found = key === record.key ? formersHere(record, kept, now) : await formersIn(ports, key, now);
      // What is shown at an address is its owner's.
      const here = found.filter((one) => one.address === address && (one.goneAt !== null || key === owner));
      for (const each of here) {
        const known = byId.get(each.facts.id);
        if (known === undefined || lastShown(each) >= lastShown(known)) byId.set(each.facts.id, each);
      }
    }
  }
  const formers: Former[] = [];
  for (const each of byId.values()) {
    if (each.goneAt === null || (await isFree(ports, record.key, each))) formers.push(each);
  }
  return formers;
}

function lastShown({ goneAt }: Former): number {
  return goneAt ?? Infinity;
}

async function formersIn(ports: Pick<Ports, 'state'>, key: string, now: number): Promise<readonly Former[]> {
  const record = (await readJson<ArticleRecord>(ports.state, recordKey(key)))?.value;
  if (record === undefined) return [];
  const shown = record.shown.flatMap((each) => goneArticle(each, record.facts, now) ?? []);
  return [...goneOf(record, now), ...shown.map((each) => ({ ...each, key, goneAt: null }))];
}

/** Of the file itself: also what it is about to show no more. */
function formersHere(record: ArticleRecord, kept: ReadonlySet<string>, now: number): readonly Former[] {
  const leaving = record.shown
    .filter(({ entry }) => !kept.has(entry.id))
    .flatMap((each) => goneArticle(each, record.facts, now) ?? []);
  return [...goneOf(record, now), ...leaving.map((each) => ({ ...each, key: record.key, goneAt: now }))];
}

function goneOf({ key, gone = [] }: ArticleRecord, now: number): readonly Former[] {
  return gone.filter((each) => isRenamable(each, now)).map(({ at, ...each }) => ({ ...each, key, goneAt: at }));
}

/** Whether nobody but the article that went has its id. */
async function isFree(ports: Pick<Ports, 'state'>, key: string, { key: former, facts }: Former): Promise<boolean> {
  for (const claim of idClaims(facts)) {
    const { owner } = await readHolders(ports, claim);
    const isOurs = owner === null || owner === key || owner === former;
    if (!isOurs && (await isListed(ports, owner, claim))) return false;
  }
  return true;
}

/** The claims to an id, in each of its forms. */
export function idClaims({ id, guid }: Pick<FrozenFacts, 'id' | 'guid'>): readonly string[] {
  return id === null ? [] : idsOf({ id, guid }).map((each) => ID_CLAIM + each);
}

/** The claims to the addresses of articles that are waited for. */
export function awaitedClaims(formers: readonly Former[]): readonly string[] {
  return [...new Set(formers.map(({ address }) => ADDRESS_CLAIM + address))];
}
