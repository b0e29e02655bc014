/** The rules of Apple and of the Podcast namespace; whole documents are in documents.test.ts. */

import fc from 'fast-check';
import { parseRssFeed } from 'feedsmith';
import Parser from 'rss-parser';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../lambda/model/entry.ts';
import { createPodcastGuid } from '../../../lambda/render/feed/podcast.ts';
import { renderDocument } from '../../../lambda/render/render.ts';
import { createDocument, createEntry } from '../fixture.ts';
import { createEpisode, createPodcast, createSound, fog } from '../podcast-fixture.ts';

describe('createPodcastGuid', () => {
  it('gives what the Podcast namespace gives for an address', () => {
    expect(createPodcastGuid('https://podnews.net/rss')).toBe('9b024349-ccf0-5f69-a609-6b82873eab3c');
    expect(createPodcastGuid('http://mp3s.nashownotes.com/pc20rss.xml')).toBe('917393e3-1b1e-5cef-ace4-edaa54e1f810');
  });

  it('looks neither at the scheme nor at slashes at the end', () => {
    expect(createPodcastGuid('http://podnews.net/rss//')).toBe(createPodcastGuid('https://podnews.net/rss'));
  });
});

describe('a podcast in RSS', () => {
  it('is read by a parser that knows the namespaces', () => {
    const feed = parseRssFeed(renderPodcast([fog]));
    expect(feed.itunes).toMatchObject({ explicit: false, type: 'episodic' });
    const [item] = feed.items ?? [];
    expect(item?.enclosures).toEqual([
      { url: 'https://tide.example/listen/fog.mp3', length: 1_048_576, type: 'audio/mpeg' },
    ]);
    expect(item?.itunes).toMatchObject({ duration: 754, episode: 3, season: 2, episodeType: 'full', explicit: true });
    expect(item?.podcast?.transcripts).toHaveLength(2);
    expect(item?.podcast?.chapters).toMatchObject({ type: 'application/json+chapters' });
    expect(item?.podcast?.persons?.map(({ display }) => display)).toEqual(['Ana & Núñez', 'Bo']);
  });

  it('encloses what there is to hear, also when something else is attached before', () => {
    expect(fog.attachments[0]?.mimeType).toBe('application/pdf');
    expect(renderPodcast([fog])).toContain('<enclosure url="https://tide.example/listen/fog.mp3"');
  });

  it('describes an episode by its notes, unless its author describes it in other words', () => {
    const [contentHtml, notes] = ['<p>Of <a href="https://fog.example/">fog</a>.</p><p>00:10 The horn</p>', 'Of fog.'];
    const textsOf = (entry: Entry) =>
      [...renderPodcast([entry]).matchAll(/<(description|content:encoded)><!\[CDATA\[(.*?)\]\]>/g)].map(
        ([, name, text]) => `${name} ${text}`,
      );
    const attachments = [createSound()];
    expect(textsOf(createEntry({ attachments, contentHtml, summary: notes }))).toEqual([`description ${contentHtml}`]);
    expect(textsOf(createEntry({ attachments, contentHtml, summary: 'Ten seconds.' }))).toEqual([
      'description Ten seconds.',
      `content:encoded ${contentHtml}`,
    ]);
  });

  it('tells the same identity in its archive', () => {
    const page = { kind: 'archive', name: 'p', previous: null, next: null } as const;
    const guidIn = (text: string) => /<podcast:guid>(.*)<\/podcast:guid>/.exec(text)?.[1];
    expect(guidIn(renderPodcast([fog], page))).toBe(guidIn(renderPodcast([fog])));
  });

  it('gives Apple whole numbers from 1 on only', () => {
    const numbered = (number: number) => {
      const entry = createEntry({ attachments: [createSound()], episode: createEpisode({ number }) });
      return [...renderPodcast([entry]).matchAll(/<(\w+:episode)>(.*?)</g)].map(([, name, text]) => `${name} ${text}`);
    };
    expect(numbered(7)).toEqual(['itunes:episode 7', 'podcast:episode 7']);
    expect(numbered(7.5)).toEqual(['podcast:episode 7.5']);
    expect(numbered(0)).toEqual(['podcast:episode 0']);
  });
});

describe('a feed that is no podcast', () => {
  it('has the same entries without anything of podcasts', () => {
    const text = read(renderDocument(createDocument({ entries: [fog] }), 'rss'));
    expect(text).not.toMatch(/itunes|podcast/);
  });
});

describe('whatever an episode and a show hold', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc
      .array(fc.constantFrom('&', '<', '</b>', ']]>', '"', "'", '\u0000', '\ud800', '\u0085', '🌊', 'a'))
      .map((parts) => parts.join('')),
  );

  it('their RSS is well-formed, and has the episode', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (one, other) => {
        const person = { name: one, role: other, group: one, image: null, url: 'https://ü.example/ü "<' };
        const location = { name: one, relation: null, geo: other, osm: one, country: other };
        const license = { name: other, url: 'https://ü.example/&' };
        const episode = createEpisode({
          ...{ title: one, guid: other, number: 1, numberLabel: one, season: 2, seasonName: other },
          ...{ people: [person], locations: [location], license, texts: [{ text: one, purpose: other }] },
          soundbites: [{ startSeconds: 0, durationSeconds: 1, title: one }],
        });
        const show = createPodcast({
          ...{ author: one, owner: { name: other, email: one }, people: [person], locations: [location], license },
          ...{ texts: [{ text: one, purpose: other }], updateFrequency: { label: one, rule: other } },
          funding: [{ url: 'https://tide.example/?a&b', label: other }],
        });
        const entry = createEntry({ attachments: [createSound()], episode });
        const document = createDocument({ entries: [entry], feed: { name: 'listen', podcast: show } });
        const { items } = await new Parser().parseString(read(renderDocument(document, 'rss')));
        expect(items).toHaveLength(1);
      }),
      { numRuns: 100 },
    );
  });
});

describe('renditions', () => {
  const entry = createEntry({
    title: 'Fog',
    attachments: [createSound(), createSound({ url: 'https://tide.example/listen/fog.ogg', mimeType: 'audio/ogg' })],
  });

  it('stand in one group of Media RSS, the first as the default', () => {
    const text = read(renderDocument(createDocument({ entries: [entry] }), 'rss'));
    const [group = ''] = /<media:group>.*<\/media:group>/s.exec(text) ?? [];
    expect([...group.matchAll(/<media:content url="([^"]+)"/g)].map(([, url]) => url)).toEqual([
      'https://tide.example/listen/fog.mp3',
      'https://tide.example/listen/fog.ogg',
    ]);
    expect(group.match(/isDefault="true"/g)).toHaveLength(1);
  });

  it('share a title in JSON Feed', () => {
    const { attachments } = JSON.parse(read(renderDocument(createDocument({ entries: [entry] }), 'json'))).items[0];
    expect(attachments.map(({ title }: { title: string }) => title)).toEqual(['Fog', 'Fog']);
  });
});

function renderPodcast(
  entries: readonly Entry[],
  page: Parameters<typeof createDocument>[0]['page'] = { kind: 'complete' },
) {
  return read(
    renderDocument(createDocument({ entries, page, feed: { name: 'listen', podcast: createPodcast({}) } }), 'rss'),
  );
}

function read(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}
