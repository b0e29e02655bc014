/**
 * A folder that is the whole site of a generator, published as it is. Only its articles are listed; and while nothing is
 * published yet, its settings stand in for what site.yaml doesn't say. They are noted then, so that a later change of a
 * generator's file changes no title and no id; a warning shows the lines for site.yaml that make them last.
 *
 * A publication that is older than this keeps what it has: nothing of it is hidden, and no setting is taken.
 */

import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createProblem, type Problem } from '../../lambda/model/problem.ts';
import { readSettingsTree } from '../../lambda/site/settings-tree.ts';
import { encodeJson, readJson, STATE_SCHEMA, type StateObject } from '../../lambda/state/json-object.ts';
import { RECORDS_PREFIX } from '../../lambda/state/keys.ts';
import type { ArticleRecord } from '../../lambda/state/record.ts';
import { listAll, type Store } from '../../lambda/store/store.ts';
import { SITE_KEY } from '../../lambda/work/protocol/site-work.ts';
import { UsageError } from '../cli/usage.ts';
import { TAKEN_KEY } from './generator-traces.ts';
import { renderSetting } from './settings-file.ts';
import { findSiteWithin, findWholeSite, isOfSite, type SiteWithin, type WholeSite } from './whole-site.ts';

export interface GeneratorSite {
  /** The folder as far as it holds articles of the site, and what they need. */
  readonly content: Store;
  /** Lines of site.yaml for what it doesn't say itself; empty for none. */
  readonly defaults: string;
  told(): GeneratorReport;
  /** Whether a file may be an article of the site, or is none at all. */
  holds(key: string): boolean;
  /** @param isEmpty whether nothing is published, and nothing waits */
  problems(isEmpty: boolean): readonly Problem[];
}

export interface GeneratorReport {
  /** A sentence or a setting for each fact that the first build took over; empty for every later build. */
  readonly news: readonly string[];
  /** Lines that site.yaml should have, since they were taken at the first build. */
  readonly missing: readonly string[];
}

/** The settings that were taken over when the publication began. */
interface Taken extends StateObject {
  /** Of the generator; null where the publication was there before its site was recognised. */
  readonly name: string | null;
  /** By the names of site.yaml: its line there, and the file that it is from. */
  readonly settings: Readonly<Record<string, { readonly line: string; readonly from: string }>>;
}

/** For a folder with traces of a generator; null where it is a folder of articles all the same. */
export async function recogniseSite(root: string, content: Store, state: Store): Promise<GeneratorSite | null> {
  const site = findWholeSite(root);
  const stored = await readJson<Taken>(state, TAKEN_KEY);
  const within = site === null && stored === null ? findSiteWithin(root) : null;
  if (site === null && stored === null && within === null) return null;
  const isNew = !(await isPublished(state));
  if (isNew) assertNoneWithin(root, site, within);
  const taken = isNew ? takeFrom(site) : (stored?.value ?? takeFrom(null));
  if (JSON.stringify(stored?.value.settings) !== JSON.stringify(taken.settings) || stored?.value.name !== taken.name) {
    await state.write(TAKEN_KEY, encodeJson(taken));
  }
  // Where the settings of the generator are gone, its folders are no more than folders.
  const known = taken.name === null || site === null ? null : site;
  return createSite(root, content, known, taken, isNew);
}

/** `feedwright init` begins the publication in the folder of the articles; and the site of a program lies beside its code. */
function assertNoneWithin(root: string, site: WholeSite | null, within: SiteWithin | null): void {
  if (existsSync(join(root, SITE_KEY))) return;
  if (within !== null)
    throw new UsageError('folder-is-program', `${within.folder}/, of ${within.name}`, join(root, within.folder));
  const folder = site?.folders.find((each) => each !== '' && existsSync(join(root, each, SITE_KEY)));
  if (folder !== undefined) throw new UsageError('folder-is-around', folder, join(root, folder));
}

async function isPublished(state: Store): Promise<boolean> {
  for await (const { key } of listAll(state, RECORDS_PREFIX)) {
    const record = await readJson<ArticleRecord>(state, key);
    // Ids are those of what was ever shown, and stay when it goes.
    if (Object.values(record?.value.facts ?? {}).some(({ id }) => id !== null)) return true;
    if ((record?.value.shown.length ?? 0) > 0) return true;
  }
  return false;
}

function takeFrom(site: WholeSite | null): Taken {
  const settings = [...(site?.settings ?? [])].map(
    ([name, { value, from }]) => [name, { line: renderSetting(name, value), from }] as const,
  );
  return {
    schema: STATE_SCHEMA,
    nonce: randomUUID(),
    name: site?.name ?? null,
    settings: Object.fromEntries(settings),
  };
}

function createSite(
  root: string,
  content: Store,
  site: WholeSite | null,
  { settings }: Taken,
  isNew: boolean,
): GeneratorSite {
  const holds = (key: string) => site === null || isOfSite(site, key);
  const missing = () => {
    const stated = readStated(root);
    return Object.entries(settings).filter(([name]) => !stated.has(name));
  };
  const news = !isNew || site === null ? [] : [describeSite(site), ...missing().map(([, each]) => describe(each))];
  return {
    content: { ...content, list: (options) => listHeld(content, holds, options) },
    defaults: Object.values(settings)
      .map(({ line }) => `${line}\n`)
      .join(''),
    told: () => ({ news, missing: isNew ? [] : missing().map(([, { line }]) => line) }),
    holds,
    problems: (isEmpty) => [
      ...(isEmpty && site !== null ? [nothingFound(site)] : []),
      ...(isNew || missing().length === 0 ? [] : [settingsTaken(missing())]),
    ],
  };
}

async function listHeld(
  content: Store,
  holds: GeneratorSite['holds'],
  options: Parameters<Store['list']>[0],
): ReturnType<Store['list']> {
  const { objects, next } = await content.list(options);
  return { objects: objects.filter(({ key }) => holds(key)), next };
}

/** The settings that site.yaml says itself. */
function readStated(root: string): ReadonlySet<string> {
  const path = join(root, SITE_KEY);
  const tree = existsSync(path) ? readSettingsTree(readFileSync(path), []) : null;
  const names = tree?.kind === 'map' ? tree.pairs.map(({ name }) => name) : [];
  return new Set(names.map((name) => (name === 'author' ? 'authors' : name)));
}

function describeSite({ name, file, folders }: WholeSite): string {
  const places = folders.map((folder) => (folder === '' ? 'the whole folder' : folder));
  return `This is a site of ${name} (${file}). Its articles are looked for in ${places.join(', ')}.`;
}

function describe({ line, from }: Taken['settings'][string]): string {
  return `${line.replace(/: "(.*)"$/, ': $1')} (from ${from})`;
}

function nothingFound({ name, file, folders }: WholeSite): Problem {
  const places = folders.map((folder) => folder || 'it').join(', ');
  return createProblem('site-without-articles', {
    path: file,
    line: null,
    message: `This folder is a site of ${name}, and nothing to publish was found in ${places}.`,
    fix: 'Name the folder that holds the articles: feedwright build <folder>.',
  });
}

function settingsTaken(missing: readonly (readonly [string, Taken['settings'][string]])[]): Problem {
  const files = [...new Set(missing.map(([, { from }]) => from))].join(', ');
  const names = missing.map(([name]) => name).join(', ');
  return createProblem('settings-taken', {
    path: SITE_KEY,
    line: null,
    message: `This file doesn't say ${names}. What ${files} said at the first build counts, as long as the state is kept.`,
    fix: `Write here: ${missing.map(([, { line }]) => line).join(' ⏎ ')}`,
  });
}
