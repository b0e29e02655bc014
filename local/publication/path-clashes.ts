/**
 * Paths that a folder can't hold beside each other: `v1.2` is either a file or the folder of `v1.2/index.html`. A bucket holds
 * both, so the publisher knows nothing of it. On one machine the one that there is no place for is left out, and is a problem;
 * everything else is published. When the place comes free, everything is made anew.
 *
 * A redirect makes room for anything else, whichever came first. Between others, the one that is there stays.
 *
 * Paths that differ only in upper and lower case are two here, and one on many other disks: that is a warning.
 */

import { isOwnFile } from '../../lambda/address/own-documents.ts';
import { ALL_FEED } from '../../lambda/feed/membership.ts';
import { pagePath, subscriptionPath } from '../../lambda/model/addresses.ts';
import { createProblem, type Problem } from '../../lambda/model/problem.ts';
import type { Overview } from '../../lambda/publish.ts';
import { readRedirectPage } from '../../lambda/render/redirect-page.ts';
import { encodeJson, findJson, STATE_SCHEMA, type StateObject } from '../../lambda/state/json-object.ts';
import { addressesIn } from '../../lambda/state/keys.ts';
import type { RecordOutline } from '../../lambda/state/outline.ts';
import type { Store } from '../../lambda/store/store.ts';
import { SITE_KEY } from '../../lambda/work/protocol/site-work.ts';
import { PathClashError } from '../store/folder-store.ts';

const NOTE_KEY = 'local/clashes.json';
/** A list that nobody would read to its end. */
const PROBLEMS_MAX = 1_000;
/** A folder with more files than this holds not only redirects. */
const REDIRECTS_MAX = 100;
/** A redirect names its target twice or thrice, and addresses are short. */
const REDIRECT_BYTES_MAX = 64 * 1024;

interface ClashNote extends StateObject {
  /** Of documents that are left out. */
  readonly paths: readonly string[];
}

export interface PathClashes {
  /** The store of public documents, which leaves out what there is no place for. */
  readonly public: Store;
  /** Whether something was left out. */
  areKnown(): Promise<boolean>;
  /** Whether there is a place by now for something that was left out; it is told once. */
  areFreed(): Promise<boolean>;
}

export function createPathClashes(documents: Store, state: Store): PathClashes {
  async function note(change: (paths: ReadonlySet<string>) => Iterable<string>): Promise<void> {
    const before = await readPaths(state);
    const paths = [...new Set(change(before))].sort();
    if (paths.join('\n') === [...before].join('\n')) return;
    await state.write(NOTE_KEY, encodeJson({ schema: STATE_SCHEMA, nonce: '', paths } satisfies ClashNote));
  }

  /** Takes away the redirects that are in the way; false when something else is as well. */
  async function makeRoom(key: string): Promise<boolean> {
    const { objects } = await documents.list({ prefix: `${key}/`, limitCount: REDIRECTS_MAX });
    const below = objects.map((each) => each.key);
    const above = await findFiles(documents, foldersOf(key));
    if (below.length === REDIRECTS_MAX) return false;
    for (const path of [...above, ...below]) if (!(await isRedirect(documents, path))) return false;
    await note((paths) => [...paths, ...above, ...below]);
    for (const path of [...above, ...below]) await documents.remove(path);
    return true;
  }

  return {
    public: {
      ...documents,
      async write(key, body, options) {
        try {
          return await documents.write(key, body, options);
        } catch (error) {
          if (!(error instanceof PathClashError) || options?.condition?.kind !== 'different') throw error;
          const givesWay = options.headers?.metadata?.redirect !== undefined;
          if (!givesWay && (await makeRoom(key))) return documents.write(key, body, options);
          await note((paths) => [...paths, key]);
          return { kind: 'unchanged', version: '' };
        }
      },
    },
    areKnown: async () => (await readPaths(state)).size > 0,
    async areFreed() {
      const freed: string[] = [];
      for (const path of await readPaths(state)) if (await isFree(documents, path)) freed.push(path);
      if (freed.length > 0) await note((paths) => [...paths].filter((path) => !freed.includes(path)));
      return freed.length > 0;
    },
  };
}

async function readPaths(state: Store): Promise<ReadonlySet<string>> {
  const found = await findJson<ClashNote>(state, NOTE_KEY);
  return new Set(found.kind === 'sound' ? found.value.paths : []);
}

async function isFree(documents: Store, path: string): Promise<boolean> {
  if ((await findFiles(documents, foldersOf(path))).length > 0) return false;
  const { objects } = await documents.list({ prefix: `${path}/`, limitCount: 1 });
  return objects.length === 0;
}

async function findFiles(documents: Store, paths: readonly string[]): Promise<readonly string[]> {
  const facts = await Promise.all(paths.map((path) => documents.inspect(path)));
  return paths.filter((_, index) => facts[index] !== null);
}

async function isRedirect(documents: Store, path: string): Promise<boolean> {
  const object = await documents.read(path, { firstBytes: REDIRECT_BYTES_MAX });
  return object !== null && readRedirectPage(object.body) !== null;
}

/** `a` and `a/b` for `a/b/c`. */
function foldersOf(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

interface PublicPath {
  /** Content key of the file to which it belongs. */
  readonly owner: string;
  readonly kind: 'redirect' | 'page' | 'asset' | 'feed';
}

/** Documents whose paths a folder can't hold beside each other. */
export function findPathClashes({ site, feeds }: Overview, records: Iterable<RecordOutline>): readonly Problem[] {
  if (site === null) return [];
  const places = new Map<string, PublicPath>();
  for (const address of Object.keys(site.redirects))
    places.set(pagePath(address), { owner: SITE_KEY, kind: 'redirect' });
  for (const { name } of feeds)
    if (name !== ALL_FEED) places.set(subscriptionPath(name, 'html'), { owner: SITE_KEY, kind: 'feed' });
  for (const { key, shown } of records) {
    for (const { claims, assets, aliases } of shown) {
      for (const address of aliases) places.set(pagePath(address), { owner: key, kind: 'redirect' });
      for (const asset of assets) places.set(asset, { owner: asset, kind: 'asset' });
      for (const address of site.pages.articles ? addressesIn(claims) : [])
        places.set(pagePath(address), { owner: key, kind: 'page' });
    }
  }
  const problems: Problem[] = [];
  const bySpelling = new Map<string, Placed>();
  for (const [path, place] of places) {
    const alike = bySpelling.get(foldCase(path));
    if (alike === undefined) bySpelling.set(foldCase(path), { path, ...place });
    else problems.push(ambiguity({ path, ...place }, alike));
    for (const folder of foldersOf(path)) {
      const file = places.get(folder) ?? (isOwnFile(folder) ? ({ owner: SITE_KEY, kind: 'feed' } as const) : undefined);
      if (file !== undefined) problems.push(clash({ path: folder, ...file }, { path, ...place }));
    }
  }
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()].slice(0, PROBLEMS_MAX);
}

type Placed = PublicPath & { readonly path: string };

/** One for all spellings that a disk of macOS or Windows takes for the same: those of Unicode's letters as well. */
function foldCase(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

function ambiguity(one: Placed, another: Placed): Problem {
  const [told, other] = chooseTold(one, another);
  return createProblem('path-ambiguous', {
    path: told.owner,
    line: null,
    message: `${told.path} and ${other.path} differ only in how they are spelled: on macOS and Windows they are one file.`,
    fix: `Give it, or ${other.owner}, another name or address.`,
  });
}

/** The problem goes to the article that gives way, or whose address is easily changed. */
function chooseTold(one: Placed, another: Placed): readonly [told: Placed, other: Placed] {
  const order = ['redirect', 'page', 'asset', 'feed'];
  return order.indexOf(one.kind) <= order.indexOf(another.kind) ? [one, another] : [another, one];
}

function clash(file: Placed, below: Placed): Problem {
  const [told, other] = chooseTold(file, below);
  const why = `a folder can't hold both ${file.path} and ${below.path}`;
  const about = { path: told.owner, line: null };
  if (told.kind === 'redirect') {
    const message = `The former address of ${told.path} leads nowhere, because ${why}.`;
    return createProblem('redirect-covered', {
      ...about,
      message,
      fix: `Remove it, or give ${other.owner} another address.`,
    });
  }
  const message = `One of them is not published: ${why}.`;
  return createProblem('path-taken', {
    ...about,
    message,
    fix: `Give it, or ${other.owner}, another name or address.`,
  });
}
