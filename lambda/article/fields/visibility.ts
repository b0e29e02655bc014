/** Whether an article is published, still a draft, or hidden. What can't be understood is an error: a draft may be secret. */

import type { Article } from '../article.ts';
import type { Report } from '../report.ts';
import { type Field, type Fields, findField, toBoolean } from './fields.ts';

type Visibility = Article['visibility'];

const STATES: Readonly<Record<string, Visibility>> = {
  published: 'published',
  publish: 'published',
  public: 'published',
  live: 'published',
  featured: 'published',
  draft: 'draft',
  drafts: 'draft',
  pending: 'draft',
  private: 'draft',
  scheduled: 'published',
  future: 'published',
  trash: 'draft',
  hidden: 'hidden',
  unlisted: 'hidden',
  skip: 'draft',
};

export function readVisibility(fields: Fields, key: string, report: Report): Visibility {
  const isDraft = readFlag(findField(fields, ['draft', 'isdraft']), report) ?? isInDrafts(key);
  const published = findField(fields, ['published', 'publish']);
  const isHeld = published !== null && toBoolean(published.value) === false;
  const state = readState(findField(fields, ['status', 'visibility', 'state']));
  if (isDraft || isHeld || state === 'draft') return 'draft';
  const isHidden = readFlag(findField(fields, ['hidden', 'unlisted', 'eleventyexcludefromcollections']), report);
  return isHidden || state === 'hidden' ? 'hidden' : 'published';
}

/** Jekyll's folder of drafts. */
function isInDrafts(key: string): boolean {
  return key.split('/').slice(0, -1).includes('_drafts');
}

/** Words of other meanings (`status: ongoing`) change nothing. */
function readState(field: Field | null): Visibility | null {
  if (typeof field?.value !== 'string') return null;
  const word = field.value.trim().toLowerCase();
  return Object.hasOwn(STATES, word) ? (STATES[word] ?? null) : null;
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
