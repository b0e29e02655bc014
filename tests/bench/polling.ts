/** What a reader that polls costs: bytes of a subscription document, as it is and as it is stored compressed. */

import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { FeedDocument } from '../../lambda/render/document.ts';
import { renderDocument } from '../../lambda/render/render.ts';
import type { Site } from '../../lambda/site/site.ts';
import { CACHE_CONTROL } from '../../lambda/work/documents.ts';
import { formatNumber } from './measure.ts';
import type { PeerRenderers } from './rendering.ts';
import { createEntries, createInput } from './rendering.ts';
import type { Section } from './report.ts';

const PAGE = 30;
const ALL = 500;
const POLLS_A_DAY = 24;

/** What a 304 costs with its headers, as CloudFront sends them. */
const NOT_MODIFIED_BYTES = 450;

export function benchPolling(site: Site, peers: PeerRenderers | null): Section {
  const entries = createEntries(site, ALL).toReversed();
  const feed: FeedDocument['feed'] = {
    name: 'all',
    title: site.title,
    description: site.description,
    language: site.language,
    updated: entries[0]?.updated ?? null,
    content: 'full',
    removals: [],
  };
  const page = { kind: 'subscription', previous: '2000-01-01-0123456789ab' } as const;
  const document: FeedDocument = { site, feed, page, entries: entries.slice(0, PAGE) };
  const ours = (['rss', 'atom', 'json'] as const).map((format) =>
    rowOf(`Feedwright, ${format}, ${PAGE} entries and history`, renderDocument(document, format), true),
  );
  const render = peers?.rss?.feed;
  const theirs =
    render === undefined
      ? []
      : [PAGE, ALL].map((count) => {
          const text = render(createInput(entries.slice(0, count)));
          return rowOf(`feed, rss, ${count} entries`, Buffer.from(String(text)), false);
        });
  return {
    title: 'Bytes of a poll',
    about: [
      'One of 500 posts of 5 kB is new each day, and a reader asks every hour. Documents are stored as Brotli and gzip too,',
      'so every reader gets the smallest it takes; 23 of 24 answers are `304 Not Modified`, which holds for any static file',
      `(${NOT_MODIFIED_BYTES} bytes of headers). What a reader may keep: \`${CACHE_CONTROL.subscription}\`. The others' bytes are`,
      'those of gzip on the fly, as most servers send them; of Atom and JSON Feed CloudFront by itself compresses nothing.',
    ].join('\n'),
    tables: [
      {
        heading: '',
        columns: ['', 'plain kB', 'gzip kB', 'Brotli kB', 'kB a reader and day'],
        rows: [...ours, ...theirs],
      },
    ],
  };
}

function rowOf(name: string, body: Uint8Array, hasBrotli: boolean): readonly string[] {
  const gzip = gzipSync(body, { level: 6 }).byteLength;
  const brotli = brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).byteLength;
  const day = (hasBrotli ? brotli : gzip) + (POLLS_A_DAY - 1) * NOT_MODIFIED_BYTES;
  return [
    name,
    formatNumber(body.byteLength / 1_000),
    formatNumber(gzip / 1_000),
    hasBrotli ? formatNumber(brotli / 1_000) : '–',
    formatNumber(day / 1_000),
  ];
}
