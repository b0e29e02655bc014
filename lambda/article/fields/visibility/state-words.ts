/**
 * The words with which systems and people say what state an article is in (`status`, `visibility` and their kin), and
 * what each means for its being published. What is in no table is unknown: whoever asks has to hold it back.
 *
 * A word is in the tables only if it is plain. “Evergreen”, “seedling” or “archived” are published in one garden and
 * private in the next, so the settings have to tell (`statuses` in site.yaml).
 */

import type { Article } from '../../../model/article.ts';

type Visibility = Article['visibility'];

/** What `statuses` says of every word that is unknown. */
export const ANY_WORD = '*';

const PUBLISHED = `
  published publish public live featured posted listed online visible pinned sticky everyone everybody anyone world
  true yes on 1 y`;

/** In other languages, where they are names of fields, too: `veröffentlicht: no`. */
const PUBLISHED_ABROAD = `
  veröffentlicht öffentlich publié publiée publicado publicada público pública pubblicato pubblicata pubblico pubblica
  gepubliceerd openbaar publicerad offentlig udgivet publisert julkaistu julkinen opublikowany opublikowane publiczny
  опубликовано опубликован 已发布 已發布 公開 公开 公開済み 공개 발행`;

/** Published when their date comes: WordPress, Ghost, JBake. */
const SCHEDULED = 'scheduled future published-date';

const HIDDEN = 'hidden unlisted not-listed link-only anyone-with-the-link';

/** Not finished, not yet let out, or taken back. */
const UNFINISHED = `
  draft drafts drafted drafting auto-draft pending unpublished inherit embargo embargoed queue queued skip
  trash trashed deleted withdrawn unapproved disabled inactive offline false no off 0 n
  review reviewing in-review under-review peer-review in-peer-review needs-review review-needed to-review for-review
  pending-review awaiting-review waiting-for-review ready-for-review ready-to-review
  needs-approval pending-approval awaiting-approval waiting-for-approval
  wip work-in-progress in-progress in-work in-the-works in-development in-preparation under-construction
  writing in-writing being-written half-written unwritten to-write to-be-written needs-writing tbw
  editing in-editing in-edit to-edit needs-edit needs-edits needs-editing copyedit copyediting copy-editing proofreading
  revising in-revision needs-revision needs-rewrite rewriting rework to-rework needs-work rough
  todo to-do to-finish to-publish tbd tba backlog on-hold hold unready unstarted half-done half-finished
  idea ideas brainstorm brainstorming outline outlined outlining plan planned planning placeholder
  incomplete unfinished never later not-yet`;
const UNFINISHED_ABROAD = `
  entwurf entwürfe brouillon brouillons borrador borradores rascunho rascunhos bozza bozze utkast kladde udkast
  luonnos szkic taslak черновик чернетка 草稿 下書き 초안`;

/** For some people only, or for those who pay: WordPress, Ghost, Substack, Mastodon, LiveJournal. */
const RESTRICTED = `
  private protected password password-protected secret confidential internal internal-only restricted personal locked
  nonpublic me me-only only-me just-me nobody no-one
  members member members-only member-only subscribers subscribers-only paid paid-only only-paid only-free premium
  tier tiers founding only-founding patrons patrons-only patreon supporters sent email-only mail-only
  friends friends-only followers followers-only direct family family-only staff staff-only team-only
  login login-required logged-in registered registered-only authenticated invite-only
  privat privé privée privado privada privato privata prywatne приватно личное 私人 私密 私有 非公開 非公开 비공개`;

const STATES: ReadonlyMap<string, Visibility> = new Map([
  ...tableOf(PUBLISHED, 'published'),
  ...tableOf(PUBLISHED_ABROAD, 'published'),
  ...tableOf(SCHEDULED, 'published'),
  ...tableOf(HIDDEN, 'hidden'),
  ...tableOf(UNFINISHED, 'draft'),
  ...tableOf(UNFINISHED_ABROAD, 'draft'),
  ...tableOf(RESTRICTED, 'draft'),
]);

export const PUBLISHED_NAMES = wordsIn(PUBLISHED_ABROAD);
export const UNFINISHED_NAMES = wordsIn(UNFINISHED_ABROAD);

const SCHEDULED_WORDS: ReadonlySet<string> = new Set(wordsIn(SCHEDULED));
const RESTRICTED_WORDS: ReadonlySet<string> = new Set(wordsIn(RESTRICTED));

/** Plain wherever they stand: “first draft”, “draft 2”, “WIP: pictures”. */
const HOLDING_PARTS: ReadonlySet<string> = new Set(
  'draft drafts drafting wip todo tbd unfinished incomplete unpublished private secret confidential embargo embargoed'.split(
    ' ',
  ),
);
const NEGATIONS: ReadonlySet<string> = new Set('not no non never don’t dont un'.split(' '));
/** With a negation before them they say that an article is not for the world. */
const NEGATED_PARTS: ReadonlySet<string> = new Set(
  'publish published public publication live visible ready finished final done complete completed started'.split(' '),
);

function tableOf(words: string, visibility: Visibility): readonly (readonly [string, Visibility])[] {
  return wordsIn(words).map((word) => [word, visibility]);
}

function wordsIn(table: string): readonly string[] {
  return table.trim().split(/\s+/);
}

/** What is longer is no word, and is told apart by its beginning. */
const WORD_CHARACTERS_MAX = 100;

/** A word as the tables and the settings have it: `"[[In Review]]"`, `#in_review` and `In review` are one. */
export function stateWord(written: string): string {
  const text = written.trim().slice(0, WORD_CHARACTERS_MAX).toWellFormed().normalize('NFKC').toLowerCase();
  const bare = text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '').replaceAll("'", '’');
  return (bare === '' ? text : bare).replace(/[\s_:-]+/g, '-');
}

/** What a word says by itself; null if it is unknown. Numbers before it put states in order: `2 - review`. */
export function visibilityOfWord(word: string): Visibility | null {
  const known = STATES.get(word) ?? STATES.get(word.replace(/^\d+[.)]?-?/, ''));
  if (known !== undefined) return known;
  const parts = word.split(/[-/.()]+/);
  if (parts.some((part) => NEGATIONS.has(part))) {
    return parts.some((part) => NEGATED_PARTS.has(part)) ? 'draft' : null;
  }
  return parts.some((part) => HOLDING_PARTS.has(part)) ? 'draft' : null;
}

/** Whether it says that an article is public from its date on, and so needs one. */
export function isScheduledWord(word: string): boolean {
  return SCHEDULED_WORDS.has(word);
}

/** Whether it says who may read an article, and that not everybody may. */
export function isRestrictedWord(word: string): boolean {
  return RESTRICTED_WORDS.has(word);
}

/** What is said of an unknown word, the same for all articles, so that it can be told once for all of them. */
export function unknownWord(word: string, consequence: string): { readonly message: string; readonly fix: string } {
  const name = /^[\p{L}\p{N}-]+$/u.test(word) ? word : JSON.stringify(word);
  return {
    message: `It isn't known whether “${word}” means that an article is published. ${consequence}`,
    fix: `Write “statuses: { ${name}: published }” in site.yaml, or “draft”, or “hidden”; or change the word in the article.`,
  };
}
