/** A podcast that has something of everything the renderer knows. */

import type { FeedDocument } from '../../lambda/model/document.ts';
import type { Entry, Media } from '../../lambda/model/entry.ts';
import type { Episode } from '../../lambda/model/episode.ts';
import type { Podcast } from '../../lambda/model/podcast.ts';
import { momentAt } from '../../lambda/time/moment.ts';
import { createDocument, createEntry, createMedia } from './fixture.ts';

export function createPodcast(facts: Partial<Podcast>): Podcast {
  return {
    image: null,
    categories: [],
    isExplicit: false,
    author: null,
    owner: null,
    order: 'episodic',
    isComplete: false,
    isBlocked: false,
    newFeedUrl: null,
    guid: null,
    isLocked: null,
    funding: [],
    people: [],
    medium: null,
    license: null,
    trailers: [],
    locations: [],
    texts: [],
    updateFrequency: null,
    language: null,
    ...facts,
  };
}

export function createEpisode(facts: Partial<Episode<Media>>): Episode<Media> {
  return {
    title: null,
    guid: null,
    number: null,
    numberLabel: null,
    season: null,
    seasonName: null,
    kind: null,
    isExplicit: null,
    isBlocked: false,
    image: null,
    transcripts: [],
    chapters: null,
    people: [],
    soundbites: [],
    locations: [],
    license: null,
    texts: [],
    ...facts,
  };
}

export function createSound(facts: Partial<Media> = {}): Media {
  return createMedia({
    url: 'https://tide.example/listen/fog.mp3',
    mimeType: 'audio/mpeg',
    lengthBytes: 1_048_576,
    durationSeconds: 754,
    ...facts,
  });
}

const file = (name: string, mimeType: string) => createMedia({ url: `https://tide.example/listen/${name}`, mimeType });

export const fog: Entry = createEntry({
  id: 'tag:tide.example,2026:fog',
  url: 'https://tide.example/listen/fog/',
  title: 'Fog & <silence>',
  published: momentAt(Date.UTC(2026, 2, 1, 6)),
  updated: momentAt(Date.UTC(2026, 2, 1, 6)),
  attachments: [
    file('fog.pdf', 'application/pdf'),
    createSound(),
    createSound({ url: 'https://tide.example/listen/fog.m4a', mimeType: 'audio/mp4', lengthBytes: 524_288 }),
  ],
  episode: createEpisode({
    title: 'Fog',
    number: 3,
    numberLabel: 'Ch. 3',
    season: 2,
    seasonName: 'Winter & spring',
    kind: 'full',
    isExplicit: true,
    image: createMedia({
      url: 'https://tide.example/listen/fog.jpg',
      mimeType: 'image/jpeg',
      width: 1400,
      height: 1400,
    }),
    transcripts: [
      { file: file('fog.vtt', 'text/vtt'), language: null, isCaptions: true },
      { file: file('fog.transcript.de.html', 'text/html'), language: 'de', isCaptions: false },
    ],
    chapters: file('fog.chapters.json', 'application/json'),
    people: [
      {
        name: 'Ana & Núñez',
        role: 'host',
        group: null,
        image: 'https://tide.example/ana.jpg',
        url: 'https://ana.example/',
      },
      { name: 'Bo', role: 'Guest', group: 'cast', image: null, url: null },
    ],
    soundbites: [
      { startSeconds: 73.5, durationSeconds: 60, title: 'The horn & the bell' },
      { startSeconds: 1, durationSeconds: 15, title: null },
    ],
    locations: [{ name: 'Porto da Névoa', relation: 'subject', geo: 'geo:38.7,-9.1', osm: 'R5400890', country: 'PT' }],
    license: { name: 'CC-BY-4.0', url: null },
    texts: [{ text: 'false', purpose: 'ai-content' }],
  }),
});

/** Of which nothing is known but that it can be heard. */
const plain = createEntry({
  id: 'https://tide.example/listen/plain/',
  url: 'https://tide.example/listen/plain/',
  attachments: [
    createSound({ url: 'https://tide.example/listen/plain.mp3', lengthBytes: null, durationSeconds: null }),
  ],
});

const half = createEntry({
  id: 'https://tide.example/listen/half/',
  url: 'https://tide.example/listen/half/',
  title: 'Between two episodes',
  published: momentAt(Date.UTC(2026, 1, 1, 6)),
  updated: momentAt(Date.UTC(2026, 1, 1, 6)),
  attachments: [
    createSound({ url: 'https://tide.example/listen/half.mp4', mimeType: 'video/mp4', width: 640, height: 360 }),
  ],
  episode: createEpisode({
    guid: 'Host-1234 <a>',
    number: 2.5,
    season: 2,
    kind: 'bonus',
    isBlocked: true,
    title: 'Between two episodes',
  }),
});

const head = { name: 'listen', title: 'The Tide, aloud', description: 'The coast, to be heard.' };

export const podcasts: Readonly<Record<string, FeedDocument>> = {
  podcast: createDocument({
    entries: [fog, half, plain],
    feed: {
      ...head,
      podcast: createPodcast({
        image: 'https://tide.example/listen/cover.png',
        categories: [
          { name: 'Society & Culture', subcategory: 'Documentary' },
          { name: 'Arts', subcategory: null },
          { name: 'Society & Culture', subcategory: 'Places & Travel' },
        ],
        author: 'Ana & friends',
        owner: { name: null, email: 'desk@tide.example' },
        order: 'serial',
        isLocked: true,
        funding: [{ url: 'https://tide.example/support/?a=1&b=2', label: 'Support <us>' }],
        people: [{ name: 'Ana', role: null, group: null, image: null, url: null }],
        medium: 'podcast',
        license: { name: 'Our own', url: 'https://tide.example/license/' },
        trailers: [
          {
            title: 'Coming soon',
            published: momentAt(Date.UTC(2026, 0, 1)),
            url: 'https://tide.example/listen/trailer.mp3',
            mimeType: 'audio/mpeg',
            lengthBytes: 12_345,
            season: 1,
          },
        ],
        locations: [{ name: 'Porto da Névoa', relation: 'creator', geo: null, osm: null, country: null }],
        texts: [
          { text: 'S6lpp & co', purpose: 'verify' },
          { text: 'free', purpose: null },
        ],
        updateFrequency: { label: 'Every month', rule: 'FREQ=MONTHLY' },
      }),
    },
  }),
  'podcast-ended': createDocument({
    entries: [plain],
    page: { kind: 'archive', name: '2026-01-02-9a', previous: null, next: null },
    feed: {
      ...head,
      language: 'pt',
      podcast: createPodcast({
        guid: '917393e3-1b1e-5cef-ace4-edaa54e1f810',
        isExplicit: true,
        isComplete: true,
        isBlocked: true,
        newFeedUrl: 'https://elsewhere.example/feed',
        updateFrequency: { label: 'Never again', rule: null },
      }),
    },
  }),
};
