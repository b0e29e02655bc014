/**
 * What folder files say, and what of it holds for one article. Rules are kept in the state store, so they are plain data.
 *
 * Nothing that a folder file says makes an article public that says itself that it is not.
 */

import type { Person } from '../../model/article.ts';
import { type Field, toFieldValue } from '../../model/fields.ts';
import type { Site } from '../../model/site.ts';
import { matchesList } from '../../text/path-pattern.ts';
import { placeOf } from './folder-file.ts';
import { isEndingOfTranslation } from './translation.ts';

/** A value of a field. */
export type RuleValue = string | null | readonly RuleValue[] | { readonly [name: string]: RuleValue };

/** One thing that a folder file says of some articles. */
export interface FolderRule {
  /** The articles are those whose keys begin with this: a folder, or an article without its ending. */
  readonly under: string;
  /** Of those, the ones whose rest of the key this list of patterns names (path-pattern.ts). Absent: all. */
  readonly only?: readonly string[];
  /** The patterns name whole keys, not what of them comes after `under`. */
  readonly ofWholeKey?: boolean;
  /** The rule is about translations (translation.ts) of the article whose name without its ending is `under`. */
  readonly ofTranslations?: boolean;
  /**
   * `always`: none of them is published. `new`: nobody knows whether they may be, so what is public stays, and nothing
   * is published for the first time. `unsaid`: the same, but for articles that say themselves that they are no drafts.
   */
  readonly hold?: 'always' | 'new' | 'unsaid';
  /** Fields of those that don't state them, by plain name. */
  readonly fields?: Readonly<Record<string, RuleValue>>;
  /** What site.yaml would say for them, where it does not. */
  readonly site?: FolderSettings;
}

export interface FolderSettings {
  /** IANA name. */
  readonly timeZone?: string;
  readonly dates?: Site['dates'];
  /** By short name, as `Site` has them. Addresses begin with `https://` or `http://`, or with `/` on the site. */
  readonly people?: Readonly<Record<string, Person>>;
  readonly tagLabels?: Site['tagLabels'];
}

/** Why a folder file leaves open what holds. */
export interface Doubt {
  readonly line: number | null;
  /** A sentence that says what is the matter. */
  readonly message: string;
  readonly fix: string;
}

/** What is remembered of one folder file. */
export interface FolderFile {
  /** Of the object that it was read from. */
  readonly version: string;
  /** Absent where it says nothing that matters. */
  readonly rules?: readonly FolderRule[];
  readonly doubt?: Doubt;
}

/** By content key. */
export type FolderFiles = Readonly<Record<string, FolderFile>>;

/** What all folder files together say of one article. */
export interface FolderSaying {
  /** Those that the article does not state itself. */
  readonly fields: readonly Field[];
  /** The folder file that holds it back; null when none does. */
  readonly hold: { readonly by: string; readonly kind: NonNullable<FolderRule['hold']> } | null;
  /** The settings for it, by the folder file that says them: the one that counts most comes last. */
  readonly settings: readonly { readonly by: string; readonly version: string; readonly settings: FolderSettings }[];
}

/**
 * Of two rules for one field, that of the deeper folder counts, then what is said of the article before what is said of its
 * original, then the one that comes later in a file.
 */
export function sayOf(files: FolderFiles, key: string): FolderSaying {
  const rules = Object.entries(files)
    .flatMap(([by, { rules = [] }]) => rules.map((rule) => ({ by, rule })))
    .filter(({ rule }) => isAbout(rule, key))
    .sort((a, b) => rankOf(a.rule) - rankOf(b.rule));
  const values = new Map(rules.flatMap(({ rule }) => Object.entries(rule.fields ?? {})));
  const held = rules.flatMap(({ by, rule: { hold } }) => (hold === undefined ? [] : [{ by, kind: hold }]));
  return {
    fields: [...values].map(([name, value]) => ({ name, value: toFieldValue(value), line: null })),
    hold: HOLDS.map((kind) => held.find((each) => each.kind === kind)).find((each) => each !== undefined) ?? null,
    settings: rules.flatMap(({ by, rule: { site } }) =>
      site === undefined ? [] : [{ by, version: files[by]?.version ?? '', settings: site }],
    ),
  };
}

/** The strictest first. */
const HOLDS = ['always', 'new', 'unsaid'] as const;

/** Grows with the depth of the folder; in one folder, what is said of one article itself comes last. */
function rankOf({ under, ofTranslations = false }: FolderRule): number {
  return 2 * placeOf(under).folder.length + Number(isOfOne(under) && !ofTranslations);
}

function isOfOne(under: string): boolean {
  return under !== '' && !under.endsWith('/');
}

function isAbout({ under, only, ofWholeKey = false, ofTranslations = false }: FolderRule, key: string): boolean {
  if (!key.startsWith(under)) return false;
  if (ofTranslations) return isEndingOfTranslation(key.slice(under.length));
  // What a file beside an article says is not about `note-two.md` where that article is `note.md`.
  if (isOfOne(under) && !/^\.[^./]+$/.test(key.slice(under.length))) return false;
  return only === undefined || matchesList(only, ofWholeKey ? key : key.slice(under.length));
}
