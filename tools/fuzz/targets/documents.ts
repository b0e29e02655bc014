/** Documents of any entries: feeds in every format, the page beside them, the page of an article, sitemaps and lists. */

import fc from 'fast-check';
import { renderContent } from '../../../lambda/article/content.ts';
import type { Person } from '../../../lambda/model/article.ts';
import type { FeedDocument, PageHead } from '../../../lambda/model/document.ts';
import type { Entry, Media } from '../../../lambda/model/entry.ts';
import { renderArticlePage } from '../../../lambda/render/html/article-page.ts';
import { renderFeedsPage } from '../../../lambda/render/html/feeds-page.ts';
import { renderOpml } from '../../../lambda/render/opml.ts';
import { renderDocument } from '../../../lambda/render/render.ts';
import { renderNewsSitemap, renderSitemap } from '../../../lambda/render/sitemap.ts';
import { slugify } from '../../../lambda/text/slug.ts';
import { writable } from '../../../lambda/text/xml.ts';
import { laterOf, type Moment } from '../../../lambda/time/moment.ts';
import { checkXml } from '../../../tests/support/xml-rules.ts';
import { createDraws, type Draws } from '../draws.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { judgeDocument } from '../judges.ts';
import { bytesOf, ODD_TEXTS } from '../seeds.ts';
import { FUZZ_SITE } from '../site.ts';

type Kind = 'rss' | 'atom' | 'json' | 'html' | 'xml';
type Outcome = readonly (readonly [Kind, Uint8Array])[];

const ENTRIES_MAX = 4;
const YEAR_MS = 31_557_600_000;
const ADDRESSES: readonly [string, ...string[]] = [
  'https://coast.example/paper/a/',
  'https://coast.example/paper/%C3%A4/?b=c&d=%22',
  'https://ü.example/ü/',
  'http://[::1]:8080/x',
  "https://a.example/'(x)*!;,@:$&=+",
  'https://coast.example/paper/files/sound.mp3',
];

export const target: FuzzTarget<Outcome> = {
  name: 'documents',
  seeds: () => [
    new Uint8Array(),
    Uint8Array.from({ length: 600 }, (_, index) => (index * 37) % 256),
    bytesOf(ODD_TEXTS.join('')),
  ],
  dictionary: ODD_TEXTS,
  inputs: fc.uint8Array({ maxLength: 600 }),
  run(input) {
    const document = drawDocument(createDraws(input));
    const { site, entries, feed } = document;
    const lines = entries.map(({ url, updated }) => ({ url, updated }));
    const feeds = [{ name: feed.name, title: feed.title }];
    return [
      ...(['rss', 'atom', 'json', 'html'] as const).map(
        (format) => [format, renderDocument(document, format)] as const,
      ),
      ...entries.map((entry) => ['html', renderArticlePage({ site, entry, feeds: ['all', 'tags/sea'] })] as const),
      ['xml', renderSitemap(lines)],
      [
        'xml',
        renderNewsSitemap(
          site.title,
          entries.map((entry) => ({ ...entry, language: 'en' })),
        ),
      ],
      ['xml', renderOpml({ site, feeds })],
      ['html', renderFeedsPage({ site, feeds })],
    ];
  },
  judge: (documents) =>
    documents.flatMap(([kind, bytes]) => (kind === 'xml' ? checkXml(bytes) : judgeDocument(kind, bytes))),
};

function drawDocument(draws: Draws): FeedDocument {
  const podcast = FUZZ_SITE.feeds.find((feed) => feed.podcast !== undefined)?.podcast;
  const texts = { title: draws.text(), description: writable(draws.text()).trim(), copyright: draws.maybe(draws.text) };
  const site = draws.chance() ? { ...FUZZ_SITE, ...texts, title: writable(texts.title).trim() || 'Coast' } : FUZZ_SITE;
  const drawn = draws.list(ENTRIES_MAX, () => drawEntry(draws));
  const entries = drawn.map((entry, index) => ({ ...entry, id: `${entry.id}#${index}` }));
  return {
    site,
    feed: {
      name: draws.pick(['all', 'tags/sea', 'tags/море', 'talks', 'authors/ana']),
      title: writable(draws.text()).trim() || 'All',
      description: writable(draws.text()).trim(),
      language: draws.pick(['en', 'ar', 'zh-Hant', 'de']),
      updated: entries.reduce<Moment | null>(
        (latest, { updated }) => (latest === null ? updated : laterOf(latest, updated)),
        null,
      ),
      content: draws.pick(['full', 'summary']),
      removals: draws.list(2, () => ({ id: `urn:x:${draws.below(9)}`, at: drawMoment(draws) })),
      ...(podcast !== undefined && draws.chance() && { podcast }),
    },
    page: drawPage(draws),
    entries,
  };
}

function drawPage(draws: Draws): PageHead {
  const name = '2024-01-01-0123456789ab';
  return draws.pick<PageHead>([
    { kind: 'complete' },
    { kind: 'subscription', previous: name },
    { kind: 'archive', name, previous: null, next: name },
    { kind: 'archive', name, previous: name, next: null },
  ]);
}

function drawEntry(draws: Draws): Entry {
  const published = drawMoment(draws);
  const label = draws.text().trim();
  const { html } = renderContent({ kind: draws.pick(['html', 'markdown']), text: draws.text(), firstLine: 1 }, CONTEXT);
  return {
    id: draws.pick([
      'https://coast.example/a/',
      'urn:uuid:0f5a8c5e-5ab1-4d2b-9c1e-6f0a1b2c3d4e',
      'tag:coast.example,2024:ä&ö',
    ]),
    url: draws.pick(ADDRESSES),
    externalUrl: draws.maybe(() => draws.pick(ADDRESSES)),
    title: draws.text(),
    published,
    updated: laterOf(published, drawMoment(draws)),
    authors: draws.list(2, () => drawPerson(draws)),
    contributors: draws.list(1, () => drawPerson(draws)),
    tags: label === '' ? [] : [{ slug: slugify(label), label }],
    section: label === '' ? null : { slug: slugify(label), label },
    language: draws.maybe(() => draws.pick(['he', 'pt-BR', 'zh'])),
    summary: draws.text(),
    contentHtml: html,
    image: draws.maybe(() => drawMedia(draws, 'image/jpeg')),
    attachments: draws.list(3, () =>
      drawMedia(draws, draws.pick(['audio/mpeg', 'audio/ogg', 'video/mp4', 'application/pdf'])),
    ),
    rights: draws.maybe(draws.text),
  };
}

const CONTEXT = { key: 'a.md', articleUrl: 'https://coast.example/paper/a/', site: FUZZ_SITE };

function drawMoment(draws: Draws): Moment {
  return { at: draws.below(60_000) * (YEAR_MS / 1_000), offsetMinutes: draws.pick([0, 60, -210, 1_439, -1_439]) };
}

function drawPerson(draws: Draws): Person {
  return {
    name: draws.maybe(draws.text),
    email: draws.maybe(() => 'ana@coast.example'),
    url: draws.maybe(() => draws.pick(ADDRESSES)),
    avatar: draws.maybe(() => draws.pick(ADDRESSES)),
  };
}

function drawMedia(draws: Draws, mimeType: string): Media {
  return {
    url: draws.pick(ADDRESSES),
    mimeType,
    lengthBytes: draws.maybe(() => draws.below(65_536)),
    durationSeconds: draws.maybe(() => draws.below(10_000)),
    width: draws.maybe(() => draws.below(4_000) + 1),
    height: draws.maybe(() => draws.below(4_000) + 1),
    title: draws.maybe(draws.text),
    alt: draws.maybe(draws.text),
    caption: draws.maybe(draws.text),
    credit: draws.maybe(draws.text),
  };
}
