/**
 * Whether an article is published, still a draft, or hidden: by every field with which a system, or a plugin of one,
 * holds articles back. What can't be understood is an error, for a draft may be secret. What only members or payers of
 * another system may read is a draft here, where everybody can read all there is.
 */

import { isConflictCopy, isLogseqBackup, isMediumDraft } from '../../../address/file-name.ts';
import type { Article, UnknownState } from '../../../model/article.ts';
import {
  type Field,
  type Fields,
  type FieldValue,
  findFields,
  isMap,
  plainName,
  textIn,
  toBoolean,
} from '../../../model/fields.ts';
import type { Report } from '../../../model/report.ts';
import type { Site } from '../../../model/site.ts';
import type { Moment } from '../../../time/moment.ts';
import {
  ANY_WORD,
  isRestrictedWord,
  isScheduledWord,
  PUBLISHED_NAMES,
  stateWord,
  UNFINISHED_NAMES,
  unknownWord,
  visibilityOfWord,
} from './state-words.ts';

type Visibility = Article['visibility'];

/** These fields say whether to publish; a value that is neither yes nor no is an error. */
const DRAFT_FLAGS = ['draft', 'isdraft'];
const PRIVATE_FLAGS = ['private', 'isprivate'];
/** The same, of names that may mean another thing where their value is no yes. */
const HOLDING_HINTS = [
  'headless',
  'unpublished',
  'wip',
  'secret',
  'confidential',
  'trashed',
  'deleted',
  'membersonly',
  'subscribersonly',
  'premium',
  'emailonly',
  'protected',
  'isprotected',
  'encrypt',
  'encrypted',
  'nopublish',
  'donotpublish',
  'dontpublish',
  ...UNFINISHED_NAMES,
];
/** A “no” holds back: Zola's, Grav's, Statamic's. */
const PUBLISHING_HINTS = [
  ...['render', 'routable', 'visible', 'enabled', 'ready', 'readytopublish', 'live'],
  ...PUBLISHED_NAMES,
];
const HIDING_FLAGS = ['hidden', 'ishidden', 'unlisted', 'isunlisted', 'eleventyexcludefromcollections'];
/** A “no” hides. */
const LISTING_HINTS = ['discoverable', 'listed'];
/** What one of these asks for has to be known before the text can be read. */
const PASSWORDS = ['password', 'postpassword', 'passwordprotected'];

/** Their words say in which state of its making an article is. */
const STATE_FIELDS = [
  'status',
  'poststatus',
  'poststate',
  'publishstatus',
  'publishstate',
  'publishingstatus',
  'publicationstatus',
  'publicationstate',
  'contentstatus',
  'articlestatus',
  'moderationstate',
  'reviewstate',
  'workflowstate',
  'creativeworkstatus',
];
/** The same, or something else (`state: Oregon`): a word that is not known says nothing. */
const STATE_HINTS = [
  ...['state', 'stage', 'statut', 'estado', 'stato', 'zustand', 'tila', 'статус', '状态', '狀態', '状態'],
  ...['ステータス', '상태'],
];
/** Yes, no, or a word. Jekyll's, Obsidian's, the Digital Garden's, Dendron's. The date that may stand there is no word. */
const PUBLISHING_FIELDS = ['published', 'ispublished', 'publish', 'dgpublish', 'public', 'ispublic'];
/** Nobody writes these for anything but who may read an article. */
const READER_FIELDS = ['visibility', 'postvisibility', 'privacy'];
/** They say who may read an article, or something else. */
const READER_HINTS = ['access', 'accesslevel', 'audience', 'security', 'permission', 'sharing', 'classification'];

/** In one article: who writes more means something else. */
const UNKNOWN_COUNT_MAX = 10;

const STATING_NAMES: ReadonlySet<string> = new Set([
  ...DRAFT_FLAGS,
  ...PRIVATE_FLAGS,
  ...STATE_FIELDS,
  ...PUBLISHING_FIELDS,
  ...READER_FIELDS,
]);

/** Whether a field of this plain name is there to say whether to publish, wherever it stands. */
export function isVisibilityName(name: string): boolean {
  return STATING_NAMES.has(bareName(name));
}

/** Whether a field of this plain name, on a line by itself, holds back whatever else is said. */
export function statesHold(name: string, value: string): boolean {
  if ([...DRAFT_FLAGS, ...PRIVATE_FLAGS].includes(name)) return toBoolean(value) === true;
  if (PUBLISHING_FIELDS.includes(name)) return toBoolean(value) === false;
  return ['status', 'poststatus', 'visibility'].includes(name) && visibilityOfWord(stateWord(value)) === 'draft';
}

/** Whether fields say in so many words that there is nothing to hold back. */
export function saysPublic(fields: Fields): boolean {
  return says(fields, DRAFT_FLAGS, false) || says(fields, PUBLISHING_FIELDS, true);
}

/** What kind of answer a field of this plain name gives to whether to publish; null where it gives none. */
export function answerOf(name: string): 'flag' | 'permit' | 'address' | 'any' | null {
  if ([...DRAFT_FLAGS, ...PRIVATE_FLAGS, ...HIDING_FLAGS].includes(name)) return 'flag';
  if (PUBLISHING_FIELDS.includes(name)) return 'permit';
  if (name === 'permalink' || name === 'url') return 'address';
  return OTHER_ANSWERS.has(name) ? 'any' : null;
}

const OTHER_ANSWERS: ReadonlySet<string> = new Set([
  ...[...HOLDING_HINTS, ...PUBLISHING_HINTS, ...LISTING_HINTS, ...PASSWORDS],
  ...[...STATE_FIELDS, ...STATE_HINTS, ...READER_FIELDS, ...READER_HINTS, 'build'],
]);

export interface VisibilityReading {
  readonly visibility: Visibility;
  readonly unknownStates: readonly UnknownState[];
}

interface VisibilityContext {
  readonly key: string;
  /** When the article says that it is published. */
  readonly published: Moment | null;
  /** What the settings say of words. */
  readonly statuses: NonNullable<Site['statuses']>;
}

export function readVisibility(stated: Fields, around: VisibilityContext, report: Report): VisibilityReading {
  const fields = withBareNames(stated);
  const words = readWords(fields, around, report);
  const states = [...words.states, readBuild(fields.get('build')?.value ?? null)];
  const isDraft = isHeldBack(fields, around.key, report) || states.includes('draft');
  const isHidden = readFlags(fields, HIDING_FLAGS, report) || says(fields, LISTING_HINTS, false);
  if (isDraft) return { visibility: 'draft', unknownStates: [] };
  return {
    visibility: isHidden || states.includes('hidden') ? 'hidden' : 'published',
    unknownStates: words.unknown,
  };
}

/** Tables for people have columns such as `Published?` and `🔒 Private`. */
function withBareNames(fields: Fields): Fields {
  const bare = [...fields].map(([name, field]) => [bareName(name), field] as const);
  return new Map([...bare, ...fields]);
}

function bareName(name: string): string {
  return name.replace(/[^\p{L}\p{N}]/gu, '');
}

function isHeldBack(fields: Fields, key: string, report: Report): boolean {
  const isDraft = readFlags(fields, DRAFT_FLAGS, report) ?? isDraftByPlace(key);
  const isPrivate = readFlags(fields, PRIVATE_FLAGS, report) ?? isIn(PRIVATE_FOLDERS, key);
  const isLocked = findFields(fields, PASSWORDS).some(({ value }) => toBoolean(value) !== false);
  return (
    isDraft ||
    isPrivate ||
    isMediumDraft(key) ||
    isLogseqBackup(key) ||
    isConflictCopy(key) ||
    isLocked ||
    says(fields, HOLDING_HINTS, true) ||
    says(fields, PUBLISHING_HINTS, false) ||
    findFields(fields, ['permalink', 'url']).some(({ value }) => isNoAddress(value)) ||
    findFields(fields, ['type', 'layout']).some(({ value }) => /^\s*drafts?\s*$/i.test(String(value)))
  );
}

/** Eleventy's `permalink: false` and `permalink: { build: false }`, Lume's `url: false`: the article has no page. */
export function isNoAddress(value: FieldValue): boolean {
  const stated = value !== null && isMap(value) ? (value.get('build') ?? null) : value;
  return typeof stated === 'string' && stated.trim().toLowerCase() === 'false';
}

/** Jekyll's and Hexo's folder of drafts, and Blot's. */
const DRAFT_FOLDERS: ReadonlySet<string> = new Set(['_drafts', 'drafts']);
/** Quartz leaves it out. */
const PRIVATE_FOLDERS: ReadonlySet<string> = new Set(['_private', 'private']);
/** Blot's mark, Jekyll's, and the ending that authors give to what is begun. */
const DRAFT_FILE = /(?:^|\/)(?:[[(]draft[\])]|#)[^/]*$|\.draft\.[a-z]+$/i;

/** Whether the place of a file holds it back, as long as the file says nothing else. */
export function isHeldByPlace(key: string): boolean {
  return isDraftByPlace(key) || isIn(PRIVATE_FOLDERS, key);
}

function isDraftByPlace(key: string): boolean {
  return isIn(DRAFT_FOLDERS, key) || DRAFT_FILE.test(key);
}

function isIn(folders: ReadonlySet<string>, key: string): boolean {
  const parts = key.toLowerCase().split('/').slice(0, -1);
  return parts.some((folder) => folders.has(folder));
}

function says(fields: Fields, names: readonly string[], answer: boolean): boolean {
  return findFields(fields, names).some(({ value }) => toBoolean(value) === answer);
}

/** Whether one of the flags is true; null if none has a known value. */
function readFlags(fields: Fields, names: readonly string[], report: Report): boolean | null {
  const flags = findFields(fields, names).map((field) => readFlag(field, report));
  if (flags.includes(true)) return true;
  return flags.includes(false) ? false : null;
}

function readFlag({ name, value, line }: Field, report: Report): boolean | null {
  const flag = toBoolean(value);
  if (flag === null) {
    const message = `The field “${name}” is neither true nor false, so it isn't clear whether to publish.`;
    report.add('field-invalid', line, message, `Write “${name}: true” or “${name}: false”.`);
  }
  return flag;
}

/** What the words of all fields say, and those that are not known. */
interface WordsReading {
  readonly states: readonly Visibility[];
  readonly unknown: readonly UnknownState[];
}

function readWords(fields: Fields, { published, statuses }: VisibilityContext, report: Report): WordsReading {
  const states: Visibility[] = [];
  const unknown = new Map<string, UnknownState>();
  const read = (found: readonly Field[], onUnknown: (word: string, field: Field) => void) => {
    for (const field of found) {
      for (const word of wordsOf(field.value)) {
        const state = meaningOf(word, statuses);
        if (state === null) onUnknown(word, field);
        else states.push(state);
        const isScheduled = isScheduledWord(word) && !Object.hasOwn(statuses, word);
        if (isScheduled && published === null) reportDateless(field, report);
      }
    }
  };
  const keep = (word: string, { line }: Field) => {
    if (unknown.size < UNKNOWN_COUNT_MAX && !unknown.has(word)) unknown.set(word, { word, line });
  };
  read(findFields(fields, STATE_FIELDS), keep);
  read(findFields(fields, STATE_HINTS), () => {});
  read(findFields(fields, PUBLISHING_FIELDS).filter(isNoDate), keep);
  read(findFields(fields, READER_FIELDS), (word, { line }) => {
    const { message, fix } = unknownWord(word, 'Nothing new of the article is published.');
    report.add('status-unknown', line, message, fix);
  });
  const isRestricted = findFields(fields, READER_HINTS).some(({ value }) => wordsOf(value).some(isRestrictedWord));
  return { states: isRestricted ? [...states, 'draft'] : states, unknown: [...unknown.values()] };
}

/** A date in place of yes or no, or what was meant for one, is for those who read dates. */
function isNoDate({ name, value }: Field): boolean {
  if (toBoolean(value) !== null) return true;
  if (typeof value === 'string' && /\d/.test(value)) return false;
  return plainName(name) !== 'published' || (typeof value === 'string' && visibilityOfWord(stateWord(value)) !== null);
}

/** The settings go before the tables. */
function meaningOf(word: string, statuses: VisibilityContext['statuses']): Visibility | null {
  const stated = Object.hasOwn(statuses, word) ? statuses[word] : null;
  return stated ?? visibilityOfWord(word) ?? statuses[ANY_WORD] ?? null;
}

/** In a map, as programs write it that have more to say of a state: its colour, its date. */
const WORD_NAMES = ['name', 'value', 'state', 'status', 'label', 'slug'];

function wordsOf(value: FieldValue): readonly string[] {
  if (value === null) return [];
  if (isMap(value)) return wordsOf(textIn(value, WORD_NAMES) ?? [...value.keys()].join(' '));
  if (typeof value !== 'string') return value.flatMap(wordsOf);
  return value.split(/[,;|]/).flatMap((word) => (word.trim() === '' ? [] : stateWord(word)));
}

/** Without a date it would be public at once. */
function reportDateless({ name, line }: Field, report: Report): void {
  const message = `The field “${name}” says that the article is published at its date, and it has none.`;
  report.add('field-invalid', line, message, `Give the article a date, or write “${name}: published” or “draft”.`);
}

/** Hugo's `build`: a page that is not rendered has no address, one that is in no list, or in local ones only, is hidden. */
function readBuild(build: FieldValue): Visibility {
  if (build === null || !isMap(build)) return 'published';
  const isOneOf = (name: string, words: readonly string[]) => words.includes(String(build.get(name)).toLowerCase());
  if (isOneOf('render', ['false', 'never', 'link'])) return 'draft';
  return isOneOf('list', ['false', 'never', 'local']) ? 'hidden' : 'published';
}
