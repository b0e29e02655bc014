/** The settings, and the documents of a feed that are made with them. */

import fc from 'fast-check';
import { ALL_FEED, describeFeed } from '../../../lambda/feed/membership.ts';
import type { DocumentFormat } from '../../../lambda/model/document.ts';
import type { Entry } from '../../../lambda/model/entry.ts';
import type { Site } from '../../../lambda/model/site.ts';
import { renderDocument } from '../../../lambda/render/render.ts';
import { type ParsedSite, parseSite } from '../../../lambda/site/parse-site.ts';
import { FEED_SETTINGS } from '../../../lambda/site/site-feeds.ts';
import { PAGE_SETTINGS } from '../../../lambda/site/site-pages.ts';
import { PODCAST_SETTINGS } from '../../../lambda/site/site-podcast.ts';
import { SITE_SETTINGS } from '../../../lambda/site/site-settings.ts';
import { siteAssets } from '../../../lambda/work/protocol/site-work.ts';
import { createTestEntry } from '../../../tests/support/entries.ts';
import { isHarmlessAddress } from '../../hostile/active-content.ts';
import { SITE_FILES } from '../../hostile/site-files.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { countLines, judgeAssetKey, judgeDocument, judgePath, judgeProblems } from '../judges.ts';
import { bytesOf, objectOf, sampleFiles, soupOf } from '../seeds.ts';
import { YAML_WORDS } from '../words.ts';

type Documents = readonly (readonly [DocumentFormat, Uint8Array])[];

interface Outcome extends ParsedSite {
  /** Keys of the files that the settings name. */
  readonly assets: readonly string[];
  readonly documents: Documents;
}

/** Every setting, by every name that it has; those of a person, and the parts of a trailer, have no table. */
const NAMES = [
  ...[SITE_SETTINGS, FEED_SETTINGS, PAGE_SETTINGS, PODCAST_SETTINGS].flatMap((table) =>
    Object.entries<{ readonly names?: readonly string[] }>(table).flatMap(([name, { names = [name] }]) => names),
  ),
  ...['name', 'email', 'avatar', 'articles', 'published', 'type', 'length'],
];
const VALUES = [
  'podcast',
  'full',
  'summary',
  'yes',
  'no',
  'en',
  'de-AT',
  'Europe/Lisbon',
  'https://a.example/',
  '/old/',
  '/new/',
  'a@b.example',
  'Arts',
  '#c2500f',
  '30',
  '/:year/:slug/',
  '%',
  '//',
  'sea',
];
const FORMATS = ['rss', 'atom', 'json', 'html'] as const;
const ENTRY: Entry = createTestEntry({ id: 'https://coast.example/a/', tags: [{ slug: 'sea', label: 'Sea' }] });

export const target: FuzzTarget<Outcome> = {
  name: 'site',
  seeds: () => [
    ...sampleFiles(['site.yaml']),
    ...SITE_FILES.map(({ body }) => (typeof body === 'string' ? bytesOf(body) : body)),
  ],
  dictionary: [...NAMES.map((name) => `\n${name}: `), ...VALUES, ...YAML_WORDS],
  // JSON is YAML.
  inputs: fc.oneof(objectOf(NAMES), soupOf([...NAMES.map((name) => `\n${name}: `), ...VALUES, ...YAML_WORDS])),
  run(input) {
    const parsed = parseSite(input, { url: null, fallbackUrl: 'https://coast.example/' });
    const { site } = parsed;
    return { ...parsed, assets: site === null ? [] : siteAssets(site), documents: site === null ? [] : render(site) };
  },
  judge: ({ site, problems, assets, documents }, input) => [
    ...judgeProblems(problems, countLines(input)),
    ...(site === null ? judgeRefusal(problems.length) : judgeSite(site)),
    ...assets.flatMap(judgeAssetKey),
    ...documents.flatMap(([format, bytes]) => judgeDocument(format, bytes)),
  ],
};

/** The feed of everything, and the first that the site defines. */
function render(site: Site): Documents {
  return [ALL_FEED, ...site.feeds.slice(0, 1).map(({ name }) => name)].flatMap((name) => {
    const head = { name, ...describeFeed(name, null, site), updated: ENTRY.updated, removals: [] };
    const document = { site, feed: head, page: { kind: 'complete' as const }, entries: [ENTRY] };
    return FORMATS.map((format) => [format, renderDocument(document, format)] as const);
  });
}

function judgeRefusal(problems: number): readonly string[] {
  return problems > 0 ? [] : ['it is refused without a word'];
}

function judgeSite(site: Site): readonly string[] {
  const addresses = [
    site.url,
    site.icon,
    site.favicon,
    site.image,
    site.pages.stylesheet,
    site.pages.logo,
    ...site.hubs,
  ];
  return [
    ...addresses
      .filter(
        (address) => address !== null && !(/^https?:\/\/[^\s<>"\p{Cc}]+$/u.test(address) && isHarmlessAddress(address)),
      )
      .map((address) => `the address ${JSON.stringify(address)}`),
    ...(site.url.endsWith('/') ? [] : [`the url ${site.url}`]),
    ...Object.entries(site.redirects).flatMap(([from, to]) => [
      ...judgePath(from),
      ...(/^(?:https?:\/\/[^/]|\/(?![/\\]))[^\s\p{Cc}]*$/u.test(to)
        ? []
        : [`a redirect leads to ${JSON.stringify(to)}`]),
    ]),
    ...site.feeds
      .filter(({ name }) => !/^[a-z\d-]+(?:\/[a-z\d-]+)*$/.test(name))
      .map(({ name }) => `the feed ${JSON.stringify(name)}`),
    ...(site.pageSize >= 10 && site.pageSize <= 200 && site.pageSize % 2 === 0 ? [] : [`pages of ${site.pageSize}`]),
    ...(site.feedMinimum === undefined || (site.feedMinimum >= 1 && site.feedMinimum <= 10)
      ? []
      : [`feeds from ${site.feedMinimum} entries on`]),
    ...(site.pages.accent === null || /^#[\da-f]{6}$/.test(site.pages.accent)
      ? []
      : [`the colour ${site.pages.accent}`]),
  ];
}
