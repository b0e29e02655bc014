/**
 * Whether an article is published, still a draft, or hidden. What can't be understood is an error: a draft may be secret.
 * What only members or payers of another system may read is a draft here, where everybody can read all there is.
 */

import type { Article } from '../article.ts';
import type { Report } from '../report.ts';
import { type Field, type Fields, type FieldValue, findField, findFields, isMap, toBoolean } from './fields.ts';

type Visibility = Article['visibility'];

const STATES: Readonly<Record<string, Visibility>> = {
  published: 'published',
  publish: 'published',
  public: 'published',
  live: 'published',
  featured: 'published',
  scheduled: 'published',
  future: 'published',
  draft: 'draft',
  drafts: 'draft',
  'auto-draft': 'draft',
  pending: 'draft',
  unpublished: 'draft',
  private: 'draft',
  protected: 'draft',
  password: 'draft',
  members: 'draft',
  paid: 'draft',
  tiers: 'draft',
  inherit: 'draft',
  embargo: 'draft',
  embargoed: 'draft',
  trash: 'draft',
  deleted: 'draft',
  skip: 'draft',
  hidden: 'hidden',
  unlisted: 'hidden',
};

export function readVisibility(fields: Fields, key: string, report: Report): Visibility {
  const flag = (names: readonly string[]) => readFlag(findField(fields, names), report);
  const isDraft = flag(['draft', 'isdraft']) ?? isInDrafts(key);
  const isPrivate = flag(['private', 'isprivate']);
  const isPageless = flag(['headless']) || isHeld(fields);
  const isLocked = findFields(fields, ['password', 'postpassword']).some(({ value }) => toBoolean(value) !== false);
  const states = [
    ...findFields(fields, ['status', 'visibility', 'state', 'poststatus']).map((field) => readState(field, report)),
    readBuild(fields.get('build')?.value ?? null),
  ];
  if (isDraft || isPrivate || isPageless || isLocked || states.includes('draft')) return 'draft';
  const isHidden = flag(['hidden', 'unlisted', 'eleventyexcludefromcollections']);
  return isHidden || states.includes('hidden') ? 'hidden' : 'published';
}

/** A “no” to being published: Jekyll's, Obsidian's, Zola's, and Eleventy's, where it can't be an address. */
function isHeld(fields: Fields): boolean {
  const answers = findFields(fields, ['published', 'publish', 'dgpublish', 'render']);
  return answers.some(({ value }) => toBoolean(value) === false) || isNoAddress(fields.get('permalink')?.value ?? null);
}

/** Eleventy's `permalink: false`: the article has no page. */
export function isNoAddress(value: FieldValue): boolean {
  return typeof value === 'string' && value.trim().toLowerCase() === 'false';
}

/** Jekyll's folder of drafts. */
function isInDrafts(key: string): boolean {
  return key.split('/').slice(0, -1).includes('_drafts');
}

/**
 * The strictest of the words. One of another meaning (`status: ongoing`) changes nothing, but nobody writes `visibility`
 * for anything but who may see an article.
 */
function readState(field: Field, report: Report): Visibility | null {
  const words = wordsOf(field.value);
  const states = words.map((word) => (Object.hasOwn(STATES, word) ? STATES[word] : null));
  const unknown = words[states.indexOf(null)];
  if (field.name.toLowerCase() === 'visibility' && (unknown !== undefined || words.length === 0)) {
    const message = `The field “${field.name}” doesn't say in a known word whether to publish.`;
    report.add('field-invalid', field.line, message, 'Write “visibility: public”, “hidden” or “draft”.');
  }
  return (['draft', 'hidden', 'published'] as const).find((state) => states.includes(state)) ?? null;
}

function wordsOf(value: FieldValue): readonly string[] {
  if (value === null || isMap(value)) return [];
  if (typeof value !== 'string') return value.flatMap(wordsOf);
  return value.split(/[,;|]/).flatMap(
    (word) =>
      word
        .trim()
        .toLowerCase()
        .replace(/[\s_]+/g, '-') || [],
  );
}

/** Hugo's `build`: a page that is not rendered has no address, one that is in no list, or in local ones only, is hidden. */
function readBuild(build: FieldValue): Visibility | null {
  if (build === null || !isMap(build)) return null;
  const says = (name: string, words: readonly string[]) => words.includes(String(build.get(name)).toLowerCase());
  if (says('render', ['false', 'never', 'link'])) return 'draft';
  return says('list', ['false', 'never', 'local']) ? 'hidden' : null;
}

function readFlag(field: Field | null, report: Report): boolean | null {
  if (field === null) return null;
  const flag = toBoolean(field.value);
  if (flag === null) {
    const message = `The field “${field.name}” is neither true nor false, so it isn't clear whether to publish.`;
    report.add('field-invalid', field.line, message, `Write “${field.name}: true” or “${field.name}: false”.`);
  }
  return flag;
}
