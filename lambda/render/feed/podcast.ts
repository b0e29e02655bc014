/**
 * A podcast in RSS: Apple's elements, which every directory reads, and the Podcast namespace for what those can't say.
 * What Apple has given up (`itunes:summary`, `itunes:subtitle`, `itunes:keywords`) is not written: the description says
 * it.
 */

import { toUri } from '../../address/outward-address.ts';
import type { Media } from '../../model/entry.ts';
import type { Episode } from '../../model/episode.ts';
import type {
  Podcast,
  PodcastCategory,
  PodcastLicense,
  PodcastLocation,
  PodcastPerson,
  PodcastText,
} from '../../model/podcast.ts';
import { nameUuid } from '../../text/uuid.ts';
import { escapeAddress, escapeAttribute, escapeText } from '../../text/xml.ts';
import { formatRfc822 } from '../../time/moment.ts';
import type { SiteFeedOptions } from './feed-options.ts';
import type { SiteItem } from './site-item.ts';

export const PODCAST_NAMESPACES =
  'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0"';

/** The namespace in which shows are named (podcast:guid). */
const GUID_NAMESPACE = 'ead4c236bf5858c6a2c6a6b28d128cb6';

const INDENT = '    ';
const ITEM_INDENT = '      ';

/** The identity of a show: a UUID of the address of its feed, without scheme and without slashes at the end. */
export function createPodcastGuid(feedAddress: string): string {
  return nameUuid(GUID_NAMESPACE, feedAddress.replace(/^[a-z]+:\/\//i, '').replace(/\/+$/, ''));
}

/** The channel's elements; nothing for a feed that is no podcast. */
export function renderShow(options: SiteFeedOptions): string {
  const { show: podcast, icon, image } = options;
  if (podcast === undefined) return '';
  const artwork = icon ?? image;
  return lines(INDENT, [
    element('itunes:author', authorOf(options, podcast)),
    ...(artwork === undefined ? [] : [`<itunes:image href="${escapeAddress(artwork)}"/>`]),
    ...groupCategories(podcast.categories).map(renderCategory),
    element('itunes:explicit', String(podcast.isExplicit)),
    element('itunes:type', podcast.order),
    ...renderOwner(options, podcast),
    ...(podcast.isComplete ? [element('itunes:complete', 'Yes')] : []),
    ...(podcast.isBlocked ? [element('itunes:block', 'Yes')] : []),
    ...(podcast.newFeedUrl === null ? [] : [element('itunes:new-feed-url', toUri(podcast.newFeedUrl))]),
    ...renderIdentity(options, podcast),
    ...podcast.funding.map(({ url, label }) => element('podcast:funding', label, { url: toUri(url) })),
    ...podcast.people.map(renderPerson),
    ...podcast.locations.map(renderLocation),
    ...renderLicense(podcast.license),
    ...podcast.trailers.map(renderTrailer),
    ...podcast.texts.map(renderText),
    ...renderUpdateFrequency(podcast),
  ]);
}

/** An item's elements; nothing in a feed that is no podcast. */
export function renderEpisode({ title, episode, sound }: SiteItem): string {
  if (sound === undefined) return '';
  const seconds = sound.durationSeconds;
  // Always there: without it, feed-rs keeps neither number nor season.
  const name = episode?.title ?? title;
  return lines(ITEM_INDENT, [
    ...(name === '' ? [] : [element('itunes:title', name)]),
    ...(seconds === null ? [] : [element('itunes:duration', String(Math.round(seconds)))]),
    ...(episode === undefined ? [] : renderDetails(episode)),
  ]);
}

function renderDetails(episode: Episode<Media>): readonly string[] {
  const { number, season, image, kind } = episode;
  return [
    // Apple takes whole numbers from 1 on; the Podcast namespace any.
    ...(number === null || number < 1 || !Number.isInteger(number) ? [] : [element('itunes:episode', String(number))]),
    ...(season === null ? [] : [element('itunes:season', String(season))]),
    ...(kind === null ? [] : [element('itunes:episodeType', kind)]),
    ...(episode.isExplicit === null ? [] : [element('itunes:explicit', String(episode.isExplicit))]),
    ...(image === null ? [] : [`<itunes:image href="${escapeAddress(image.url)}"/>`]),
    ...(episode.isBlocked ? [element('itunes:block', 'Yes')] : []),
    ...(season === null ? [] : [element('podcast:season', String(season), { name: episode.seasonName })]),
    ...(number === null ? [] : [element('podcast:episode', String(number), { display: episode.numberLabel })]),
    ...episode.transcripts.map(({ file, language, isCaptions }) =>
      empty('podcast:transcript', {
        url: file.url,
        type: file.mimeType,
        language,
        rel: isCaptions ? 'captions' : null,
      }),
    ),
    ...(episode.chapters === null ? [] : [renderChapters(episode.chapters)]),
    ...episode.soundbites.map(({ startSeconds, durationSeconds, title: label }) => {
      return element('podcast:soundbite', label ?? '', {
        startTime: String(startSeconds),
        duration: String(durationSeconds),
      });
    }),
    ...episode.people.map(renderPerson),
    ...episode.locations.map(renderLocation),
    ...renderLicense(episode.license),
    ...episode.texts.map(renderText),
  ];
}

/** JSON chapters have a type of their own, which no ending of a name stands for. */
function renderChapters({ url, mimeType }: Media): string {
  return empty('podcast:chapters', {
    url,
    type: mimeType === 'application/json' ? 'application/json+chapters' : mimeType,
  });
}

function authorOf({ authors, title }: SiteFeedOptions, { author }: Podcast): string {
  if (author !== null) return author;
  return authors.length === 0 ? title : authors.map(({ name }) => name).join(', ');
}

/** Subcategories of one category stand in it together. */
function groupCategories(categories: readonly PodcastCategory[]): readonly [string, readonly string[]][] {
  const groups = new Map<string, string[]>();
  for (const { name, subcategory } of categories) {
    groups.set(name, [...(groups.get(name) ?? []), ...(subcategory === null ? [] : [subcategory])]);
  }
  return [...groups];
}

function renderCategory([name, subcategories]: readonly [string, readonly string[]]): string {
  const start = `<itunes:category text="${escapeAttribute(name)}"`;
  const inner = subcategories.map((one) => `<itunes:category text="${escapeAttribute(one)}"/>`).join('');
  return inner === '' ? `${start}/>` : `${start}>${inner}</itunes:category>`;
}

function renderOwner(options: SiteFeedOptions, podcast: Podcast): readonly string[] {
  if (podcast.owner === null) return [];
  const { name, email } = podcast.owner;
  const inner = element('itunes:name', name ?? authorOf(options, podcast)) + element('itunes:email', email);
  return [`<itunes:owner>${inner}</itunes:owner>`];
}

function renderIdentity({ history, feedLinks }: SiteFeedOptions, podcast: Podcast): readonly string[] {
  const address = history.kind === 'archive' ? history.current.rss : feedLinks.rss;
  const { isLocked, medium, owner } = podcast;
  return [
    element('podcast:guid', podcast.guid ?? createPodcastGuid(address)),
    ...(isLocked === null ? [] : [element('podcast:locked', isLocked ? 'yes' : 'no', { owner: owner?.email ?? null })]),
    ...(medium === null ? [] : [element('podcast:medium', medium)]),
    ...(podcast.isBlocked ? [element('podcast:block', 'yes')] : []),
  ];
}

function renderPerson({ name, role, group, image, url }: PodcastPerson): string {
  return element('podcast:person', name, {
    role,
    group,
    img: image === null ? null : toUri(image),
    href: url === null ? null : toUri(url),
  });
}

function renderLocation({ name, relation, geo, osm, country }: PodcastLocation): string {
  return element('podcast:location', name, { rel: relation, geo, osm, country });
}

/** Well-known licences go by their identifier in lower case; one with an address is somebody's own. */
function renderLicense(license: PodcastLicense | null): readonly string[] {
  if (license === null) return [];
  const { name, url } = license;
  return [
    element('podcast:license', url === null ? name.toLowerCase() : name, { url: url === null ? null : toUri(url) }),
  ];
}

function renderTrailer({ title, published, url, mimeType, lengthBytes, season }: Podcast['trailers'][number]): string {
  return element('podcast:trailer', title, {
    pubdate: formatRfc822(published),
    url: toUri(url),
    length: lengthBytes === null ? null : String(lengthBytes),
    type: mimeType,
    season: season === null ? null : String(season),
  });
}

function renderText({ text, purpose }: PodcastText): string {
  return element('podcast:txt', text, { purpose });
}

function renderUpdateFrequency({ updateFrequency, isComplete }: Podcast): readonly string[] {
  if (updateFrequency === null) return [];
  const { label, rule } = updateFrequency;
  return [element('podcast:updateFrequency', label, { complete: isComplete ? 'true' : null, rrule: rule })];
}

type Attributes = Readonly<Record<string, string | null>>;

function element(name: string, text: string, attributes: Attributes = {}): string {
  return `<${name}${renderAttributes(attributes)}>${escapeText(text)}</${name}>`;
}

function empty(name: string, attributes: Attributes): string {
  return `<${name}${renderAttributes(attributes)}/>`;
}

/** Those that have a value. */
function renderAttributes(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => (value === null ? '' : ` ${name}="${escapeAttribute(value)}"`))
    .join('');
}

function lines(indent: string, elements: readonly string[]): string {
  return elements.map((one) => `${indent}${one}\n`).join('');
}
