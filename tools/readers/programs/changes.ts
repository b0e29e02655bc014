/** The steps that a publication goes through while somebody subscribes to it, and the entries that a person sees after each. */

import { readSample } from '../../../tests/support/sample-content.ts';
import type { SeenEntry } from './subscriber.ts';

/** A publication that moves on. */
export interface Moving {
  put(key: string, text: string | null): Promise<void>;
  /** Everything is published at another address; the first leads there (301). */
  moveHost(): Promise<void>;
  /** The address that people subscribed to leads to another format (301). */
  changeFormat(): Promise<void>;
}

export interface Change {
  readonly name: string;
  readonly make: (publication: Moving) => Promise<void>;
  /** Of the entry that the step is about; null where it is about all. */
  readonly title: string | null;
  /** Whether an entry says what is true after the step. */
  readonly isRight: (entry: SeenEntry) => boolean;
}

export const SITE = 'id: https://tides.example/\ntitle: Tides\n';
const DATE = '2026-05-01T08:00:00Z';

function article(id: string, title: string, date = DATE, text = 'As it was.'): string {
  return `---\nid: urn:tides:${id}\ntitle: ${title}\ndate: ${date}\naudio: tide.mp3\n---\n${text}\n`;
}

/** Each step is about an article of its own. All have a sound, for the programs that read podcasts. */
export const ARTICLES: Readonly<Record<string, string>> = {
  'edit.md': article('edit', 'Edited'),
  'title.md': article('title', 'Misnamed'),
  'date.md': article('date', 'Dated'),
  'gone.md': article('gone', 'Removed'),
  'rename.md': article('rename', 'Renamed'),
};

export const SOUND = {
  key: 'tide.mp3',
  bytes: readSample().get('audio/ten-seconds-of-fog.mp3') ?? new Uint8Array(),
};

export const CHANGES: readonly Change[] = [
  {
    name: 'edit',
    make: ({ put }) => put('edit.md', article('edit', 'Edited', DATE, 'As it is now.')),
    title: 'Edited',
    isRight: ({ text }) => text.includes('As it is now'),
  },
  {
    name: 're-title',
    make: ({ put }) => put('title.md', article('title', 'Well named')),
    title: 'Well named',
    isRight: () => true,
  },
  {
    name: 're-date',
    make: ({ put }) => put('date.md', article('date', 'Dated', '2026-04-01T08:00:00Z')),
    title: 'Dated',
    isRight: ({ published }) => published === Date.parse('2026-04-01T08:00:00Z') / 1000,
  },
  { name: 'remove', make: ({ put }) => put('gone.md', null), title: 'Removed', isRight: () => false },
  {
    name: 'rename',
    make: async ({ put }) => {
      await put('rename.md', null);
      await put('another-name.md', article('rename', 'Renamed'));
    },
    title: 'Renamed',
    isRight: ({ link }) => link.includes('another-name'),
  },
  {
    name: 'move the host',
    make: ({ moveHost }) => moveHost(),
    title: null,
    isRight: ({ link }) => link.includes('localhost'),
  },
  { name: 'change the format', make: ({ changeFormat }) => changeFormat(), title: null, isRight: () => true },
  // A reader that has not followed the redirect by now gets nothing any more.
  {
    name: 'new article',
    make: ({ put }) => put('new.md', article('new', 'Fresh')),
    title: 'Fresh',
    isRight: () => true,
  },
];

/**
 * In words: whether what a person sees is right now, and how much is shown as new.
 *
 * @param isMail what was handed out stays as it is, and only what is new is known
 */
export function describeSeen({ title, isRight, name }: Change, seen: readonly SeenEntry[], isMail: boolean): string {
  // An entry that left the feed before stays as it was.
  const concerned = seen.filter((entry) => (title === null ? entry.title !== 'Removed' : entry.title.includes(title)));
  const newCount = seen.filter(({ isNew }) => isNew).length;
  const shownAsNew = newCount === 0 ? 'nothing new' : `${newCount} new`;
  const doubles = seen.length - new Set(seen.map((entry) => entry.title)).size;
  const twice = doubles === 0 || isMail ? '' : `, ${doubles} twice`;
  if (isMail)
    return newCount === 0 ? 'nothing mailed' : `${newCount} mailed${concerned.length === 0 ? ', others' : ''}`;
  if (name === 'remove') return `${concerned.length === 0 ? 'gone' : 'stays'}, ${shownAsNew}${twice}`;
  const state =
    concerned.length > 0 && concerned.every(isRight)
      ? 'right'
      : concerned.some(isRight)
        ? 'right beside wrong'
        : 'as before';
  return `${state}, ${shownAsNew}${twice}`;
}
