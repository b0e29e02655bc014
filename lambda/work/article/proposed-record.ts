/**
 * The record that a source file proposes: the file is read and completed before anybody else is asked. `decideRecord`
 * decides the record once the claims are settled.
 */

import { TRANSLATION_FIELD } from '../../article/fields/folder-fields.ts';
import type { ArticleFile } from '../../article/parse.ts';
import type { Completion } from '../../feed/entry/completion.ts';
import { withoutTakenDown } from '../../feed/entry/hold.ts';
import { withMovedAssets } from '../../feed/entry/moved-assets.ts';
import type { ParsedArticles } from '../../model/article.ts';
import { isError } from '../../model/problem.ts';
import type { Site } from '../../model/site.ts';
import { sayOf } from '../../site/folder/folder-rules.ts';
import { siteFor } from '../../site/folder/folder-site.ts';
import { hasNikolaHeader } from '../../site/folder/translation.ts';
import { fileDown, findFilesDown } from '../../site/takedowns.ts';
import { ID_CLAIM } from '../../state/keys.ts';
import type { ArticleRecord, ShownEntry } from '../../state/record.ts';
import type { StoredObject } from '../../store/store.ts';
import { type AssetLook, isExport } from '../asset/asset-note.ts';
import { findAssets, findMeant } from '../asset/asset-places.ts';
import { completeFile } from '../ids/complete-file.ts';
import { noteAliases } from '../page/redirect-work.ts';
import type { Ports } from '../protocol/ports.ts';
import type { SiteState } from '../protocol/site-work.ts';
import { assetsMissing, exportsNotPublic, filesUnclear } from './article-problems.ts';
import { includeFiles, isIncluded } from './include-work.ts';
import { type LinkFacts, linkFacts, lookAtLinks, noLinks, sameLinks } from './link-work.ts';
import { idClaims, RENAME_WAIT_MS, readHistories } from './renaming-work.ts';
import { lookAtFamily, lookAtOriginal, NO_FAMILY, type SeenFamily, type SeenOriginal } from './translation-work.ts';

/** What the file asks for, before anybody else was asked. */
export interface ProposedRecord extends Omit<Completion, 'dead' | 'formed'>, LinkFacts {
  readonly sourceVersion: string | null;
  readonly siteRevision: number;
  readonly uses: readonly string[];
  readonly refers: readonly string[];
  readonly missing: readonly string[];
  /** What was seen of each asset that the file refers to. */
  readonly looks: ReadonlyMap<string, AssetLook>;
  readonly aliases: readonly string[];
  /** The folder file that holds back the file, or some of its entries. */
  readonly heldBy: string | null;
  /** The folder file that leaves open whether what is public may be. */
  readonly doubtedBy: string | null;
  /** The original of which the file is a translation, as it was read; null where its name tells of none. */
  readonly original: SeenOriginal | null;
  /** Its original and its translations, as they were seen. */
  readonly family: SeenFamily;
  /** Whether translations of the file have its fields. */
  readonly leads: boolean;
  /** Every article of the file says itself that it is no draft. */
  readonly saysPublic?: boolean;
  /** Content keys of files that it takes in, and that would be articles otherwise. */
  readonly includes?: readonly string[];
  /** For a file that is no article if another takes it in: whether one does, and what it takes in itself. */
  readonly part?: { readonly isTakenIn: boolean; readonly takesIn: readonly string[] };
  /** Ids that the file showed before, takes over or is given by the settings, by claim: content key of who must have it, if anybody has. */
  readonly expected: ReadonlyMap<string, string>;
  /** The last who had its addresses, by claim, when it was decided which ids the file takes over; null: another has it. */
  readonly formerHolders: ReadonlyMap<string, readonly string[] | null>;
  /** The file is there, but has an error: what it showed before stays, as long as it does not expire. */
  readonly broken: boolean;
  /** What of that may stay: what was taken down may not. */
  readonly kept: readonly ShownEntry[];
  /** When to look again, should an id that is taken over not be let go yet. */
  readonly retryAt: number;
  /** The instant at which this was so, in milliseconds since the epoch. */
  readonly now: number;
}

export async function proposeRecord(
  ports: Ports,
  record: ArticleRecord,
  source: StoredObject | null,
  state: SiteState,
  site: Site,
): Promise<ProposedRecord> {
  const said = sayOf(state.folderFiles ?? {}, record.key);
  const { hold } = said;
  const isNew = record.shown.length === 0;
  const isHeld = hold !== null && (hold.kind === 'always' || (hold.kind === 'new' && isNew));
  const { takedowns = null } = state;
  const now = ports.now();
  const waitMs = ports.renameWaitMs ?? RENAME_WAIT_MS;
  const common = {
    kept: withoutTakenDown(record.key, record.shown, takedowns),
    sourceVersion: source?.version ?? null,
    siteRevision: state.revision,
    uses: record.uses,
    aliases: record.aliases,
    original: null,
    family: source === null ? NO_FAMILY : await lookAtFamily(ports, record),
    leads: source !== null && hasNikolaHeader(source.body),
    heldBy: isHeld && source !== null ? hold.by : null,
    doubtedBy: hold !== null && !isHeld ? hold.by : null,
    now,
    retryAt: now + waitMs,
  };
  const nothing = {
    shown: [],
    refers: [],
    missing: [],
    looks: new Map(),
    facts: record.facts,
    seen: record.facts,
    renamed: [],
    awaited: [],
    expected: new Map(),
    formerHolders: new Map<string, readonly string[] | null>(),
    dueAt: null,
    counts: { drafts: 0, scheduled: 0 },
    ...noLinks(record),
  };
  if (source === null) return { ...common, ...nothing, problems: [], broken: false };
  // What is held back is a draft, whatever else may be wrong with it.
  const draft = { ...common, ...nothing, counts: { drafts: 1, scheduled: 0 }, problems: [], broken: false };
  if (isHeld) return draft;
  const original = await lookAtOriginal(ports, record.key);
  const { members, isNamed } = common.family;
  const isTranslation = isNamed && members.length > 0;
  const fields = [
    ...(original?.fields ?? []),
    ...said.fields,
    ...(isTranslation ? [{ name: TRANSLATION_FIELD, value: 'true', line: null }] : []),
  ];
  const parse = ports.parse ?? parseHere;
  const own = siteFor(site, said);
  const included = await includeFiles(ports, record, source, { site: own, state, parse });
  const {
    articles,
    problems,
    isHeldBack,
    saysPublic = false,
  } = await parse({
    key: record.key,
    body: included.body,
    site: own,
    ...(fields.length > 0 && { folderFields: fields }),
  });
  if (isHeldBack) return { ...common, ...nothing, original, problems, broken: false };
  if (hold?.kind === 'unsaid' && isNew && !saysPublic) return { ...draft, original, heldBy: hold.by, doubtedBy: null };
  if (problems.some(isError))
    return {
      ...common,
      ...nothing,
      original,
      refers: record.refers,
      ...sameIncludes(record),
      ...sameLinks(record),
      problems,
      broken: true,
    };
  const isFragment = articles.length > 0 && articles.every((article) => article.isFragment === true);
  const isTakenIn = isFragment && (await isIncluded(ports, record.key, included.includes));
  const part = { isTakenIn, takesIn: included.includes };
  if (isTakenIn) return { ...common, ...nothing, original, part, problems: [], broken: false };
  const named = [...new Set(articles.flatMap(({ assetKeys }) => assetKeys))];
  const down = findFilesDown(takedowns, named);
  const wanted = named.filter((key) => !down.has(key));
  const names = await lookAtLinks(ports, record, articles);
  const meant = findMeant(articles, record.key, names);
  const { looks: assetLooks, moved, found, unclear } = await findAssets(ports, record, wanted, { takedowns, meant });
  const looks = new Map([...included.looks, ...assetLooks]);
  const present = new Map(
    [...looks].flatMap(([asset, { facts }]) => (facts === null ? [] : [[asset, facts] as const])),
  );
  const placed = articles.map((article) => withMovedAssets(article, { moved, found }, site.url));
  const assets = new Map([...present].filter(([, facts]) => !isExport(facts)));
  const { parts: histories, formerHolders } = await readHistories(ports, record, placed, site, now);
  const { dead, formed, ...completion } = await completeFile(ports, {
    key: record.key,
    body: source.body,
    articles: placed,
    site,
    facts: record.facts,
    shown: record.shown,
    assets,
    takedowns,
    holdersOf: (name) => names.get(name)?.holders ?? [],
    histories,
    renameWaitMs: waitMs,
    now,
  });
  const aliases = new Set(completion.shown.flatMap((shown) => shown.aliases));
  await noteAliases(
    ports,
    record.key,
    [...aliases].filter((alias) => !record.aliases.includes(alias)),
  );
  const seen = [...looks.keys()];
  const missing = seen.filter((asset) => !present.has(asset));
  return {
    ...common,
    ...completion,
    ...linkFacts(record, names, dead, source.body),
    original,
    uses: [...new Set([...record.uses, ...seen])],
    refers: seen,
    ...(included.includes.length > 0 && { includes: included.includes }),
    ...(isFragment && { part }),
    saysPublic,
    doubtedBy: saysPublic && hold?.kind === 'unsaid' ? null : common.doubtedBy,
    missing,
    looks,
    aliases: [...new Set([...record.aliases, ...aliases])],
    expected: expectedHolders(record, { ...completion, formed }),
    formerHolders,
    problems: [
      ...problems,
      ...completion.problems,
      ...assetsMissing(record.key, [
        ...wanted.filter((asset) => !present.has(asset) && !moved.has(asset)),
        ...[...meant.keys()].filter((asset) => !found.has(asset) && !wanted.includes(asset)),
      ]),
      ...filesUnclear(record.key, unclear),
      ...exportsNotPublic(record.key, present),
      ...[...down.values()].map((takedown) => fileDown(record.key, takedown)),
    ],
    broken: false,
  };
}

/** What a file that is gone wants while removals are held: to stay as it is, but for what expires or was taken down. */
export function proposeShown(ports: Ports, record: ArticleRecord, { takedowns = null }: SiteState): ProposedRecord {
  const { sourceVersion, siteRevision, uses, refers, missing, aliases, facts, counts, problems } = record;
  const { heldBy = null, doubtedBy = null, leads = false } = record;
  const same = {
    sourceVersion,
    siteRevision,
    uses,
    refers,
    missing,
    aliases,
    facts,
    counts,
    problems,
    heldBy,
    doubtedBy,
    leads,
    original: null,
    ...sameIncludes(record),
    ...sameLinks(record),
    family: { ...NO_FAMILY, members: record.family ?? [] },
  };
  const kept = withoutTakenDown(record.key, record.shown, takedowns);
  const now = ports.now();
  const none = {
    renamed: [],
    awaited: [],
    expected: new Map(),
    formerHolders: new Map<string, readonly string[] | null>(),
    retryAt: now,
  };
  return { ...same, ...none, kept, seen: facts, shown: [], looks: new Map(), dueAt: null, broken: true, now };
}

function expectedHolders(
  { key, shown }: ArticleRecord,
  completion: Pick<Completion, 'seen' | 'shown' | 'renamed' | 'formed'>,
): ReadonlyMap<string, string> {
  const back = Object.values(completion.seen).filter(
    ({ id }) => shown.every(({ entry }) => entry.id !== id) && completion.shown.some(({ entry }) => entry.id === id),
  );
  return new Map([
    ...back.flatMap((facts) => idClaims(facts).map((claim) => [claim, key] as const)),
    // Of two that would have one id, whoever comes later has another made.
    ...completion.formed.map((id) => [ID_CLAIM + id, key] as const),
    ...completion.renamed.flatMap((from) => idClaims(from.facts).map((claim) => [claim, from.key] as const)),
  ]);
}

/** What reads articles is most of the code, and a start that reads none does without. */
async function parseHere(file: ArticleFile): Promise<ParsedArticles> {
  const { parseArticles } = await import('../../article/parse.ts');
  return parseArticles(file);
}

/** The same without entries that may not be shown for the first time. What is held back whole needs no mending. */
export function holdBack(proposed: ProposedRecord, unseen: readonly ShownEntry[], by: string): ProposedRecord {
  const { drafts, scheduled } = proposed.counts;
  const shown = proposed.shown.filter((each) => !unseen.includes(each));
  return {
    ...proposed,
    shown,
    // No id freezes of a file of which nothing is shown.
    facts: shown.length === 0 ? proposed.seen : proposed.facts,
    counts: { drafts: drafts + unseen.length, scheduled },
    problems: shown.length === 0 ? [] : proposed.problems,
    heldBy: by,
  };
}

function sameIncludes({ includes }: ArticleRecord): Pick<ArticleRecord, 'includes'> {
  return includes === undefined ? {} : { includes };
}
