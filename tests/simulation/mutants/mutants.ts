/**
 * Mutants of the publisher: each breaks one rule of the protocol, by what stands between it and its ports. A simulation
 * that finds none of them would prove nothing.
 */

import { isArticleKey } from '../../../lambda/address/article-key.ts';
import { feedsOf } from '../../../lambda/feed/membership.ts';
import type { Ports } from '../../../lambda/publish.ts';
import { encodeJson, readJson } from '../../../lambda/state/json-object.ts';
import { addressesIn, recordKey, SITE_STATE_KEY } from '../../../lambda/state/keys.ts';
import { type ArticleRecord, presentPlaces, samePlace } from '../../../lambda/state/record.ts';
import { type FeedRoot, NOTHING_PENDING } from '../../../lambda/state/root.ts';
import type { LaneName } from '../../../lambda/store/queue.ts';
import type { ObjectFacts, Store, StoredObject, WriteOptions, WriteResult } from '../../../lambda/store/store.ts';
import { momentAt } from '../../../lambda/time/moment.ts';
import { pageLane, parseLane } from '../../../lambda/work/protocol/lanes.ts';
import type { SiteState } from '../../../lambda/work/protocol/site-work.ts';
import type { QueueOptions } from '../queues.ts';
import { tellNoTranslations, trustKnownFolderFiles } from './folder-mutants.ts';
import { LINK_MUTANTS } from './link-mutants.ts';
import { MOVE_MUTANTS } from './move-mutants.ts';
import { linkTooEarly, markUnlinkedLate, tellNoUnlinked, withholdAgain } from './opening-mutants.ts';
import { forgetGone, seeOneGone } from './rename-mutants.ts';
import { tellNone } from './telling-mutants.ts';
import { lookForPlain, removePlainFirst, trustPlainAssets } from './variant-mutants.ts';

export interface Mutant {
  readonly queue?: Pick<QueueOptions, 'withoutGroups' | 'deduplicatesByContent'>;
  /** The ports of one run. */
  readonly ports?: (ports: Ports, run: MutantRun) => Ports;
}

export interface MutantRun {
  /** Null for article work. */
  readonly lane: LaneName | null;
  /** The ports as they are without faults. */
  readonly shared: Ports;
  /** The site store without what takes care of the variants. */
  readonly barePublic: Store;
}

/** What each makes is for one history. */
export const MUTANTS: Readonly<Record<string, () => Mutant>> = {
  'two workers on one feed': () => ({ queue: { withoutGroups: true } }),
  'messages deduplicated by content': () => ({ queue: { deduplicatesByContent: true } }),
  'no second look at the file': () => ({ ports: lookOnceAtFiles }),
  'no second look at the settings': () => ({ ports: lookOnceAtSettings }),
  'folder files not looked at before a first publication': () => ({ ports: trustKnownFolderFiles }),
  'translations not told of their original': () => ({ ports: tellNoTranslations }),
  ...LINK_MUTANTS,
  ...MOVE_MUTANTS,
  'pages not told of a feed that came': () => ({ ports: tellNoUnlinked }),
  'feeds looked for before the marker': () => ({ ports: markUnlinkedLate }),
  'links to a feed before its documents': () => ({ ports: linkTooEarly }),
  'a feed withheld that was public': () => ({ ports: changeWrites<FeedRoot>(/\/root\.json$/, withholdAgain) }),
  'files not told that they are taken in': () => ({ ports: tellNone(/p90[345]\./) }),
  'articles not told of what they take in': () => ({ ports: tellNone(/p90[012]\./) }),
  'articles not told of their adopted rows': () => ({ ports: tellNone(/p95\d\./) }),
  'takedowns ignored': () => ({ ports: ignoreTakedowns }),
  'takedowns obeyed by their keys alone': () => ({ ports: (ports) => changeReads(ports, keepKeysAlone) }),
  'messages trusted instead of records': trustMessages,
  'records written without comparing': () => ({ ports: writeUncompared('articles/') }),
  'claims written without comparing': () => ({ ports: writeUncompared('claims/') }),
  'records deleted': () => ({ ports: deleteRecords }),
  'no places': () => ({ ports: changeWrites<ArticleRecord>(/^articles\//, forgetPlaces) }),
  'places trimmed before the root is written': () => ({ ports: trimAtOnce }),
  'nothing pending in the root': () => ({ ports: changeWrites<FeedRoot>(/\/root\.json$/, forgetPending) }),
  'subscription page before archive pages': () => ({ ports: writeArchiveLast }),
  'membership computed at feed time': () => ({ ports: computeMembership }),
  'claim before record': () => ({ ports: claimBeforeRecord }),
  'predecessors forgotten': () => ({ ports: changeWrites<ArticleRecord>(/^articles\//, forgetPredecessors) }),
  'articles that went forgotten at once': () => ({ ports: changeWrites<ArticleRecord>(/^articles\//, forgetGone) }),
  'a renamed article taken over though several went': () => ({ ports: seeOneGone }),
  'addresses that were left not told': () => ({ ports: tellPresentPages }),
  'asset looked at before the marker': () => ({ ports: markAfterTheLook }),
  'no second look at assets': () => ({ ports: lookOnceAtAssets }),
  'plain document removed first, and nothing where it is gone': () => ({ ports: removePlainFirst }),
  'documents taken to be there without their variants': () => ({ ports: lookForPlain }),
  'variants of assets not compared': () => ({ ports: trustPlainAssets }),
  'nothing marked as due': () => ({ ports: (ports) => interceptWrites(ports, /^due\//, pretend) }),
  'a touch taken for an edit': takeTouchesForEdits,
  'own write not recognised after a lost answer': () => ({ ports: forgetNonces }),
};

function lookOnceAtFiles(ports: Ports): Ports {
  const seen = new Map<string, ObjectFacts | null>();
  const read: Store['read'] = async (key, options) => {
    const object = await ports.content.read(key, options);
    seen.set(key, object);
    return object;
  };
  const inspect: Store['inspect'] = async (key) =>
    isArticleKey(key) && seen.has(key) ? (seen.get(key) ?? null) : ports.content.inspect(key);
  return { ...ports, content: { ...ports.content, read, inspect } };
}

function lookOnceAtSettings(ports: Ports): Ports {
  let seen: StoredObject | null = null;
  const read: Store['read'] = async (key, options) => {
    if (key !== SITE_STATE_KEY) return ports.state.read(key, options);
    seen ??= await ports.state.read(key, options);
    return seen;
  };
  const write: Store['write'] = (key, body, options) => {
    if (key === SITE_STATE_KEY) seen = null;
    return ports.state.write(key, body, options);
  };
  return { ...ports, state: { ...ports.state, read, write } };
}

/** The list is read, and nothing on it is held. */
function ignoreTakedowns(ports: Ports): Ports {
  return changeReads(ports, (state) => ({ ...state, takedowns: null }));
}

function keepKeysAlone(state: SiteState): SiteState {
  const { takedowns = null } = state;
  const list = (takedowns?.list ?? []).map((takedown) => ({ ...takedown, ids: [], addresses: [], hashes: [] }));
  return takedowns === null ? state : { ...state, takedowns: { ...takedowns, list } };
}

/** The settings, as article work sees them. */
function changeReads(ports: Ports, change: (state: SiteState) => SiteState): Ports {
  const read: Store['read'] = async (key, options) => {
    const object = await ports.state.read(key, options);
    if (key !== SITE_STATE_KEY || object === null) return object;
    return { ...object, body: encodeJson(change(parse<SiteState>(object.body))) };
  };
  return { ...ports, state: { ...ports.state, read } };
}

/** A message brings the record as its sender knew it, and the feed applies what came last. */
function trustMessages(): Mutant {
  const sent = new Map<string, Uint8Array>();
  return {
    ports(ports, { lane }) {
      const known = new Map<string, Uint8Array>();
      const read: Store['read'] = async (key, options) => {
        const object = await ports.state.read(key, options);
        if (object !== null) known.set(key, object.body);
        const body = sent.get(`${lane} ${key}`);
        return object === null || body === undefined ? object : { ...object, body, version: 'as it was sent' };
      };
      const write: Store['write'] = async (key, body, options) => {
        const result = await ports.state.write(key, body, options);
        if (result.kind === 'written') known.set(key, body);
        return result;
      };
      const sendLaneWork: Ports['queue']['sendLaneWork'] = async (messages) => {
        await ports.queue.sendLaneWork(messages);
        for (const message of messages) {
          const body = known.get(recordKey(message.key ?? ''));
          if (body !== undefined) sent.set(`${message.lane} ${recordKey(message.key ?? '')}`, body);
        }
      };
      return { ...ports, state: { ...ports.state, read, write }, queue: { ...ports.queue, sendLaneWork } };
    },
  };
}

function writeUncompared(prefix: string): (ports: Ports) => Ports {
  return (ports) => interceptWrites(ports, new RegExp(`^${prefix}`), (key, body) => ports.state.write(key, body));
}

/** A file that is gone leaves nothing. */
function deleteRecords(ports: Ports): Ports {
  return interceptWrites(ports, /^articles\//, async (key, body, options) => {
    if (parse<ArticleRecord>(body).sourceVersion !== null) return ports.state.write(key, body, options);
    await ports.state.remove(key);
    return { kind: 'written', version: 'gone' };
  });
}

function forgetPlaces(record: ArticleRecord): ArticleRecord {
  return { ...record, places: presentPlaces(record.shown) };
}

function forgetPredecessors(record: ArticleRecord): ArticleRecord {
  return { ...record, successorOf: [] };
}

function trimAtOnce(ports: Ports, { lane, shared }: MutantRun): Ports {
  if (lane === null) return ports;
  const feed = feedOf(lane);
  const read: Store['read'] = async (key, options) => {
    const object = await ports.state.read(key, options);
    if (object === null || !key.startsWith('articles/')) return object;
    const record = parse<ArticleRecord>(object.body);
    const present = presentPlaces(record.shown);
    const places = record.places.filter(
      (place) => place.feed !== feed || present.some((other) => samePlace(place, other)),
    );
    const condition = { kind: 'version', version: object.version } as const;
    const result = await shared.state.write(key, encodeJson({ ...record, places }), { condition });
    return result.kind === 'conflict' ? object : { ...object, version: result.version };
  };
  return { ...ports, state: { ...ports.state, read } };
}

/** The feed itself decides, by the settings of now, whether an article is in it. */
function computeMembership(ports: Ports, { lane, shared }: MutantRun): Ports {
  const feed = lane && feedOf(lane);
  if (feed === null) return ports;
  const recorded = new Map<string, ArticleRecord['shown']>();
  const read: Store['read'] = async (key, options) => {
    const object = await ports.state.read(key, options);
    const site = (await readJson<SiteState>(shared.state, SITE_STATE_KEY))?.value.site ?? null;
    if (object === null || site === null || !key.startsWith('articles/')) return object;
    const record = parse<ArticleRecord>(object.body);
    recorded.set(key, record.shown);
    const shown = record.shown.map((each) => ({
      ...each,
      feeds: [
        ...each.feeds.filter((name) => name !== feed),
        ...feedsOf(each.entry, site).filter((name) => name === feed),
      ],
    }));
    return { ...object, body: encodeJson({ ...record, shown }) };
  };
  const mutant = interceptWrites(ports, /^articles\//, (key, body, options) => {
    const record = parse<ArticleRecord>(body);
    return ports.state.write(key, encodeJson({ ...record, shown: recorded.get(key) ?? record.shown }), options);
  });
  return { ...mutant, state: { ...mutant.state, read } };
}

function forgetPending(root: FeedRoot): FeedRoot {
  return { ...root, pending: NOTHING_PENDING };
}

function writeArchiveLast(ports: Ports): Ports {
  const archive: (() => Promise<unknown>)[] = [];
  const write: Store['write'] = async (path, body, options) => {
    if (path.includes('archive/')) {
      archive.push(() => ports.public.write(path, body, options));
      return { kind: 'written', version: 'later' };
    }
    const result = await ports.public.write(path, body, options);
    for (const each of archive.splice(0)) await each();
    return result;
  };
  return { ...ports, public: { ...ports.public, write } };
}

/** The record that lists the claims is only written with the decision. */
function claimBeforeRecord(ports: Ports): Ports {
  const ABSENT = 'absent';
  const isListing = async (key: string, body: Uint8Array): Promise<boolean> => {
    const record = parse<ArticleRecord>(body);
    const before = (await readJson<ArticleRecord>(ports.state, key))?.value;
    const isSame = before?.sourceVersion === record.sourceVersion || (before === undefined && record.revision === 1);
    return isSame && record.claims.length > (before?.claims.length ?? 0);
  };
  const write = async (key: string, body: Uint8Array, options?: WriteOptions): Promise<WriteResult> => {
    const condition = options?.condition;
    const version = condition?.kind === 'version' ? condition.version : ABSENT;
    if (await isListing(key, body)) return { kind: 'written', version };
    return ports.state.write(key, body, version === ABSENT ? { condition: { kind: 'absent' } } : (options ?? {}));
  };
  const inspect: Store['inspect'] = async (key) => {
    const facts = await ports.state.inspect(key);
    return facts ?? (key.startsWith('articles/') ? { key, version: ABSENT, lengthBytes: 0, modifiedAt: 0 } : null);
  };
  const mutant = interceptWrites(ports, /^articles\//, write);
  return { ...mutant, state: { ...mutant.state, inspect } };
}

/** Only where an article is now, its page is told. */
function tellPresentPages(ports: Ports): Ports {
  const present = new Set<LaneName>();
  const sendLaneWork: Ports['queue']['sendLaneWork'] = (messages) =>
    ports.queue.sendLaneWork(messages.filter(({ lane }) => parseLane(lane).kind !== 'page' || present.has(lane)));
  const mutant = interceptWrites(ports, /^articles\//, (key, body, options) => {
    const claims = parse<ArticleRecord>(body).shown.flatMap((shown) => shown.claims);
    for (const address of addressesIn(claims)) present.add(pageLane(address));
    return ports.state.write(key, body, options);
  });
  return { ...mutant, queue: { ...ports.queue, sendLaneWork } };
}

/** Only when all is looked at, also for the second time. */
function markAfterTheLook(ports: Ports): Ports {
  const markers: (() => Promise<unknown>)[] = [];
  const sendLaneWork: Ports['queue']['sendLaneWork'] = async (messages) => {
    for (const each of markers.splice(0)) await each();
    return ports.queue.sendLaneWork(messages);
  };
  const mutant = interceptWrites(ports, /^uses\//, async (key, body, options) => {
    markers.push(() => ports.state.write(key, body, options));
    return { kind: 'written', version: 'later' };
  });
  return { ...mutant, queue: { ...ports.queue, sendLaneWork } };
}

/** After a record was written, what was seen of each asset before is seen once more. */
function lookOnceAtAssets(ports: Ports): Ports {
  const notes = new Map<string, StoredObject | null>();
  const files = new Map<string, ObjectFacts | null>();
  const repeated = new Set<string>();
  const read: Store['read'] = async (key, options) => {
    if (repeated.delete(key)) return notes.get(key) ?? null;
    const object = await ports.state.read(key, options);
    if (key.startsWith('assets/')) notes.set(key, object);
    return object;
  };
  const inspect: Store['inspect'] = async (key) => {
    if (repeated.delete(key)) return files.get(key) ?? null;
    const facts = await ports.content.inspect(key);
    if (!isArticleKey(key)) files.set(key, facts);
    return facts;
  };
  const mutant = interceptWrites(ports, /^articles\//, (key, body, options) => {
    for (const each of [...notes.keys(), ...files.keys()]) repeated.add(each);
    return ports.state.write(key, body, options);
  });
  return { ...mutant, state: { ...mutant.state, read }, content: { ...ports.content, inspect } };
}

function feedOf(lane: LaneName): string | null {
  const { kind, subject } = parseLane(lane);
  return kind === 'feed' ? subject : null;
}

function forgetNonces(ports: Ports): Ports {
  const doubtful = new Set<string>();
  const write: Store['write'] = async (key, body, options) => {
    const result = await ports.state.write(key, body, options);
    if (result.kind === 'conflict') doubtful.add(key);
    return result;
  };
  const read: Store['read'] = async (key, options) => {
    const object = await ports.state.read(key, options);
    if (object === null || !doubtful.delete(key)) return object;
    return { ...object, body: encodeJson({ ...parse<object>(object.body), nonce: 'somebody else' }) };
  };
  return { ...ports, state: { ...ports.state, read, write } };
}

/** A change of the bytes alone is dated. */
function takeTouchesForEdits(): Mutant {
  const known = new Map<string, string | null>();
  const date = (record: ArticleRecord, now: number): ArticleRecord => {
    const changed = momentAt(Math.floor(now / 1000) * 1000);
    const touched = new Set<string | null>();
    const facts = Object.entries(record.facts).map(([part, each]) => {
      const name = `${record.key} ${part}`;
      const before = known.get(name) ?? null;
      known.set(name, each.fingerprint);
      if (before === null || before === each.fingerprint) return [part, each] as const;
      touched.add(each.id);
      return [part, { ...each, changed }] as const;
    });
    const shown = record.shown.map((each) =>
      touched.has(each.entry.id) ? { ...each, entry: { ...each.entry, updated: changed } } : each,
    );
    return { ...record, facts: Object.fromEntries(facts), shown };
  };
  return {
    ports: (ports) => changeWrites<ArticleRecord>(/^articles\//, (record) => date(record, ports.now()))(ports),
  };
}

function changeWrites<Value extends object>(keys: RegExp, change: (value: Value) => Value): (ports: Ports) => Ports {
  return (ports) =>
    interceptWrites(ports, keys, (key, body, options) =>
      ports.state.write(key, encodeJson(change(parse<Value>(body))), options),
    );
}

function interceptWrites(ports: Ports, keys: RegExp, intercept: Store['write']): Ports {
  const write: Store['write'] = (key, body, options) =>
    keys.test(key) ? intercept(key, body, options) : ports.state.write(key, body, options);
  return { ...ports, state: { ...ports.state, write } };
}

async function pretend(): Promise<WriteResult> {
  return { kind: 'written', version: 'never' };
}

function parse<Value>(body: Uint8Array): Value {
  return JSON.parse(new TextDecoder().decode(body)) as Value;
}
