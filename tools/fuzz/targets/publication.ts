/**
 * The way of a file from its bytes to every document that it is in. The first byte of an input says what kind of file it
 * is, the rest is the file.
 */

import fc from 'fast-check';
import { probeAsset } from '../../../lambda/article/media/media.ts';
import { parseArticles } from '../../../lambda/article/parse.ts';
import { completeArticles } from '../../../lambda/feed/entry/completion.ts';
import { describeFeed, labelIn } from '../../../lambda/feed/membership.ts';
import type { Entry } from '../../../lambda/model/entry.ts';
import type { Problem } from '../../../lambda/model/problem.ts';
import { renderArticlePage } from '../../../lambda/render/html/article-page.ts';
import { renderDocument } from '../../../lambda/render/render.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { countLines, judgeContent, judgeDocument, judgeMoment, judgeProblems } from '../judges.ts';
import { articleSeeds } from '../seeds.ts';
import { FUZZ_SITE } from '../site.ts';
import { FIELD_NAMES, HTML_WORDS, MARKDOWN_WORDS, YAML_WORDS } from '../words.ts';
import { target as html } from './article/html.ts';
import { target as json } from './article/json.ts';
import { target as markdown } from './article/markdown.ts';
import { target as mdx } from './article/mdx.ts';
import { target as text } from './article/text.ts';

interface Outcome {
  readonly problems: readonly Problem[];
  readonly entries: readonly Entry[];
  readonly documents: readonly (readonly ['rss' | 'atom' | 'json' | 'html', Uint8Array])[];
}

const KINDS = [
  { ending: '.md', inputs: markdown.inputs },
  { ending: '.html', inputs: html.inputs },
  { ending: '.json', inputs: json.inputs },
  { ending: '.txt', inputs: text.inputs },
  { ending: '.mdx', inputs: mdx.inputs },
] as const;
const SEEDS_EVERY = 5;
const NOW = Date.UTC(2027, 0, 1);
const FORMATS = ['rss', 'atom', 'json', 'html'] as const;

export const target: FuzzTarget<Outcome> = {
  name: 'publication',
  seeds: () =>
    KINDS.flatMap(({ ending }, index) =>
      articleSeeds([ending])
        .filter((_, place) => place % SEEDS_EVERY === 0)
        .map((body) => withKind(index, body)),
    ),
  dictionary: [...FIELD_NAMES, ...YAML_WORDS, ...MARKDOWN_WORDS, ...HTML_WORDS],
  inputs: fc.oneof(...KINDS.map(({ inputs }, index) => inputs.map((body) => withKind(index, body)))),
  run(input) {
    const kind = KINDS[(input[0] ?? 0) % KINDS.length] ?? KINDS[0];
    const body = input.subarray(1);
    const key = `talks/a b${kind.ending}`;
    const { articles, problems } = parseArticles({ key, body, site: FUZZ_SITE });
    const assets = new Map(
      articles.flatMap(({ assetKeys }) => assetKeys).map((asset) => [asset, probeAsset(asset, body)]),
    );
    const completion = completeArticles({
      key,
      body,
      articles,
      site: FUZZ_SITE,
      facts: {},
      shown: [],
      assets,
      now: NOW,
    });
    const entries = distinctIds(completion.shown.map(({ entry }) => entry));
    const feeds = new Set(['all', ...completion.shown.flatMap((shown) => shown.feeds)]);
    const names = [...feeds].slice(0, FEEDS_MAX);
    return {
      problems: [...problems, ...completion.problems],
      entries,
      documents: [
        ...names.flatMap((name) => FORMATS.map((format) => [format, renderFeed(name, entries, format)] as const)),
        ...entries
          .slice(0, PAGES_MAX)
          .map((entry) => ['html', renderArticlePage({ site: FUZZ_SITE, entry, feeds: names })] as const),
      ],
    };
  },
  judge: ({ problems, entries, documents }, input) => [
    ...judgeProblems(problems, countLines(input.subarray(1))),
    ...entries.flatMap(judgeEntry),
    ...documents.flatMap(([format, bytes]) => judgeDocument(format, bytes)),
  ],
};

const FEEDS_MAX = 3;
const PAGES_MAX = 2;

function renderFeed(name: string, entries: readonly Entry[], format: (typeof FORMATS)[number]): Uint8Array {
  const updated = entries[0]?.updated ?? null;
  const feed = { name, ...describeFeed(name, labelFor(name, entries), FUZZ_SITE), updated, removals: [] };
  return renderDocument({ site: FUZZ_SITE, feed, page: { kind: 'complete' }, entries }, format);
}

function labelFor(name: string, entries: readonly Entry[]): string | null {
  return entries.map((entry) => labelIn(name, entry)).find((label) => label !== null) ?? null;
}

/** Claims see to it that no two entries of a feed have one id. */
function distinctIds(entries: readonly Entry[]): readonly Entry[] {
  return [...new Map(entries.map((entry) => [entry.id, entry])).values()];
}

function judgeEntry({ id, published, updated, contentHtml }: Entry): readonly string[] {
  return [
    ...judgeContent(contentHtml),
    ...[published, updated].flatMap(judgeMoment),
    ...(/^[a-z][a-z\d+.-]*:[^\s\p{Cc}\p{Cs}]+$/iu.test(id) ? [] : [`the id ${JSON.stringify(id)}`]),
    ...(updated.at >= published.at ? [] : ['it was updated before it was published']),
  ];
}

function withKind(kind: number, body: Uint8Array): Uint8Array {
  return Uint8Array.from([kind, ...body]);
}
