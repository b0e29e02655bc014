/** The cost of a reader that polls: bytes of a subscription document, plain and compressed. */

import { gzipSync } from 'node:zlib';
import { subscriptionPath } from '../../lambda/model/addresses.ts';
import type { Site } from '../../lambda/model/site.ts';
import { renderDocument } from '../../lambda/render/render.ts';
import { compressVariant } from '../../lambda/store/variant-store.ts';
import { CACHE_CONTROL } from '../../lambda/work/protocol/documents.ts';
import { formatNumber } from './measure.ts';
import { createDocument, createEntries, createInput, type PeerRenderers } from './rendering.ts';
import type { Section } from './report.ts';

const PAGE = 30;
const ALL = 500;
const POLLS_A_DAY = 24;

/** The bytes of a 304 with its headers, as CloudFront sends them. */
const NOT_MODIFIED_BYTES = 450;

export async function benchPolling(site: Site, peers: PeerRenderers | null): Promise<Section> {
  const entries = createEntries(site, ALL).toReversed();
  const page = { kind: 'subscription', previous: '2000-01-01-0123456789ab' } as const;
  const document = { ...createDocument(site, entries.slice(0, PAGE)), page };
  const ours = await Promise.all(
    (['rss', 'atom', 'json'] as const).map(async (format) => {
      const body = renderDocument(document, format);
      const [brotli, gzip] = await Promise.all([
        compressVariant('br', subscriptionPath('all', format), body),
        compressVariant('gzip', subscriptionPath('all', format), body),
      ]);
      const name = `Feedwright, ${format}, ${PAGE} entries and history`;
      return rowOf(name, body, { gzip: gzip.byteLength, brotli: brotli.byteLength });
    }),
  );
  const render = peers?.rss?.feed;
  const theirs =
    render === undefined
      ? []
      : [PAGE, ALL].map((count) => {
          const text = render(createInput(entries.slice(0, count)));
          const body = Buffer.from(String(text));
          return rowOf(`feed, rss, ${count} entries`, body, { gzip: gzipSync(body).byteLength, brotli: null });
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

interface Packed {
  readonly gzip: number;
  /** Null where nobody makes it. */
  readonly brotli: number | null;
}

function rowOf(name: string, body: Uint8Array, { gzip, brotli }: Packed): readonly string[] {
  const day = (brotli ?? gzip) + (POLLS_A_DAY - 1) * NOT_MODIFIED_BYTES;
  return [
    name,
    formatNumber(body.byteLength / 1_000),
    formatNumber(gzip / 1_000),
    brotli === null ? '–' : formatNumber(brotli / 1_000),
    formatNumber(day / 1_000),
  ];
}
