/** What a program shows of an entry after its feed was made anew, beside what it showed before. */

import type { SeenEntry } from '../programs/subscriber.ts';

export interface EntryChange {
  readonly field: 'entry' | 'title' | 'link' | 'author' | 'date' | 'words' | 'pictures' | 'files';
  /** Title of the entry as it was shown before. */
  readonly entry: string;
  readonly before: string;
  readonly after: string;
}

/** The differences of entries that were shown before. Words of a text are told from where they differ. */
export function changesOf(before: readonly SeenEntry[], after: readonly SeenEntry[]): readonly EntryChange[] {
  const known = new Map(after.map((entry) => [entry.id, entry]));
  return before.flatMap((old): readonly EntryChange[] => {
    const now = known.get(old.id);
    if (now === undefined) return [{ field: 'entry', entry: old.title, before: 'shown', after: 'gone' }];
    const fields: readonly (readonly [EntryChange['field'], string, string])[] = [
      ['title', old.title, now.title],
      ['link', old.link, now.link],
      ['author', old.author ?? '', now.author ?? ''],
      ['date', dateOf(old), dateOf(now)],
      ['words', ...fromDifference(wordsOf(old.text), wordsOf(now.text))],
      ['pictures', picturesOf(old.text), picturesOf(now.text)],
      ['files', namesOf(old.files), namesOf(now.files)],
    ];
    return fields.flatMap(([field, was, is]) =>
      was === is ? [] : [{ field, entry: old.title, before: was, after: is }],
    );
  });
}

function dateOf({ published }: SeenEntry): string {
  return published === null ? '' : new Date(Math.trunc(published) * 1000).toISOString();
}

const AROUND = 3;
const SHOWN_MAX = 12;

function fromDifference(was: readonly string[], is: readonly string[]): readonly [string, string] {
  if (was.join(' ') === is.join(' ')) return ['', ''];
  const at = was.findIndex((word, index) => word !== is[index]);
  const start = Math.max(0, (at < 0 ? was.length : at) - AROUND);
  const tell = (words: readonly string[]) =>
    `${words.slice(start, start + SHOWN_MAX).join(' ')} (${words.length} words)`;
  return [tell(was), tell(is)];
}

function wordsOf(html: string): readonly string[] {
  return html
    .replace(/<[^>]*>/g, ' ')
    .split(/\s+/)
    .filter(Boolean);
}

function picturesOf(html: string): string {
  return [...html.matchAll(/<img\b[^>]*?\bsrc="([^"]*)"/g)].map(([, src = '']) => nameOf(src)).join(', ');
}

function namesOf(files: readonly string[] = []): string {
  return files.map(nameOf).join(', ');
}

/** Readers put their own proxies in front of addresses. */
function nameOf(address: string): string {
  return address.slice(address.lastIndexOf('/') + 1);
}
