/**
 * Files whose text an article takes in (article/source/includes.ts). Each is looked at as an asset is, with a marker, so that an
 * edit of it wakes the article. What is held back, for whatever reason, comes into no article, and so does what is scheduled.
 *
 * A file that another takes in, and that has neither a title nor a date, is no article itself: it looks who takes it in, and is
 * told when that changes. Told after the record of the other was written, it finds it there; a run of it that had read the
 * older record looks once more after it has written.
 */

import { isArticleKey } from '../../address/article-key.ts';
import { isHeldByPlace } from '../../article/fields/visibility/visibility.ts';
import { findInclusions, type Inclusion, putInclusions } from '../../article/source/includes.ts';
import type { ParsedArticles } from '../../model/article.ts';
import { isError } from '../../model/problem.ts';
import type { Site } from '../../model/site.ts';
import { isNeverPublic } from '../../site/folder/folder-file.ts';
import { sayOf } from '../../site/folder/folder-rules.ts';
import { findFilesDown } from '../../site/takedowns.ts';
import { readJson, swapJson } from '../../state/json-object.ts';
import { assetKey, recordKey } from '../../state/keys.ts';
import type { ArticleRecord } from '../../state/record.ts';
import { type StoredObject, StoreError } from '../../store/store.ts';
import { decodeSource } from '../../text/source-text.ts';
import { type AssetLook, articlesUsing, tellArticles } from '../asset/asset-note.ts';
import { markAndLook } from '../asset/asset-places.ts';
import type { Ports } from '../protocol/ports.ts';
import { readRecord } from '../protocol/record-write.ts';
import type { SiteState } from '../protocol/site-work.ts';

const FILES_MAX = 50;
const DEPTH_MAX = 5;
const FILE_BYTES_MAX = 256 * 1024;
const CHARACTERS_MAX = 500_000;

/** An article's file with what it takes in. */
export interface IncludedFiles {
  readonly body: Uint8Array;
  readonly looks: ReadonlyMap<string, AssetLook>;
  /** Content keys of files that it takes in, and that would be articles otherwise. */
  readonly includes: readonly string[];
}

interface Around {
  readonly site: Site;
  readonly state: SiteState;
  readonly parse: (file: {
    readonly key: string;
    readonly body: Uint8Array;
    readonly site: Site;
  }) => Promise<ParsedArticles>;
}

/** @throws StoreError when a file changed while it was read */
export async function includeFiles(
  ports: Ports,
  record: ArticleRecord,
  { body }: StoredObject,
  around: Around,
): Promise<IncludedFiles> {
  const looks = new Map<string, AssetLook>();
  const texts = new Map<string, string | null>();
  const included = new Set<string>();
  let charactersLeft = CHARACTERS_MAX;

  const textOf = async (key: string): Promise<string | null> => {
    const known = texts.get(key);
    if (known !== undefined) return known;
    if (texts.size >= FILES_MAX || mayNeverBeRead(key)) return null;
    const text = await readIncluded(ports, record, key, { ...around, looks });
    texts.set(key, text);
    return text;
  };
  const expand = async (text: string, key: string, chain: readonly string[]): Promise<string> => {
    const inclusions = chain.length > DEPTH_MAX ? [] : findInclusions(text, key);
    const found = new Map<Inclusion, { readonly key: string; readonly text: string }>();
    for (const inclusion of inclusions) {
      for (const each of inclusion.keys) {
        const file = chain.includes(each) ? null : await textOf(each);
        if (file === null || file.length > charactersLeft) continue;
        charactersLeft -= file.length;
        included.add(each);
        found.set(inclusion, { key: each, text: await expand(file, each, [...chain, each]) });
        break;
      }
    }
    return found.size === 0 ? text : putInclusions(text, inclusions, (inclusion) => found.get(inclusion) ?? null);
  };

  const source = decodeSource(body);
  if (source.kind !== 'text') return { body, looks, includes: [] };
  const text = await expand(source.text, record.key, [record.key]);
  const includes = [...included].filter(isArticleKey).sort();
  return { body: text === source.text ? body : new TextEncoder().encode(text), looks, includes };
}

/** What programs keep to themselves, and what lies in a folder of drafts. */
function mayNeverBeRead(key: string): boolean {
  return isNeverPublic(key) || isHeldByPlace(key) || key.split('/').some((part) => part.startsWith('.'));
}

async function readIncluded(
  ports: Ports,
  record: ArticleRecord,
  key: string,
  { looks, site, state, parse }: Around & { readonly looks: Map<string, AssetLook> },
): Promise<string | null> {
  if (findFilesDown(state.takedowns ?? null, [key]).has(key)) return null;
  const look = await markAndLook(ports, record, key);
  looks.set(key, look);
  if (look.sourceVersion === null || sayOf(state.folderFiles ?? {}, key).hold !== null) return null;
  const object = await ports.content.read(key, { firstBytes: FILE_BYTES_MAX + 1 });
  if (object?.version !== look.sourceVersion) throw new StoreError('retry', `${key} changed while it was read.`);
  const source = decodeSource(object.body);
  if (object.body.byteLength > FILE_BYTES_MAX || source.kind !== 'text') return null;
  if (/\.(?:md|markdown|mdown|mkdn?|mdx|html?|txt|text)$/i.test(key)) {
    const parsed = await parse({ key, body: object.body, site });
    if (!isForAll(parsed, ports.now())) return null;
  }
  return source.text;
}

function isForAll({ articles, problems, isHeldBack }: ParsedArticles, now: number): boolean {
  if (isHeldBack === true || problems.some((problem) => isError(problem) && problem.code !== 'article-empty'))
    return false;
  return articles.every(
    ({ visibility, doubt, unknownStates, published, expires }) =>
      visibility !== 'draft' &&
      // What is no article may be a part of one.
      (doubt === undefined || doubt.held?.code === 'page-is-no-article') &&
      unknownStates.length === 0 &&
      !(published !== null && published.at > now) &&
      !(expires !== null && expires.at <= now),
  );
}

/**
 * Has those looked at who take the file in. Where it was there before and somebody did, there is a note of it; what comes anew
 * may have been missed.
 */
export async function tellIncluding(
  ports: Ports,
  { key, sourceVersion }: ArticleRecord,
  isThere: boolean,
): Promise<void> {
  // Nobody takes in most of what is new, and one call tells.
  if (sourceVersion === null && isThere && (await articlesUsing(ports, key)).length === 0) return;
  const mayBeMissed = sourceVersion === null || (await ports.state.inspect(assetKey(key))) !== null;
  if (mayBeMissed) await tellArticles(ports, key);
}

/**
 * Whether another file takes this one in. Of files that take in one another, the first by key is the article, so that it is the
 * same one in any order of events.
 *
 * @param includes what this file takes in itself
 */
export async function isIncluded(ports: Ports, key: string, includes: readonly string[]): Promise<boolean> {
  if ((await ports.state.inspect(assetKey(key))) === null) return false;
  for (const other of await articlesUsing(ports, key)) {
    if (other === key || (key < other && includes.includes(other))) continue;
    const record = (await readJson<ArticleRecord>(ports.state, recordKey(other)))?.value;
    if (record?.includes?.includes(key) === true) return true;
  }
  return false;
}

/**
 * Has the files look again that the article takes in, or did before. The record names them from the write on that changed
 * what it takes in until this has told them, so that a run that died in between is made good.
 */
export async function tellParts(ports: Ports, { key, revision, untold = [] }: ArticleRecord): Promise<void> {
  if (untold.length === 0) return;
  await ports.queue.sendArticleWork(untold.map((part) => ({ key: part })));
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const { value, version } = await readRecord(ports, key);
    // Another run has settled the file since, and tells all of them.
    if (value.revision !== revision) return;
    const { untold: _told, ...told } = value;
    if ((await swapJson(ports.state, recordKey(key), { ...told, nonce: ports.nonce() }, version)) !== null) return;
  }
  throw new StoreError('retry', `The record of ${key} kept changing.`);
}

const ATTEMPTS_MAX = 10;
