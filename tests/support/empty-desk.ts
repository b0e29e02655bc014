/** A publication without anything in it, as the desk is told of one. */

import type { DeskReader } from '../../local/preview/preview.ts';

export const EMPTY_DESK: DeskReader = {
  documents: async () => ({ revision: 'r-1', siteTitle: 'Tides', feeds: [], documents: [] }),
  document: async () => null,
  preview: async () => ({
    revision: 'r-1',
    folder: 'content',
    siteUrl: 'http://localhost/',
    site: { title: 'Tides', description: '', language: 'en', pages: { articles: true } },
    counts: { published: 0, drafts: 0, scheduled: 0, broken: 0 },
    feeds: [],
    latest: [],
    problems: [],
    coming: [],
    runs: [],
    documents: { count: 0, faulty: 0 },
  }),
};
