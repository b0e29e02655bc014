/** A small publication that has something of everything the renderers know, for golden documents and validators. */

import type { Person } from '../../lambda/model/article.ts';
import type { FeedDocument, FeedHead, PageHead } from '../../lambda/model/document.ts';
import type { Entry, Media } from '../../lambda/model/entry.ts';
import type { Site } from '../../lambda/model/site.ts';
import { momentAt } from '../../lambda/time/moment.ts';

export const site: Site = {
  id: 'https://tide.example/',
  title: 'Tide & Time',
  description: 'News from <the> coast',
  url: 'https://tide.example/',
  language: 'en',
  languages: [],
  timeZone: 'UTC',
  authors: [createPerson({ name: 'The Editors', email: 'desk@tide.example', url: 'https://tide.example/about/' })],
  people: {},
  icon: 'https://tide.example/icon.png',
  favicon: 'https://tide.example/favicon.png',
  image: 'https://tide.example/logo.png',
  copyright: '© 2026 Tide & Time',
  hubs: ['https://hub.example/?mode=a&b=c'],
  pageSize: 30,
  content: 'full',
  automatic: { tags: true, authors: true, sections: true, languages: true },
  feeds: [],
  permalink: null,
  redirects: {},
  newsSitemap: false,
  pages: { articles: true, accent: null, stylesheet: null, logo: null },
  deletedEntries: true,
};

export function createPerson(facts: Partial<Person>): Person {
  return { name: null, email: null, url: null, avatar: null, ...facts };
}

export function createMedia(facts: Partial<Media> & Pick<Media, 'url' | 'mimeType'>): Media {
  return {
    lengthBytes: null,
    durationSeconds: null,
    width: null,
    height: null,
    title: null,
    alt: null,
    caption: null,
    credit: null,
    ...facts,
  };
}

export function createEntry(facts: Partial<Entry>): Entry {
  return {
    id: 'https://tide.example/plain/',
    url: 'https://tide.example/plain/',
    externalUrl: null,
    title: 'Plain',
    published: momentAt(Date.UTC(2026, 0, 2, 3, 4, 5)),
    updated: momentAt(Date.UTC(2026, 0, 2, 3, 4, 5)),
    authors: [],
    contributors: [],
    tags: [],
    section: null,
    language: null,
    summary: 'A summary.',
    contentHtml: '<p>Content.</p>',
    image: null,
    attachments: [],
    rights: null,
    ...facts,
  };
}

export function createDocument(facts: {
  site?: Partial<Site>;
  feed?: Partial<FeedHead>;
  page?: PageHead;
  entries?: readonly Entry[];
}): FeedDocument {
  const entries = facts.entries ?? [createEntry({})];
  return {
    site: { ...site, ...facts.site },
    feed: {
      name: 'all',
      title: site.title,
      description: site.description,
      language: site.language,
      updated: entries[0]?.updated ?? null,
      content: 'full',
      removals: [],
      ...facts.feed,
    },
    page: facts.page ?? { kind: 'complete' },
    entries,
  };
}

const storm = createEntry({
  id: 'tag:tide.example,2026:storm',
  url: 'https://tide.example/2026/storm/?a=1&b=2',
  externalUrl: 'https://weather.example/reports?id=7&lang=en',
  title: 'AT&T, Generic<T> & “quotes”: &amp; in HTML 🌊',
  published: { at: Date.UTC(2026, 2, 1, 21), offsetMinutes: 180 },
  updated: { at: Date.UTC(2026, 2, 3, 9, 30), offsetMinutes: -210 },
  authors: [
    createPerson({ name: 'Ana Núñez', email: 'ana@tide.example', url: 'https://ana.example/' }),
    createPerson({ name: 'Bo “<b>” & Li', avatar: 'https://tide.example/bo.jpg' }),
  ],
  contributors: [createPerson({ name: 'Cy & Co' })],
  tags: [
    { slug: 'c-plus-plus', label: 'C++' },
    { slug: 'r-and-d', label: 'R&D <x>' },
    { slug: 'море', label: 'Море' },
  ],
  section: { slug: 'news', label: 'News' },
  summary: 'Waves of 5 < 9 metres & more.',
  contentHtml:
    '<p>One <a href="https://tide.example/?x=1&amp;y=2">link</a>, an end ]]&gt; and raw ]]> twice ]]>.</p>\n<pre><code>if (a &lt; b &amp;&amp; c) {}</code></pre>',
  image: createMedia({
    url: 'https://tide.example/media/storm.jpg',
    mimeType: 'image/jpeg',
    lengthBytes: 48_213,
    width: 1600,
    height: 900,
    title: 'The pier',
    alt: 'Waves over a pier',
    caption: 'The pier at <noon> & high tide',
    credit: 'Ana Núñez / TIDE',
  }),
  attachments: [
    createMedia({
      url: 'https://tide.example/media/storm.mp3',
      mimeType: 'audio/mpeg',
      lengthBytes: 1_048_576,
      durationSeconds: 62.5,
      title: 'The wind & the rain',
    }),
    createMedia({ url: 'https://tide.example/media/таблица.pdf', mimeType: 'application/pdf' }),
  ],
  rights: '© Ana Núñez & co',
});

const hebrew = createEntry({
  id: 'https://tide.example/ים/',
  url: 'https://tide.example/%D7%99%D7%9D/',
  title: 'הים גבוה היום',
  published: momentAt(Date.UTC(2026, 1, 1, 12)),
  updated: momentAt(Date.UTC(2026, 1, 1, 12)),
  authors: [createPerson({ name: 'דנה', email: 'dana@tide.example' })],
  language: 'he',
  summary: 'גלים של חמישה מטרים.',
  contentHtml: '<p dir="rtl">גלים של חמישה מטרים.</p>',
});

const untitled = createEntry({
  id: 'https://tide.example/notes/1/',
  url: 'https://tide.example/notes/1/',
  title: '',
  published: momentAt(Date.UTC(2026, 1, 1, 12)),
  updated: momentAt(Date.UTC(2026, 1, 1, 12)),
  authors: [createPerson({ email: 'night.desk@tide.example' })],
  summary: 'A note without a title, that is nevertheless long enough to be cut somewhere between its words.',
  contentHtml: '<p>A note without a title.</p>',
  image: createMedia({ url: 'https://tide.example/media/map.webp', mimeType: 'image/webp', alt: 'A map' }),
});

const bare = createEntry({
  id: 'urn:uuid:0f5a8c5e-5ab1-4d2b-9c1e-6f0a1b2c3d4e',
  url: 'https://tide.example/bare/',
  title: 'Content alone, </b> and ]]> in the title',
  authors: [createPerson({ url: 'https://elsewhere.example/~me' })],
  summary: '',
});

const silent = createEntry({
  id: 'https://tide.example/silent/',
  url: 'https://tide.example/silent/',
  title: '',
  summary: '',
  contentHtml: '',
});

const entries = [storm, hebrew, untitled, bare, silent];
const removals = [
  { id: 'tag:tide.example,2026:a&b', at: momentAt(Date.UTC(2026, 2, 4)) },
  { id: 'https://tide.example/gone/', at: momentAt(Date.UTC(2026, 2, 2)) },
];
const archive = (name: string, previous: string | null, next: string | null): PageHead => {
  return { kind: 'archive', name, previous, next };
};

/** The documents of the publication, by the feed's name and the page's kind. */
export const documents: Readonly<Record<string, FeedDocument>> = {
  complete: createDocument({ entries, feed: { updated: { at: Date.UTC(2026, 2, 3, 9, 30), offsetMinutes: -210 } } }),
  subscription: createDocument({
    entries: [storm],
    page: { kind: 'subscription', previous: '2026-02-01-1f' },
    feed: { name: 'tags/море', title: 'Море', description: '', updated: momentAt(Date.UTC(2026, 2, 4)) },
  }),
  archive: createDocument({
    entries: [hebrew, untitled],
    page: archive('2026-02-01-1f', '2026-01-02-9a', '2026-03-01-7c'),
  }),
  oldest: createDocument({ entries: [bare], page: archive('2026-01-02-9a', null, '2026-02-01-1f') }),
  summary: createDocument({
    entries: [storm, untitled, silent],
    feed: { name: 'briefs', title: 'Briefs', content: 'summary' },
  }),
  hebrew: createDocument({
    entries: [hebrew, bare],
    feed: { name: 'languages/he', title: 'עברית', description: 'חדשות', language: 'he' },
  }),
  removals: createDocument({ entries: [bare], feed: { removals, updated: momentAt(Date.UTC(2026, 2, 4)) } }),
  empty: createDocument({
    entries: [],
    site: { authors: [], hubs: [], icon: null, favicon: null, image: null, copyright: null, description: '' },
    feed: { name: 'tags/none', title: '', description: '', updated: null },
  }),
};
