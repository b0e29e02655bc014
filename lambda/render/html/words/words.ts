/** The publisher's own words on pages, in the language of the page where it is known, else in English. */

import { TRANSLATIONS } from './translations.ts';

export interface Words {
  /** The language that they are written in. */
  readonly language: string;
  readonly skip: string;
  readonly home: string;
  readonly feeds: string;
  readonly subscribe: string;
  readonly subscribeText: string;
  readonly openInReader: string;
  readonly readersOnWeb: string;
  readonly latest: string;
  readonly empty: string;
  readonly archive: string;
  readonly older: string;
  readonly newer: string;
  readonly updated: string;
  readonly tags: string;
  readonly files: string;
  readonly transcript: string;
  readonly table: string;
  readonly elsewhere: string;
  readonly feedsText: string;
  readonly importText: string;
  readonly everything: string;
  readonly sections: string;
  readonly authors: string;
  readonly languages: string;
  readonly moreFeeds: string;
  readonly notFound: string;
  readonly notFoundText: string;
}

const ENGLISH: Words = {
  language: 'en',
  skip: 'Skip to the content',
  home: 'Home page',
  feeds: 'Feeds',
  subscribe: 'Subscribe',
  subscribeText:
    'This page is also a feed. Give its address to a feed reader, and what is new here comes to you, without an account or an email address.',
  openInReader: 'Open in a feed reader',
  readersOnWeb: 'Or follow it on the web with',
  latest: 'Latest entries',
  empty: 'Nothing is published here yet.',
  archive: 'Archive',
  older: 'Older entries',
  newer: 'Newer entries',
  updated: 'updated',
  tags: 'Tags',
  files: 'Files',
  transcript: 'Transcript',
  table: 'Table',
  elsewhere: 'Read it at',
  feedsText:
    'One of these is enough: the feed of everything holds what is in all others. Each of the others can be followed by itself; its page has the address for a feed reader.',
  importText: 'All feeds as one file, for readers to import (OPML)',
  everything: 'Everything',
  sections: 'Sections',
  authors: 'Authors',
  languages: 'Languages',
  moreFeeds: 'More feeds',
  notFound: 'Nothing here',
  notFoundText: 'There is no page at this address. It may have been moved, or was never there.',
};

/** The words for a page in a language: those of the tag itself (`zh-Hant`), else of its first part. */
export function wordsIn(language: string): Words {
  const [first = ''] = language.split('-');
  return TRANSLATIONS.get(language) ?? TRANSLATIONS.get(first) ?? ENGLISH;
}
